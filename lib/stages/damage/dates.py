"""Texts that a spreadsheet took for dates or times: “10-12” became 2026-10-12, “MAR1” 1-Mar, “16:9” 16:09:00."""

import re
import unicodedata
from collections import Counter
from datetime import date, timedelta

from lib.fields.date_words import MONTHS
from lib.stages.damage.base import Damage
from lib.words.say import later

LONGEST = 40
LONGEST_WORD = max(map(len, MONTHS))
EPOCHS = (date(1899, 12, 30), date(1904, 1, 1))  # of Excel's day numbers on Windows, and of old ones on Macs
# Months by name that are ordinary words too: before a number they mean what they say.
_WORDS_OF_THEIR_OWN = re.compile(r"(?:set|out|may|mag|gen|mar|mai)\.? [0-9]+", re.IGNORECASE)
_DIGIT = re.compile(r"[0-9]")
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(?::00(?:\.0+)?)?Z?$")
_ISO = re.compile(r"(?:18|19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}")
_FIGURES = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1(?:[0-9]{2}){1,2}")
_DAY_NUMBER = re.compile(r"[1-9][0-9]{4}")
_MONTH = rf"[^\W\d_]{{3,{LONGEST_WORD}}}\.?"
_WITH_MONTH = re.compile(rf"[0-9]{{1,2}}(?:\. ?|[ -]){_MONTH}(?:[ -][0-9]{{2,4}})?|{_MONTH}[ -][0-9]{{1,4}}")
_CLOCK = re.compile(r"(?:(?:1899|1900|1904)-[0-9-]{5}[T ])?([0-9]{1,4}):([0-9]{1,2})(?::([0-9]{1,2}))?( ?[AaPp][Mm])?")
_FRACTION_OF_DAY = re.compile(r"0[.,][0-9]{3,17}")


def is_date_of(found: str, live: str) -> bool:
    """Whether `found` is a date made of the two or three parts of `live`, or a time made of its hours and minutes."""
    if max(len(found), len(live)) > LONGEST or not _DIGIT.search(found):
        return False
    return _is_time_of(found, live) or _has_parts(found, live)


def looks_like_date(text: str) -> bool:
    """Whether a text is a date as spreadsheets write one where text was meant."""
    if len(text) > LONGEST or not _DIGIT.search(text):
        return False
    bare = _MIDNIGHT.sub("", text)
    with_month = _WITH_MONTH.fullmatch(bare) and _parts(bare) is not None and not _WORDS_OF_THEIR_OWN.fullmatch(bare)
    return bool(_ISO.fullmatch(bare) or _FIGURES.fullmatch(bare) or with_month)


def _has_parts(found: str, live: str) -> bool:
    bare = _MIDNIGHT.sub("", found)
    own = _parts(live)
    if own is None or not 2 <= len(own) <= 3:
        return False
    if _DAY_NUMBER.fullmatch(bare):
        days = timedelta(days=int(bare))
        return any(_made_of([day.year, day.month, day.day], own) for day in (epoch + days for epoch in EPOCHS))
    parts = _parts(bare)
    return parts is not None and looks_like_date(bare) and _made_of(parts, own)


def _parts(text: str) -> list[int] | None:
    """The numbers of a date, months by name included; None where another word stands."""
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", text).casefold())
    parts = [int(token) if token.isdecimal() else MONTHS.get(token) for token in tokens if len(token) <= LONGEST_WORD]
    return [part for part in parts if part] if len(parts) == len(tokens) and None not in parts else None


def _made_of(parts: list[int], own: list[int]) -> bool:
    """Whether a date has all parts of a text, and beyond them only the year, or the first day of a month."""
    short, wanted = Counter(part % 100 for part in parts), Counter(part % 100 for part in own)
    if wanted - short or max(own) > date.max.year:
        return False
    added = list((short - wanted).elements())
    years = {part % 100 for part in parts if part > 31} | {parts[-1] % 100}
    return len(added) <= 1 and all(part == 1 or part in years for part in added)


def _is_time_of(found: str, live: str) -> bool:
    own = _CLOCK.fullmatch(live)
    if own is None:
        return False
    seconds = _seconds(own)
    clock = _CLOCK.fullmatch(found)
    if clock:
        return _seconds(clock) == seconds
    part = float(found.replace(",", ".")) if _FRACTION_OF_DAY.fullmatch(found) else -1.0
    return abs(part * 86_400 - seconds) < 60


def _seconds(clock: re.Match[str]) -> int:
    hours = int(clock[1]) + (12 if "p" in (clock[4] or "").casefold() and int(clock[1]) < 12 else 0)
    return hours * 3_600 + int(clock[2]) * 60 + int(clock[3] or 0)


DAMAGES = (
    Damage(
        kind=later("Text became a date"),
        expected=later("the text as the item has it"),
        advice=later("Format the column as text and type the value again, or leave the cell empty."),
        is_it=is_date_of,
    ),
)
