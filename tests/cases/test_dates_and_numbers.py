"""Dates, times and numbers as professions, countries and programs write them."""

import pytest

from lib.model.problem import Severity
from tests.cases.things import a_cell, bring
from tests.cases.workbooks import workbook


def test_dates_that_a_foreign_excel_swapped_are_told() -> None:
    """13/04/2024 stayed text since there is no month 13; 03/04 became 4 March turned into 3 April, as a date cell."""
    content = workbook(
        [
            ["slug", "Event date"],
            ["cafe-chair", "13/04/2024"],
            ["oak-table", (45385, "dd/mm/yyyy")],
            ["pine-shelf", "25/12/2024"],
        ]
    )
    brought = bring(content, name="things.xlsx")
    assert brought.told(3, Severity.WARNING)


@pytest.mark.parametrize(
    ("days", "shown", "text"),
    [(27.25 / 24, "[h]:mm", "27:15"), (9.5 / 24, "hh:mm", "09:30"), (0.5, "[h]:mm:ss", "12:00:00")],
)
def test_times_and_durations_are_what_a_person_sees(days: float, shown: str, text: str) -> None:
    content = workbook([["slug", "Summary"], ["oak-table", (days, shown)]])
    assert bring(content, name="things.xlsx").after(2) == {"summary": text}


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("May 1, 2024 9:00 AM PST", "2024-05-01T17:00:00.000Z"),
        ("2024-05-01 09:00 PST", "2024-05-01T17:00:00.000Z"),
        ("01.05.2024 09:00 CET", "2024-05-01T08:00:00.000Z"),
        ("1 May 2024 09:00 EST", "2024-05-01T14:00:00.000Z"),
    ],
)
def test_a_zone_in_letters_is_taken_at_its_word(text: str, instant: str) -> None:
    """The site's own zone is never put in its place."""
    brought = a_cell("Starts at", text)
    assert brought.after(2) == {"starts-at": instant}


@pytest.mark.parametrize("text", ["May 1, 2024 9:00 AM QQT", "2024-05-01 09:00 XYZT"])
def test_an_unknown_zone_is_held(text: str) -> None:
    assert a_cell("Starts at", text).is_held(2)


def test_a_weekday_does_not_hide_a_date_from_the_question_of_day_or_month() -> None:
    brought = bring("slug,Event date\r\noak-table,Wed 05/06/2024\r\ncafe-chair,Thu 13/06/2024\r\n")
    assert brought.after(3) == {"event-date": "2024-06-13T00:00:00.000Z"}
    assert brought.after(2) == {"event-date": "2024-06-05T00:00:00.000Z"}


def test_a_column_that_mixes_both_orders_is_told_with_both_counts() -> None:
    rows = ("03/14/2026", "14/03/2026", "03/04/2026")
    slugs = ("oak-table", "cafe-chair", "pine-shelf")
    brought = bring("slug,Event date\r\n" + "".join(f"{s},{d}\r\n" for s, d in zip(slugs, rows, strict=True)))
    assert brought.is_held(4)
    (mixed,) = [problem for problem in brought.checked.problems if not problem.rows]
    assert "day first: 1; with the month first: 1" in str(mixed.fix)


@pytest.mark.parametrize("as_workbook", [True, False])
def test_midnight_is_midnight_on_the_site(as_workbook: bool) -> None:
    if as_workbook:
        cells = [(45444.0, "yyyy-mm-dd hh:mm"), (45444 + 18.5 / 24, "yyyy-mm-dd hh:mm")]
        content = workbook([["slug", "Starts at"], ["oak-table", cells[0]], ["cafe-chair", cells[1]]])
        brought = bring(content, name="things.xlsx")
    else:
        brought = bring("slug,Starts at\noak-table,2024-06-01 00:00\ncafe-chair,2024-06-01 18:30\n")
    assert brought.after(2) == {"starts-at": "2024-06-01T04:00:00.000Z"}
    assert brought.after(3) == {"starts-at": "2024-06-01T22:30:00.000Z"}


def test_a_day_in_a_field_with_times_is_midnight_on_the_site() -> None:
    brought = a_cell("Starts at", "2024-06-01")
    assert brought.after(2) == {"starts-at": "2024-06-01T04:00:00.000Z"}


def test_a_day_in_a_field_of_days_stays_that_day() -> None:
    assert a_cell("Event date", "2024-06-01").after(2) == {"event-date": "2024-06-01T00:00:00.000Z"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(12.50)", -12.5),
        ("12.50-", -12.5),
        ("1'299.00", 1299),
        ("1’299,00", 1299),
        ("12,34,567.89", 1234567.89),
        ("1\u202f299,50", 1299.5),
        ("-\u200b12", -12),
        ("€ 185.90", 185.9),
    ],
)
def test_forms_of_numbers_of_whole_professions_and_countries_are_read(text: str, number: float) -> None:
    brought = a_cell("Price", text)
    assert brought.after(2) == {"price": number}


def test_a_number_that_looks_like_thousands_is_asked_about() -> None:
    brought = a_cell("Price", "1,234")
    assert brought.is_held(2)


@pytest.mark.parametrize(("number", "shown", "text"), [(0.15, "0%", "15%"), (101, "00000", "00101")])
def test_number_formats_are_honoured_where_the_field_holds_text(number: float, shown: str, text: str) -> None:
    content = workbook([["slug", "Summary"], ["oak-table", (number, shown)]])
    after = bring(content, name="things.xlsx").after(2)
    assert after == {"summary": text}
