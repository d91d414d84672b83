"""References to items of another collection: written by slug or name, sent by id."""

from typing import Any

import pandas as pd

from lib.fields.base import Reading, Rule, Surroundings
from lib.fields.column import Trouble, read_each, same_by, shown_by
from lib.fields.forgive import Lookup
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices

NO_SUCH_ITEM = "No such item"
SEPARATORS = (";", "|", "\n", ",")
LONGEST_NAME_PARTS = 6  # a name may hold the separator itself, up to so many times


class Reference:
    """One item of another collection."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings) -> Reading:
        lookup = _lookup(field, around)
        return read_each(texts, lambda text: _found(text, lookup))

    def rules(self, field: Field) -> tuple[Rule, ...]:
        return ()

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return same_by(before, after, str)

    def show(self, values: pd.Series, field: Field, around: Surroundings) -> pd.Series:
        slugs = _slugs(field, around)
        return shown_by(values, lambda value: slugs.get(value, str(value)))


class MultiReference(Reference):
    """Several items of another collection, in order."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings) -> Reading:
        lookup = _lookup(field, around)
        separator = separator_of(texts, field, choices, around)
        return read_each(texts, lambda text: _all_found(text, separator, lookup))

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return same_by(before, after, list)

    def show(self, values: pd.Series, field: Field, around: Surroundings) -> pd.Series:
        slugs = _slugs(field, around)
        return shown_by(values, lambda value: "; ".join(slugs.get(entry, str(entry)) for entry in value))


def separator_of(texts: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings) -> str:
    """What parts the names in this column: as the person chose, else as its texts show."""
    return choices.separator or detect_separator(texts, _lookup(field, around))


def known_ids(texts: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings) -> pd.Series:
    """The ids of those names in each text that mean exactly one item."""
    lookup = _lookup(field, around)
    separator = separator_of(texts, field, choices, around)
    answers = [[lookup.find(part) for part in parts_of(text, separator, lookup)] for text in texts]
    return pd.Series([[found[0] for found in one if len(found) == 1] for one in answers], index=texts.index)


def detect_separator(texts: pd.Series, lookup: Lookup) -> str:
    """The separator with which most texts come apart into names that exist; a semicolon where none does."""
    distinct = [text for text in texts.drop_duplicates() if text.strip()]

    def resolved(separator: str) -> int:
        return sum(
            all(len(lookup.find(part)) == 1 for part in parts_of(text, separator, lookup)) for text in distinct[:500]
        )

    return max(SEPARATORS, key=resolved)


def parts_of(text: str, separator: str, lookup: Lookup) -> list[str]:
    """The names in `text`; a name that holds the separator itself stays whole when it exists."""
    pieces = text.replace("&amp;", "&").split(separator)
    parts: list[str] = []
    while pieces:
        length = next((n for n in _lengths(pieces) if lookup.find(_joined(pieces, n, separator))), 1)
        part = _joined(pieces, length, separator)
        if part:
            parts.append(part)
        pieces = pieces[length:]
    return parts


def _lengths(pieces: list[str]) -> range:
    return range(min(len(pieces), LONGEST_NAME_PARTS), 0, -1)


def _joined(pieces: list[str], length: int, separator: str) -> str:
    return separator.join(pieces[:length]).strip()


def _lookup(field: Field, around: Surroundings) -> Lookup:
    items = around.targets.get(field.target_collection_id or "", ())
    return Lookup((item.id, (item.slug, item.name)) for item in items)


def _slugs(field: Field, around: Surroundings) -> dict[str, str]:
    return {item.id: item.slug for item in around.targets.get(field.target_collection_id or "", ())}


def _found(text: str, lookup: Lookup) -> Any:
    found = lookup.find(text)
    if len(found) == 1:
        return found[0]
    if found:
        return Trouble(
            kind="Several items of this name",
            expected="the name of exactly one item",
            fix=f"{len(found)} items are called “{text}”. Write the slug of the one you mean.",
        )
    close = lookup.closest(text)
    fix = f"There is no “{text}”. Did you mean {close}?" if close else f"There is no “{text}”. Create that item first."
    return Trouble(kind=NO_SUCH_ITEM, expected="the slug or name of an item that exists", fix=fix)


def _all_found(text: str, separator: str, lookup: Lookup) -> Any:
    found = [_found(part, lookup) for part in parts_of(text, separator, lookup)]
    return next((answer for answer in found if isinstance(answer, Trouble)), found)
