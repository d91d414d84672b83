"""How text becomes rows: line ends, quotation marks, lines that were wrapped, blank tails, and what is too much."""

import csv
import io
import tracemalloc

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from lib.errors import UnreadableFile
from lib.model.problem import Severity
from lib.stages.read import read_sheet
from lib.stages.read.records import QuoteTrouble, read_records
from lib.stages.read.text import read_text

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"], ids=repr)
@pytest.mark.parametrize("mixed_in", ["\r", "\n", "\r\n"], ids=repr)
def test_lines_end_in_any_way_and_in_several(end: str, mixed_in: str) -> None:
    content = f'slug;Price;Text{end}a;2,2;"one{mixed_in}two"{mixed_in}b;3;x{end}{end}c;4;y'
    sheet = read_sheet("a.csv", content.encode())
    assert sheet.frame.to_numpy().tolist() == [["a", "2,2", f"one{mixed_in}two"], ["b", "3", "x"], ["c", "4", "y"]]
    assert list(sheet.frame.index) == [2, 3, 5]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('a, "b, c"', ["a", "b, c"]),
        ('a,\t"b, c" ,d', ["a", "b, c", "d"]),
        (' "a" , "b ""c"""', ["a", 'b "c"']),
        ('a,\u00a0"b"', ["a", "b"]),
        ("a, b ,c", ["a", " b ", "c"]),
        ('a,5" pipe,c', ["a", '5" pipe', "c"]),
        ('a, "b" c,d', ["a", ' "b" c', "d"]),
        ('"a, ", b', ["a, ", " b"]),
        ('a, ""', ["a", ""]),
        ('a, "x\ny", b', ["a", "x\ny", " b"]),
        ('"he said, ""hi""",b', ['he said, "hi"', "b"]),
        ('"",a', ["", "a"]),
    ],
)
def test_blanks_before_a_quotation_mark_do_not_hide_it(line: str, cells: list[str]) -> None:
    assert read_records(line + "\nz,z,z", ",")[0] == cells
    assert read_records(line.replace(",", ";") + "\nz;z;z", ";")[0] == [cell.replace(",", ";") for cell in cells]


@pytest.mark.parametrize(("delimiter", "blank"), [("\t", " "), (" ", "\t")])
def test_a_blank_that_separates_is_no_blank(delimiter: str, blank: str) -> None:
    assert read_records(f'a{delimiter}{delimiter}{blank}"b"', delimiter) == [["a", "", "b"]]


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ('"slug,Summary"\n"oak-table,""Oak, solid"""\n', ","),
        ('"slug;Summary"\r\n\r\n"oak-table;""Oak, solid"""\r\n', ";"),
        ('"slug\tSummary"\r"oak-table\tOak, solid"\r', "\t"),
    ],
)
def test_lines_in_quotation_marks_are_unwrapped_and_that_is_told(content: str, delimiter: str) -> None:
    sheet = read_sheet("a.csv", content.encode())
    (told,) = [f for f in sheet.problems if f.kind == "Line in quotation marks"]
    assert sheet.source.delimiter == delimiter
    assert sheet.frame.to_numpy().tolist() == [["oak-table", "Oak, solid"]]
    assert told.severity is Severity.FIXED and "one pair of quotation marks" in told.fix


def test_a_single_wrapped_line_among_others_is_told_and_left_as_it_is() -> None:
    sheet = read_sheet("a.csv", b'slug,Summary\n"oak,""Oak, solid"""\nash,Ash\n"Smith, Jr.",x\n')
    assert list(sheet.frame["slug"]) == ['oak,"Oak, solid"', "ash", "Smith, Jr."]
    (told,) = [f for f in sheet.problems if f.kind == "Line in quotation marks"]
    assert (told.severity, told.rows) == (Severity.WARNING, (2,))


@pytest.mark.parametrize("content", ['"Name"\n"Miller, John"\n"Smith, Bob"\n', '"Name"\n"Miller"\n'])
def test_one_column_of_quoted_texts_is_no_wrapped_table(content: str) -> None:
    sheet = read_sheet("a.csv", content.encode())
    assert sheet.columns == ("Name",) and sheet.problems == ()


def test_quotation_marks_after_backslashes_are_read_where_nothing_else_makes_sense() -> None:
    sheet = read_sheet("a.csv", b'slug,A,B\na,"He said \\"hi, you\\" to C:\\\\","x"\nb,"say ""no""",y\n')
    assert sheet.frame.to_numpy().tolist() == [["a", 'He said "hi, you" to C:\\', "x"], ["b", 'say "no"', "y"]]
    assert [(f.kind, f.severity) for f in sheet.problems] == [("Quotation marks after backslashes", Severity.FIXED)]
    assert list(read_sheet("a.csv", b'slug,A\na,"C:\\"\nb,"x\\\\"\n').frame["A"]) == ["C:\\", "x\\\\"]


