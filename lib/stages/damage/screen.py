"""Which cells are worth a look at all: a screen over the whole column, since most texts can show no damage.

No damage, mark or date is found in what it passes over: each pattern says what one of them needs at least. They are
Arrow's (RE2), where a class such as `\\s` is ASCII.
"""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lib.fields.base import TextKind
from lib.fields.characters import BLANKS, EDGES
from lib.fields.column import Mask
from lib.stages.damage.numbers import TRUTH_WORDS

Counts = np.ndarray[Any, np.dtype[np.int64]]
LONG = 100  # characters, from which a text may have been cut off
FULL = 16_000  # and from which it may be as long as a cell can be: line ends may have been two characters
PLAIN_LETTERS = 6  # at most, that stand for one sign: ㎯ becomes rad/s2
_MARKS = r"[^\x00-\x7f]{2}|[ÃÂ] |[0-9][eE][-+]?[0-9]|=\""
_DIGIT = r"[0-9]"
_TWO_WORDS = r"(?s)[A-Za-z]{2}.*[\x00-@[-`{-\x7f].*[A-Za-z]{2}"  # neither a number, a time nor a date has as many
_CODES = r"[&=%\\<\"'+]|_x"
_MAY_BE_LOST = r"[&\n\r\t\v\f\x85\x{2028}\x{2029}]"  # codes, and line breaks
_TRUTH = rf"^(?:{'|'.join(TRUTH_WORDS)})$"
_PARTING = rf"[{BLANKS}().\-/]+"
_BEYOND_ASCII = r"[^\x00-\x7f]"
_ASCII_LETTER = r"[A-Za-z0-9]"


def worth_a_look(found: pd.Series, live: pd.Series, text: TextKind) -> Mask:
    """Which of these pairs may show a damage; rich text beside other rich text always may."""
    texts, lives = (pc.utf8_trim(pa.array(column, pa.large_string()), EDGES) for column in (found, live))
    shows = _has(texts, _MARKS) | (_lengths(texts) >= FULL)
    beside = _lengths(lives) > 0
    if text is TextKind.HTML:
        return shows | beside
    are_figures = _has(texts, _DIGIT) & ~_has(texts, _TWO_WORDS)
    if text is TextKind.PLAIN:  # a date shows itself
        shows |= are_figures
    return shows | (beside & (are_figures | _may_be_made_of(texts, lives)))


def _may_be_made_of(texts: pa.Array, lives: pa.Array) -> Mask:
    may_be_cut = (_lengths(texts) >= LONG) & (_lengths(texts) < _lengths(lives))
    is_harmed = _has(texts, _CODES) | _has(lives, _MAY_BE_LOST) | _has(texts, _TRUTH)
    return may_be_cut | is_harmed | _may_be_other_letters(texts, lives) | _is_parted_otherwise(texts, lives)


def _may_be_other_letters(texts: pa.Array, lives: pa.Array) -> Mask:
    """Whatever harms letters beyond ASCII leaves the others, and puts few in place of one."""
    beyond, kept = _count(lives, _BEYOND_ASCII), _count(lives, _ASCII_LETTER)
    own_beyond, own = _count(texts, _BEYOND_ASCII), _count(texts, _ASCII_LETTER)
    has_as_many = own + PLAIN_LETTERS * own_beyond >= kept
    may_be: Mask = (beyond > 0) & has_as_many & (own <= kept + PLAIN_LETTERS * beyond)
    return may_be


def _is_parted_otherwise(texts: pa.Array, lives: pa.Array) -> Mask:
    one, other = (pc.replace_substring_regex(column, _PARTING, "") for column in (texts, lives))
    same: Mask = pc.equal(one, other).to_numpy(zero_copy_only=False)
    return same


def _has(texts: pa.Array, pattern: str) -> Mask:
    found: Mask = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
    return found


def _count(texts: pa.Array, pattern: str) -> Counts:
    counts: Counts = pc.count_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
    return counts


def _lengths(texts: pa.Array) -> Counts:
    lengths: Counts = pc.utf8_length(texts).to_numpy(zero_copy_only=False)
    return lengths
