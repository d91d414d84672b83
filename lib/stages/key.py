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
    """The item of each row, "" for none, by row number; and why rows found none, as findings."""

    item_ids: pd.Series
    findings: tuple[Finding, ...]

    @property
    def matched(self) -> int:
        """Rows that found exactly one item, and share it with no other row."""
        return int((self.item_ids != "").sum())

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


def choose_key(sheet: Sheet, mapping: Mapping, collection: Collection, items: Sequence[Item]) -> Mapping:
    """The mapping with the first candidate that finds an item for at least one row; the first one if none does."""
    candidates = [replace(mapping, key_column=column) for column in key_candidates(mapping, collection)]
    finding = (candidate for candidate in candidates if find_items(sheet, candidate, items).matched)
    return next(finding, candidates[0] if candidates else replace(mapping, key_column=None))


def find_items(sheet: Sheet, mapping: Mapping, items: Sequence[Item]) -> Found:
    """The item of every row. Rows that share an item are all refused: nobody can know which one is right."""
    key = mapping.key
    if key is None:
        return Found(item_ids=pd.Series("", index=sheet.frame.index, dtype="str"), findings=())
    texts = sheet.frame[key.column].str.strip()
    lookup = _lookup(key, items)
    answers = {text: lookup.find(text) for text in texts.drop_duplicates() if text}
    found = [answers.get(text, ()) for text in texts]
    ids = pd.Series([one[0] if len(one) == 1 else "" for one in found], index=texts.index, dtype="str")
    repeated = ids.duplicated(keep=False) & (ids != "")
    counts = pd.Series([len(one) for one in found], index=texts.index).where(texts != "")
    findings = (
        _not_found(key, texts[counts == 0], lookup),
        _several(key, texts[counts > 1]),
        _repeated(key, texts[repeated], ids[repeated]),
        _blank(key, texts[texts == ""]),
    )
    return Found(item_ids=ids.mask(repeated, ""), findings=tuple(finding for finding in findings if finding.rows))


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
        expected="a value that an item of the collection has",
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


def _repeated(key: Match, texts: pd.Series, ids: pd.Series) -> Finding:
    rows = {item_id: list(group.index) for item_id, group in ids.groupby(ids)}
    return Finding(
        kind="Same item twice",
        expected="one row for each item",
        fix=[_others(row, rows[item_id]) for row, item_id in ids.items()],
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
