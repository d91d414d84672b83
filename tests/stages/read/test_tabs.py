"""A workbook with several tabs: the table is found, and the others stay within reach."""

import io

import pytest
import xlsxwriter

from lib.errors import UnreadableFile
from lib.stages.read import UnreadableTab, read_sheet
from lib.stages.read.tabs import MAX_TABS, Tab, in_order, most_likely
from tests.stages.read.forms import ODS, archive, ods_cell


def xlsx(tabs: dict[str, list[list[str]]], hidden: str = "") -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name, rows in tabs.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        if hidden:
            book.worksheets()[-1].activate()
            book.get_worksheet_by_name(hidden).hide()
    return target.getvalue()


def ods(tabs: dict[str, list[list[str]]], hidden: str = "") -> bytes:
    names = "".join(f' xmlns:{name}="{ODS}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    tables = "".join(
        f'<table:table table:name="{name}" table:style-name="{"h" if name == hidden else "v"}">'
        + "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in tabs.items()
    )
    style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    body = f"{style}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return archive({"content.xml": f"<office:document-content{names}>{body}</office:document-content>"})


TABLE = [["Name", "Value"], ["a", "1"], ["b", "2"]]
LONGER = [*TABLE, ["c", "3"]]
NOTE = [["Read me"], ["Prices are net."]]
FORMS = pytest.mark.parametrize("form", [xlsx, ods])


@FORMS
def test_the_longest_table_is_read_first(form) -> None:
    source = read_sheet("a", form({"Note": NOTE * 20, "Short": TABLE, "Long": LONGER, "As long": LONGER})).source
    assert source.tab == "Long"
    assert source.tabs == ("Note", "Short", "Long", "As long")
    assert source.tab_sizes == ("39 rows", "2 rows", "3 rows", "3 rows")


@FORMS
def test_what_is_hidden_is_only_read_when_it_is_chosen(form) -> None:
    content = form({"Hidden": LONGER, "Table": TABLE}, hidden="Hidden")
    assert (read_sheet("a", content).source.tab, read_sheet("a", content).source.tabs) == ("Table", ("Table", "Hidden"))
    assert read_sheet("a", content, tab="Hidden").row_count == 3


@FORMS
def test_a_tab_that_is_no_table_names_the_others(form) -> None:
    with pytest.raises(UnreadableTab, match="no rows below") as error:
        read_sheet("a", form({"Title": [["Hello"]], "Table": TABLE}), tab="Title")
    assert error.value.source.tabs == ("Title", "Table")
    assert error.value.source.tab_sizes == ("no rows", "2 rows")


@FORMS
def test_a_tab_that_is_too_much_names_the_others(form) -> None:
    with pytest.raises(UnreadableTab, match="500") as error:
        read_sheet("a", form({"Wide": [["x"] * 600], "Table": TABLE}), tab="Wide")
    assert error.value.source.tabs == ("Wide", "Table")
    assert read_sheet("a", form({"Wide": [["x"] * 600], "Table": TABLE})).source.tab == "Table"


def test_a_tab_that_was_counted_in_part_says_so() -> None:
    tabs = [Tab(name="a", rows=None), Tab(name="b", rows=11, columns=2, goes_on=True)]
    assert (most_likely(tabs), [tab.size for tab in tabs]) == ("b", ["", "more than 10 rows"])


def test_too_many_tabs_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="501 tabs"):
        in_order([Tab(name=str(number)) for number in range(MAX_TABS + 1)])
