"""Workbooks that other programs wrote, and what a person sees in them."""

import pytest

from lib.errors import UnreadableFile
from lib.model.collection import FieldType
from lib.model.mapping import Blanks
from tests.builders import a_collection, a_field, an_item
from tests.cases.things import bring
from tests.cases.workbooks import STRICT, ods, workbook, xlsx_parts


def test_parts_may_lie_at_the_root_of_the_archive() -> None:
    content = workbook([["slug", "Price"], ["oak-table", 120]], folder="")
    assert bring(content, name="things.xlsx").after(2) == {"price": 120}


@pytest.mark.parametrize(
    "options",
    [{}, {"namespace": STRICT}, {"prefix": "x"}, {"addresses": False}],
    ids=["usual", "strict", "prefix", "no r"],
)
def test_error_cells_are_seen_however_the_workbook_is_written(options: dict[str, object]) -> None:
    from dataclasses import replace

    content = workbook([["slug", "Price", "Summary"], ["oak-table", ("#DIV/0!", "error"), "Oak"]], **options)
    brought = bring(
        content,
        name="things.xlsx",
        choose=lambda c: replace(c, matches=tuple(replace(m, blanks=Blanks.CLEAR) for m in c.matches)),
    )
    assert brought.is_held(2)


def test_an_archive_without_a_kind_is_read_or_refused_for_the_true_reason() -> None:
    content = ods([["slug", "Summary"], ["oak-table", "x"]], mimetype=False)
    try:
        assert bring(content, name="things.ods").after(2) == {"summary": "x"}
    except UnreadableFile as error:
        assert "password" not in str(error)


def test_merged_cells_are_told_in_open_document_sheets() -> None:
    content = ods([["slug", "Summary"], ["oak-table", ("Indoor", 2)], ["cafe-chair", None]])
    assert bring(content, name="things.ods").told(3)


def test_white_space_of_open_document_sheets_comes_back() -> None:
    text = "x\tSeats two  or three\nline"
    collection = a_collection(a_field("summary"))
    live = [an_item(1, {"slug": "a", "name": "a", "summary": text})]
    brought = bring(ods([["slug", "Summary"], ["a", text]]), name="a.ods", collection=collection, live=live)
    assert brought.sheet.frame.at[2, "Summary"] == text
    assert brought.after(2) is None


@pytest.mark.parametrize("how", ["filter", "hidden"])
def test_rows_that_a_person_does_not_see_are_told(how: str) -> None:
    content = workbook(
        [["slug", "Price"], ["oak-table", 120], ["cafe-chair", 1]], hidden_rows={3}, filtered=how == "filter"
    )
    brought = bring(content, name="things.xlsx")
    assert brought.told(3) == ["Hidden row"]


def test_columns_that_a_person_does_not_see_are_told() -> None:
    content = workbook([["slug", "Price"], ["oak-table", 120]], hidden_columns={2})
    brought = bring(content, name="things.xlsx")
    assert brought.told() == ["Hidden columns"]


def test_a_picture_in_a_cell_is_held_and_called_a_picture() -> None:
    content = workbook([["slug", "Main image"], ["oak-table", ("#VALUE!", "picture")]])
    brought = bring(content, name="things.xlsx")
    assert brought.is_held(2)
    assert any("picture" in f"{f.kind} {f.fix}".lower() for f in brought.checked.problems if 2 in f.rows)


def test_numbers_are_told_apart_from_texts_of_digits() -> None:
    content = workbook([["slug", "Summary"], ["oak-table", "00123"]])
    assert bring(content, name="things.xlsx").after(2) == {"summary": "00123"}


def test_a_text_that_no_field_takes_is_no_crash() -> None:
    collection = a_collection(a_field("price", FieldType.NUMBER))
    live = [an_item(1, {"slug": "a", "name": "a"})]
    text = '<c t="inlineStr"><is><t>{}</t></is></c>'.format
    header = f'<row r="1">{text("slug")}{text("Price")}</row>'
    content = xlsx_parts(f'{header}<row r="2">{text("a")}<c><v>abc</v></c></row>')
    assert bring(content, name="a.xlsx", collection=collection, live=live).after(2) is None
