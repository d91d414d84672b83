"""Values as Webflow sends them → values as it takes them, and whether it stored what was meant."""

from typing import Any
from urllib.parse import unquote, urlsplit

import pandas as pd

from lib.fields import kind_of
from lib.fields.column import is_empty
from lib.fields.link import url_of
from lib.model.collection import FieldType

FILES = (FieldType.IMAGE, FieldType.FILE, FieldType.MULTI_IMAGE)
# How a field is emptied: null, except for these (developers.webflow.com, "Field Types & Item Values").
_CLEARED: dict[FieldType, object] = {FieldType.SWITCH: False, FieldType.MULTI_REFERENCE: []}


def as_written(value: Any, field_type: FieldType) -> Any:
    """A value that was read, ready to be sent again: files and videos by their address; empty ones as null."""
    if is_empty(value):
        return _CLEARED.get(field_type)
    if field_type is FieldType.MULTI_IMAGE:
        return [_file(entry) for entry in _entries(value)]
    if field_type in FILES:
        return _file(value)
    return url_of(value) if field_type is FieldType.VIDEO_LINK else value


def to_be_written(field_type: FieldType, after: pd.Series, before: pd.Series) -> pd.Series:
    """A column of values as read from a sheet, ready to be sent in place of what the live items hold.

    Images that stay in a gallery keep their alt texts: a bare address would take them away.
    """
    empty = _CLEARED.get(field_type)
    ready: list[Any] = [empty if is_empty(value) else value for value in after]
    if field_type is FieldType.MULTI_IMAGE:
        ready = [_with_alts(*pair) if pair[0] else pair[0] for pair in zip(ready, before, strict=True)]
    return pd.Series(ready, index=after.index, dtype="object")


def is_stored(field_type: FieldType, now: pd.Series, meant: pd.Series, before: pd.Series) -> pd.Series:
    """Whether a column of an item's values is what was meant, cell by cell.

    Webflow keeps files at an address of its own that ends with the file's name, so the name counts for them, unless
    the address is still the one from before. Alt texts that were sent must be there.
    """
    same = kind_of(field_type).same(now, meant)
    if field_type not in FILES:
        return same
    pairs = list(zip(now, meant, strict=True))
    is_copy = pd.Series([_is_copy(*pair) for pair in pairs], index=now.index, dtype="bool")
    has_alts = pd.Series([_has_alts(*pair) for pair in pairs], index=now.index, dtype="bool")
    return (same | (is_copy & ~kind_of(field_type).same(now, before))) & has_alts


def alt_texts(files: Any) -> str:
    """The alt texts of one file or several, in words."""
    return "; ".join(f"alt text “{_alt(entry)}”" if _alt(entry) else "no alt text" for entry in _entries(files))


def _file(value: Any) -> dict[str, Any]:
    alt = value.get("alt") if isinstance(value, dict) else None
    return {"url": url_of(value)} | ({"alt": alt} if alt else {})


def _with_alts(files: Any, before: Any) -> Any:
    """The files of a gallery with the alt texts that the ones of the same address have now, in their order."""
    known: dict[str, list[str]] = {}
    for entry in _entries(before):
        known.setdefault(url_of(entry), []).append(_alt(entry))
    return [_with_alt(entry, known.get(url_of(entry))) for entry in _entries(files)]


def _with_alt(entry: Any, alts: list[str] | None) -> Any:
    alt = alts.pop(0) if alts else ""
    return entry | {"alt": alt} if alt and isinstance(entry, dict) and not entry.get("alt") else entry


def _has_alts(now: Any, meant: Any) -> bool:
    kept, wanted = ([_alt(entry) for entry in _entries(value)] for value in (now, meant))
    return len(kept) == len(wanted) and all(not alt or alt == other for alt, other in zip(wanted, kept, strict=True))


def _alt(entry: Any) -> str:
    alt = entry.get("alt") if isinstance(entry, dict) else None
    return alt if isinstance(alt, str) else ""


def _entries(value: Any) -> list[Any]:
    """The files of a value, one or several."""
    return value if isinstance(value, list) else [] if is_empty(value) else [value]


def _is_copy(now: Any, meant: Any) -> bool:
    kept, wanted = _names(now), _names(meant)
    return len(kept) == len(wanted) > 0 and all(map(_is_name_of_copy, kept, wanted))


def _is_name_of_copy(kept: str, wanted: str) -> bool:
    """Webflow puts ids before the name, parted by underscores (seen in the wild)."""
    return bool(wanted) and f"_{kept}".endswith(f"_{wanted}")


def _names(value: Any) -> list[str]:
    """The names of the files in a value; [] for none."""
    return [unquote(_path(url_of(file))).rsplit("/", 1)[-1].lower() for file in _entries(value)]


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:  # brackets that hold no address of a computer
        return url
