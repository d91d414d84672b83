"""What may come after a run, as the order for another one: undo it, try again, overwrite after all, publish."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import pandas as pd

from lib.fields import kind_of
from lib.model.item import Item
from lib.model.plan import Change, Plan
from lib.model.row_status import TO_TRY_AGAIN, RowStatus
from lib.model.run import Outcome, RunKind
from lib.model.run_spec import RunSpec
from lib.runs.compare import Standing, standings
from lib.runs.reading import Reading

EDITED_SINCE = "Somebody changed this item after the run, so it is left as it is."
DELETED = "The item does not exist any more, or not in this language."
AS_BEFORE = "The item holds the values from before the run already."
FLAGS = ""  # stands for an item's status where the others are the slugs of fields


def to_undo(spec: RunSpec, outcomes: Sequence[Outcome]) -> list[Change]:
    """The changes of a run that were stored, or may have been."""
    return _with(spec, outcomes, (RowStatus.UPDATED, RowStatus.IN_DOUBT))


def undo(run_id: str, spec: RunSpec, outcomes: Sequence[Outcome], now: Reading) -> RunSpec:
    """Back to the values from before the run; items that anybody changed since are left out, with the reason.

    `now` are those items of the run that were updated since its preview; see `read_updated`.
    """
    changes = to_undo(spec, outcomes)
    stored_on = {outcome.row: outcome.updated_on for outcome in outcomes}
    in_doubt = {outcome.row for outcome in outcomes if outcome.status is RowStatus.IN_DOUBT}
    items = now.items
    found = standings([_values_of(change) for change in changes], items, spec.collection)
    reasons: dict[int, tuple[RowStatus, str]] = {}
    back: list[Change] = []
    for change in changes:
        item = items.get(change.key)
        if item is None and change.row in in_doubt:
            reasons[change.row] = (RowStatus.UNCHANGED, AS_BEFORE)  # nobody has updated it since the preview
        elif item is None:
            reasons[change.row] = (RowStatus.LEFT_OUT, DELETED)
        elif found[change.row] is Standing.AFTER or (item.last_updated and item.last_updated == stored_on[change.row]):
            back.append(_reversed(change, item, spec))
        elif found[change.row] is Standing.BEFORE:
            reasons[change.row] = (RowStatus.UNCHANGED, AS_BEFORE)
        else:
            reasons[change.row] = (RowStatus.LEFT_OUT, EDITED_SINCE)
    as_read = replace(spec, read_on=now.read_on, since=now.since)
    return _order(RunKind.UNDO, run_id, as_read, back, {c.row: c.item_id for c in changes}, reasons)


def imports_files_again(spec: RunSpec) -> bool:
    """Whether this run sends images or files, which Webflow then imports once more."""
    slugs = {field.slug for field in spec.collection.fields if kind_of(field.type).is_file}
    return any(change.after.get(slug) for change in spec.plan.changes for slug in slugs & set(change.after))


def retry(
    run_id: str, spec: RunSpec, outcomes: Sequence[Outcome], corrected: Mapping[int, Mapping[str, object]]
) -> RunSpec:
    """What failed or was not sent, once more; `corrected` gives new values for some fields of some rows."""
    again = [
        replace(change, after={**change.after, **corrected.get(change.row, {})})
        for change in _with(spec, outcomes, TO_TRY_AGAIN)
    ]
    return _order(_again(spec), run_id, spec, again)


def overwrite(
    run_id: str,
    spec: RunSpec,
    outcomes: Sequence[Outcome],
    cells: Mapping[int, Container[str]],
    read_on: datetime | None,
) -> RunSpec:
    """What was held back, sent after all: for these rows, and of each row these fields (by slug, and `FLAGS`).

    What the items hold now becomes the value before. They were read at different moments, so an edit since the
    earliest of them counts.
    """
    held = {outcome.row: outcome for outcome in outcomes if outcome.status is RowStatus.HELD_BACK}
    again = [
        _over(change, held[change.row], cells[change.row])
        for change in spec.plan.changes
        if change.row in held and change.row in cells
    ]
    seen = [change.seen_on for change in again if change.seen_on]
    as_shown = replace(spec, read_on=min(seen, default=read_on), since=None)
    return _order(_again(spec), run_id, as_shown, again)


def _over(change: Change, held: Outcome, slugs: Container[str]) -> Change:
    now = held.now or {}
    with_flags = FLAGS in slugs
    return replace(
        change,
        before={slug: now.get(slug) for slug in change.after if slug in slugs},
        after={slug: value for slug, value in change.after.items() if slug in slugs},
        is_draft=change.is_draft if with_flags else None,
        is_archived=change.is_archived if with_flags else None,
        was_draft=bool(held.is_draft),
        was_archived=bool(held.is_archived),
        seen_on=held.updated_on,
    )


def _again(spec: RunSpec) -> RunKind:
    """What a second try is: publishing stays publishing."""
    return RunKind.PUBLISH if spec.kind is RunKind.PUBLISH else RunKind.RETRY


def publish(run_id: str, spec: RunSpec, outcomes: Sequence[Outcome]) -> RunSpec:
    """Show visitors what a staged run stored; items that anybody changed since are held back by the guard."""
    stored = {outcome.row: outcome.updated_on for outcome in outcomes}
    items = [
        replace(change, before={}, after={}, is_draft=None, is_archived=None, seen_on=stored[change.row])
        for change in _with(spec, outcomes, (RowStatus.UPDATED,))
    ]
    return _order(RunKind.PUBLISH, run_id, spec, items)


def _with(spec: RunSpec, outcomes: Sequence[Outcome], statuses: Container[RowStatus]) -> list[Change]:
    rows = {outcome.row for outcome in outcomes if outcome.status in statuses}
    return [change for change in spec.plan.changes if change.row in rows]


def _values_of(change: Change) -> Change:
    """The change without its flags, which publishing sets by itself; one of flags alone stays as it is."""
    return replace(change, is_draft=None, is_archived=None) if change.after else change


def _reversed(change: Change, item: Item, spec: RunSpec) -> Change:
    """The change back: what was read before is made ready to be sent, what is stored now becomes the value before.

    A flag that is not what we made it is left alone.
    """
    kinds = {field.slug: kind_of(field.type) for field in spec.collection.fields}
    return replace(
        change,
        before={slug: item.field_data.get(slug) for slug in change.after},
        after={slug: kinds[slug].as_written(change.before.get(slug)) for slug in change.after},
        is_draft=change.was_draft if change.is_draft is item.is_draft else None,
        is_archived=change.was_archived if change.is_archived is item.is_archived else None,
        was_draft=item.is_draft,
        was_archived=item.is_archived,
        seen_on=item.last_updated,
    )


def _order(
    kind: RunKind,
    run_id: str,
    spec: RunSpec,
    changes: Sequence[Change],
    item_ids: Mapping[int, str] | None = None,
    others: Mapping[int, tuple[RowStatus, str]] | None = None,
) -> RunSpec:
    """An order about these changes, and `others`: rows of `item_ids` that it leaves alone, and why."""
    item_ids = item_ids or {change.row: change.item_id for change in changes}
    told = [(others or {}).get(row, (RowStatus.WILL_UPDATE, "")) for row in item_ids]
    index = pd.Index(list(item_ids), dtype="int64")
    plan = Plan(
        changes=tuple(changes),
        statuses=pd.Series([decision for decision, _ in told], index=index, dtype="object"),
        reasons=pd.Series([reason for _, reason in told], index=index, dtype="object"),
        item_ids=pd.Series(list(item_ids.values()), index=index, dtype="str"),
    )
    return replace(spec, kind=kind, parent_id=run_id, plan=plan, sheet=None, problems=None)
