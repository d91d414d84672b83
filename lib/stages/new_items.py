"""The items that rows without one would create: who may, and with what name and page address."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from lib.fields.text import LONGEST_NAME, slugified
from lib.model.item import Item
from lib.model.mapping import ColumnMapping, Match, Role
from lib.model.new_item import NewItem, WhyNot
from lib.model.sheet import Sheet
from lib.stages.key import Found, row_locales

NAMELESS = "item"  # the page address of a name in which no letter of the alphabet is left


def why_not(sheet: Sheet, mapping: ColumnMapping, found: Found, locale: str | None, primary: str | None) -> pd.Series:
    """For each row that found no item, in order: why it cannot create one, a `WhyNot`, "" where it can.

    `locale` is what rows without a Locale ID are about, `primary` the site's first language (None: it has only one).
    """
    rows, key, name = pd.Index(sorted(found.unfound), dtype="int64"), mapping.key, _feeding(mapping, "name")
    if key is None or rows.empty:
        return pd.Series("", index=rows, dtype="str")
    texts, locales = _texts(sheet, key)[rows], row_locales(sheet, mapping, locale)[rows]
    needs_text = key.role is None and key.field_slug != "slug"
    cases = [
        (WhyNot.LANGUAGE, locales != (primary or "")),
        (WhyNot.ITEM_ID, (texts != "") & (key.role is Role.ITEM_ID)),
        (WhyNot.NO_COLUMN, pd.Series(name is None, index=rows)),
        (WhyNot.BLANK, (texts == "") & needs_text),
        (WhyNot.NO_NAME, _texts(sheet, name).reindex(rows, fill_value="") == ""),
    ]
    reasons = np.select([holds.to_numpy(dtype=bool) for _, holds in cases], [why.value for why, _ in cases], "")
    return pd.Series(reasons, index=rows, dtype="str")


def new_items(
    sheet: Sheet, mapping: ColumnMapping, found: Found, rows: pd.Index, primary: str | None
) -> tuple[NewItem, ...]:
    """The items that these `rows` would create, in their order; each has a name.

    Slugs that are made are free in the collection, in its `primary` language, and in the file.
    """
    names = _texts(sheet, _feeding(mapping, "name"))
    given = _texts(sheet, _feeding(mapping, "slug"))
    taken = {item.slug for item in found.table if primary in (None, item.cms_locale_id)} | set(given)
    numbers: dict[str, int] = {}
    items = []
    for row in map(int, rows):
        own = given.get(row, "")
        slug = own or _free(names[row], taken, numbers)
        taken.add(slug)
        items.append(NewItem(row=row, name=names[row], slug=slug, is_made=not own))
    return tuple(items)


def as_targets(items: Iterable[NewItem], collection_id: str) -> Mapping[str, Sequence[Item]]:
    """These items by the collection that they will be in, for those that refer to it."""
    created = [item.as_item() for item in items]
    return {collection_id: created} if created else {}


def _feeding(mapping: ColumnMapping, slug: str) -> Match | None:
    return next((match for match in mapping.matches if match.field_slug == slug), None)


def _texts(sheet: Sheet, match: Match | None) -> pd.Series:
    return sheet.frame[match.column].str.strip() if match else pd.Series(dtype="str")


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
