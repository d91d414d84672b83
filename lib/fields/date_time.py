"""Dates and times as people write them: whether the day or the month comes first is read off the whole column."""

import re
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
from dateutil import parser as human

from lib.fields.base import Reading, Rule, Surroundings
from lib.fields.column import Trouble, read_each, same_by, shown_by
from lib.fields.months import in_english
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices
from lib.model.problem import Severity

CLOCK = r"(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?)"
TIME = rf"(?:[T ,]+{CLOCK} ?(?P<zone>Z|UTC|GMT|[+-]\d{{2}}:?\d{{2}})?)?"
YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + TIME)
YEAR_LAST = re.compile(r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})" + TIME)
EXPORTED = re.compile(r"\w{3} (\w{3} \d{2} \d{4} \d{2}:\d{2}:\d{2}) GMT([+-]\d{4})(?: \(.*\))?")
SERIAL = re.compile(r"[34]\d{4}(\.\d+)?")
EXCEL_EPOCH = pd.Timestamp("1899-12-30")
EXPECTED = "a date such as 2026-03-31"
ONE, OTHER = datetime(2000, 1, 1), datetime(2004, 2, 2)


class DateTime:
    """An instant, in UTC. Fields without `format: date-time` hold days (seen in recorded answers)."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings) -> Reading:
        day_first = choices.day_first if choices.day_first is not None else infer_day_first(texts)
        zone = _site_zone(around.time_zone)
        return read_each(texts, lambda text: _instant(text, day_first, zone))

    def rules(self, field: Field) -> tuple[Rule, ...]:
        return ()

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        """Exports have no fractions of a second, so these do not count."""
        return same_by(before, after, lambda value: _parsed(str(value)).replace(microsecond=0))

    def show(self, values: pd.Series, field: Field, around: Surroundings) -> pd.Series:
        with_time = field.validations.get("format") == "date-time"
        return shown_by(values, lambda value: _shown(str(value), with_time))


def infer_day_first(texts: pd.Series) -> bool | None:
    """True or False as the column shows it, None when no date in it says, or when they contradict each other."""
    parts = texts.drop_duplicates().str.extract(r"^\s*(\d{1,2})[-/](\d{1,2})[-/]\d{2,4}\b").dropna().astype(int)
    day, month = bool((parts[0] > 12).any()), bool((parts[1] > 12).any())
    return day if day != month else None


def _site_zone(name: str) -> tzinfo:
    """The site's time zone; UTC for a name that this computer does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _instant(text: str, day_first: bool | None, zone: tzinfo) -> Any:
    exported = EXPORTED.fullmatch(text)
    if exported:
        return _written(datetime.strptime(" ".join(exported.groups()), "%b %d %Y %H:%M:%S %z"))
    found = YEAR_FIRST.fullmatch(text)
    if found:
        return _built(found["year"], found["month"], found["day"], found, zone)
    found = YEAR_LAST.fullmatch(text)
    if found:
        return _year_last(found, day_first, zone)
    return _serial(text) if SERIAL.fullmatch(text) else _human(text, zone)


def _year_last(found: re.Match[str], day_first: bool | None, zone: tzinfo) -> Any:
    first, second = found["first"], found["second"]
    if found["mark"] == "." or first == second:
        day_first = True  # with points, the day comes first wherever people write so
    if day_first is None:
        return Trouble(
            kind="Day or month first?",
            expected="a date that can be read in one way only",
            fix="Choose the order for this column on the Match page, or write dates like 2026-03-31.",
        )
    day, month = (first, second) if day_first else (second, first)
    if len(found["year"]) == 4:
        return _built(found["year"], month, day, found, zone)
    answer = _built(f"20{found['year']}", month, day, found, zone)
    return answer if isinstance(answer, Trouble) else _two_digits(answer)


def _built(year: str, month: str, day: str, found: re.Match[str], zone: tzinfo) -> Any:
    try:
        moment = datetime(int(year), int(month), int(day))
        if not found["time"]:
            return _written(moment.replace(tzinfo=UTC))
        clock = human.parse(found["time"], default=moment)
        return _written(clock.replace(tzinfo=_zone(found["zone"]) or zone))
    except ValueError:
        return Trouble(kind="No such date", expected=EXPECTED, fix="This day or time does not exist. Correct it.")


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    return UTC if text[0] not in "+-" else datetime.strptime(text.replace(":", ""), "%z").tzinfo


def _human(text: str, zone: tzinfo) -> Any:
    """Dates with month names. What a text leaves out, the parser takes from a default: two defaults betray it."""
    trouble = Trouble(kind="Not a date", expected=EXPECTED, fix="Write the date like 2026-03-31.")
    if not re.search(r"\d", text) or not re.search(r"[^\W\d_]{3}", text) or len(text) > 60:
        return trouble
    try:
        english = in_english(text)
        one, other = (human.parse(english, default=default) for default in (ONE, OTHER))
    except (ValueError, OverflowError):
        return trouble
    if one != other:
        return trouble
    has_time = re.search(r"\d:\d|\d ?[ap]\.?m", english, re.IGNORECASE)
    return _written(one if one.tzinfo else one.replace(tzinfo=zone if has_time else UTC))


def _serial(text: str) -> Trouble:
    day = (EXCEL_EPOCH + pd.Timedelta(days=int(float(text)))).date().isoformat()
    return Trouble(
        kind="Date as a number",
        expected=EXPECTED,
        fix=f"Spreadsheet programs count days; this one is {day}. Format the column as a date and save the file again.",
    )


def _two_digits(value: str) -> Trouble:
    return Trouble(
        kind="Year with two digits",
        expected="a year with four digits",
        fix=f"It was read as {value[:10]}.",
        severity=Severity.WARNING,
        value=value,
    )


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _parsed(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _shown(value: str, with_time: bool) -> str:
    moment = _parsed(value).astimezone(UTC)
    midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.date().isoformat() if midnight and not with_time else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
