"""The items that rows without one would create: who may, and with what name and page address."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from lib.fields.text import LONGEST_NAME, slugified
from lib.model.item import Item
from lib.model.mapping import ColumnMapping, Match, Role
from lib.model.new_item import NewItem
from lib.model.sheet import Sheet
from lib.stages.key import Found, row_locales

NAMELESS = "item"  # the page address of a name in which no letter of the alphabet is left


def new_items(sheet: Sheet, mapping: ColumnMapping, found: Found, locale: str | None) -> tuple[NewItem, ...]:
    """The items that could be created, in the order of rows: of each row with a name that found none.

    A row that names an item by an unknown Item ID is none of them: that item was deleted, or is one of another site.
    Nor is one that finds items by another column and is blank there, or is in another language than `locale`, the
    primary one (None: the site has only one). Slugs that are made are free in the collection and in the file.
    """
    names = _texts(sheet, _feeding(mapping, "name"))
    rows = _rows(sheet, mapping, found, locale)
    named = names.reindex(rows, fill_value="")
    named = named[named != ""]
    given = _texts(sheet, _feeding(mapping, "slug"))
    taken = {item.slug for item in found.table if locale in (None, item.cms_locale_id)} | set(given)
    numbers: dict[str, int] = {}
    items = []
    for row, name in named.items():
        slug = given.get(row, "") or _free(name, taken, numbers)
        taken.add(slug)
        items.append(NewItem(row=int(str(row)), name=name, slug=slug, is_made=not given.get(row, "")))
    return tuple(items)


def as_targets(items: Iterable[NewItem], collection_id: str) -> Mapping[str, Sequence[Item]]:
    """These items by the collection that they will be in, for those that refer to it."""
    created = [item.as_item() for item in items]
    return {collection_id: created} if created else {}


def _feeding(mapping: ColumnMapping, slug: str) -> Match | None:
    return next((match for match in mapping.matches if match.field_slug == slug), None)


def _texts(sheet: Sheet, match: Match | None) -> pd.Series:
    return sheet.frame[match.column].str.strip() if match else pd.Series(dtype="str")


def _rows(sheet: Sheet, mapping: ColumnMapping, found: Found, locale: str | None) -> pd.Index:
    """The rows that found no item because there is none yet, as far as anybody can tell."""
    key = mapping.key
    if key is None:
        return pd.Index([], dtype="int64")
    texts = _texts(sheet, key)
    is_open = texts.index.isin(list(found.unfound)) & (row_locales(sheet, mapping, locale) == (locale or ""))
    if key.role is Role.ITEM_ID:
        is_open &= texts == ""
    elif key.field_slug != "slug":
        is_open &= texts != ""
    return texts.index[is_open]


def _free(name: str, taken: set[str], numbers: dict[str, int]) -> str:
    """A page address made from a name, with a number behind it where it is taken; `numbers` are kept for the next one,
    since thousands of rows may have the same name."""
    slug = slugified(name)[:LONGEST_NAME] or NAMELESS
    number = numbers.get(slug, 1)
    free = slug if number == 1 else _numbered(slug, number)
    while free in taken:
        number += 1
        free = _numbered(slug, number)
    numbers[slug] = number
    return free


def _numbered(slug: str, number: int) -> str:
    return f"{slug[: LONGEST_NAME - len(str(number)) - 1]}-{number}"
