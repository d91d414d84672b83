"""Dates with words, weekdays and time zones, and what a whole column of them shows."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import ReadContext, kind_of
from lib.model.collection import FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem, Severity
from tests.builders import a_field
from tests.fields.test_reading import AROUND, TIMED, kinds, read


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("May 1, 2024 9:00 AM PST", "2024-05-01T17:00"),
        ("2024-05-01 09:00 PDT", "2024-05-01T16:00"),
        ("05/13/2024 9:00 AM EST", "2024-05-13T14:00"),
        ("13.05.2024 09:00 CET", "2024-05-13T08:00"),
        ("13. Mai 2024 um 9:00 Uhr (MESZ)", "2024-05-13T07:00"),
        ("2024-05-01T09:00:00Z", "2024-05-01T09:00"),
        ("1 May 2024 9am GMT+2", "2024-05-01T07:00"),
        ("2024-05-01 09:00 UTC-05:30", "2024-05-01T14:30"),
        ("2024-05-01 09:00 ET", "2024-05-01T13:00"),
        ("2024-01-01 09:00 ET", "2024-01-01T14:00"),
        ("2024-05-01 09:00 America/New_York", "2024-05-01T13:00"),
        ("2024-05-01T09:00+02:00[Europe/Berlin]", "2024-05-01T07:00"),
        ("Wed May 1 09:00:30 UTC 2024", "2024-05-01T09:00"),
        ("9:00 PM, 1 May 2024 JST", "2024-05-01T12:00"),
        ("12:00 am 2024-05-01 UTC", "2024-05-01T00:00"),
        ("Wed May 01 2024 09:00:00 GMT+0200 (Central European Summer Time)", "2024-05-01T07:00"),
    ],
)
def test_a_time_zone_is_taken_at_its_word(text: str, instant: str) -> None:
    reading = read(FieldType.DATE_TIME, text, **TIMED)
    assert (reading.problems, reading.values[2][:16]) == ((), instant)


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-01 09:00 XYZ",
        "May 1, 2024 9:00 AM IST",
        "13/05/2024 9:00 QQT",
        "1 May 2024 09:00 Nowhere/City",
        "2024-05-01 LMT",
    ],
)
def test_a_time_zone_that_nobody_knows_is_an_error(text: str) -> None:
    reading = read(FieldType.DATE_TIME, text, **TIMED)
    assert (kinds(reading), reading.values[2]) == (["Not a date"], None)
    assert text.split()[-1] in reading.problems[0].fix[0]


def test_a_time_zone_with_several_meanings_is_told() -> None:
    reading = read(FieldType.DATE_TIME, "2024-05-01 09:00 CST", **TIMED)
    assert kinds(reading, Severity.WARNING) == ["Time zone with several meanings"]
    assert reading.values[2] == "2024-05-01T15:00:00.000Z"


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["Wed 05/06/2024", "Thu 13/06/2024"], ["2024-06-05", "2024-06-13"]),
        (["Wed 05/06/2024"], ["2024-06-05"]),
        (["Mon 05/06/2024", "06/07/2024"], ["2024-05-06", "2024-06-07"]),
        (["mer. 05/06/2024"], ["2024-06-05"]),
        (["mar 04/06/2024"], ["2024-06-04"]),
        (["Mittwoch, 05/06/2024"], ["2024-06-05"]),
        (["05/06/2024 (miércoles)"], ["2024-06-05"]),
        (["mar. 5 mars 2024"], ["2024-03-05"]),
        (["5 mar 2024"], ["2024-03-05"]),
        (["Tue 5 Mar 2024"], ["2024-03-05"]),
        (["03/04/2024", "Wed, 25/12/2024"], ["2024-04-03", "2024-12-25"]),
        (["25th of December 2025", "Dec 25th, 2025", "25-Dec-2025", "2025 Dec 25"], ["2025-12-25"] * 4),
        (["31 . 3 . 2026", "31‑03‑2026"], ["2026-03-31"] * 2),
    ],
)
def test_words_beside_a_date_hide_nothing(texts: list[str], days: list[str]) -> None:
    reading = read(FieldType.DATE_TIME, *texts)
    assert (kinds(reading), [value[:10] for value in reading.values]) == ([], days)


def test_a_weekday_that_does_not_fit_is_told() -> None:
    reading = read(FieldType.DATE_TIME, "Fri 2024-06-05", "Sonntag, 13.06.2024", "Fri, 5 June 2024")
    assert kinds(reading, Severity.WARNING) == ["Weekday does not fit"]
    assert reading.problems[0].rows == (2, 3, 4)


def test_a_weekday_that_speaks_against_the_order_holds_its_row() -> None:
    reading = read(FieldType.DATE_TIME, "Wed 05/06/2024", choices=ReadingChoices(day_first=False))
    assert (kinds(reading), reading.values[2]) == (["Day or month first?"], None)


def told(problems: tuple[Problem, ...], kind: str) -> Problem:
    (problem,) = (problem for problem in problems if problem.kind == kind)
    return problem


def test_a_column_of_both_orders_is_told_with_both_counts() -> None:
    reading = read(FieldType.DATE_TIME, "03/14/2026", "14/03/2026", "15/03/2026", "05/06/2026")
    assert [value and value[:10] for value in reading.values] == ["2026-03-14", "2026-03-14", "2026-03-15", None]
    column = told(reading.problems, "Days and months in both orders")
    assert (column.rows, column.severity) == ((), Severity.WARNING)
    assert "day first: 2" in column.fix and "month first: 1" in column.fix
    assert told(reading.problems, "Day or month first?").rows == (5,)


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        (["13/04/2024", "2024-04-03", "25/12/2024"], (3,)),
        (["04-13-2024", "2024-04-03 10:00:00", "2024-07-08"], (3, 4)),
        (["25.12.2024", "2024-04-03"], (3,)),
        (["13/04/2024", "2024-04-13"], ()),
        (["13/04/2024", "03/04/2024", "2024-04-03"], ()),
        (["13/04/2024", "2024-04-04"], ()),
        (["2024-04-03", "2024-04-04"], ()),
    ],
)
def test_dates_that_a_program_may_have_swapped_are_told(texts: list[str], rows: tuple[int, ...]) -> None:
    found = [f for f in read(FieldType.DATE_TIME, *texts).problems if f.kind == "Day and month swapped?"]
    assert [(f.rows, f.severity) for f in found] == ([(rows, Severity.WARNING)] if rows else [])


@pytest.mark.parametrize(
    "text",
    [
        "13.06.2024, 15.30 Uhr",
        "15.30 Uhr 13.06.2024",
        "13.06.2024 15h30",
        "13 juin 2024 à 15 h 30",
        "13.06.2024 15.30",
        "13.06.2024 15.30.00",
        "June 13, 2024 at 3.30pm",
        "13/06/2024 3:30 p. m.",
        "13 de junio de 2024, 15:30 h",
        "13/06/2024 às 15h30",
        "13-06-2024 om 15.30 uur",
        "13.06.2024 ore 15.30",
        "13 czerwca 2024 godz. 15:30",
        "20240613T1530",
        "20240613153000",
        "2024-06-13 15:30 (UTC+02:00)",
        "2024-06-13 15:30",
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(text: str) -> None:
    reading = read(FieldType.DATE_TIME, text, **TIMED)
    assert (reading.problems, reading.values[2]) == ((), "2024-06-13T13:30:00.000Z")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20240613", "2024-06-13"),
        ("1º giugno 2024", "2024-06-01"),
        ("1.º de junho de 2024", "2024-06-01"),
        ("13 marca 2024 r.", "2024-03-13"),
        ("piątek, 1 maja 2026", "2026-05-01"),
        ("13 juin 2024", "2024-06-13"),
        ("2024-06-13 00:00:00", "2024-06-13"),
        ("13.06.2024 0:00", "2024-06-13"),
    ],
)
def test_a_day_is_read_as_people_and_programs_write_it(text: str, day: str) -> None:
    reading = read(FieldType.DATE_TIME, text)
    assert (reading.problems, reading.values[2]) == ((), f"{day}T00:00:00.000Z")


@pytest.mark.parametrize(
    "text", ["13 06 2024", "20241345", "10112012", "13. 06.24 15", "2024 06.13", "2024-06-13 (+1 x)"]
)
def test_what_only_looks_like_a_date_or_time_is_refused(text: str) -> None:
    assert read(FieldType.DATE_TIME, text, **TIMED).values[2] is None


@pytest.mark.parametrize(
    ("text", "said"),
    [("1718292600", "2024-06-13T15:30:00Z"), ("1718292600123", "2024-06-13T15:30:00Z"), ("45456", "2024-06-13")],
)
def test_a_count_of_days_or_seconds_is_refused_with_the_date_that_it_means(text: str, said: str) -> None:
    reading = read(FieldType.DATE_TIME, text)
    assert kinds(reading) == ["Date as a number"] and said in reading.problems[0].fix[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024-03-31 02:30", True),
        ("2024-10-27 02:30", True),
        ("2024-03-31 03:00", False),
        ("2024-10-27 02:30 CET", False),
        ("2024-10-27 03:00", False),
    ],
)
def test_an_hour_that_is_there_twice_or_not_at_all_is_told(text: str, told: bool) -> None:
    reading = read(FieldType.DATE_TIME, text, **TIMED)
    assert (kinds(reading, Severity.WARNING) == ["Hour of a clock change"], reading.values[2] is None) == (told, False)


@pytest.mark.parametrize("text", ["2024-06-01", "1 June 2024", "1.6.2024", "2024-06-01 00:00"])
def test_a_day_in_a_field_of_moments_is_midnight_on_the_site(text: str) -> None:
    context = ReadContext(time_zone="America/New_York")
    field = a_field("f", FieldType.DATE_TIME, validations=TIMED)
    column = pd.Series([text], name="Column", dtype="str")
    (value,) = kind_of(FieldType.DATE_TIME).read(column, field, ReadingChoices(), context).values
    assert value == "2024-06-01T04:00:00.000Z"


def test_a_day_in_a_field_of_days_is_that_day() -> None:
    assert list(read(FieldType.DATE_TIME, "2024-06-01", "1 June 2024").values) == ["2024-06-01T00:00:00.000Z"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "0000-01-01",
        "0001-01-01",
        "01/01/0001",
        "0099-12-31T23:00:00+14:00",
        "9999-12-31 23:59 HST",
        "2024-13-01",
        "2024-05-01 25:00",
        "2024-05-01 13:00 pm",
        "31 June 2024",
    ],
)
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    reading = read(FieldType.DATE_TIME, text, **TIMED)
    assert (kinds(reading), reading.values[2]) == (["No such date"], None)


@pytest.mark.parametrize(
    "text",
    ["99999-01-01", "10:30", "May 2024", "5 June", "2024", "tomorrow at 5", "1 2 3 May 2024", "5 June July 2024"],
)
def test_what_is_no_whole_date_is_refused(text: str) -> None:
    assert kinds(read(FieldType.DATE_TIME, text)) == ["Not a date"]


@given(
    moment=some.datetimes(min_value=pd.Timestamp("1950-01-01"), max_value=pd.Timestamp("2100-01-01")),
    zone=some.sampled_from([" Z", " UTC", "+00:00", " GMT", " GMT+0"]),
    form=some.sampled_from(
        ["%Y-%m-%d %H:%M:%S", "%d %B %Y, %H:%M:%S", "%b %d, %Y %I:%M:%S %p", "%a %d.%m.%Y %H:%M:%S"]
    ),
)
def test_a_moment_is_read_the_same_in_any_form(moment: Any, zone: str, form: str) -> None:
    reading = kind_of(FieldType.DATE_TIME).read(
        pd.Series([moment.strftime(form) + zone], name="Column", dtype="str"),
        a_field("f", FieldType.DATE_TIME, validations=TIMED),
        ReadingChoices(),
        AROUND,
    )
    assert reading.problems == ()
    assert reading.values[0] == moment.isoformat(timespec="seconds")[:19] + ".000Z"
