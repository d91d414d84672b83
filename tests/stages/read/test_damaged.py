"""The readers themselves let out nothing but `UnreadableFile`: that their process has a net of its own is no excuse."""

import pytest

from lib.errors import UnreadableFile
from lib.stages.read.child import read, rewrite
from lib.stages.read.request import Request
from tests.stages.read.forms import HEADER, archive, ods, ods_cell, row, text, xlsx, xlsx_parts
from tests.stages.read.old_excel import xls

GOOD = HEADER + row(2, text("A2", "a"), text("B2", "b"))
TAB, RELATED = "xl/worksheets/sheet1.xml", "_rels/.rels"
ODS = ods(f"<table:table-row>{ods_cell('Name')}{ods_cell('Value')}</table:table-row>", mimetype=False)


def declared(encoding: str, part: str = RELATED) -> bytes:
    """A workbook with a part that says that it is written in this encoding."""
    parts = xlsx_parts(GOOD)
    return archive({**parts, part: f'<?xml version="1.0" encoding="{encoding}"?>{parts[part]}'})


def with_hidden_columns(attributes: str) -> bytes:
    parts = xlsx_parts(GOOD)
    return archive({**parts, TAB: parts[TAB].replace("<sheetData>", f'<col hidden="1" {attributes}/><sheetData>')})


def without(content: bytes, first: int, last: int) -> bytes:
    return content[:first] + content[last:]


DAMAGED = {
    "a part before the beginning": (without(xlsx(GOOD), 4, 34), "damaged: its part .* cannot be unpacked whole"),
    "a part before the beginning, in .ods": (without(ODS, 4, 34), "damaged: its part .* cannot be unpacked whole"),
    "an old workbook that ends early": (xls([["Name", "Value"], ["a", "b"]])[:516], "damaged .* not as its format"),
    "an encoding that nobody knows": (declared("abc"), "written in abc, which cannot be read here"),
    "an encoding that is no text": (declared("hex"), "written in hex"),
    "an encoding that is never one": (declared("undefined"), "written in undefined"),
    "an encoding of several bytes": (declared("shift_jis", TAB), "written in shift_jis"),
    "hidden columns without a number": (with_hidden_columns(""), "holds no number of a row or column"),
    "hidden columns without end": (with_hidden_columns(f'min="1" max="{"9" * 5000}"'), "no number .*: 99999999999"),
    "a column without end": (xlsx(HEADER + row(2, text("A" * 4000 + "2", "x"))), "holds no address of a cell: AAAA"),
    "a row without end": (xlsx(HEADER + row(2, text("A2" + "0" * 4000, "x"))), "holds no address of a cell: A200"),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_damage_is_told_in_a_sentence(kind: str) -> None:
    content, words = DAMAGED[kind]
    with pytest.raises(UnreadableFile, match=words) as error:
        read(Request(file_name="a"), content)
    assert 20 < len(str(error.value)) < 400


def test_encodings_with_a_letter_for_every_byte_are_read() -> None:
    assert len(read(Request(file_name="a"), declared("windows-1252", TAB)).widths) == 2


def test_a_text_that_only_looks_like_a_time_stays_as_it_is() -> None:
    endless = "1" * 5000 + ":00"
    rows = HEADER + row(2, text("A2", "a"), f'<c r="B2" s="2"><is><t>{endless}</t></is></c>')
    assert read(Request(file_name="a"), xlsx(rows)).row(1) == ["a", endless]


def with_damaged_picture() -> bytes:
    """A workbook with a part that nobody reads, and that cannot be unpacked."""
    name = "xl/media/image1.png"
    content = bytearray(archive({**xlsx_parts(GOOD), name: "picture " * 50}))
    packed = content.index(name.encode()) + len(name)
    content[packed : packed + 8] = b"\xff" * 8
    return bytes(content)


def with_a_formula_of_nowhere() -> bytes:
    tab = xlsx_parts(GOOD)[TAB].replace("<sheetData>", '<f t="array" ref="nowhere">1</f><sheetData>')
    return archive({**xlsx_parts(GOOD), TAB: tab})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (with_damaged_picture(), "damaged: its part xl/media/image1.png cannot be unpacked whole"),
        (with_a_formula_of_nowhere(), "cannot be mended as it is: something in it is not as its format asks for"),
    ],
    ids=["picture", "formula"],
)
def test_what_can_be_read_and_not_be_mended_says_so(content: bytes, words: str) -> None:
    request = Request(file_name="a", tab="Tab", texts={"2": {"0": "new"}})
    assert len(read(request, content).widths) == 2
    with pytest.raises(UnreadableFile, match=words):
        rewrite(request, content)
