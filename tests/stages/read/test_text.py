"""CSV as it comes: encodings, delimiters, quotes, and rows that do not fit."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.errors import UnreadableFile
from lib.model.problem import Severity
from lib.stages.read import read_sheet

LATIN = "Name;Stadt\nMüller;Köln\nÇelik;Łódź\n".replace("Łódź", "Lodz")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (LATIN.encode("utf-8"), "utf-8-sig"),
        (LATIN.encode("utf-8-sig"), "utf-8-sig"),
        (LATIN.encode("utf-16"), "utf-16"),
        (LATIN.encode("utf-16-le"), "utf-16-le"),
        (LATIN.encode("utf-16-be"), "utf-16-be"),
        (LATIN.encode("cp1252"), "cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 with mark", "utf-16-le", "utf-16-be", "windows"],
)
def test_encodings_are_recognised(content: bytes, encoding: str) -> None:
    sheet = read_sheet("a.csv", content)
    assert sheet.source.encoding == encoding
    assert list(sheet.frame["Stadt"]) == ["Köln", "Lodz"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_recognised_among_decoys(delimiter: str) -> None:
    rows = [["Name", "Text"], ["a", "one, two; three | four"], ["b", "1,5;2|3"]]
    sheet = read_sheet("a.csv", written(rows, delimiter))
    assert sheet.source.delimiter == delimiter
    assert list(sheet.frame["Text"]) == ["one, two; three | four", "1,5;2|3"]


def test_one_column_is_a_table_too() -> None:
    assert list(read_sheet("a.csv", b"Name\na\nb\n").frame["Name"]) == ["a", "b"]


def test_a_line_that_names_the_separator_is_followed() -> None:
    sheet = read_sheet("a.csv", b"sep=;\r\nName;Price\r\na,b;1,5\r\n")
    assert dict(sheet.frame.loc[3]) == {"Name": "a,b", "Price": "1,5"}


def test_values_survive_as_text() -> None:
    texts = ["00123", "NA", "null", "TRUE", "1,50", "5e123456789012345678901a", " x ", "123456789012345678"]
    sheet = read_sheet("a.csv", written([["A", "B"], *([text, "b"] for text in texts)]))
    assert list(sheet.frame["A"]) == texts


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    sheet = read_sheet("a.csv", b'Name,Text\na,"two\nlines"\n\nb,x\n,\nc,y\n\n\n')
    assert list(sheet.frame.index) == [2, 4, 6]
    (blank,) = sheet.problems
    assert (blank.kind, blank.severity, blank.rows) == ("Blank row", Severity.FIXED, (3, 5))


def test_a_title_above_the_header_is_no_header() -> None:
    sheet = read_sheet("a.csv", b"Price list\n\nName,Price,Stock\na,1,2\n")
    assert sheet.source.header_row == 3
    assert read_sheet("a.csv", b"Name,Price\nReal,Header\na,1\n", header_row=2).columns == ("Real", "Header")


def test_a_row_with_too_many_values_is_an_error_with_its_address() -> None:
    sheet = read_sheet("a.csv", b"Name,Price\na,1\nb,1,5\n")
    (problem,) = sheet.problems
    assert (problem.kind, problem.severity) == ("Too many values", Severity.ERROR)
    assert (problem.rows, problem.values) == ((3,), ("3 values",))
    assert sheet.row_count == 2


def test_a_short_row_is_kept_and_said() -> None:
    sheet = read_sheet("a.csv", b"Name,Price\na\nb,2\n")
    assert list(sheet.frame["Price"]) == ["", "2"]
    assert [(f.kind, f.severity, f.rows) for f in sheet.problems] == [("Too few values", Severity.WARNING, (2,))]


def test_two_identical_headers_stay_two_columns() -> None:
    sheet = read_sheet("a.csv", b"Title,Price,Title\na,1,b\n")
    assert sheet.columns == ("Title", "Price", "Title (2)")
    assert "The columns A, C are all called “Title”" in sheet.problems[0].fix


def test_a_column_without_a_name_is_kept_if_it_holds_values() -> None:
    sheet = read_sheet("a.csv", b"Name,Price,,\na,1,x,\n")
    assert sheet.columns == ("Name", "Price", "Column C")
    assert sheet.problems[0].kind == "Column without a name"


def test_characters_nobody_can_see_are_removed_and_said() -> None:
    sheet = read_sheet("a.csv", b"A,B\nx\x00y,2\n" + b"abc,d\n" * 30)
    assert sheet.frame.at[2, "A"] == "xy"
    assert [(f.kind, f.rows) for f in sheet.problems] == [("Invisible characters", (2,))]


@pytest.mark.parametrize(
    "text", ["مرحبا", "👩‍🚀 ok", "=cmd|' /C calc'!A0", "a" * 10_000_000], ids=["rtl", "emoji", "formula", "10 MB"]
)
def test_hostile_values_are_only_text(text: str) -> None:
    assert read_sheet("a.csv", written([["A", "B"], [text, "b"]])).frame.at[2, "A"] == text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\x00", "is empty"),
        (b"Name,Price\n", "no rows below"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"<!DOCTYPE html><table>", "a web page"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (bytes(range(1, 32)) * 40, "does not hold text"),
        (b'Name\n"never closed\na\n', "Row 2 opens a quotation mark"),
        (b'Name\na\n"x" y\n', "Row 3 has a quotation mark"),
        (b"PK\x03\x04rubbish", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 something", "damaged or protected"),
        (b",".join(b"c%d" % n for n in range(5000)) + b"\n" + b"," * 4999 + b"x\n", "more than 500 columns"),
        (b"x" * 110_000_000, "110 MB"),
        (b"A\n" + b"x\n" * 200_001, "more than 200,000 rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_why_in_one_or_two_sentences(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as error:
        read_sheet("a.csv", content)
    assert 20 < len(str(error.value)) < 300


def test_a_wrong_choice_of_encoding_says_so() -> None:
    with pytest.raises(UnreadableFile, match="Choose another encoding"):
        read_sheet("a.csv", LATIN.encode("cp1252"), encoding="utf-8-sig")


CELLS = some.text(alphabet=some.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=12)


@given(
    rows=some.lists(some.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    encoding=some.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    delimiter=some.sampled_from([",", ";", "\t", "|"]),
)
def test_any_table_comes_back_as_it_was(rows: list[list[str]], encoding: str, delimiter: str) -> None:
    content = written([["One", "Two", "Three"], *([f"k{n}", *row[1:]] for n, row in enumerate(rows))], delimiter)
    sheet = read_sheet("a.csv", content.decode().encode(encoding), encoding=None, delimiter=delimiter)
    assert sheet.frame.to_numpy().tolist() == [[f"k{n}", *row[1:]] for n, row in enumerate(rows)]
    assert list(sheet.frame.index) == list(range(2, len(rows) + 2))


def written(rows: list[list[str]], delimiter: str = ",") -> bytes:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return target.getvalue().encode()
