"""Several names of items in one cell: what parts them, and where each name begins and ends."""

import csv
import functools
import re

import pandas as pd

from lib.fields.characters import is_blank, trimmed
from lib.fields.lookup import Lookup

SEPARATORS = (";", "|", "\n", ",")
LOOKED_AT = 500  # different texts that tell the separator
LONGEST_NAME_PARTS = 6  # a name may hold the separator itself, up to so many times
WITH_ADDRESS = re.compile(r"(?P<name>[^()]*[^()\s])\s*\(https?://[^\s()]*\)")  # how Notion writes a relation


def find_name(text: str, lookup: Lookup) -> tuple[str, ...]:
    """The ids that a name may mean, with or without the address that some tools write behind it."""
    return lookup.find(text) or lookup.find(without_address(text))


def without_address(text: str) -> str:
    found = WITH_ADDRESS.fullmatch(text) if text.endswith(")") else None
    return found["name"] if found else text


def detect_separator(texts: pd.Series, lookup: Lookup) -> str:
    """The separator with which most texts come apart into names that exist; a semicolon where none does."""
    different = texts[~is_blank(texts)].drop_duplicates().head(LOOKED_AT)
    distinct = [with_ampersands(text) for text in different]
    whole = functools.cache(lambda text: all_exist(text, _other_than(text), lookup))

    def resolved(separator: str) -> int:
        return sum(all_exist(text, separator, lookup) if separator in text else whole(text) for text in distinct)

    return max(SEPARATORS, key=resolved)


def with_ampersands(text: str) -> str:
    """`text` without the one code that comes apart at a semicolon: exports write it in names."""
    return text.replace("&amp;", "&")


def _other_than(text: str) -> str:
    """A separator that does not part `text`."""
    return next(separator for separator in SEPARATORS if separator not in text)


def all_exist(text: str, separator: str, lookup: Lookup) -> bool:
    """Whether each name in `text` means exactly one item."""
    return all(len(find_name(part, lookup)) == 1 for part in parts_of(text, separator, lookup))


def parts_of(text: str, separator: str, lookup: Lookup) -> list[str]:
    """The names in `text`; one that holds the separator itself stays whole when it exists, or stands in quotes."""
    plain = with_ampersands(text)
    parts = _joined_where_known(plain.split(separator), separator, lookup)
    if '"' in plain and not all(lookup.find(part) for part in parts):
        return _unquoted(plain, separator) or parts
    return parts


def _joined_where_known(pieces: list[str], separator: str, lookup: Lookup) -> list[str]:
    if not lookup.is_in_names(separator) and not any("(" in piece for piece in pieces):
        return [part for part in map(trimmed, pieces) if part]  # pieces put together again are no name
    parts: list[str] = []
    start = 0
    while start < len(pieces):
        if not pieces[start].strip():
            start += 1
            continue
        longest = min(len(pieces) - start, LONGEST_NAME_PARTS)
        length = next(
            (n for n in range(longest, 0, -1) if find_name(_joined(pieces[start : start + n], separator), lookup)), 1
        )
        part = _joined(pieces[start : start + length], separator)
        parts += [part] if part else []
        start += length
    return parts


def _joined(pieces: list[str], separator: str) -> str:
    return trimmed(separator.join(pieces))


def _unquoted(text: str, separator: str) -> list[str]:
    """The parts of a list in which names stand in quotation marks, as Airtable writes them; [] where it is none."""
    try:
        rows = list(csv.reader([text], delimiter=separator, skipinitialspace=True, strict=True))
    except (csv.Error, ValueError, TypeError):
        return []
    return [part for part in map(trimmed, rows[0]) if part] if len(rows) == 1 else []


def other_separator(text: str, separator: str, lookup: Lookup) -> str | None:
    """Another separator, with which the text comes apart into several names that all exist."""
    others = (other for other in SEPARATORS if other != separator and other in text)
    return next((one for one in others if len(parts_of(text, one, lookup)) > 1 and all_exist(text, one, lookup)), None)


def separated(text: str, separator: str) -> str:
    """`text` with this separator wherever another one stands."""
    others = "".join(re.escape(other) for other in SEPARATORS if other != separator)
    parts = [part.strip() for part in re.split(f"[{others}]", text)]
    return f"{separator} ".join(part for part in parts if part)
