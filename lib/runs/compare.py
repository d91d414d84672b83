"""Items as they are now beside what a change found and meant: by column, as everything that compares values."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

import pandas as pd

from lib.fields import kind_of
from lib.model.collection import Collection
from lib.model.item import Item, ItemStatus
from lib.model.plan import Change
from lib.model.run import Difference
from lib.runs.new_items import addresses
from lib.webflow.client import MOST_ITEMS, Webflow

Key = tuple[str, str | None]
Tell = Callable[[int], None]


class Standing(StrEnum):
    """How an item stands to a change: as meant, as found, or otherwise, which is somebody else's work."""

    AFTER = "after"
    BEFORE = "before"
    OTHER = "other"


class Cell(StrEnum):
    """What an item holds in a field: what was meant, what was found, something that Webflow may have made of what was
    meant, or anything else."""

    MEANT = "meant"
    FOUND = "found"
    REWRITTEN = "rewritten"
    OTHER = "other"


def updated_since(
    webflow: Webflow,
    collection_id: str,
    changes: Iterable[Change],
    since: datetime | None,
    tell: Tell = lambda number: None,
    *,
    live: bool = False,
) -> dict[Key, Item]:
    """The items of these changes that were updated at `since` or later (None: whenever), by id and locale.

    Of changes that create their item, all items at its page address, or almost: see `new_items.addresses`.
    One request for each page of items (see `paging`) that anybody updated since then, in each language. `tell` hears
    how many have been read so far, about once a page. `live`: as visitors see them, see `Webflow.items`.
    """
    wanted: dict[str | None, set[str]] = {}
    new: dict[str | None, set[str]] = {}
    for change in changes:
        wanted.setdefault(change.cms_locale_id, set()).add(change.item_id)
        if change.creates:
            new.setdefault(change.cms_locale_id, set()).add(str(change.after["slug"]).casefold())
    found: dict[Key, Item] = {}
    number = 0
    for locale, ids in wanted.items():
        places = new.get(locale, set())
        for item in webflow.items(collection_id, cms_locale_id=locale, updated_since=since, live=live):
            number += 1
            if item.id in ids or (places and not places.isdisjoint(addresses(item.slug))):
                found[item.id, locale] = item
            if number % MOST_ITEMS == 0:
                tell(number)
    return found


def standings(
    changes: Sequence[Change], items: Mapping[Key, Item], collection: Collection, *, in_doubt: bool = False
) -> dict[int, Standing]:
    """How the items stand to their changes, by row; a change whose item is not among them found it as it is.

    `in_doubt`: the changes were sent just now, so an item that holds one of the new values, and beside it only what
    Webflow may have made of the others (tidied rich text, a file it could not fetch), is as meant.
    """
    here = [change for change in changes if change.key in items]
    cells: dict[int, set[Cell]] = {change.row: set() for change in here}
    for change, _, cell in cells_of(here, items, collection):
        cells[change.row].add(cell)
    found = {change.row: Standing.BEFORE for change in changes}
    for change in here:
        item = items[change.key]
        is_after = cells[change.row] <= {Cell.MEANT}
        is_rewritten = Cell.MEANT in cells[change.row] and cells[change.row] <= {Cell.MEANT, Cell.REWRITTEN}
        if _has_flags(item, change) and (is_after or (in_doubt and is_rewritten)):
            found[change.row] = Standing.AFTER
        elif not (cells[change.row] <= {Cell.FOUND} and _had_flags(item, change)):
            found[change.row] = Standing.OTHER
    return found


def published(changes: Sequence[Change], items: Mapping[Key, Item]) -> dict[int, Standing]:
    """The same for changes that only publish: meant is published, and any edit since is somebody else's work."""
    found = {}
    for change in changes:
        item = items.get(change.key)
        if item is None or item.last_updated == change.seen_on:
            found[change.row] = Standing.BEFORE
        else:
            is_out = item.status is ItemStatus.PUBLISHED
            found[change.row] = Standing.AFTER if is_out else Standing.OTHER
    return found


def differing_cells(changes: Sequence[Change], items: Mapping[Key, Item], collection: Collection) -> list[Difference]:
    """Where an item holds something else than its change meant, in the order of rows."""
    here = [change for change in changes if change.key in items]
    cells = [
        Difference(row=c.row, item=c.item_name, field=slug, meant=c.after[slug], stored=now_of(c, items)[slug])
        for c, slug, cell in cells_of(here, items, collection)
        if cell is not Cell.MEANT
    ]
    return sorted(cells, key=lambda cell: cell.row)


def now_of(change: Change, items: Mapping[Key, Item]) -> dict[str, object]:
    """The item's present values of the fields that the change is about."""
    data = items[change.key].field_data
    return {slug: data.get(slug) for slug in change.after}


def cells_of(
    changes: Sequence[Change], items: Mapping[Key, Item], collection: Collection
) -> Iterator[tuple[Change, str, Cell]]:
    """What the items of all these changes hold in each changed field (by slug), compared column by column."""
    for slug in dict.fromkeys(slug for change in changes for slug in change.after):
        kind = kind_of(collection.field(slug).type)
        touched = [change for change in changes if slug in change.after]
        now = pd.Series([now_of(change, items)[slug] for change in touched], dtype="object")
        meant = pd.Series([change.after[slug] for change in touched], dtype="object")
        held = pd.Series([change.before.get(slug) for change in touched], dtype="object")
        before = pd.Series([kind.as_written(value) for value in held], dtype="object")
        is_meant, is_found = kind.is_stored(now, meant, before), kind.same(now, held)
        otherwise = Cell.REWRITTEN if kind.is_tidied else Cell.OTHER
        for change, as_meant, as_found in zip(touched, is_meant, is_found, strict=True):
            yield change, slug, Cell.MEANT if as_meant else Cell.FOUND if as_found else otherwise


def _has_flags(item: Item, change: Change) -> bool:
    return change.is_draft in (None, item.is_draft) and change.is_archived in (None, item.is_archived)


def _had_flags(item: Item, change: Change) -> bool:
    return (change.is_draft is None or item.is_draft == change.was_draft) and (
        change.is_archived is None or item.is_archived == change.was_archived
    )
