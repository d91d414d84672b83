"""A glance at the bytes of plain rows finds what listening to every element finds."""

from typing import Any

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as some

from lib.stages.read.number_formats import form_of
from lib.stages.read.places import column_letters
from lib.stages.read.plain_rows import plain_rows
from lib.stages.read.sheet_scan import Scanner, Seen
from tests.stages.read.forms import MAIN

FORMS = {style: form for style, code in (("1", "yyyy-mm-dd"), ("3", "hh:mm")) if (form := form_of(code))}
HEAD = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
TYPES = ["", "", ' t="s"', ' t="n"', ' t="str"', ' t="inlineStr"', ' t="b"', ' t="e"', ' t="n" cm="1"', " t='n'"]
VALUES = ["<v>1</v>", "<v>-1</v>", "<is><t>a &lt; b</t></is>", '<is><t xml:space="preserve"> </t></is>', "<v></v>", ""]
ODD = ["<f>1</f><v>1</v>", "<f>1</f>", '<!-- <c r="Z9"><v>1</v></c> -->', "<v/>", "<is><r><t>b</t></r></is>"]
CELLS = some.tuples(
    some.sampled_from([0, 0, 1, 2, 30, 800]),
    some.sampled_from(["", "", ' s="1"', ' s="2"', ' s="3"', ' s="12345"']),
    some.sampled_from(TYPES),
    some.sampled_from(VALUES * 5 + ODD),
    some.integers(0, 30),
)
ROWS = some.lists(some.tuples(some.lists(CELLS, max_size=4), some.integers(0, 30)), max_size=6)

ONE = (0, ' s="1"', "", "<v>1</v>", 1)


def written(rows: list[tuple[list[Any], int]]) -> list[bytes]:
    parts, number = [], 1
    for cells, oddity in rows:
        number += 1
        inner, column = "", -1
        for gap, style, kind, value, odd in cells:
            column += 1 + gap
            place = "" if odd == 0 else f' r="{column_letters(column)}{number}"'
            inner += f"<c{place}{style}{kind}>{value}</c>" if value or odd > 9 else f"<c{place}{style}/>"
        hidden = {0: ' hidden="1"', 1: " hidden='true'", 2: ' spans="1:9"'}.get(oddity, "")
        parts.append(
            (f"<row{hidden}>" if oddity == 3 else f'<row r="{number}"{hidden}>').encode() + inner.encode() + b"</row>"
        )
    return parts


def seen(pieces: list[bytes], *, glances: bool) -> Seen:
    scanner = Scanner({}, FORMS)
    if not glances:
        scanner.parser.StartElementHandler = scanner._start
    for number, piece in enumerate(pieces):
        (scanner.parse if glances else scanner.parser.Parse)(piece, number == len(pieces) - 1)
    scanner.measure()
    return scanner.seen


@given(rows=ROWS, cut=some.integers(0, 400))
@example(rows=[([ONE], 0), ([ONE], 2)], cut=0)
def test_both_ways_see_the_same(rows: list[tuple[list[Any], int]], cut: int) -> None:
    parts = written(rows)
    event(f"plain rows: {sum(plain_rows(part) is not None for part in parts) > 0}")
    whole = b"".join([HEAD.encode(), *parts, b"</sheetData></worksheet>"])
    listened = seen([whole, b""], glances=False)
    for pieces in ([HEAD.encode(), *parts, b"</sheetData></worksheet>"], [whole[:cut], whole[cut:], b""]):
        glanced = seen(pieces, glances=True)
        assert (glanced.rows, glanced.columns, glanced.problems) == (listened.rows, listened.columns, listened.problems)
        assert places(glanced) == places(listened)


def places(found: Seen) -> dict[str, list[tuple[int, int]]]:
    """In whatever order they were met: rows glanced at are gathered apart from those listened to."""
    return {style: sorted(zip(cells.rows, cells.columns, strict=True)) for style, cells in found.styled.items()}


@pytest.mark.parametrize(
    "row",
    [
        '<row r="2"><c r="A2"><v>1</v></row>',
        '<row r="2"><c r="A2"><v>&x;</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>\x01</v></c></row>',
    ],
)
def test_rows_that_look_plain_and_are_no_xml_are_refused(row: str) -> None:
    assert plain_rows(row.encode()) is not None
    scanner = Scanner({}, {})
    with pytest.raises(Exception, match=r"mismatched tag|undefined entity|invalid token"):
        for piece in (HEAD, row, "</sheetData></worksheet>"):
            scanner.parse(piece.encode(), False)
