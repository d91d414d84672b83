"""What a number format of Excel makes of a cell's text."""

import io
import re
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from lib.stages.read.number_formats import form_of
from tests.reading import read_sheet
from tests.stages.read.forms import HEADER, archive, row, text, xlsx_parts


@pytest.mark.parametrize(
    ("code", "found", "shown"),
    [
        ("0%", "0.15", "15%"),
        ("0.00%", "0.15", "15.00%"),
        ("0%", "0.12345", "12.345%"),
        ("0%", "-0.5", "-50%"),
        ("0%", "#NUM!", "#NUM!"),
        ("00000", "101", "00101"),
        ("00000", "1234567", "1234567"),
        ("000-000", "12345", "012-345"),
        ('"A-"0000', "7", "A-0007"),
        ("[$-409]00000", "101", "00101"),
        ("000", "12.5", "12.5"),
        ("yyyy\\-mm\\-dd\\ hh:mm", "2024-06-01", "2024-06-01 00:00"),
        ("yyyy-mm-dd hh:mm:ss", "2024-06-01 13:45:00", "2024-06-01 13:45:00"),
        ("yyyy-mm-dd hh:mm", "2024-06-01 13:45:07", "2024-06-01 13:45:07"),
        ("dd/mm/yyyy", "2024-06-01 07:12:00", "2024-06-01"),
        ("dd/mm/yyyy", "00:00", None),
        ("dd/mm/yyyy", "1899-12-30 00:00:00", None),
        ("[$-F800]dddd, mmmm dd, yyyy", "2024-06-01", "2024-06-01"),
        ("h:mm AM/PM", "13:30", "1:30 PM"),
        ("h:mm AM/PM", "00:30", "12:30 AM"),
        ("hh:mm", "1900-01-01 12:00:00", "12:00"),
        ("[h]:mm", "27:15", "27:15"),
        ("[h]:mm", "-09:30", "-9:30"),
        ("[h]:mm:ss", "12:00", "12:00:00"),
    ],
)
def test_a_cell_is_what_its_format_shows(code: str, found: str, shown: str | None) -> None:
    form = form_of(code)
    assert form is not None
    assert form(found) == shown


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "@",
        "",
        "0",
        "0.00",
        "#,##0.00",
        '0 "cm"',
        '00" cm"',
        '#,##0\\ "€"',
        "[$€-407]00",
        "0.00E+00",
        "# ?/?",
    ],
)
def test_formats_that_round_or_name_a_unit_leave_the_number(code: str) -> None:
    assert form_of(code) is None


SIGNS = '0#?.,;%@:-/()+E\\_*[]" '
NAMED = "yyyy mmm m dd h hh ss AM/PM A/P General [h] [mm] [s] [Red] [>9] [$-409] [$€-407]"
TOKENS = [*SIGNS, *NAMED.split(" ")]
CODES = st.lists(st.sampled_from([*TOKENS, '"A-"', "\\ ", "_)", "* "]), max_size=8).map("".join) | st.text(max_size=60)
NUMBERS = ["0", "0.15", "-0.5", "101", "1e+300", "nan", "inf", "", "TRUE", "#NUM!"]
TIMES = ["27:15", "-09:30", "00:00", "13:45:07.5"]
DAYS = ["2024-06-01", "2024-06-01 13:45", "1899-12-30 00:00:00", "1900-01-01 12:00:00"]


@given(CODES, st.sampled_from(NUMBERS + TIMES + DAYS) | st.text(max_size=20))
def test_no_format_fails(code: str, found: str) -> None:
    form = form_of(code)
    assert form is None or isinstance(form(found), str | None)


BETWEEN = st.lists(st.sampled_from(["0", "-", " ", "(", ")", ":", '"A-"', "\\B", "[Red]", "* "]), max_size=10)


@given(BETWEEN, st.integers(0, 10**15))
def test_a_padded_code_shows_all_digits_in_their_order_and_no_others(between: list[str], number: int) -> None:
    form = form_of("".join(["0", *between, "0"]))
    assert form is not None
    assert re.sub("[^0-9]", "", str(form(str(number)))) == str(number).zfill(2 + between.count("0"))


@given(st.decimals(-(10**15), 10**15, places=6))
def test_a_percent_keeps_all_digits(number: Decimal) -> None:
    form = form_of("0%")
    assert form is not None
    assert Decimal(str(form(str(number))).removesuffix("%")) == number * 100


def test_texts_and_other_numbers_of_a_workbook_stay_as_they_are() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        share, code, price = (book.add_format({"num_format": f}) for f in ("0%", "00000", "0.0"))
        sheet.write_row(0, 0, ["Share", "Code", "Price"])
        for number, cells in enumerate([(0.15, 101, 12.4567), ("0.15", "101", "12.4567")], 1):
            for column, (cell, style) in enumerate(zip(cells, (share, code, price), strict=True)):
                sheet.write(number, column, cell, style)
    frame = read_sheet("a.xlsx", target.getvalue()).frame
    assert frame.loc[2].tolist() == ["15%", "00101", "12.4567"]
    assert frame.loc[3].tolist() == ["0.15", "101", "12.4567"]


@pytest.mark.parametrize(
    ("style", "value"), [(1, "-5"), (1, "NaN"), (1, "0.25"), (2, "-0.5")], ids=["below", "none", "no day", "clock"]
)
def test_a_date_that_is_none_is_an_error_on_its_cell(style: int, value: str) -> None:
    parts = xlsx_parts(HEADER + row(2, text("A2", "a"), f'<c r="B2" s="{style}"><v>{value}</v></c>'))
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace('numFmtId="46"', 'numFmtId="20"')
    (problem,) = read_sheet("a.xlsx", archive(dict(parts))).problems
    assert (problem.kind, problem.column, problem.rows) == ("Not a date", "Value", (2,))


def test_hidden_columns_are_told_once_for_each_range() -> None:
    parts = xlsx_parts(HEADER + row(2, text("A2", "a"), text("B2", "b")))
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace("<sheetData>", '<cols><col min="2" max="9" hidden="1"/></cols><sheetData>')
    (problem,) = read_sheet("a.xlsx", archive(dict(parts))).problems
    assert (problem.kind, problem.rows) == ("Hidden columns", ())
    assert "Column B is hidden" in str(problem.fix)


def test_a_picture_in_a_cell_is_called_one() -> None:
    cell = '<c r="B2" t="e" vm="1"><v>#VALUE!</v></c>'
    parts = xlsx_parts(HEADER + row(2, text("A2", "a"), cell))
    (problem,) = read_sheet("a.xlsx", archive(dict(parts))).problems
    assert (problem.kind, problem.column, problem.rows) == ("Picture in a cell", "Value", (2,))
