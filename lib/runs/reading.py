"""`Reading`: live items, and a moment that every later edit can be told by."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lib.fields import kind_of
from lib.model.collection import Field
from lib.model.item import Item
from lib.model.plan import Change
from lib.runs.clock import earlier_clock, since_reading
from lib.runs.compare import Key, updated_since
from lib.runs.waits import UNTOLD, Waits
from lib.webflow.client import MOST_ITEMS, Webflow
from lib.webflow.connection import Connection

PRIMARY_ONLY: tuple[None, ...] = (None,)
Tell = Callable[[int], None]


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
        return tuple(item for _, item in _all(webflow, collection_id, locales or PRIMARY_ONLY, tell))


def load_targets(
    connection: Connection,
    fields: Sequence[Field],
    known: Mapping[str, tuple[Item, ...]],
    locales: Sequence[str] = (),
    waits: Waits = UNTOLD,
) -> dict[str, tuple[Item, ...]]:
    """The items of every collection that these fields refer to, by collection id; `known` ones are not read again."""
    wanted = {f.target_collection_id for f in fields if kind_of(f.type).is_reference and f.target_collection_id}
    missing = sorted(wanted - set(known))
    return {**known, **{one: load_items(connection, one, locales=locales, waits=waits) for one in missing}}


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
        return _read(webflow, collection_id, wanted, lambda: dict(_all(webflow, collection_id, wanted, tell)))


def read_updated(webflow: Webflow, collection_id: str, changes: Sequence[Change], since: datetime | None) -> Reading:
    """The items of these changes that were updated at `since` or later (None: whenever), to be guarded likewise."""
    locales = sorted({change.cms_locale_id for change in changes}, key=str)
    return _read(webflow, collection_id, locales, lambda: updated_since(webflow, collection_id, changes, since))


def _read(
    webflow: Webflow, collection_id: str, locales: Sequence[str | None], read: Callable[[], Mapping[Key, Item]]
) -> Reading:
    """One request more for each language, before the first page."""
    told = [webflow.newest_update(collection_id, cms_locale_id=locale) for locale in locales]
    read_on = earlier_clock(webflow.exchange.told_on)
    items = read()
    newest = max((moment for moment in told if moment), default=None)
    since = since_reading(newest, read_on, (item.last_updated for item in items.values()))
    return Reading(items=items, read_on=read_on, since=since)


def _all(webflow: Webflow, collection_id: str, locales: Iterable[str | None], tell: Tell) -> Iterator[tuple[Key, Item]]:
    number = 0
    for locale in locales:
        for item in webflow.items(collection_id, cms_locale_id=locale):
            yield (item.id, locale), item
            number += 1
            if number % MOST_ITEMS == 0:
                tell(number)
