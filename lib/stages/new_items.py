"""The items that rows without one would create: who may, and with what name and page address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from lib.fields.text import LONGEST_NAME, slugified
from lib.model.item import Item
from lib.model.mapping import ColumnMapping, Match, Role
from lib.model.new_item import NewItem, WhyNot
from lib.model.sheet import Sheet
from lib.model.site import ONE_LANGUAGE, Languages
from lib.stages.found import Found

NAMELESS = "item"  # the page address of a name in which no letter of the alphabet is left


def why_not(sheet: Sheet, mapping: ColumnMapping, found: Found, languages: Languages = ONE_LANGUAGE) -> pd.Series:
    """For each row that found no item, in order: why it cannot create one, a `WhyNot`, "" where it can.

    New items begin in the site's first language. In another one, an item that is there in the first can be created as
    its variant, where the row names it by its Item ID: nothing else is surely the same item.
    """
    rows, key, name = pd.Index(sorted(found.unfound), dtype="int64"), mapping.key, _feeding(mapping, "name")
    if key is None or rows.empty:
        return pd.Series("", index=rows, dtype="str")
    texts, has_id = _texts(sheet, key)[rows], key.role is Role.ITEM_ID
    is_other = found.spoken[rows] != languages.primary
    is_variant = is_other & has_id & texts.str.lower().isin(list(found.in_language(languages.primary)))
    needs_text = key.role is None and key.field_slug != "slug"
    cases = [
        (WhyNot.LANGUAGE, is_other & ((texts == "") | (not has_id))),
        (WhyNot.ITEM_ID, (texts != "") & has_id & ~is_variant),
        (WhyNot.NO_COLUMN, pd.Series(name is None, index=rows)),
        (WhyNot.BLANK, (texts == "") & needs_text),
        (WhyNot.NO_NAME, _texts(sheet, name).reindex(rows, fill_value="") == ""),
    ]
    reasons = np.select([holds.to_numpy(dtype=bool) for _, holds in cases], [why.value for why, _ in cases], "")
    return pd.Series(reasons, index=rows, dtype="str")


def new_items(
    sheet: Sheet, mapping: ColumnMapping, found: Found, rows: pd.Index, languages: Languages = ONE_LANGUAGE
) -> tuple[NewItem, ...]:
    """The items that these `rows` would create, in their order; each has a name.

    Slugs that are made are free in the collection, in the language of the item, and in the file. A variant has that of
    its item in the first language, if it may.
    """
    names, given = _texts(sheet, _feeding(mapping, "name")), _texts(sheet, _feeding(mapping, "slug"))
    keys = _texts(sheet, mapping.key).str.lower()
    home = languages.primary or next((item.cms_locale_id for item in found.table), None)
    begun, addresses, items = found.in_language(languages.primary), {}, []
    for row in map(int, rows):
        locale, own = found.spoken[row] or home, given.get(row, "")
        place = begun.get(keys.get(row, "")) if locale != home else None
        origin = found.table[place] if place is not None else None
        if locale not in addresses:
            taken = {item.slug for item in found.table if home is None or item.cms_locale_id == locale}
            addresses[locale] = _Addresses(taken | set(given))
        slug = own or addresses[locale].free(names[row], origin.slug if origin else "")
        addresses[locale].take(slug)
        variant_of = origin.id if origin else ""
        new = NewItem(row=row, name=names[row], slug=slug, cms_locale_id=locale, variant_of=variant_of, is_made=not own)
        items.append(new)
    return tuple(items)


def beside_origins(found: Found, new: Sequence[NewItem], languages: Languages) -> Found:
    """The same with the item that it translates for each row that adds a language: what says the same as that one is
    not sent, so that it goes on following it."""
    variants = {item.row: item.variant_of for item in new if item.variant_of}
    if not variants:
        return found
    begun, places = found.in_language(languages.primary), found.places.copy()
    places[found.rows.get_indexer(pd.Index(variants))] = [begun[item_id.lower()] for item_id in variants.values()]
    return replace(found, places=places)


def as_targets(items: Iterable[NewItem], collection_id: str) -> Mapping[str, Sequence[Item]]:
    """These items by the collection that they will be in, for those that refer to it."""
    created = [item.as_item() for item in items]
    return {collection_id: created} if created else {}


def _feeding(mapping: ColumnMapping, slug: str) -> Match | None:
    return next((match for match in mapping.matches if match.field_slug == slug), None)


def _texts(sheet: Sheet, match: Match | None) -> pd.Series:
    return sheet.frame[match.column].str.strip() if match else pd.Series(dtype="str")


class _Addresses:
    """The page addresses of one language: what is taken, and the next number for names that come again, since thousands
    of rows may have the same."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._numbers: dict[str, int] = {}

    def take(self, slug: str) -> None:
        self._taken.add(slug)

    def free(self, name: str, wish: str = "") -> str:
        """The one that is wished for, else one made from the name, with a number behind it where that is taken."""
        if wish and wish not in self._taken:
            return wish
        slug = slugified(name)[:LONGEST_NAME] or NAMELESS
        number = self._numbers.get(slug, 1)
        while (free := _numbered(slug, number)) in self._taken:
            number += 1
        self._numbers[slug] = number
        return free


def _numbered(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug[: LONGEST_NAME - len(str(number)) - 1]}-{number}"
