"""A date as it is written, taken apart: the day in digits or with its month's name, weekday, time of day, time zone.

Every word must be known. What nobody understands is never passed over: it may be what the date depends on.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lib.fields.date_words import FILLERS, MARCH_OR_TUESDAY, MONTHS, WEEKDAYS, ZONES
from lib.words.say import say

LONGEST = 80
YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
YEAR_LAST = re.compile(r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})")
CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_ALONE = r"(?<![\d:/.-])"
# The other ways to write a time: 3 pm, 3.30 pm; 15h30, 15 h; 15.30 Uhr, 15 uur; 15.30 behind a year.
OTHER_CLOCKS = (
    re.compile(rf"{_ALONE}(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d{{2}}))?\s*(?P<half>[ap])\.?\s?m\b\.?", re.IGNORECASE),
    re.compile(rf"{_ALONE}(?P<hour>\d{{1,2}})\s?h(?:\s?(?P<minute>\d{{2}}))?\b", re.IGNORECASE),
    re.compile(rf"{_ALONE}(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d{{2}}))?(?=\s*(?:uhr|uur)\b)", re.IGNORECASE),
    re.compile(
        r"(?<=\d{4})[\s,]+(?:[^\W\d]+\.?\s+)?(?P<hour>\d{1,2})\.(?P<minute>\d{2})(?:\.(?P<second>\d{2}))?(?![.\d])"
    ),
)
COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>\d{2})(?:T?(?P<clock>\d{4}(?:\d{2})?)(?=\D|$))?(?!\d)"
)
OFFSET = re.compile(
    r"\s*(?:[(\[]?(?:UTC|GMT)\s*)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?(?!\d)", re.I
)
PLACE = re.compile(r"[\[(]?([A-Z][A-Za-z]+(?:/[A-Za-z_]+){1,2})[\])]?")
IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
DASHES = re.compile("[\u2010-\u2015\u2212]")
AROUND_MARKS = re.compile(r"(?<=\d) ?([-/.]) ?(?=\d)")
WORD = re.compile(r"[^\W\d_]+")
FARTHEST_HOURS = 14  # of a time zone from UTC


class NotUnderstood(Exception):
    """A text that is no date; the message says why."""


@dataclass(slots=True)
class DateText:
    """The parts of one text. `digits` is what is left of the day when words, time and zone are taken out."""

    digits: str
    month: int | None = None
    weekday: int | None = None
    clock: time | None = None
    zone: tzinfo | None = None
    zone_name: str = ""
    months: list[int] = field(default_factory=list)
    has_mar: bool = False


def take_apart(text: str) -> DateText:
    """The parts of `text`; raises `NotUnderstood`, and `ValueError` for a time that does not exist."""
    if len(text) > LONGEST or not re.search(r"\d", text):
        raise NotUnderstood(say("Write the date like 2026-03-31."))
    plain = DASHES.sub("-", text)
    compact = COMPACT.match(plain)
    plain = _spaced(compact) + plain[compact.end() :] if compact else plain
    found = CLOCK.search(plain) or next(filter(None, (form.search(plain) for form in OTHER_CLOCKS)), None)
    if not found:
        return _without_words(DateText(plain))
    before, after = plain[: found.start()], plain[found.end() :]
    parts = DateText("", clock=_clock(found))
    parts.zone, after = _offset(after)
    if parts.zone:
        after = IN_BRACKETS.sub("", after)
    parts.digits = f"{before} {after}"
    return _without_words(parts)


def _spaced(compact: re.Match[str]) -> str:
    """20240613T153000 with the marks between that it leaves out."""
    clock = re.findall(r"\d\d", compact["clock"] or "")
    return f"{compact['year']}-{compact['month']}-{compact['day']} {':'.join(clock)}"


def _clock(match: re.Match[str]) -> time:
    found = {"half": "", "minute": "", "second": "", "fraction": ""} | match.groupdict()
    hour, half = int(match["hour"]), (found["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError("no such hour")
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    fraction = int((found["fraction"] or "").ljust(6, "0")[:6])
    return time(hour, int(found["minute"] or 0), int(found["second"] or 0), fraction)


def _offset(after: str) -> tuple[tzinfo | None, str]:
    """The zone that a text begins with as hours from UTC, and the rest of it."""
    found = OFFSET.match(after)
    if not found or int(found["hours"]) > FARTHEST_HOURS:
        return None, after
    distance = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    zone = timezone(-distance if found["sign"] == "-" else distance)
    return (zone if distance else UTC), after[found.end() :]


def _without_words(parts: DateText) -> DateText:
    place = PLACE.search(parts.digits)
    if place and not parts.zone:
        parts.zone, parts.zone_name = _place(place[1]), place[1]
        parts.digits = parts.digits.replace(place[0], " ")
    for number, word in enumerate(WORD.findall(parts.digits)):
        _understand(word, number, parts)
    digits = " ".join(re.sub(r"[,()]", " ", WORD.sub(" ", parts.digits)).split())
    parts.digits = AROUND_MARKS.sub(r"\1", digits).strip(" .-")
    return _settle_month(parts)


def _understand(word: str, number: int, parts: DateText) -> None:
    """Keep what a word says; `number` is its place among the words."""
    lower = word.casefold()
    if lower in FILLERS or (lower == "di" and number):  # 25 di dicembre; Di, 25.12. is a German Tuesday
        return
    if lower in MONTHS:
        parts.months.append(MONTHS[lower])
        parts.has_mar = parts.has_mar or lower == MARCH_OR_TUESDAY
    elif lower in WEEKDAYS:
        parts.weekday = WEEKDAYS[lower]
    elif lower in ZONES and parts.zone is None:
        parts.zone, parts.zone_name = ZONES[lower], word
    else:
        raise NotUnderstood(say("“{word}” is not understood here. Write the date like 2026-03-31.", word=word))


def _settle_month(parts: DateText) -> DateText:
    """“mar” is March, and Tuesday in French, Spanish and Italian: what else there is decides."""
    is_numeric = YEAR_FIRST.fullmatch(parts.digits) or YEAR_LAST.fullmatch(parts.digits)
    is_tuesday = parts.has_mar and len(parts.months) == (1 if is_numeric else 2)
    if is_tuesday:
        parts.months.remove(MONTHS[MARCH_OR_TUESDAY])
        parts.weekday = WEEKDAYS["tuesday"]
    if len(parts.months) > (0 if is_numeric else 1):
        raise NotUnderstood(say("A date has one month. Write it like 2026-03-31."))
    parts.month = parts.months[0] if parts.months else None
    return parts


def _place(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        told = say("“{name}” is no time zone that is known here. Write +02:00 or the like.", name=name)
        raise NotUnderstood(told) from None