@pytest.mark.parametrize(
    ("line", "unclosed"), [('a,"b', True), ('a,"b""', True), ('a,"b" c', False), ('"a"b,c', False), ('a,"b"c"', False)]
)
def test_a_quotation_mark_that_cannot_be_understood_names_its_row(line: str, unclosed: bool) -> None:
    with pytest.raises(QuoteTrouble) as trouble:
        read_records("h,i\n\n" + line, ",")
    assert (trouble.value.row, trouble.value.unclosed) == (3, unclosed)


@pytest.mark.parametrize(
    "tail",
    [
        ",\n" * 250_000,
        "\r" * 5_000_000,
        '"",""\r\n' * 250_000,
        " , \t\n" * 250_000,
        "," * 3_000_000,
        ("," * 999 + "\n") * 500,
    ],
    ids=["commas", "line ends", "quoted nothing", "blanks", "one wide row", "many wide rows"],
)
def test_blank_tails_count_against_nothing_and_cost_nothing(tail: str) -> None:
    content = b"slug,Price\noak-table,120\n" + tail.encode()
    tracemalloc.start()
    grid = read_text("a.csv", content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grid.rows == [["slug", "Price"], ["oak-table", "120"]]
    assert peak < 4 * len(content) + 1_000_000


def test_blank_columns_count_against_nothing_either() -> None:
    wide = "," * 5_000
    sheet = read_sheet("a.csv", f"slug,Price{wide}\noak-table,120{wide}\nash,{wide}\n".encode())
    assert sheet.frame.to_numpy().tolist() == [["oak-table", "120"], ["ash", ""]]
    assert sheet.problems == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: ",".join(f"h{n}" for n in range(500)) + "\n" + "a\n" * 199_000, "more than 3,000,000 cells"),
        (lambda: "a\n" + "\n" * 3_000_000 + "b", "more than 200,000 rows"),
        (lambda: "a,b\n1" + "," * 3_000_000 + "x", "more than 500 columns"),
        (lambda: 'a,b\n"1"' + "," * 3_000_000 + "x", "more than 500 columns"),
        (lambda: 'a,b\n1,"' + '""' * 9_000_000 + "x" * 5_000_000, "never closed|more than 10,000,000 characters"),
        (lambda: "a,b\n1," + "x" * 10_000_001, "Row 2 has a cell with more than 10,000,000 characters"),
    ],
    ids=["cells", "rows", "columns", "columns after quotes", "quotes", "cell"],
)
def test_what_is_too_much_is_refused_before_it_is_built(content, words: str) -> None:
    raw = content().encode()
    tracemalloc.start()
    with pytest.raises(UnreadableFile, match=words):
        read_text("a.csv", raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * len(raw) + 5_000_000


CELLS = some.text(
    some.sampled_from("a,;|\t \"\r\n'=ö\\")
    | some.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd"),
    max_size=6,
)


@given(
    rows=some.lists(some.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    delimiter=some.sampled_from([",", ";", "\t", "|"]),
    quoting=some.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=some.sampled_from(["\r", "\n", "\r\n"]),
    encoding=some.sampled_from(ENCODINGS),
)
def test_whatever_is_written_is_read_as_it_was(
    rows: list[list[str]], delimiter: str, quoting: int, end: str, encoding: str
) -> None:
    table = [["One", "Two", "Three"], *([f"k{n}", *row[1:-1], "end"] for n, row in enumerate(rows))]
    # Python's writer puts only its own line end in quotes: a file with another one in a cell means two things.
    assume(quoting == csv.QUOTE_ALL or not any(set(cell) & (set("\r\n") - set(end)) for row in table for cell in row))
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(table)
    grid = read_text("a.csv", target.getvalue().encode(encoding), encoding=None, delimiter=delimiter)
    assert grid.rows == table


@given(text=some.text(some.sampled_from('a,;"\r\n \t\\='), max_size=40), delimiter=some.sampled_from(",;\t |=a"))
def test_no_text_at_all_makes_the_reader_fail(text: str, delimiter: str) -> None:
    for escapes in (False, True):
        try:
            rows = read_records(text, delimiter, escapes=escapes)
        except QuoteTrouble as trouble:
            assert 1 <= trouble.row <= text.count("\n") + text.count("\r") + 1
        else:
            assert not rows or any(rows[-1])
