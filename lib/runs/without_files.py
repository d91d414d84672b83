"""Rows without their refused images and files: which fields those may be, and what then counts as landed."""

import functools
from collections.abc import Collection as Several
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lib.fields import kind_of
from lib.fields.column import is_empty
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.row_status import LANDED
from lib.model.run import Outcome
from lib.model.run_spec import RunSpec
from lib.words.say import later, say

NOT_FETCHED = later("Webflow did not take it.")


def dispensable(spec: RunSpec) -> frozenset[str]:
    """The fields of images and files that rows are sent without when Webflow refuses them; none unless that is chosen,
    and none that are required."""
    fields = spec.collection.fields if spec.choices.without_refused_files else ()
    return frozenset(field.slug for field in fields if kind_of(field.type).is_file and not field.is_required)


def without(change: Change, slugs: Several[str]) -> Change:
    """The change without these fields."""
    return replace(change, after={slug: value for slug, value in change.after.items() if slug not in slugs})


def as_landed(changes: Iterable[Change], outcomes: Iterable[Outcome]) -> tuple[Change, ...]:
    """The changes without the files that did not land with the rest."""
    lost = {outcome.row: outcome.without for outcome in outcomes if outcome.without}
    return tuple(without(change, lost[change.row]) if change.row in lost else change for change in changes)


def told(outcome: Outcome, slugs: Sequence[str], collection: Collection, why: str = NOT_FETCHED) -> Outcome:
    """The outcome of a change that landed without these files; all others are as they are."""
    if not slugs or outcome.status not in LANDED:
        return outcome
    names = (collection.field(slug).display_name for slug in slugs)
    listed = functools.reduce(lambda one, other: say("{one} and {other}", one=one, other=other), names)
    reason = say("Without {names}: {why}", names=listed, why=say(why))
    return replace(outcome, without=tuple(slugs), field=slugs[0], reason=reason)


def lacking_in_new(change: Change, item: Item, slugs: Several[str]) -> list[str]:
    """The same of an item that was created."""
    return [slug for slug in change.after if slug in slugs and is_empty(item.value(slug))]
