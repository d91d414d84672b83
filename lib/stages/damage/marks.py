"""Marks of damage that a text shows by itself, where no live text says what it was."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import ftfy
import ftfy.badness

from lib.model.problem import Severity
from lib.stages.damage.cuts import is_full
from lib.stages.damage.letters import is_utf8_read_as
from lib.stages.damage.numbers import LONGEST, SCIENTIFIC
from lib.words.say import later

LONGEST_LOOKED_AT = 20_000  # characters; damaged letters show themselves long before
BEYOND_FTFY = ("cp850", "cp852", "koi8-r", "mac_latin2")
_MAY_BE_TWICE_ENCODED = re.compile(r"[^\x00-\x7f]{2}|[ÃÂ] ")
_FORMULA = re.compile(r'="[^"]*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark: whether a text shows it, and how the text is mended."""

    kind: str
    expected: str
    fix: str
    shows: Callable[[str], bool]
    severity: Severity = Severity.WARNING


def mark_of(text: str) -> Mark | None:
    """The first mark that a text shows."""
    return next((mark for mark in MARKS if mark.shows(text)), None)


def _is_twice_encoded(text: str) -> bool:
    start = text[:LONGEST_LOOKED_AT]
    if text.isascii() or not _MAY_BE_TWICE_ENCODED.search(start):
        return False
    if ftfy.badness.is_bad(start) and ftfy.fix_encoding(start) != start:
        return True
    return any(is_utf8_read_as(start, read) for read in BEYOND_FTFY)


def _is_scientific(text: str) -> bool:
    """Only as programs write it: `5.58E+12`, `1,5E-05`, `1e+21`. Product codes such as 12E5 have neither."""
    if len(text) > LONGEST or not ("+" in text or "." in text or "," in text):
        return False
    return SCIENTIFIC.fullmatch(text) is not None


MARKS = (
    Mark(
        kind=later("Letters look damaged"),
        expected=later("text such as é, not Ã©"),
        fix=later("Save the file as UTF-8 (in Excel: “CSV UTF-8”), or write the text anew."),
        shows=_is_twice_encoded,
    ),
    Mark(
        kind=later("A number in scientific notation"),
        expected=later("all its digits"),
        fix=later("Format the column as text and type the value again."),
        shows=_is_scientific,
    ),
    Mark(
        kind=later("A formula around the text"),
        expected=later("the text itself"),
        fix=later('Write it without =" and ".'),
        shows=lambda text: _FORMULA.fullmatch(text) is not None,
    ),
    Mark(
        kind=later("A full cell"),
        expected=later("fewer than 32,767 characters, where Excel cuts"),
        fix=later("Look at the end of the text: it may have been cut off."),
        shows=is_full,
    ),
)
