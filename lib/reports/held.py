"""What was held back, as lines for people: what the file says, what the preview showed, what the item holds now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from lib.fields import ReadContext, kind_of
from lib.model.collection import Field
from lib.model.plan import Change
from lib.model.run import Outcome, RunKind
from lib.model.run_spec import RunSpec
from lib.words.say import say


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """One cell of an item that was held back. `slug` is "" for the item's status."""

    row: int
    item: str
    slug: str
    name: str
    wanted: str
    before: str
    now: str


def held_lines(spec: RunSpec, held: Mapping[int, Outcome]) -> list[HeldLine]:
    """All cells of these rows that the run was to change, in the order of rows."""
    fields = {field.slug: field for field in spec.collection.fields}
    return [
        line
        for change in spec.plan.changes
        if change.row in held
        for line in (*_of_fields(change, held[change.row], fields), *_of_status(change, held[change.row], spec.kind))
    ]


def told(field: Field, value: object) -> str:
    """A value as `shown`, and an image with its alt text."""
    try:
        return str(kind_of(field.type).told(pd.Series([value], dtype="object"), field, ReadContext()).iloc[0])
    except (TypeError, ValueError, AttributeError):
        return str(value)


def shown(field: Field, value: object) -> str:
    """A value as people write it; one that its field cannot show, as it is."""
    try:
        return str(kind_of(field.type).show(pd.Series([value], dtype="object"), field, ReadContext()).iloc[0])
    except (TypeError, ValueError, AttributeError):
        return str(value)


def _of_fields(change: Change, held: Outcome, fields: Mapping[str, Field]) -> Iterator[HeldLine]:
    now = held.now or {}
    for slug, value in change.after.items():
        values = (value, change.before.get(slug), now.get(slug))
        wanted, before, present = (told(fields[slug], one) for one in values)
        yield HeldLine(
            row=change.row,
            item=change.item_name,
            slug=slug,
            name=fields[slug].display_name,
            wanted=wanted,
            before=before,
            now=present,
        )


def _of_status(change: Change, held: Outcome, kind: RunKind) -> Iterator[HeldLine]:
    has_flags = change.is_draft is not None or change.is_archived is not None
    if not has_flags and kind is not RunKind.PUBLISH:
        return
    was = _status(change.was_draft, change.was_archived)
    yield HeldLine(
        row=change.row,
        item=change.item_name,
        slug="",
        name=say("Status"),
        wanted=say("Published") if kind is RunKind.PUBLISH else _status(change.is_draft, change.is_archived),
        before="" if kind is RunKind.PUBLISH else was,
        now=say("Edited since") if kind is RunKind.PUBLISH else _status(held.is_draft, held.is_archived),
    )


def _status(is_draft: bool | None, is_archived: bool | None) -> str:
    if is_archived:
        return say("Archived")
    return say("Draft") if is_draft else say("Ready to publish")
