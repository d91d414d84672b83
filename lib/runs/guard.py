"""Right before sending: which items did somebody change since the preview? Those are held back, the rest goes on."""

from collections.abc import Mapping, Sequence

from lib.journal.batches import BatchWork
from lib.model.item import Item
from lib.model.order import Order
from lib.model.plan import Change
from lib.model.run import Outcome, OutcomeStatus, RunKind
from lib.runs.clock import before_reading
from lib.runs.compare import Key, Standing, now_of, published, standings, updated_since
from lib.webflow.client import Webflow

HELD = "Held back: somebody changed this item in Webflow after the preview."
HOLDS_ALREADY = "The item held these values before anything was sent."


def guard(webflow: Webflow, order: Order, works: Sequence[BatchWork]) -> dict[int, Outcome]:
    """Outcomes, by row, for changes that must not or need not be sent any more. Few requests: see `updated_since`.

    An edit of fields that we do not touch is no conflict: only what differs is sent, so it stays.
    """
    pending = [
        change
        for work in works
        for change in work.changes
        if change.row not in work.outcomes and change.row not in work.in_doubt
    ]
    if not pending:
        return {}
    since = before_reading(order.read_on, [change.seen_on for change in pending])
    items = updated_since(webflow, order.collection.id, pending, since)
    moved = [change for change in pending if _has_moved(change, items)]
    return {row: outcome for row, outcome in judged(order, moved, items, HELD).items() if outcome is not None}


def judged(
    order: Order, changes: Sequence[Change], items: Mapping[Key, Item], held: str, landed: OutcomeStatus | None = None
) -> dict[int, Outcome | None]:
    """The outcome of each change as its item is now, None for one that is still to be sent.

    `landed` is what an item that holds the new values counts as, for changes that were sent and are in doubt; by
    default it held them already. `held` is the sentence for somebody else's values.
    """
    if order.kind is RunKind.PUBLISH:
        found = published(changes, items)
    else:
        found = standings(changes, items, order.collection, in_doubt=landed is not None)
    return {change.row: _outcome(change, found[change.row], items, held, landed) for change in changes}


def _has_moved(change: Change, items: Mapping[Key, Item]) -> bool:
    item = items.get((change.item_id, change.cms_locale_id))
    return item is not None and item.last_updated != change.seen_on


def _outcome(
    change: Change, standing: Standing, items: Mapping[Key, Item], held: str, landed: OutcomeStatus | None
) -> Outcome | None:
    if standing is Standing.BEFORE:
        return None
    item = items[change.item_id, change.cms_locale_id]
    is_held = standing is Standing.OTHER
    status = OutcomeStatus.HELD if is_held else landed or OutcomeStatus.ALREADY
    return Outcome(
        row=change.row,
        item_id=change.item_id,
        status=status,
        reason=held if is_held else HOLDS_ALREADY if status is OutcomeStatus.ALREADY else "",
        now=now_of(change, items) if is_held else None,
        is_draft=item.is_draft if is_held else None,
        is_archived=item.is_archived if is_held else None,
        updated_on=item.last_updated,
    )
