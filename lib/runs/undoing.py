"""The order that takes a run back: values as they were before, and items that it created archived."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lib.fields import kind_of
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.row_status import LANDED, RowStatus
from lib.model.run import Outcome, RunKind
from lib.model.run_spec import RunSpec
from lib.runs import found_items
from lib.runs.clock import since_of
from lib.runs.compare import Standing, standings
from lib.runs.follow_up import order, with_status
from lib.runs.new_items import NewItems
from lib.runs.reading import Reading
from lib.words.say import later, say

EDITED_SINCE = later("Somebody changed this item after the run, so it is left as it is.")
DELETED = later("The item does not exist any more, or not in this language.")
AS_BEFORE = later("The item holds the values from before the run already.")
NOT_CREATED = later("This item was not created.")
ARCHIVED_ALREADY = later("This item is archived already.")
NOT_SURELY_OURS = later(
    "There is an item with this page address, but this run may not have made it, so it is left as it is."
)
Reason = tuple[RowStatus, str]


def to_undo(spec: RunSpec, outcomes: Sequence[Outcome]) -> list[Change]:
    """The changes of a run that were stored, or may have been."""
    return with_status(spec, outcomes, (*LANDED, RowStatus.IN_DOUBT))


def undo(run_id: str, spec: RunSpec, outcomes: Sequence[Outcome], now: Reading) -> RunSpec:
    """Back to what was before the run; items that anybody changed since are left out, with the reason.

    `now` are those items of the run that were updated since its preview; see `read_updated`.
    """
    outcomes, unsure = _looked_for(spec, outcomes, now)
    changes = to_undo(spec, outcomes)
    by_row = {outcome.row: outcome for outcome in outcomes}
    found = standings([_values_of(change) for change in changes], now.items, spec.collection)
    reasons: dict[int, Reason] = {}
    back: list[Change] = []
    for change in changes:
        item, outcome = now.items.get(change.key), by_row[change.row]
        reason = unsure.get(change.row) or _why_left(item, outcome, found[change.row])
        if item is None or reason is not None:
            status, why = reason or _why_absent(outcome, change)
            reasons[change.row] = status, say(why)
        elif outcome.status is RowStatus.CREATED or change.is_variant:
            back.append(_archived(change, item))
        else:
            back.append(_reversed(change, item, spec))
    as_read = replace(spec, read_on=now.read_on, since=now.since)
    return order(RunKind.UNDO, run_id, as_read, back, {c.row: c.item_id for c in changes}, reasons)


def _looked_for(
    spec: RunSpec, outcomes: Sequence[Outcome], now: Reading
) -> tuple[Sequence[Outcome], Mapping[int, Reason]]:
    """The outcomes with creations in doubt settled by what is there now, and why others are left as they are."""
    doubtful = [change for change in with_status(spec, outcomes, (RowStatus.IN_DOUBT,)) if change.is_new]
    at_hand = [item for (_, locale), item in now.items.items() if locale is None]
    new, since = NewItems(spec, outcomes), since_of(spec)
    found = found_items.judged(doubtful, at_hand, spec.collection, new, since, in_doubt=True)
    made = {row: one for row, one in found.items() if one and one.status is RowStatus.CREATED}
    unsure = {row: (RowStatus.LEFT_OUT, NOT_SURELY_OURS) for row, one in found.items() if one and row not in made}
    return [made.get(outcome.row, outcome) for outcome in outcomes], unsure


def _why_absent(outcome: Outcome, change: Change) -> Reason:
    """Why there is nothing to bring back of an item that nobody updated since the preview, or that is gone."""
    if outcome.status is RowStatus.IN_DOUBT:
        return RowStatus.UNCHANGED, NOT_CREATED if change.creates else AS_BEFORE
    return RowStatus.UNCHANGED if outcome.status is RowStatus.CREATED else RowStatus.LEFT_OUT, DELETED


def _why_left(item: Item | None, outcome: Outcome, standing: Standing) -> Reason | None:
    """Why an item that is there is left as it is; None where it goes back."""
    if item is None:
        return None
    if standing is Standing.AFTER or (item.last_updated and item.last_updated == outcome.updated_on):
        is_back = outcome.status is RowStatus.CREATED and item.is_archived
        return (RowStatus.UNCHANGED, ARCHIVED_ALREADY) if is_back else None
    if standing is Standing.BEFORE:
        return RowStatus.UNCHANGED, AS_BEFORE
    return RowStatus.LEFT_OUT, EDITED_SINCE


def _values_of(change: Change) -> Change:
    """The change without its flags, which publishing sets by itself; one of flags alone stays as it is."""
    return replace(change, is_draft=None, is_archived=None) if change.after else change


def _archived(change: Change, item: Item) -> Change:
    """What takes a creation back: the item is put away, not deleted, so that this can be undone in turn."""
    return replace(
        change,
        before={},
        after={},
        is_draft=None,
        is_archived=True,
        was_draft=item.is_draft,
        was_archived=item.is_archived,
        seen_on=item.last_updated,
        is_variant=False,
    )


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
