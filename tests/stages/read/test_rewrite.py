"""A workbook comes back as it was, only mended: the new texts stand in their cells, and nothing else has changed."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from lib.errors import UnreadableFile
from lib.model.cell_limits import fits
from lib.model.edits import Edit, Edits
from lib.stages.read import reader
from lib.stages.read.child import rewrite
from lib.workflow.destination import Chosen, Uploaded
from lib.workflow.mended_file import mended_file, mended_name, mended_words, to_rewrite
from lib.workflow.upload import Upload
from tests.cases.workbooks import STRICT, USUAL, ods, workbook
from tests.reading import read_sheet
from tests.reports.test_reports import DANGEROUS, GUARDLIKE
from tests.reports.test_reports import TEXTS as ANY
from tests.workflow.test_journey import planned

ROWS: list[list[Any]] = [
    ["Title of the list", None, None, None],
    ["Slug", None, "Price", "Share"],
    ["a", None, 1, (0.15, "0%")],
    ["b", None, (46_112, "yyyy-mm-dd"), (7, "0000")],
    ["c", None, "x < y & z", None],
]
COLUMNS = st.sampled_from(["Slug", "Price", "Share"])
TEXT = ANY | GUARDLIKE | st.sampled_from(["", "23", "1.50", "-0", "007", "a\r\nb", "_x0041_", " x ", "<b>", *DANGEROUS])
CELLS = st.dictionaries(COLUMNS, st.dictionaries(st.integers(3, 5), TEXT, max_size=3), max_size=3)
FORMS = st.fixed_dictionaries(
    {
        "namespace": st.sampled_from([USUAL, STRICT]),
        "prefix": st.sampled_from(["", "x"]),
        "addresses": st.booleans(),
        "folder": st.sampled_from(["xl/", "Other/"]),
    }
)


def uploaded(content: bytes, cells: Mapping[str, Mapping[int, str]], name: str = "list.xlsx") -> Uploaded:
    sheet = read_sheet(name, content)
    edits = Edits().and_then(Edit(what="mended", texts=cells))
    return Uploaded(before=planned().at(Chosen), upload=Upload(name=name, content=content), sheet=sheet, edits=edits)


def parts(content: bytes) -> dict[str, bytes]:
    package = zipfile.ZipFile(io.BytesIO(content))
    return {name: package.read(name) for name in package.namelist()}


@given(form=FORMS, cells=CELLS)
@example(form={"prefix": "x"}, cells={"Price": {3: "", 4: "2026-04-01", 5: "23"}})
@example(form={"addresses": False}, cells={"Slug": {3: "-0"}})
@example(form={}, cells={"Slug": {3: ""}, "Price": {3: ""}, "Share": {3: ""}})
@example(form={"addresses": False}, cells={"Slug": {4: "bb"}, "Share": {5: "16%"}})
def test_the_new_texts_are_read_back_and_everything_else_as_it_was(
    form: dict[str, Any], cells: dict[str, dict[int, str]]
) -> None:
    before = uploaded(workbook(ROWS, **form), cells)
    content = rewrite(to_rewrite(before), before.upload.content)
    edited = before.edited.frame
    assert read_sheet("list.xlsx", content).frame.equals(edited[(edited != "").any(axis=1)]), "no row of blanks is read"
    changed, was = parts(content), parts(before.upload.content)
    assert list(changed) == list(was)
    tab = next(name for name in was if name.endswith("sheet1.xml"))
    assert {name: part for name, part in changed.items() if name != tab} == {
        name: part for name, part in was.items() if name != tab
    }
    assert re.findall(rb's="\d+"', changed[tab]) == re.findall(rb's="\d+"', was[tab]), "every cell keeps its style"


def made(write: Any, **options: Any) -> bytes:
    """A workbook of xlsxwriter's; `write` fills its tab."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True} | options) as book:
        write(book, book.add_worksheet("List"))
    return target.getvalue()


def priced(book: Any, sheet: Any) -> None:
    """Prices with a format, a total, and a chart."""
    money, text = book.add_format({"num_format": "#,##0.00 €", "bold": True}), book.add_format({"num_format": "@"})
    sheet.write_row(0, 0, ["Slug", "Price", "Code", "Double"])
    for row in range(1, 4):
        sheet.write_string(row, 0, f"item-{row}")
        sheet.write_number(row, 1, row, money)
        sheet.write_string(row, 2, f"00{row}", text)
        sheet.write_formula(row, 3, f"=B{row + 1}*2", None, 2 * row)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=List!$B$2:$B$4"})
    sheet.insert_chart("F2", chart)


def test_a_real_workbook_keeps_its_looks_and_is_worked_out_again() -> None:
    plain = repacked(made(priced), "xl/workbook.xml", lambda xml: xml.replace(b' fullCalcOnLoad="1"', b""))
    before = uploaded(plain, {"Price": {2: "9.5"}, "Code": {3: "7"}, "Double": {4: "8"}})
    content = mended_file(before)
    was, changed = parts(before.upload.content), parts(content)
    sheet = changed["xl/worksheets/sheet1.xml"]
    assert set(changed) == set(was)
    assert {name for name in was if was[name] != changed[name]} == {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}
    assert b'fullCalcOnLoad="1"' in changed["xl/workbook.xml"]
    assert b'<c r="B2" s="1"><v>9.5</v></c>' in sheet, "a number stays a number, with its format"
    assert b'<c r="C3" s="2" t="inlineStr">' in sheet, "a code stays a text"
    assert b"<f>B2*2</f>" in sheet and b"<f>B4*2</f>" not in sheet
    assert read_sheet("list.xlsx", content).frame.equals(before.edited.frame)


