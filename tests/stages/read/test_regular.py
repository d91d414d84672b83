"""What Arrow cuts comes out as the careful reader cuts it, and what is not regular is left to that one."""

import csv
import io

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as some

from lib.stages.read.columns import Columns, in_columns
from lib.stages.read.grid import without_blank_end
from lib.stages.read.regular import read_regular
from lib.stages.read.table import build_sheet
from lib.stages.read.text import read_text

SIGNS = some.text(some.sampled_from("abc,;|\t \"\r\n'=ö木\u00a0\u3000\ufeff\ufffd\u2028\x0b\x1f😀"), max_size=5)
EVEN = some.lists(some.lists(SIGNS, min_size=3, max_size=3), min_size=1, max_size=5)
RAGGED = some.lists(some.lists(SIGNS, min_size=1, max_size=4), min_size=1, max_size=5)
ENDS = ["\n", "\r\n", "\r"]


def alike(content: bytes, delimiter: str | None) -> bool:
    """Whether the file is regular; if so, both ways of reading are compared."""
    fast = read_regular("a.csv", content, encoding=None, delimiter=delimiter)
    if fast is None:
        return False
    grid = without_blank_end(read_text("a.csv", content, encoding=None, delimiter=delimiter))
    assert shown(fast) == shown(in_columns(grid))
    for header_row in (None, 1, 2):
        try:
            sheet = build_sheet(in_columns(grid), header_row)
        except Exception as error:
            with pytest.raises(type(error), match="no rows below"):
                build_sheet(fast, header_row)
        else:
            same = build_sheet(fast, header_row)
            assert same.frame.equals(sheet.frame) and (same.frame.dtypes == sheet.frame.dtypes).all()
            assert (same.source, same.problems, same.as_found) == (sheet.source, sheet.problems, sheet.as_found)
    return True


def shown(columns: Columns) -> list[object]:
    cells = [column.to_pylist() for column in columns.cells]
    return [columns.source, cells, columns.widths.tolist(), columns.problems, columns.notes]


@given(
    rows=EVEN | EVEN | RAGGED,
    delimiter=some.sampled_from([",", ";", "\t", "|"]),
    quoting=some.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=some.sampled_from(ENDS),
    before=some.sampled_from(["", "", "a,b,c\n", "\ufeff", "\ufeff\ufeff", "sep=;\n", "\n"]),
    behind=some.sampled_from(["", "", "\n\n", '"', ",,\n", " \n"]),
    encoding=some.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16", "cp1252"]),
    is_chosen=some.booleans(),
)
def test_any_table_is_read_alike(
    rows: list[list[str]],
    delimiter: str,
    quoting: int,
    end: str,
    before: str,
    behind: str,
    encoding: str,
    is_chosen: bool,
) -> None:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    text = before + target.getvalue() + behind
    event(f"regular: {alike(text.encode(encoding, 'replace'), delimiter if is_chosen else None)}")


@given(
    rows=EVEN,
    delimiter=some.sampled_from([",", ";", "\t", "|"]),
    end=some.sampled_from(ENDS),
)
@example(rows=[["", "", ""], ["a", "", ""], ["", "", ""]], delimiter=",", end="\n")
@example(rows=[['"', '""', ""], ["", '"\r\n"', '"']], delimiter=",", end="\r")
def test_tables_of_one_width_are_regular(rows: list[list[str]], delimiter: str, end: str) -> None:
    long = "k" * 1000  # control characters among a few others only are no text
    table = [["One", "Two", "Three"], *([f"{long}{n}", *row[1:]] for n, row in enumerate(rows))]
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end).writerows(table)
    assert alike(target.getvalue().encode(), delimiter)


@given(
    text=some.text(some.sampled_from('ab,;"\r\n \t\\=ö'), max_size=30), delimiter=some.sampled_from([None, ",", ";"])
)
def test_any_text_is_read_alike(text: str, delimiter: str | None) -> None:
    event(f"regular: {alike(text.encode(), delimiter)}")


@pytest.mark.parametrize(
    "content",
    [
        b'a,b\n1, "2"\n',
        b'a,b\n1,5" pipe\n',
        b'a,b\n1,"2" \n',
        b'a,b\n1,"2\n',
        b"a,b\n1\n",
        b"a,b\n1,2,3\n",
        b"a,b\n1,\xe9\n",
        b"a,b\n1,\x00\n",
        b"a\n1\n",
        b'a,b\n"1,2",\n',
        b"a,b\n , \nc,d\n",
        b"sep=,\na,b\n1,2\n",
        b"a,b\n1," + b"x" * 6_000_000 + b"\n",
        b"a,b\n" + b"1,2\n" * 200_001,
        b"\xef\xbb\xbf",
    ],
    ids=lambda content: repr(content[:20]),
)
def test_what_asks_for_care_is_left_to_the_careful_reader(content: bytes) -> None:
    assert read_regular("a.csv", content, encoding=None, delimiter=None) is None


def test_blank_rows_columns_and_tails_do_not_make_a_file_irregular() -> None:
    assert alike('a;b;\n1;ü;\n;;\n\n2;"x""\ny";\n;;\n\n'.encode(), None)
