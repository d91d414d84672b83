"""Texts that a program took for numbers: exponents, zeros gone or hung on, digits rounded away; and yes and no."""

import re
from decimal import Decimal

from lib.stages.damage.base import Damage
from lib.words.say import later

LONGEST = 60  # characters of what a spreadsheet still takes for a number
KEPT_DIGITS = 15
FEWEST_OF_A_PHONE = 7
SCIENTIFIC = re.compile(r"[-+]?([0-9]+)(?:[.,]([0-9]+))?[eE]([-+]?[0-9]{1,3})")
_PLAIN = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]*)?|[-+]?[.,][0-9]+")
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}([.,' \u00a0\u202f’])[0-9]{3}(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
_FRACTION = re.compile(r"(?:([0-9]{1,4})[ \u00a0])?([0-9]{1,4})/([0-9]{1,4})")
_DIGIT = re.compile(r"[0-9]")
_BETWEEN_DIGITS = re.compile(r"[\s().\-/]+")
_SAME_DIGITS = re.compile(r"[\s()\-/]+")
_WORDS = {"true": {"TRUE", "WAHR", "VRAI", "VERDADERO"}, "false": {"FALSE", "FALSCH", "FAUX", "FALSO"}}
TRUTH_WORDS = sorted({word for words in _WORDS.values() for word in words})


def is_rewritten(found: str, live: str) -> bool:
    """Whether `found` is the same number as `live`, as far as its digits go, and written otherwise."""
    if max(len(found), len(live)) > LONGEST:
        return False
    if found in _WORDS.get(live.casefold(), ()):
        return True
    if not _DIGIT.search(found) or _SAME_DIGITS.sub("", found) == _SAME_DIGITS.sub("", live):
        return False
    if _is_in_groups(live) and _BETWEEN_DIGITS.sub("", found) == _BETWEEN_DIGITS.sub("", live):
        return not _is_in_groups(found)  # a number of a telephone, parted otherwise
    figures = numbers_in(found)
    return bool(figures) and any(_alike(one, own, found) for one in figures for own in _meant(live))


def _is_in_groups(text: str) -> bool:
    return len(_BETWEEN_DIGITS.findall(text.strip())) > 1


def numbers_in(text: str) -> set[Decimal]:
    """The numbers that a text may be for a spreadsheet: a point may part thousands or decimals."""
    bare = text.strip(" \u00a0$€£¥")
    share = Decimal(100 if bare.endswith("%") else 1)
    bare = bare.removesuffix("%").rstrip(" \u00a0")
    found: set[Decimal] = set()
    if SCIENTIFIC.fullmatch(bare) or _PLAIN.fullmatch(bare):
        found.add(Decimal(bare.replace(",", ".")))
    grouped = _GROUPED.fullmatch(bare)
    if grouped:
        found.add(Decimal(bare.replace(grouped[1], "").replace(",", ".")))
    fraction = _FRACTION.fullmatch(bare)
    if fraction and int(fraction[3]):
        found.add(int(fraction[1] or 0) + Decimal(fraction[2]) / Decimal(fraction[3]))
    return {number / share for number in found}


def _meant(live: str) -> set[Decimal]:
    digits = _BETWEEN_DIGITS.sub("", live).removeprefix("+")
    is_phone = len(digits) >= FEWEST_OF_A_PHONE and digits.isascii() and digits.isdigit()
    return numbers_in(live) | ({Decimal(digits)} if is_phone else set())


def _alike(one: Decimal, own: Decimal, found: str) -> bool:
    scientific = SCIENTIFIC.fullmatch(found)
    if scientific:
        unit = Decimal(1).scaleb(int(scientific[3]) - len(scientific[2] or ""))
        return abs(one - own) <= unit / 2 or 0 < own - one < unit  # rounded, or cut off
    long = len(own.as_tuple().digits) > KEPT_DIGITS
    return abs(one - own) <= abs(own).scaleb(1 - KEPT_DIGITS) if long else one == own


DAMAGES = (
    Damage(
        kind=later("A program rewrote the number"),
        expected=later("the digits as the item has them"),
        advice=later("Format the column as text and type the value again, or leave the cell empty."),
        is_it=is_rewritten,
    ),
)
