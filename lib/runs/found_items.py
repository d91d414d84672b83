"""Which item is the one that a change was to create: found by its page address, since Webflow keeps no name of ours."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.row_status import RowStatus
from lib.model.run import Outcome
from lib.runs.compare import Standing, standings
from lib.runs.new_items import NewItems, addresses
from lib.runs.without_files import lacking_in_new, without
from lib.runs.without_files import told as told_without
from lib.words.say import later, say

HELD = later("Held back: an item with this page address was made in Webflow after the preview.")
HELD_ALIKE = later(
    "Held back: an item of this name, and with almost this page address, was made in Webflow after the preview."
)
HELD_IN_DOUBT = later(
    "Held back: after an unclear answer there is an item with this page address that holds other values. Somebody may "
    "have made or changed it, or Webflow stored the values differently."
)
HOLDS_ALREADY = later("An item with this page address and these values was there before anything was sent.")
Fits = Callable[[Change, Item], bool]


def told(changes: Sequence[Change], answer: Iterable[Item]) -> dict[int, Item]:
    """Which item of the answer to a create is which change's, by row: by address, almost by address, or by name alone.

    Each item is one change's at most; one that could be several changes', or none, is nobody's.
    """
    found: dict[int, Item] = {}
    left = list(answer)
    for fits in (_has_address, _is_alike, _has_name):
        open_changes = [change for change in changes if change.row not in found]
        for change in open_changes:
            mine = [item for item in left if fits(change, item)]
            if len(mine) == 1 and not any(fits(other, mine[0]) for other in open_changes if other is not change):
                found[change.row] = mine[0]
        left = [item for item in left if all(item is not one for one in found.values())]
    return found


def judged(
    changes: Sequence[Change],
    items: Iterable[Item],
    collection: Collection,
    new: NewItems,
    since: datetime | None,
    *,
    in_doubt: bool,
    optional: frozenset[str] = frozenset(),
) -> dict[int, Outcome | None]:
    """The outcome of each change that creates an item, None for one that is still to be sent.

    `items` are those that were updated at `since` or later. `in_doubt`: the changes were sent just now, so an item that
    holds what was meant, or lacks only files in `optional` fields, is the one that they made; without doubt, somebody
    else did.
    """
    found = _candidates(changes, items, new, since)
    holding = _holding(changes, found, collection, optional, in_doubt=in_doubt)
    return {
        change.row: (
            _as_meant(change, holding[change.row], collection, optional, since, in_doubt=in_doubt)
            or _held(change, found[change.row], in_doubt=in_doubt)
        )
        for change in changes
    }


def _candidates(
    changes: Sequence[Change], items: Iterable[Item], new: NewItems, since: datetime | None
) -> dict[int, list[Item]]:
    """The items that may be a change's, the one with exactly its address first; none that is another row's."""
    known, by_address = new.known, defaultdict(list)
    for item in items:
        if item.id not in known:
            for address in addresses(item.slug):
                by_address[address].append(item)
    found = {}
    for change in changes:
        near = by_address[str(change.after["slug"]).casefold()]
        exact = [item for item in near if _has_address(change, item)]
        alike = [
            item
            for item in near
            if item.slug not in new.addresses and _is_alike(change, item) and _is_made_since(item, since)
        ]
        found[change.row] = exact + alike
    return found


def _holding(
    changes: Sequence[Change],
    found: dict[int, list[Item]],
    collection: Collection,
    optional: frozenset[str],
    *,
    in_doubt: bool,
) -> dict[int, list[Item]]:
    """Of the items found, those that hold all that was meant, whatever their address, but for `optional` files."""
    holding: dict[int, list[Item]] = {change.row: [] for change in changes}
    for place in range(max(map(len, found.values()), default=0)):
        here = [change for change in changes if len(found[change.row]) > place]
        items = {change.key: found[change.row][place] for change in here}
        meant = [without(change, ["slug", *lacking_in_new(change, items[change.key], optional)]) for change in here]
        stand = standings(meant, items, collection, in_doubt=in_doubt)
        for change in here:
            if stand[change.row] is Standing.AFTER:
                holding[change.row].append(items[change.key])
    return holding


def _as_meant(
    change: Change,
    holding: Sequence[Item],
    collection: Collection,
    optional: frozenset[str],
    since: datetime | None,
    *,
    in_doubt: bool,
) -> Outcome | None:
    """The outcome where exactly one item is as it was meant; of several, the one that came with the doubt."""
    made = [item for item in holding if in_doubt and _is_made_since(item, since)]
    fitting = made or holding
    if len(fitting) != 1:
        return None
    outcome = Outcome(
        row=change.row,
        item_id=fitting[0].id,
        status=RowStatus.CREATED if made else RowStatus.UNCHANGED,
        reason="" if made else say(HOLDS_ALREADY),
        updated_on=fitting[0].last_updated,
    )
    return told_without(outcome, lacking_in_new(change, fitting[0], optional), collection)


def _held(change: Change, found: Sequence[Item], *, in_doubt: bool) -> Outcome | None:
    """The outcome where items are in the way; None where there is none."""
    if not found:
        return None
    item, is_exact = found[0], _has_address(change, found[0])
    if len(found) > 1 and (in_doubt or not is_exact):
        return Outcome(row=change.row, item_id=change.item_id, status=RowStatus.HELD_BACK, reason=_look(change))
    why = HELD_IN_DOUBT if in_doubt else HELD if is_exact else HELD_ALIKE
    return Outcome(
        row=change.row,
        item_id=item.id,
        status=RowStatus.HELD_BACK,
        reason=say(why),
        now={slug: item.field_data.get(slug) for slug in change.after},
        is_draft=item.is_draft,
        is_archived=item.is_archived,
        updated_on=item.last_updated,
    )


def _look(change: Change) -> str:
    return say(
        "Held back: several items in Webflow may be the one that this row creates. Look for items named “{name}” whose "
        "page address begins with “{address}”, keep one of them, and bring the file again.",
        name=change.item_name,
        address=change.after["slug"],
    )


def _has_address(change: Change, item: Item) -> bool:
    return item.slug == change.after["slug"]


def _is_alike(change: Change, item: Item) -> bool:
    slug = str(change.after["slug"])
    return item.slug != slug and slug.casefold() in addresses(item.slug) and _has_name(change, item)


def _has_name(change: Change, item: Item) -> bool:
    return item.name.strip() == str(change.after["name"]).strip()


def _is_made_since(item: Item, since: datetime | None) -> bool:
    return since is None or item.created_on is None or item.created_on >= since
