"""Dates and times as people write them: whether the day or the month comes first is read off the whole column."""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from lib.fields.base import Cell, FieldKind, ReadContext
from lib.fields.column import Noted, Way, noted, shown_by
from lib.fields.date_order import evidence, full_year, is_on, mixed_orders, swapped_dates
from lib.fields.date_texts import YEAR_FIRST, YEAR_LAST, DateText, NotUnderstood, take_apart
from lib.fields.date_words import SEVERAL_ZONES
from lib.fields.mend import Mend, each_text
from lib.fields.usual_dates import USUAL, usual_instants, usual_texts
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Cause, Problem
from lib.words.say import later, say

SERIAL = re.compile(r"[34]\d{4}(\.\d{1,12})?")
SECONDS = re.compile(r"(1\d{9})(\.\d+|\d{3})?")
FIRST_IN_CELLS = datetime(1900, 3, 1)  # before it, spreadsheet programs count a day that never was, or none
EXCEL_EPOCH = pd.Timestamp("1899-12-30")
EXPECTED = later("a date such as 2026-03-31")
NOT_THERE = later("This day or time does not exist. Correct it.")
EARLIEST_YEAR = 1000  # what lies before is a typing error
LEFT_OVER = re.compile(r"[\s.,'’/-]*")
Day = tuple[int, int, int]


