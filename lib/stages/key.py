"""Finding the items: by Item ID, slug, name, or any other text field."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from lib.fields.forgive import Lookup
from lib.model.collection import Collection, FieldType
from lib.model.item import Item
from lib.model.mapping import Mapping, Match, Role
from lib.model.problem import Finding
from lib.model.sheet import Sheet

MOST_SUGGESTIONS = 200  # a search through all names for each text not found: helpful for some, slow for thousands
PREFERRED = ("slug", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The `Item` of each row, None for none, by row number; and why rows found none, as findings."""

    items: pd.Series
    findings: tuple[Finding, ...]

    @property
    def matched(self) -> int:
        """Rows that found exactly one item, and share it with no other row."""
        return int(self.items.notna().sum())

    @property
    def unmatched(self) -> Dict[str, int]:
        """How many rows found none, by kind of problem."""
        return {finding.kind: len(finding.rows) for finding in self.findings}


def key_candidates(mapping: Mapping, collection: Collection) -> tuple[str, ...]:
    """Columns that can find items, the best first: Item ID, slug, name, then other plain text."""
    matched = [match for match in mapping.matches if match.field_slug]
    texts = [match for match in matched if collection.field(match.field_slug or "").type is FieldType.PLAIN_TEXT]
    ids = [match for match in mapping.matches if match.role is Role.ITEM_ID]
    ordered = sorted(
        texts, key=lambda m: PREFERRED.index(m.field_slug) if m.field_slug in PREFERRED else len(PREFERRED)
    )
    return tuple(match.column for match in (*ids, *ordered))


def choose_key(
    sheet: Sheet, mapping: Mapping, collection: Collection, items: Sequence[Item], locale: str | None = None
) -> Mapping:
    """The mapping with the first candidate that finds an item for at least one row; the first one if none does."""
    candidates = [replace(mapping, key_column=column) for column in key_candidates(mapping, collection)]
    finding = (candidate for candidate in candidates if find_items(sheet, candidate, items, locale).matched)
    return next(finding, candidates[0] if candidates else replace(mapping, key_column=None))


def find_items(sheet: Sheet, mapping: Mapping, items: Sequence[Item], locale: str | None = None) -> Found:
    """The item of every row, in the row's own language: its Locale ID, else `locale` (None: the site has only one).

    Rows that share an item are all refused: nobody can know which one is right.
    """
    key = mapping.key
    rows = sheet.frame.index
    if key is None:
        return Found(items=pd.Series([None] * len(rows), index=rows, dtype="object"), findings=())
    texts = sheet.frame[key.column].str.strip()
    locales = row_locales(sheet, mapping, locale)
    answers = _answers(key, texts, locales, items)
    single = [one[0] if len(one) == 1 else None for one in answers]
    places = pd.Series([f"{item.id} {item.cms_locale_id}" if item else "" for item in single], index=rows, dtype="str")
    repeated = places.duplicated(keep=False) & (places != "")
    counts = pd.Series([len(one) for one in answers], index=rows).where(texts != "")
    findings = (
        _not_found(key, texts[counts == 0], _lookup(key, items)),
        _several(key, texts[counts > 1]),
        _repeated(key, texts[repeated], places[repeated]),
        _blank(key, texts[texts == ""]),
    )
    found = pd.Series([None if twice else item for item, twice in zip(single, repeated, strict=True)], index=rows)
    return Found(items=found.astype("object"), findings=tuple(finding for finding in findings if finding.rows))


def row_locales(sheet: Sheet, mapping: Mapping, locale: str | None) -> pd.Series:
    """The CMS locale id that each row is about; "" everywhere on a site with one language."""
    match = mapping.of_role(Role.LOCALE_ID)
    if locale is None or match is None:
        return pd.Series(locale or "", index=sheet.frame.index, dtype="str")
    texts = sheet.frame[match.column].str.strip()
    return texts.mask(texts == "", locale)


def _answers(key: Match, texts: pd.Series, locales: pd.Series, items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """For each row, the items of its language that its text may mean; every distinct text is looked up once."""
    known: dict[tuple[str, str], tuple[Item, ...]] = {}
    for locale in locales.drop_duplicates():
        own = [item for item in items if locale in ("", item.cms_locale_id)]
        by_id = {item.id: item for item in own}
        lookup = _lookup(key, own)
        for text in texts[locales == locale].drop_duplicates():
            known[(locale, text)] = tuple(by_id[item_id] for item_id in lookup.find(text)) if text else ()
    return [known[place] for place in zip(locales, texts, strict=True)]


def _lookup(key: Match, items: Sequence[Item]) -> Lookup:
    if key.role is Role.ITEM_ID:
        return Lookup((item.id, (item.id,)) for item in items)
    slug = key.field_slug or ""
    named = ((item.id, str(item.field_data.get(slug) or "")) for item in items)
    return Lookup((item_id, (name, name.strip())) for item_id, name in named if name)


def _not_found(key: Match, texts: pd.Series, lookup: Lookup) -> Finding:
    distinct = texts.drop_duplicates()
    close = {} if key.role else {text: lookup.closest(text) for text in distinct.head(MOST_SUGGESTIONS)}
    return Finding(
        kind="Item not found",
        expected="a value that an item of the collection has, in this language",
        fix=[_advice(close.get(text, "")) for text in texts],
        column=key.column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )


def _advice(close: str) -> str:
    return f"Did you mean {close}?" if close else "Correct it, or create the item in Webflow first."


def _several(key: Match, texts: pd.Series) -> Finding:
    return Finding(
        kind="Several items found",
        expected="a value that only one item has",
        fix="Several items share this value. Use the Item ID or the slug to tell them apart.",
        column=key.column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )


def _repeated(key: Match, texts: pd.Series, places: pd.Series) -> Finding:
    rows = {place: list(group.index) for place, group in places.groupby(places)}
    return Finding(
        kind="Same item twice",
        expected="one row for each item",
        fix=[_others(row, rows[place]) for row, place in places.items()],
        column=key.column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )


def _others(row: object, rows: list[object]) -> str:
    others = ", ".join(str(other) for other in rows[:6] if other != row)
    return f"Row {others} is about the same item. Keep only one of them."


def _blank(key: Match, texts: pd.Series) -> Finding:
    return Finding(
        kind="No value to find the item",
        expected="a value in the column that finds the item",
        fix="Fill in the cell, or leave the row out.",
        column=key.column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )
