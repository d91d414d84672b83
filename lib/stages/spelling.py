"""Names of columns and fields: when two are the same name, and when one is only the other one spelt otherwise.

A spelling never crosses a negation, a number or an opposite, because all words but one are the same ones, and that one
begins alike and differs by one letter or by its ending: “Unavailable”, “line 2”, “Sunday”, “max” are other words.
"""

import re
import unicodedata

from rapidfuzz.distance import OSA

from lib.fields.characters import seen

LONGEST = 200  # characters of a name that is compared at all
FEWEST_LETTERS = 4  # of a word that may be misspelt: short ones are too easily another word
ENDINGS = ("s", "es", "n", "en", "e")
_APART = re.compile(r"[\s\-_.,:;'’\"()/*?]+")
_UNIT = re.compile(r"[(\[] ?(?:[a-z]{3}|[€$£¥%]|[mck]?m|k?g|lbs?|oz|ft|ml|l) ?[)\]]$")
_NOT_UNITS = frozenset(
    ("min", "max", "old", "new", "not", "off", "non", "neu", "alt", "bis", "von", "ein", "aus", "out")
)
# Two ends of one relation that only their last letters tell apart: employer and employee, payer and payee.
_ENDS = (("er", "ee"), ("or", "ee"))


def exact_name(name: str) -> str:
    """The form in which one name is always the same: case, blanks and what nobody sees do not count."""
    return " ".join(seen(name).casefold().split())


def same_name(name: str) -> str:
    """The form in which “Main-photo”, “main_photo” and “Main photo:” are the same name."""
    return " ".join(_APART.sub(" ", exact_name(name)).split())


def without_unit(name: str) -> str:
    """“Price (EUR)” → “price”: a currency or a measure in brackets at the end."""
    exact = exact_name(name)
    unit = _UNIT.search(exact)
    return exact if unit is None or unit[0].strip("()[] ") in _NOT_UNITS else exact[: unit.start()].strip()


def is_spelling(one: str, other: str) -> bool:
    """Whether two names have the same words in any order, but for one that may be spelt a little otherwise."""
    if max(len(one), len(other)) > LONGEST:
        return False
    ours, theirs = sorted(same_name(one).split()), sorted(same_name(other).split())
    if len(ours) != len(theirs) or not ours:
        return False
    left, right = _rest(ours, theirs), _rest(theirs, ours)
    return not left or (len(left) == 1 and _is_slip(left[0], right[0]))


def _rest(words: list[str], others: list[str]) -> list[str]:
    left = list(words)
    for word in others:
        if word in left:
            left.remove(word)
    return left


def _is_slip(one: str, other: str) -> bool:
    short, long = sorted((_unaccented(one), _unaccented(other)), key=len)
    if short[0] != long[0] or not (short + long).isalpha():
        return False
    if short == long or (len(short) > 2 and long in {short + ending for ending in ENDINGS}):
        return True
    if any({short[-2:], long[-2:]} == set(ends) for ends in _ENDS):
        return False
    return len(short) >= FEWEST_LETTERS and OSA.distance(short, long) == 1


def _unaccented(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