class DateTime(FieldKind):
    """An instant, in UTC. Fields without `format: date-time` hold days (seen in recorded answers)."""

    type = FieldType.DATE_TIME
    title = later("Date")
    choice = "day_first"

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        zone = _site_zone(context.time_zone)
        return way_of_dates(texts, zone, choices.day_first, has_time=_has_time(field))

    def mends(self, field: Field, choices: ReadingChoices, context: ReadContext) -> Sequence[Mend]:
        def read(is_day_first: bool) -> Callable[[pd.Series], pd.Series]:
            return lambda texts: self.as_read(texts, field, replace(choices, day_first=is_day_first), context)

        return (
            each_text(later("Turn counted days into dates"), _counted_day),
            Mend(later("The day comes first"), read(True)),
            Mend(later("The month comes first"), read(False)),
        )

    def meaning(self, value: object) -> object:
        """Exports have no fractions of a second, so these do not count."""
        return _parsed(str(value)).replace(microsecond=0)

    def show(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        with_time = _has_time(field)
        usual = usual_texts(shown_by(values, str), with_time)
        odd = shown_by(values[usual.isna()], lambda value: _shown(str(value), with_time))
        shown: pd.Series = pd.concat([usual.dropna(), odd]).reindex(values.index)
        return shown

    def typed(self, value: Any, field: Field, context: ReadContext) -> Cell | None:
        """A day, or a moment in the site's time, where that is read as the same without a word."""
        zone, has_time = _site_zone(context.time_zone), _has_time(field)
        try:
            moment = _parsed(str(value)).astimezone(UTC).replace(microsecond=0)
            is_day = moment.time() == time() and not has_time
            local = moment.astimezone(UTC if is_day else zone).replace(tzinfo=None)
        except (ValueError, OverflowError):  # a moment of this site may be none in UTC, and the other way around
            return None
        read = _instant(local.isoformat(" "), None, zone, has_time)
        if local < FIRST_IN_CELLS or not isinstance(read, str) or _parsed(read) != moment:
            return None
        return local.date() if local.time() == time() else local


def way_of_dates(texts: pd.Series, zone: tzinfo, day_first: bool | None = None, *, has_time: bool = False) -> Way:
    """How a column of dates or times of `zone` is read; without `day_first`, the order is read off the column."""
    is_usual = texts.str.fullmatch(USUAL)
    others = texts[~is_usual & (texts != "")]
    shown = evidence(others)
    order = day_first if day_first is not None else shown.order
    is_mixed = shown.is_mixed and day_first is None
    return Way(
        parse=lambda text: _instant(text, order, zone, has_time),
        usual=lambda texts: usual_instants(texts, zone, has_time),
        problems=swapped_dates(texts, is_usual, others) + ((mixed_orders(texts, shown),) if is_mixed else ()),
    )


def _has_time(field: Field) -> bool:
    return field.validations.get("format") == "date-time"


@functools.lru_cache(maxsize=64)
def _site_zone(name: str) -> tzinfo:
    """The site's time zone; UTC for a name that this computer does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _instant(text: str, day_first: bool | None, zone: tzinfo, has_time: bool) -> Any:
    if SERIAL.fullmatch(text) or SECONDS.fullmatch(text):
        return _counted(text)
    try:
        parts = take_apart(text)
        day = _day(parts, day_first)
    except NotUnderstood as reason:
        return Problem(kind=later("Not a date"), expected=say(EXPECTED), fix=str(reason))
    except ValueError:
        return _no_such()
    if isinstance(day, Problem):
        return day
    return _told(_moment(day, parts, zone, has_time), day, parts)


def _day(parts: DateText, day_first: bool | None) -> Day | Problem:
    """Year, month and day, which may not exist together."""
    if parts.month is not None:
        return _named(parts.digits, parts.month)
    found = YEAR_FIRST.fullmatch(parts.digits)
    if found:
        return int(found["year"]), int(found["month"]), int(found["day"])
    found = YEAR_LAST.fullmatch(parts.digits)
    if found is None:
        is_time = parts.clock and not parts.digits
        raise NotUnderstood(say("A time needs its day.") if is_time else say("Write the date like 2026-03-31."))
    return _ordered(found, parts.weekday, day_first)


def _named(digits: str, month: int) -> Day:
    """The day and the year beside a month's name."""
    numbers = re.findall(r"\d+", digits)
    if len(numbers) != 2 or not LEFT_OVER.fullmatch(re.sub(r"\d+", "", digits)):
        raise NotUnderstood(say("A date has a day, a month and a year. Write it like 2026-03-31."))
    day, year = reversed(numbers) if len(numbers[0]) == 4 else numbers
    if len(day) > 2 or len(year) not in (2, 4):
        raise NotUnderstood(say("Write the date like 2026-03-31."))
    return full_year(year), month, int(day)


def _ordered(found: re.Match[str], weekday: int | None, day_first: bool | None) -> Day | Problem:
    first, second, year = int(found["first"]), int(found["second"]), full_year(found["year"])
    as_day, as_month = (year, second, first), (year, first, second)
    if found["mark"] == "." or first == second:
        return as_day  # with points, the day comes first wherever people write so
    fits_day, fits_month = (weekday is not None and is_on(weekday, *one) for one in (as_day, as_month))
    if day_first is None and (first > 12) != (second > 12):
        return as_day if first > 12 else as_month
    if day_first is None and fits_day == fits_month:
        return Problem(
            kind=later("Day or month first?"),
            cause=Cause.AMBIGUOUS,
            expected=say("a date that can be read in one way only"),
            fix=say("Choose the order for this column on the Match page, or write dates like 2026-03-31."),
        )
    day_first = fits_day if day_first is None else day_first
    if (fits_month and not fits_day) if day_first else (fits_day and not fits_month):
        return Problem(
            kind=later("Day or month first?"),
            cause=Cause.AMBIGUOUS,
            expected=say("a weekday that fits the date"),
            fix=say("The weekday fits the other order of day and month. Write the date like 2026-03-31."),
        )
    return as_day if day_first else as_month


def _moment(day: Day, parts: DateText, zone: tzinfo, has_time: bool) -> Any:
    """The instant in UTC. A day without a time is midnight on the site; fields that hold days keep them in UTC."""
    if day[0] < EARLIEST_YEAR:
        return _no_such(later("Write the year with four digits, such as 2026-03-31."))
    is_day = parts.clock in (None, time()) and not has_time
    theirs = parts.zone or (UTC if is_day else zone)
    try:
        moment = datetime.combine(datetime(*day).date(), parts.clock or time(), tzinfo=theirs)
        value = moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return _no_such()
    if moment.utcoffset() == moment.replace(fold=1).utcoffset():
        return value
    fix = say(
        "Clocks are changed at this hour, so it is there twice or not at all. It was read as {moment} UTC.",
        moment=value[:16],
    )
    expected = say("a time with its zone, such as 2026-03-29 02:30+01:00")
    return noted(value, later("Hour of a clock change"), expected, fix)


def _told(value: Any, day: Day, parts: DateText) -> Any:
    """The value, with a word where something about it was guessed or does not fit."""
    if isinstance(value, Noted | Problem):
        return value
    read = datetime(*day).date().isoformat()
    if parts.weekday is not None and not is_on(parts.weekday, *day):
        fix = say("The weekday does not fit the date, which was read as {day}. Correct one of them.", day=read)
        return noted(value, later("Weekday does not fit"), say("a weekday that fits the date"), fix)
    if parts.zone_name.casefold() in SEVERAL_ZONES:
        told = {"zone": parts.zone_name, "moment": value[:16]}
        fix = say("“{zone}” means several time zones. The value was read as {moment} UTC.", **told)
        return noted(value, later("Time zone with several meanings"), say("a time zone such as +02:00"), fix)
    if not re.search(r"\d{4}", parts.digits):
        fix = say("It was read as {value}.", value=read)
        return noted(value, later("Year with two digits"), say("a year with four digits"), fix)
    return value


def _no_such(fix: str = NOT_THERE) -> Problem:
    return Problem(kind=later("No such date"), expected=say(EXPECTED), fix=say(fix))


def _counted(text: str) -> Problem:
    """The word about a count of days, as spreadsheet programs keep dates, or of seconds or thousandths since 1970."""
    seconds = SECONDS.fullmatch(text)
    if seconds:
        moment = datetime.fromtimestamp(int(seconds[1]), UTC).isoformat().replace("+00:00", "Z")
        fix = say("Programs count seconds since 1970; this one is {moment}. Write it like that.", moment=moment)
    else:
        day = _counted_day(text)
        fix = say(
            "Spreadsheet programs count days; this one is {day}. Format the column as a date and save the file again.",
            day=day,
        )
    return Problem(kind=later("Date as a number"), expected=say(EXPECTED), fix=fix)


def _counted_day(text: str) -> str:
    """The day that a count of days means, where a text is one."""
    if not SERIAL.fullmatch(text):
        return text
    return (EXCEL_EPOCH + pd.Timedelta(days=int(float(text)))).date().isoformat()


def _parsed(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _shown(value: str, with_time: bool) -> str:
    moment = _parsed(value).astimezone(UTC)
    midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.date().isoformat() if midnight and not with_time else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
