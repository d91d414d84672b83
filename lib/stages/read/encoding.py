"""Bytes → text. What says itself how it is written is taken at its word; anything else is a guess, and said to be one.

A byte order mark speaks first, then zero bytes (UTF-16), then UTF-8: a file that is nearly all UTF-8 is UTF-8, and
what is damaged in it becomes U+FFFD, which no row may carry on. Only what is left is guessed.
"""

import codecs
import re
from dataclasses import dataclass

from lib.errors import UnreadableFile
from lib.stages.read.guess import likely_encodings, likely_of_east_asia, telling_words
from lib.words.say import later, say

ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 (little endian)",
    "utf-16-be": "UTF-16 (big endian)",
    "cp1252": later("Western European (Windows)"),
    "mac_roman": later("Western European (Mac)"),
    "cp850": later("Western European (DOS)"),
    "cp1250": later("Central European (Windows)"),
    "iso8859_2": later("Central European (ISO 8859-2)"),
    "mac_latin2": later("Central European (Mac)"),
    "cp852": later("Central European (DOS)"),
    "cp1251": later("Cyrillic (Windows)"),
    "koi8_u": later("Cyrillic (KOI8)"),
    "mac_cyrillic": later("Cyrillic (Mac)"),
    "cp866": later("Cyrillic (DOS)"),
    "cp1253": later("Greek (Windows)"),
    "cp1254": later("Turkish (Windows)"),
    "cp1257": later("Baltic (Windows)"),
    "cp1258": later("Vietnamese (Windows)"),
    "cp1255": later("Hebrew (Windows)"),
    "cp1256": later("Arabic (Windows)"),
    "cp874": later("Thai (Windows)"),
    "cp932": later("Japanese (Shift JIS)"),
    "euc_jp": later("Japanese (EUC-JP)"),
    "gb18030": later("Chinese, simplified (GB 18030)"),
    "cp950": later("Chinese, traditional (Big5)"),
    "cp949": later("Korean (EUC-KR)"),
}
UTF_8 = "utf-8-sig"  # with or without a byte order mark
LOST = "\ufffd"
SAMPLE = 64_000
SURELY = 10
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_UNASSIGNED = re.compile(r"[\x80-\x9f]")  # what code pages leave undefined, some codecs pass on as control characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file. `readings` are likely encodings with what some telling words are in each, the likeliest
    first; there are none where the file itself says how it is written."""

    text: str
    encoding: str
    is_guess: bool = False
    readings: tuple[tuple[str, str], ...] = ()


def decode(content: bytes, chosen: str | None) -> Decoded:
    """The text in the chosen encoding (None: detect it); raises `UnreadableFile`.

    Bytes that the encoding does not have become U+FFFD.
    """
    certain = certain_encoding(content)
    likely = () if certain else likely_encodings(content)
    encoding = chosen or certain or likely[0]
    text = _text(content, encoding)
    if chosen and chosen != certain and not _fits(text):
        named = say(ENCODINGS.get(chosen, chosen))
        raise UnreadableFile(say("This file is not written in {encoding}. Choose another encoding.", encoding=named))
    if is_for_programs(text):
        raise UnreadableFile(
            say("This file does not hold text: it is made for a program, not for people. Choose a CSV or Excel file.")
        )
    words = telling_words(content) if likely else ()
    readings = tuple((name, " · ".join(_text(word, name) for word in words)) for name in likely)
    return Decoded(text=text, encoding=encoding, is_guess=not chosen and not certain, readings=readings)


def is_for_programs(text: str) -> bool:
    """Whether the beginning has more control characters than people's texts have."""
    return len(_CONTROL.findall(text[:SAMPLE])) > min(len(text), SAMPLE) / 50


def certain_encoding(content: bytes) -> str | None:
    """What the bytes leave no doubt about; None for a code page of old, where any byte is some letter."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    sample = content[:SAMPLE]
    if sample[1::2].count(0) > len(sample) / 5:
        return "utf-16-le"
    if sample[0::2].count(0) > len(sample) / 5:
        return "utf-16-be"
    if content.isascii():
        return "utf-8-sig"
    text = _text(content, "utf-8-sig").replace(LOST, "", content.count(LOST.encode()))  # those were lost before
    in_doubt = not _fits(text) or (not _fits(text, SURELY) and likely_of_east_asia(content))
    return None if in_doubt else "utf-8-sig"


def _text(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding, errors="replace").removeprefix("\ufeff")
    except LookupError:
        sentence = later("{encoding} is no encoding that can be read here. Choose another one.")
        raise UnreadableFile(say(sentence, encoding=encoding)) from None
    return text if encoding.startswith("utf") else _UNASSIGNED.sub(LOST, text)


def _fits(text: str, times: int = 1) -> bool:
    """Whether at least `times` as many letters beyond ASCII came out whole as were lost: bytes of another encoding
    hardly ever make a letter of UTF-8."""
    lost = text.count(LOST)
    return not lost or len(text) - len(text.encode("ascii", "ignore")) - lost >= times * lost
