"""Workbooks as people see them, and what a reader cannot see by itself."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lib.errors import UnreadableFile
from lib.model.problem import Severity
from tests.reading import read_sheet


def workbook(fill: Callable[[Worksheet], object], *tabs: str) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for tab in tabs or ("Tab",):
            sheet = book.add_worksheet(tab)
            sheet.day, sheet.moment = day, moment
            sheet.write_row(0, 0, ["Name", "Value"])
            fill(sheet)
    return target.getvalue()


def one(cell: Callable[[Worksheet], object]) -> str:
    def fill(sheet: Worksheet) -> None:
        sheet.write(1, 0, "a")
        cell(sheet)

    return str(read_sheet("a.xlsx", workbook(fill)).frame.at[2, "Value"])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (lambda s: s.write_string(1, 1, "00123"), "00123"),
        (lambda s: s.write_number(1, 1, 1.0), "1"),
        (lambda s: s.write_number(1, 1, 0.1 + 0.2), "0.3"),
        (lambda s: s.write_number(1, 1, -12.5), "-12.5"),
        (lambda s: s.write_boolean(1, 1, True), "TRUE"),
        (lambda s: s.write_boolean(1, 1, False), "FALSE"),
        (lambda s: s.write_datetime(1, 1, date(2026, 3, 31), s.day), "2026-03-31"),
        (lambda s: s.write_datetime(1, 1, datetime(2026, 3, 31, 13, 45), s.moment), "2026-03-31 13:45"),
        (lambda s: s.write_formula(1, 1, "=1+1", None, 2), "2"),
        (lambda s: s.write_string(1, 1, "=cmd|' /C calc'!A0"), "=cmd|' /C calc'!A0"),
    ],
    ids=["zeros", "whole", "noise", "negative", "true", "false", "day", "moment", "formula", "text like a formula"],
)
def test_cells_are_read_as_people_see_them(cell: Callable[[Worksheet], object], text: str) -> None:
    assert one(cell) == text


def test_error_cells_are_errors_with_their_row_and_column() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.write_column(1, 0, ["a", "b", "c"])
        sheet.write_formula(2, 1, "=NA()", None, "#N/A")

    (problem,) = read_sheet("a.xlsx", workbook(fill)).problems
    assert (problem.kind, problem.column, problem.rows, problem.values) == ("Error in a cell", "Value", (3,), ("#N/A",))


def test_formulas_that_were_never_calculated_are_errors() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.write_column(1, 0, ["a", "b"])
        sheet.write_formula(1, 1, "=A1", None, "")
        sheet.write_formula(2, 1, "=1+1", None, 2)

    (problem,) = read_sheet("a.xlsx", workbook(fill)).problems
    assert (problem.kind, problem.rows) == ("Formula without a result", (2,))


def test_a_formula_whose_result_is_empty_text_is_just_empty() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.write(1, 0, "a")
        sheet.write_formula(1, 1, "=A9", None, "")

    content = rewritten(workbook(fill), b"><f>A9</f><v></v>", b' t="str"><f>A9</f><v></v>')
    sheet = read_sheet("a.xlsx", content)
    assert (sheet.frame.at[2, "Value"], sheet.problems) == ("", ())


def test_merged_cells_are_warned_about() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.write_column(1, 1, ["1", "2"])
        sheet.merge_range(1, 0, 2, 0, "both")

    sheet = read_sheet("a.xlsx", workbook(fill))
    assert [(f.kind, f.severity, f.rows) for f in sheet.problems] == [("Merged cells", Severity.WARNING, (3,))]
    assert list(sheet.frame["Name"]) == ["both", ""]


def test_numbers_that_excel_has_rounded_are_warned_about() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.write_row(1, 0, ["a", 123456789012345678])

    assert [f.kind for f in read_sheet("a.xlsx", workbook(fill)).problems] == ["Long number"]


def test_tabs_can_be_chosen() -> None:
    content = workbook(lambda sheet: sheet.write_row(1, 0, [sheet.name, "x"]), "First", "Second")
    assert read_sheet("a.xlsx", content).source.tabs == ("First", "Second")
    assert read_sheet("a.xlsx", content, tab="Second").frame.at[2, "Name"] == "Second"


def test_rows_keep_their_numbers_below_empty_ones() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(3, 0, ["Name", "Value"])
        sheet.write_row(6, 0, ["a", "b"])
    assert list(read_sheet("a.xlsx", target.getvalue()).frame.index) == [7]


def test_the_content_counts_and_not_the_name() -> None:
    content = workbook(lambda sheet: sheet.write_row(1, 0, ["a", "b"]))
    assert read_sheet("a.csv", content).source.tab == "Tab"
    assert read_sheet("a.xlsx", b"Name,Value\na,b\n").source.delimiter == ","


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"word/document.xml": b"x"}, "a Word document"),
        ({"Index/Tables.iwa": b"x"}, "an Apple Numbers document"),
        ({"photo.jpg": b"x"}, "a ZIP archive"),
        ({"xl/workbook.xml": b"x"}, "damaged or protected"),
        ({"xl/workbook.xml": b"x", "xl/worksheets/sheet1.xml": b"0" * 60_000_000}, "unpacks to 60 MB"),
    ],
    ids=["word", "numbers", "zip", "damaged", "bomb"],
)
def test_other_archives_are_named(entries: dict[str, bytes], words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_sheet("a.xlsx", archive(entries))


def test_a_workbook_without_cells_says_so() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet()
    with pytest.raises(UnreadableFile, match="no rows below"):
        read_sheet("a.xlsx", target.getvalue())


def archive(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return target.getvalue()


def rewritten(content: bytes, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        entries = {name: file.read(name) for name in file.namelist()}
    assert old in entries["xl/worksheets/sheet1.xml"]
    entries["xl/worksheets/sheet1.xml"] = entries["xl/worksheets/sheet1.xml"].replace(old, new)
    return archive(entries)