def repacked(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for one, part in parts(content).items():
            package.writestr(one, change(part) if one == name else part)
    return target.getvalue()


def with_chain(content: bytes) -> bytes:
    """The workbook with the order of calculation that Excel writes."""
    files = parts(content)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'.encode()
    override = b'<Override PartName="/xl/calcChain.xml" ContentType="application/x-chain"/></Types>'
    files["xl/calcChain.xml"] = b'<calcChain><c r="D4" i="1"/></calcChain>'
    files["xl/_rels/workbook.xml.rels"] = files["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", link)
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b"</Types>", override)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, part in files.items():
            package.writestr(name, part)
    return target.getvalue()


def test_the_order_of_calculation_is_left_to_the_program_that_opens_it() -> None:
    plain = made(priced)
    files = parts(mended_file(uploaded(with_chain(plain), {"Double": {4: "8"}})))
    assert not [name for name, part in files.items() if b"calcChain" in part or "calcChain" in name]
    assert files["xl/_rels/workbook.xml.rels"] == parts(plain)["xl/_rels/workbook.xml.rels"]
    assert files["[Content_Types].xml"] == parts(plain)["[Content_Types].xml"]


def of_several_cells(book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, ["Slug", "Price"])
    sheet.write_row(1, 0, ["a", 1])
    sheet.write_row(2, 0, ["b"])
    sheet.write_array_formula("B2:B3", "{=1+1}", None, 2)


def of_a_cell_above(book: Any, sheet: Any) -> None:
    """The result of a formula of several cells reaches into this row."""
    sheet.write_row(0, 0, ["Slug", "Price"])
    sheet.write_array_formula("B1:B2", '{="Price"}', None, "Price")
    sheet.write_row(1, 0, ["a"])


def merged(book: Any, sheet: Any) -> None:
    """A cell that nobody sees, below the one that shows for both."""
    sheet.write_row(0, 0, ["Slug"])
    sheet.merge_range("B1:B2", "Price")
    sheet.write_row(1, 0, ["a"])


@pytest.mark.parametrize(
    ("content", "name", "text"),
    [
        pytest.param(made(of_several_cells), "list.xlsx", "5", id="a formula would be torn apart"),
        pytest.param(made(of_a_cell_above), "list.xlsx", "5", id="a formula would write over it"),
        pytest.param(made(merged), "list.xlsx", "5", id="a merged cell would hide it"),
        pytest.param(made(priced), "list.xlsm", "5", id="macros"),
        pytest.param(made(priced), "list.xlsx", "x" * 40_000, id="too long"),
        pytest.param(ods([["Slug", "Price"], ["a", "1"]]), "list.ods", "5", id="another format"),
    ],
)
def test_where_a_workbook_cannot_be_kept_a_new_one_says_so(content: bytes, name: str, text: str) -> None:
    before = uploaded(content, {"Price": {2: text}}, name)
    new = mended_file(before)
    wanted = before.edited.frame.map(lambda cell: cell if fits(cell) else "")
    assert mended_name(before) == "list-mended.xlsx"
    assert ("not kept" in mended_words(before)) == (name != "list.xlsx")
    assert read_sheet("list-mended.xlsx", new, tab="Rows").frame.equals(wanted)
    assert b"About this file" in parts(new)["xl/workbook.xml"]


NOT_IN_ORDER = [
    pytest.param(lambda xml: xml.replace(b'<row r="3"', b'<row r="2"'), id="a row twice"),
    pytest.param(lambda xml: xml.replace(b'<row r="3"', b'<row r="1"'), id="an earlier row"),
    pytest.param(lambda xml: xml.replace(b'<c r="A2"', b'<c r="C2"'), id="an earlier column"),
    pytest.param(lambda xml: xml.replace(b'<c r="C2"', b'<c r="B2"'), id="a cell twice"),
    pytest.param(lambda xml: xml.replace(b'<c r="C2"', b'<c r="C3"'), id="a cell in another row"),
]


@pytest.mark.parametrize("harm", NOT_IN_ORDER)
def test_cells_that_are_not_in_order_are_left_alone(harm: Any) -> None:
    """The last of two with one address counts, and it may not be the one that was found."""
    content = repacked(made(priced), "xl/worksheets/sheet1.xml", harm)
    request = replace(to_rewrite(uploaded(made(priced), {"Price": {2: "5"}})), texts={"2": {"1": "5"}})
    with pytest.raises(UnreadableFile, match="not in order"):
        rewrite(request, content)


def test_a_text_file_stays_a_text_file() -> None:
    before = uploaded(b"Slug,Price\na,free\n", {"Price": {2: "5"}}, "list.csv")
    assert mended_name(before) == "list-mended.csv"
    assert mended_file(before).decode("utf-8-sig") == "Slug,Price\r\na,5\r\n"


HOSTILE = [
    pytest.param(
        lambda xml: xml.replace(b"<sheetData>", b"<!DOCTYPE x><sheetData>"),
        "not as its format asks for",
        id="document type",
    ),
    pytest.param(lambda xml: xml[: len(xml) // 2], "not as its format asks for", id="cut"),
    pytest.param(lambda xml: re.sub(b'<row r="2".*?</row>', b"", xml), "not every row was found", id="row gone"),
    pytest.param(
        lambda xml: xml.replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"'),
        "it is written in ISO-8859-1",
        id="encoding",
    ),
]


@pytest.mark.parametrize(("harm", "why"), HOSTILE)
def test_a_tab_that_is_not_as_it_was_read_is_refused_by_the_process_that_looks_at_it(harm: Any, why: str) -> None:
    content = made(priced)
    request = to_rewrite(uploaded(content, {"Price": {2: "5"}}))
    with pytest.raises(UnreadableFile, match=why):
        reader.rewritten_file(request, repacked(content, "xl/worksheets/sheet1.xml", harm))
