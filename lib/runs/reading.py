"""`Reading`: live items, and a moment that every later edit can be told by."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lib.fields import kind_of
from lib.model.collection import Field
from lib.model.item import Item
from lib.model.plan import Change
from lib.runs.clock import earlier_clock, since_reading
from lib.runs.compare import Key, Tell, updated_since
from lib.runs.waits import UNTOLD, Waits
from lib.webflow.client import MOST_ITEMS, Webflow
from lib.webflow.connection import Connection

PRIMARY_ONLY: tuple[None, ...] = (None,)
Totals = Mapping[str | None, int | None]  # how many items there are in each language, as far as known


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Items as they were, by id and locale as asked for.

    `read_on` is when reading began, by the earlier of Webflow's clock and ours. `since`: whatever anybody stores after
    that bears this moment or a later one, on Webflow's clock; None when nothing is known.
    """

    items: Mapping[Key, Item]
    read_on: datetime
    since: datetime | None


def load_items(
    connection: Connection,
    collection_id: str,
    tell: Tell = lambda number: None,
    locales: Sequence[str] = (),
    waits: Waits = UNTOLD,
) -> tuple[Item, ...]:
    """All items of a collection in these languages (none: the primary one).

    `tell` hears how many have been read so far, about once a page; `waits` why nothing comes.
    """
    with waits.open(connection) as webflow:
        return tuple(item for _, item in _all(webflow, collection_id, dict.fromkeys(locales or PRIMARY_ONLY), tell))


def load_targets(
    connection: Connection,
    fields: Sequence[Field],
    known: Mapping[str, tuple[Item, ...]],
    locales: Sequence[str] = (),
    waits: Waits = UNTOLD,
    tell: Tell = lambda number: None,
) -> dict[str, tuple[Item, ...]]:
    """The items of every collection that these fields refer to, by collection id; `known` ones are not read again.

    `tell` hears how many have been read so far, of all these collections together.
    """
    wanted = {f.target_collection_id for f in fields if kind_of(f.type).is_reference and f.target_collection_id}
    found: dict[str, tuple[Item, ...]] = {}

    def tell_all(number: int) -> None:
        tell(sum(map(len, found.values())) + number)

    for one in sorted(wanted - set(known)):
        found[one] = load_items(connection, one, tell_all, locales, waits)
    return {**known, **found}


def read_live(
    connection: Connection,
    collection_id: str,
    tell: Tell = lambda number: None,
    locales: Sequence[str] = (),
    waits: Waits = UNTOLD,
) -> Reading:
    """All items of a collection, as `load_items`, for a plan that is to be guarded against later edits."""
    wanted = locales or PRIMARY_ONLY
    with waits.open(connection) as webflow:
        return _read(webflow, collection_id, wanted, lambda totals: dict(_all(webflow, collection_id, totals, tell)))


def read_updated(
    webflow: Webflow,
    collection_id: str,
    changes: Sequence[Change],
    since: datetime | None,
    tell: Tell = lambda number: None,
) -> Reading:
    """The items of these changes that were updated at `since` or later (None: whenever), to be guarded likewise.

    `tell` hears how many have been read so far, whether or not they are wanted, about once a page.
    """
    locales = sorted({change.cms_locale_id for change in changes}, key=str)
    return _read(webflow, collection_id, locales, lambda _: updated_since(webflow, collection_id, changes, since, tell))


def _read(
    webflow: Webflow, collection_id: str, locales: Sequence[str | None], read: Callable[[Totals], Mapping[Key, Item]]
) -> Reading:
    """One request more for each language, answered before the first page is asked for."""
    told = {locale: webflow.newest_update(collection_id, cms_locale_id=locale) for locale in locales}
    read_on = earlier_clock(webflow.exchange.told_on)
    items = read({locale: newest.total for locale, newest in told.items()})
    newest = max((newest.on for newest in told.values() if newest.on), default=None)
    since = since_reading(newest, read_on, (item.last_updated for item in items.values()))
    return Reading(items=items, read_on=read_on, since=since)


def _all(webflow: Webflow, collection_id: str, totals: Totals, tell: Tell) -> Iterator[tuple[Key, Item]]:
    number = 0
    for locale, total in totals.items():
        for item in webflow.items(collection_id, cms_locale_id=locale, total=total):
            yield (item.id, locale), item
            number += 1
            if number % MOST_ITEMS == 0:
                tell(number)
