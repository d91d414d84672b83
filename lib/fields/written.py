"""Values as Webflow sends them → values as it takes them."""

from typing import Any

import pandas as pd

from lib.fields.column import is_empty
from lib.fields.link import url_of
from lib.fields.rehosted import is_copy_at_webflow
from lib.model.collection import FieldType

FILES = (FieldType.IMAGE, FieldType.FILE, FieldType.MULTI_IMAGE)
# How a field is emptied: null, except for these (developers.webflow.com, "Field Types & Item Values").
_CLEARED: dict[FieldType, object] = {FieldType.SWITCH: False, FieldType.MULTI_REFERENCE: []}


def as_written(value: Any, field_type: FieldType) -> Any:
    """A value that was read, ready to be sent again: files and videos by their address; empty ones as null."""
    if is_empty(value):
        return _CLEARED.get(field_type)
    if field_type is FieldType.MULTI_IMAGE:
        return [_file(entry) for entry in entries_of(value)]
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


def alt_texts(files: Any) -> str:
    """The alt texts of one file or several, in words."""
    alts = map(alt_of, entries_of(files))
    return "; ".join(f"alt text “{alt}”" if alt else "no alt text" for alt in alts)


def _file(value: Any) -> dict[str, Any]:
    alt = value.get("alt") if isinstance(value, dict) else None
    return {"url": url_of(value)} | ({"alt": alt} if alt else {})


def _with_alts(files: Any, before: Any) -> Any:
    """The files of a gallery with the alt texts that they have now: those of the same address, or Webflow's copies."""
    left = entries_of(before)
    return [_with_alt(entry, left) for entry in entries_of(files)]


def _with_alt(entry: Any, left: list[Any]) -> Any:
    """The file with the alt text of its twin, which is then taken from what is `left`."""
    url = url_of(entry)
    same = (one for one in left if url_of(one) == url)
    copies = (one for one in left if is_copy_at_webflow(url_of(one), url))
    twin = next(same, None) or next(copies, None)
    if twin is None:
        return entry
    left.remove(twin)
    alt = alt_of(twin)
    return entry | {"alt": alt} if alt and isinstance(entry, dict) and not entry.get("alt") else entry


def alt_of(entry: Any) -> str:
    """The alt text of an image, "" for none."""
    alt = entry.get("alt") if isinstance(entry, dict) else None
    return alt if isinstance(alt, str) else ""


def entries_of(value: Any) -> list[Any]:
    """The files of a value, one or several."""
    return list(value) if isinstance(value, list) else [] if is_empty(value) else [value]
