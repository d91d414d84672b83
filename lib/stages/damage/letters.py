"""Letters that an encoding or a mail made into other ones, into question marks, or plainer than they were."""

import re
import unicodedata

from lib.model.problem import Severity
from lib.stages.damage.base import Damage, one_spaced

WRITTEN = ("utf-8", "cp1252", "mac_roman", "cp1250", "cp1251", "cp1254", "iso8859-15", "cp850", "cp437")
READ = ("cp1252", "latin-1", "mac_roman", "cp1250", "cp1251", "cp1254", "iso8859-15", "cp850", "cp437")
TWICE = ("cp1252", "latin-1", "mac_roman")
LOST = "?_\x1a\ufffd\u25a1\u00bf"  # what stands for a letter that an encoding does not have
_BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_UNSURE = LOST + _BLANKS + "\xad" + "".join(map(chr, range(0x7F, 0xA0)))
_WITHOUT_UNSURE = dict.fromkeys(map(ord, _UNSURE))
_UNSURE_BYTES = _UNSURE.encode("ascii", "ignore")
_PLAINER = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‘’‚", "'")
    | dict.fromkeys("–—", "-")
    | {"ı": "i", "…": "..."}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LETTER_IN_WORD = re.compile(r"[A-Za-z][^\W\x00-\x7f]|[^\W\x00-\x7f][A-Za-z]")


def is_misread(found: str, live: str) -> bool:
    """Whether `found` is what becomes of `live` in wrong encodings, once or twice, or with letters lost on the way."""
    forms = (live, unicodedata.normalize("NFD", live))
    if live.isascii() or _skeleton(found) not in map(_skeleton, forms):
        return False
    return _is_lost(found, live) or _is_recoded(found, live)


def is_plainer(found: str, live: str) -> bool:
    """Whether only accents and typographic signs of `live` are gone."""
    if live.isascii() or len(_NOT_ASCII.findall(found)) >= len(_NOT_ASCII.findall(live)):
        return False
    return _plain(found) in (_plain(live), _plain(unicodedata.normalize("NFC", live).translate(_UMLAUTS)))


def _skeleton(text: str) -> bytes:
    """The part of a text that no encoding changes: cheap to compare, and seldom equal by chance."""
    return text.encode("ascii", "ignore").translate(None, _UNSURE_BYTES)


def _is_recoded(found: str, live: str) -> bool:
    sure = found.translate(_WITHOUT_UNSURE)
    if sure.isascii() or sure == live.translate(_WITHOUT_UNSURE):
        return False
    composed, decomposed = unicodedata.normalize("NFC", live), unicodedata.normalize("NFD", live)
    once = (_misread(text, written, read) for text in {live, composed} for written in WRITTEN for read in READ)
    twice = (_misread(_misread(live, "utf-8", one), "utf-8", two) for one in TWICE for two in TWICE)
    from_a_mac = (_misread(decomposed, "utf-8", read) for read in READ)
    return any(sure == form.translate(_WITHOUT_UNSURE) for forms in (once, twice, from_a_mac) for form in forms)


def _misread(text: str, written: str, read: str) -> str:
    return text.encode(written, "replace").decode(read, "replace")


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


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAINER))
    return one_spaced("".join(letter for letter in decomposed if not unicodedata.combining(letter)))


DAMAGES = (
    Damage(
        kind="Letters were damaged on the way",
        expected="the letters that the item has",
        advice="Save the file as UTF-8 (in Excel: “CSV UTF-8”), or write the text anew.",
        is_it=is_misread,
    ),
    Damage(
        kind="Accents were lost",
        expected="the letters that the item has",
        advice="Write the accents again if they are meant.",
        is_it=is_plainer,
        severity=Severity.WARNING,
    ),
)
