"""Rows of a tab's XML that are as programs mostly write them: a look at many cells at once says where they stand.

Only bytes are looked at, so that it holds for rows in a well-formed file without comments, prefixes and sections of
CDATA. Whatever is not quite as expected is for those who listen to every element.
"""

import re
from dataclasses import dataclass

import numpy as np

from lib.stages.read.columns import Numbers

ROW_START, ROW_END = b'<row r="', b"</row>"
_ROW, _CELL, _VALUE, _INLINE = b"ro", b"c ", b"v>", b"is"
_TAGS = (_ROW, _CELL, _VALUE, _INLINE, b"t>", b"t ", b"/c", b"/v", b"/i", b"/t", b"/r")
_ODD = (b"hidden", b"xmlns")
_LAST_ROW = re.compile(rb'<row r="([0-9]{1,7})"')
_LONGEST_ADDRESS = 10  # three letters and seven digits
_QUOTE, _GREATER, _SLASH = b'">/'


@dataclass(frozen=True, slots=True)
class PlainRows:
    """Where the filled cells stand, rows from 1, columns from 0; `styles` are the numbers of their styles, -1 where
    they have none or hold no number. `last_row` is the number of the last row."""

    rows: Numbers
    columns: Numbers
    styles: Numbers
    last_row: int


def plain_rows(piece: bytes) -> PlainRows | None:
    """The cells in whole rows; None where anything but a plain value may be in them."""
    octets = np.frombuffer(piece, np.uint8)
    tags = np.flatnonzero(octets[:-2] == ord("<"))
    kinds = octets[tags + 1].astype(np.uint16) << 8 | octets[tags + 2]
    last = _LAST_ROW.match(piece, piece.rfind(ROW_START))
    if last is None or any(odd in piece for odd in _ODD) or not _IS_KNOWN[kinds].all():
        return None
    if np.count_nonzero(kinds == _number(_ROW)) != piece.count(ROW_START):
        return None
    is_cell = kinds == _number(_CELL)
    holds = np.append(kinds[1:], 0)[is_cell]
    octets = np.append(octets, np.zeros(32, np.uint8))  # room to look ahead
    found = _cells(octets, tags[is_cell])
    if found is None:
        return None
    filled = (holds == _number(_VALUE)) | (holds == _number(_INLINE))
    rows, columns, styles = (numbers[filled] for numbers in found)
    return PlainRows(rows, columns, styles, int(last[1]))


def _cells(octets: Numbers, tags: Numbers) -> tuple[Numbers, Numbers, Numbers] | None:
    """Rows, columns and styles of cells `<c r="A1" s="1" t="s">`, the last two attributes being optional."""
    if not _stands(octets, tags, b'<c r="').all():
        return None
    columns, at = _counted(octets, tags + 6, ord("A"), 26)
    rows, end = _counted(octets, at, ord("0"), 10)
    sizes = (at > tags + 6) & (end > at) & (at <= tags + 9) & (end <= at + 7)
    has_style = _stands(octets, end + 1, b' s="')
    styles, at = _counted(octets, end + 5, ord("0"), 10)
    sizes &= (octets[end] == _QUOTE) & (~has_style | ((octets[at] == _QUOTE) & (at > end + 5) & (at <= end + 9)))
    at = np.where(has_style, at, end) + 1
    has_type = _stands(octets, at, b' t="')
    kind = octets[at + 4]
    names = [(_stands(octets, at + 4, name + b'">')) for name in (b"s", b"n", b"b", b"d", b"str", b"inlineStr")]
    closed = (octets[at] == _GREATER) | ((octets[at] == _SLASH) & (octets[at + 1] == _GREATER))
    if not (sizes & np.where(has_type, np.any(names, axis=0), closed)).all():
        return None
    return rows, columns - 1, np.where(has_style & (~has_type | (kind == ord("n"))), styles, -1)


def _counted(octets: Numbers, at: Numbers, first: int, signs: int) -> tuple[Numbers, Numbers]:
    """The numbers that begin at these places, in digits (A being 1) of so many signs, and where they end."""
    numbers, ends = np.zeros(len(at), np.int64), at.copy()
    one = 1 if first == ord("A") else 0
    for _ in range(_LONGEST_ADDRESS):
        digits = octets[ends].astype(np.int64) - first
        goes_on = (digits >= 0) & (digits < signs)
        if not goes_on.any():
            break
        numbers = np.where(goes_on, numbers * signs + digits + one, numbers)
        ends += goes_on
    return numbers, ends


def _stands(octets: Numbers, at: Numbers, text: bytes) -> Numbers:
    found = np.ones(len(at), bool)
    for place, octet in enumerate(text):
        found &= octets[at + place] == octet
    return found


def _number(tag: bytes) -> int:
    return tag[0] << 8 | tag[1]


_IS_KNOWN = np.zeros(1 << 16, bool)
_IS_KNOWN[[_number(tag) for tag in _TAGS]] = True
