"""Letters that an encoding or a mail made into other ones, into question marks, or plainer than they were."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from lib.model.problem import Severity
from lib.stages.damage.base import Damage, one_spaced
from lib.words.say import later

_WESTERN = ("cp1252", "latin-1", "iso8859-15", "mac_roman", "cp850", "cp437")
_CENTRAL = ("cp1250", "iso8859-2", "cp852", "mac_latin2")
_OTHERS = ("cp1251", "koi8-r", "cp866", "cp1253", "cp1254")
READ = (*_WESTERN, *_CENTRAL, *_OTHERS)
WRITTEN = ("utf-8", *READ, "euc_jp", "gb18030", "euc_kr")
TWICE = ("cp1252", "latin-1", "mac_roman", "cp1250", "cp850", "cp437")
LOST = "?_\x1a\ufffd\u25a1\u00bf"  # what stands for a letter that an encoding does not have
_BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_UNSURE = LOST + _BLANKS + "\xad" + "".join(map(chr, range(0x7F, 0xA0)))
_WITHOUT_UNSURE = dict.fromkeys(map(ord, _UNSURE))
_RECODINGS: tuple[tuple[tuple[str, str], ...], ...] = (
    *(((written, read),) for written in WRITTEN for read in READ if written != read),
    *((("utf-8", one), ("utf-8", two)) for one in TWICE for two in TWICE),
)
# Which recodings, a bit for each, make of every letter one sign, and which make several.
_ONE_TO_ONE = sum(1 << n for n, steps in enumerate(_RECODINGS) if len(steps) == 1 and steps[0][0] in READ)
_LENGTHENING = (1 << len(_RECODINGS)) - 1 - _ONE_TO_ONE
FEW = 2  # signs that may be gone: those that count as blanks around a text, or that nobody sees
MOST_GONE = 0.4  # of what letters become in UTF-8, where half of it may be signs that nobody sees
LETTERS_TRIED = 60  # characters of a text whose letters tell which recodings are possible
_HEAD = 32  # characters that mostly tell two texts apart
_LONGEST_PLAIN = 3  # characters in plain letters that one sign becomes
_UNSURE_SIGNS = frozenset(_UNSURE)
_UNSURE_BYTES = _UNSURE.encode("ascii", "ignore")
_PLAINER = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‘’‚", "'")
    | dict.fromkeys("–—", "-")
    | {"ı": "i", "…": "..."}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_CONTROLS = re.compile(r"[\x80-\x9f]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_COMBINING = re.compile(r"[\u0300-\u036f]+")
_LETTER_IN_WORD = re.compile(r"[A-Za-z][^\W\x00-\x7f]|[^\W\x00-\x7f][A-Za-z]")


def is_misread(found: str, live: str) -> bool:
    """Whether `found` is what becomes of `live` in wrong encodings, once or twice, or with letters lost on the way."""
    if live.isascii():
        return False
    kept = _skeleton(found)
    if kept != _skeleton(live) and kept != _skeleton(unicodedata.normalize("NFD", live)):
        return False
    has_controls = len(_CONTROLS.findall(found)) > len(_CONTROLS.findall(live))  # no program writes them on purpose
    return has_controls or _is_lost(found, live) or _is_recoded(found, live)


def is_utf8_read_as(text: str, read: str) -> bool:
    """Whether `text` is UTF-8 that was read as another encoding, through and through."""
    try:
        return text.encode(read).decode("utf-8") != text
    except UnicodeError:
        return False


def is_plainer(found: str, live: str) -> bool:
    """Whether only accents and typographic signs of `live` are gone."""
    if live.isascii() or len(_NOT_ASCII.findall(found)) >= len(_NOT_ASCII.findall(live)):
        return False
    composed = unicodedata.normalize("NFC", live)
    return any(
        _begin_alike(_plain(found[:_HEAD]), _plain(form[:_HEAD])) and _plain(found) == _plain(form)
        for form in (live, composed.translate(_UMLAUTS))
    )


def _skeleton(text: str) -> bytes:
    """The part of a text that no encoding changes: cheap to compare, and seldom equal by chance."""
    return text.encode("ascii", "ignore").translate(None, _UNSURE_BYTES)


def _is_recoded(found: str, live: str) -> bool:
    signs = set(found) - _UNSURE_SIGNS
    forms = {unicodedata.normalize("NFC", live), unicodedata.normalize("NFD", live)}
    possible = [(form, number) for form in forms for number in _possible(form, signs, _of_length(form, len(found)))]
    if not possible:
        return False
    sure = found.translate(_WITHOUT_UNSURE)
    if sure.isascii() or sure == live.translate(_WITHOUT_UNSURE):
        return False
    return any(_recoded(form, *_RECODINGS[number]) == sure for form, number in possible)


def _of_length(live: str, length: int) -> int:
    """The recodings that make a text of about this length of `live`; a few signs, or many of many, may be gone."""
    is_same = abs(length - len(live)) <= FEW
    is_longer = length + FEW >= len(live) + (1 - MOST_GONE) * len(_NOT_ASCII.findall(live))
    return (_ONE_TO_ONE if is_same else 0) | (_LENGTHENING if is_longer else 0)


def _possible(live: str, signs: set[str], possible: int) -> list[int]:
    """Those of the `possible` recodings that, for each of some letters of `live`, make something that ends with one of
    `signs`, and of at least one of them something else."""
    changing = 0
    if not possible:
        return []
    for letter in sorted(set(_NOT_ASCII.findall(live[:LETTERS_TRIED]))):
        ends, keeping = _endings(letter)
        fitting = ends.get("", 0)
        for sign in signs & ends.keys():
            fitting |= ends[sign]
            changing |= ends[sign] & ~keeping
        possible &= fitting
        if not possible:
            return []
    return list(_bits(possible & changing))


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


@cache
def _endings(letter: str) -> tuple[dict[str, int], int]:
    """Which recodings, a bit for each, make of a letter something that ends with a sign, "" where nothing sure is left
    of it; and which keep the letter as it is."""
    found: dict[str, int] = {}
    keeping = 0
    for number, steps in enumerate(_RECODINGS):
        made = _recoded(letter, *steps)
        found[made[-1:]] = found.get(made[-1:], 0) | 1 << number
        keeping |= (made == letter) << number
    return found, keeping


def _recoded(text: str, *steps: tuple[str, str]) -> str:
    for written, read in steps:
        text = text.encode(written, "replace").decode(read, "replace")
    return text.translate(_WITHOUT_UNSURE)


def _is_lost(found: str, live: str) -> bool:
    """Whether some letters beyond ASCII became marks, or all of them went without one from within words."""
    if any(found.count(mark) > live.count(mark) for mark in LOST):
        forms = (live, unicodedata.normalize("NFD", live))
        return any(_only_misses(found, form) for form in forms)
    dropped = one_spaced(_NOT_ASCII.sub("", live))
    return one_spaced(found) == dropped and _LETTER_IN_WORD.search(live) is not None


def _only_misses(found: str, live: str) -> bool:
    """Whether `found` is `live` without some of what is beyond ASCII, marks left aside. One pass through both."""
    kept = [letter for letter in live if letter not in LOST or not letter.isascii()]
    place = 0
    for letter in found:
        if letter in LOST:
            continue
        while place < len(kept) and kept[place] != letter and not kept[place].isascii():
            place += 1
        if place == len(kept) or kept[place] != letter:
            return False
        place += 1
    seen = sum(letter not in LOST for letter in found)
    return len(kept) > seen and not any(letter.isascii() for letter in kept[place:])


def _begin_alike(one: str, other: str) -> bool:
    """Whether the beginnings of two texts, cut at about the same place, leave it open that the texts are the same."""
    length = min(len(one), len(other)) - _LONGEST_PLAIN
    return one[:length] == other[:length]


def _plain(text: str) -> str:
    if text.isascii():
        return one_spaced(text)
    return one_spaced(_COMBINING.sub("", unicodedata.normalize("NFKD", text.translate(_PLAINER))))


DAMAGES = (
    Damage(
        kind=later("Letters were damaged on the way"),
        expected=later("the letters that the item has"),
        advice=later("Save the file as UTF-8 (in Excel: “CSV UTF-8”), or write the text anew."),
        is_it=is_misread,
    ),
    Damage(
        kind=later("Accents were lost"),
        expected=later("the letters that the item has"),
        advice=later("Write the accents again if they are meant."),
        is_it=is_plainer,
        severity=Severity.WARNING,
    ),
)
