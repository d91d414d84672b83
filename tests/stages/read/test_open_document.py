"""OpenDocument sheets: every character comes back, repetitions are bounded, what nobody sees is told."""

import pytest

from lib.errors import UnreadableFile
from lib.model.problem import Severity
from lib.stages.read.limits import MAX_ROWS
from tests.reading import read_sheet
from tests.stages.read.forms import archive, ods, ods_cell

HEADER = f"<table:table-row>{ods_cell('Name')}{ods_cell('Value')}</table:table-row>"
FAR = '<table:table-row table:number-rows-repeated="{}"><table:table-cell {}/></table:table-row>'


def line(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(kind: str, value: str, shown: str, more: str = "") -> str:
    attributes = f'office:value-type="{kind}" office:{value} {more}'
    return f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"


def one(inside: str) -> str:
    return str(read_sheet("a.ods", ods(HEADER + line(ods_cell("a"), inside))).frame.at[2, "Value"])


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("x<text:tab/>y", "x\ty"),
        ('x<text:s text:c="3"/>y', "x   y"),
        ("x <text:s/>y", "x  y"),
        ("x<text:line-break/>y", "x\ny"),
        ("x</text:p><text:p>y", "x\ny"),
        ("x</text:p><text:p/><text:p>y", "x\n\ny"),
        ("\n   x\n   y", "x y"),
        ("x <text:span>y</text:span> <text:a>z</text:a>", "x y z"),
        ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
    ],
)
def test_every_character_of_a_text_comes_back(inside: str, text: str) -> None:
    assert one(ods_cell(inside)) == text


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (cell("float", 'value="12.4567"', "12.5"), "12.4567"),
        (cell("float", 'value="101"', "00101"), "00101"),
        (cell("float", 'value="0"', "0"), "0"),
        (cell("currency", 'value="1299.5"', "1.299,50 €"), "1299.5"),
        (cell("percentage", 'value="0.15"', "15%"), "15%"),
        (cell("percentage", 'value="0.12345"', "12,35 %"), "12.345%"),
        (cell("date", 'date-value="2024-06-01"', "01.06.2024"), "2024-06-01"),
        (cell("date", 'date-value="2024-06-01"', "01.06.2024 00:00"), "2024-06-01 00:00"),
        (cell("date", 'date-value="2024-06-01T18:30:00"', "01.06.2024 18:30"), "2024-06-01 18:30"),
        (cell("date", 'date-value="2024-06-01T18:30:00"', "01.06.2024"), "2024-06-01"),
        (cell("time", 'time-value="PT27H15M00S"', "27:15"), "27:15"),
        (cell("time", 'time-value="PT09H30M05S"', ""), "09:30:05"),
        (cell("boolean", 'boolean-value="true"', "WAHR"), "TRUE"),
        ('<table:table-cell office:value-type="string" office:string-value="x"/>', "x"),
        (cell("string", 'x=""', "0.15"), "0.15"),
    ],
)
def test_values_are_what_a_person_sees_with_all_their_digits(inside: str, text: str) -> None:
    assert one(inside) == text


def test_a_comment_on_a_cell_is_not_its_text() -> None:
    comment = "<office:annotation><text:p>check this</text:p></office:annotation>"
    assert one(f'<table:table-cell office:value-type="string">{comment}<text:p>x</text:p></table:table-cell>') == "x"


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        (cell("string", 'string-value=""', "#N/A", 'table:formula="of:=NA()"'), "Error in a cell"),
        ('<table:table-cell table:formula="of:=1+1"/>', "Formula without a result"),
        (cell("float", 'value="abc"', "abc"), "Not a value"),
        (cell("float", 'value="NaN"', ""), "Not a number"),
        (cell("date", 'date-value="yesterday"', "yesterday"), "Not a value"),
        (cell("time", 'time-value="-5"', ""), "Not a value"),
    ],
)
def test_a_cell_that_holds_no_value_is_an_error_on_its_row(inside: str, kind: str) -> None:
    (problem,) = read_sheet("a.ods", ods(HEADER + line(ods_cell("a"), inside))).problems
    assert (problem.kind, problem.severity, problem.column, problem.rows) == (kind, Severity.ERROR, "Value", (2,))


def test_merged_cells_are_told_and_what_they_cover_is_not_read() -> None:
    top = ods_cell("both", 'table:number-rows-spanned="2"')
    covered = "<table:covered-table-cell><text:p>old</text:p></table:covered-table-cell>"
    sheet = read_sheet("a.ods", ods(HEADER + line(top, ods_cell("1")) + line(covered, ods_cell("2"))))
    assert list(sheet.frame["Name"]) == ["both", ""]
    assert [(f.kind, f.column, f.rows) for f in sheet.problems] == [("Merged cells", "Name", (3,))]


@pytest.mark.parametrize("how", ["collapse", "filter"])
def test_what_nobody_sees_is_told(how: str) -> None:
    hidden = f'<table:table-column/><table:table-column table:visibility="{how}"/>'
    rows = line(ods_cell("a"), ods_cell("1")) + line(
        ods_cell("b"), ods_cell("2"), attributes=f'table:visibility="{how}"'
    )
    problems = read_sheet("a.ods", ods(hidden + HEADER + rows)).problems
    assert {(f.kind, f.rows) for f in problems} == {("Hidden row", (3,)), ("Hidden columns", ())}


def test_repeated_rows_and_cells_are_all_there() -> None:
    rows = line(ods_cell("x", 'table:number-columns-repeated="2"'), attributes='table:number-rows-repeated="3"')
    frame = read_sheet("a.ods", ods(HEADER + FAR.format(2, "") + rows)).frame
    assert list(frame.index) == [4, 5, 6]
    assert frame.loc[6].tolist() == ["x", "x"]


def test_a_blank_tail_counts_for_nothing() -> None:
    tail = FAR.format(1_048_000, 'table:number-columns-repeated="16384"')
    assert read_sheet("a.ods", ods(HEADER + line(ods_cell("a"), ods_cell("1")) + tail)).row_count == 1


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (line(ods_cell("x"), attributes='table:number-rows-repeated="99999999999999"'), f"more than {MAX_ROWS:,} rows"),
        (FAR.format(900_000, "") + line(ods_cell("x")), f"more than {MAX_ROWS:,} rows"),
        (line('<table:table-cell table:number-columns-repeated="9999"/>', ods_cell("x")), "more than 500 columns"),
        (
            line(ods_cell("x", 'table:number-columns-repeated="400"'), attributes='table:number-rows-repeated="9000"'),
            "cells",
        ),
        (line(ods_cell('<text:s text:c="9999"/>' * 2_000)), "characters"),
        (line(ods_cell("x" * 9_000), attributes='table:number-rows-repeated="190000"'), "100 MB of text"),
    ],
    ids=["rows", "far row", "far cell", "cells", "blanks", "text"],
)
def test_repetitions_are_counted_before_they_are_laid_out(rows: str, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_sheet("a.ods", ods(HEADER + rows))


def test_a_sheet_needs_no_mimetype() -> None:
    assert read_sheet("a.ods", ods(HEADER + line(ods_cell("a")), mimetype=False)).row_count == 1


def test_a_password_is_the_reason_that_is_given() -> None:
    manifest = '<m:manifest xmlns:m="urn:oasis"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(UnreadableFile, match="protected with a password"):
        read_sheet("a.ods", archive({"content.xml": "x", "META-INF/manifest.xml": manifest}))
