"""Small files that are sound, or odd, so that between them they lead through all of the readers."""

from lib.stages.read.kind import OLE
from tests.cases import workbooks
from tests.stages.read import mutations
from tests.stages.read.forms import HEADER, archive, ods, ods_cell, row, shared_texts, text, xlsx, xlsx_parts

FORMATS = ("0.0%", "00000", '"A-"0000', "[h]:mm:ss", "h:mm AM/PM", "yyyy-mm-dd hh:mm", "d-mmm", "#,##0.00", "General")
ROWS = [
    ["Name", "Value", "When"],
    *([code, (0.5 + place * 1000, code), (-1.5, code)] for place, code in enumerate(FORMATS)),
    [("#N/A", "error"), ("#VALUE!", "picture"), None],
]
CELLS = (
    '<c r="A2" t="s"><v>0</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="str"><f>A1</f><v>x</v></c>',
    '<c r="A3" t="n" s="1"><v>45000.5</v></c><c r="B3" s="2"><v>1.25</v></c><c r="C3" t="e"><v>#REF!</v></c>',
    '<c r="A4" t="d"><v>2024-01-01T10:00:00</v></c><c r="B4"><f t="shared" ref="B4:B5" si="0">1</f></c><c r="C4"/>',
    '<c t="inlineStr"><is><r><t>one</t></r><r><t xml:space="preserve"> two</t></r></is></c><c><v>1e15</v></c>',
)
ODS_VALUES = (
    'float" office:value="1.50',
    'percentage" office:value="0.15',
    'currency" office:value="1e15',
    'date" office:date-value="2024-05-01T10:30:00',
    'time" office:time-value="PT27H15M30S',
    'boolean" office:boolean-value="true',
    'string" table:formula="of:=1" office:string-value="x',
    'float" office:value="NaN" xmlns:calcext="urn:calcext" calcext:value-type="error',
)
ODS_TEXTS = ("", "1,50", "15.0%", "01.05.2024 10:30", "27:15", "Err:502", "a<text:s text:c='3'/>b<text:tab/>c")
OTHERS = (
    b"<html><table><tr><td>a</td></tr></table></html>",
    b"<?xml version='1.0'?><!-- x --><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
    b'[{"name": "a"}, {"name": "b"}]',
    b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html>",
    b"%PDF-1.7 and what follows",
)
TEXTS = (
    b'sep=;\r\nName;Value\r\na;1\r\n\r\nb;"x;y"\r\n',
    b'"Name,Value"\n"a,1"\n"b,""x"""\n',
    b'Name,Value\n"a,1"\nb,2\nc,3\n',
    b'Name|Value\na|"say \\"hi\\" twice"\nb|c|d\n',
    b'Name,Value\r"a\nb",  "c" \r\n,,,\r\n',
    "Наименование;Цена\nстул;12\n".encode("cp1251"),
    "名前,値\n椅子,12\n".encode("cp932"),
    "Name\tValue\nZoë\t½ €\n".encode("utf-16-be"),
    b"\xef\xbb\xbfName,Value\nCaf\xc3\xa9,\xff\n",
)


def seeds() -> list[bytes]:
    """The files, each of a few kilobytes."""
    known = [content for content in mutations.sound_files().values() if not content.startswith(OLE)]
    return [*known, *_workbooks(), *_open_documents(), *_archives(), *OTHERS, *TEXTS]


def _workbooks() -> list[bytes]:
    lines = "".join(row(number, cells) for number, cells in enumerate(CELLS, 2))
    plain = "".join(row(n, f'<c r="A{n}" t="str"><v>a</v></c><c r="B{n}" s="1"><v>{n}</v></c>') for n in range(2, 40))
    behind = '<mergeCells><mergeCell ref="A2:B3"/></mergeCells><autoFilter ref="A1:B9"/>'
    return [
        workbooks.workbook(ROWS, hidden_rows=(2,), hidden_columns=(1, 3)),
        workbooks.workbook(ROWS, namespace=workbooks.STRICT, prefix="x", folder="", addresses=False, filtered=True),
        xlsx(HEADER + lines, behind=behind, shared=shared_texts("a", "b<!-- -->", claim='count="2" uniqueCount="2"')),
        xlsx(HEADER + plain),
        xlsx(HEADER + lines, shared=shared_texts("x" * 40_000)),
        _two_tabs(HEADER + lines, HEADER + plain),
    ]


def _two_tabs(first: str, second: str) -> bytes:
    """A workbook whose second tab, the larger one, is hidden."""
    parts, other = xlsx_parts(first, shared=shared_texts("a")), xlsx_parts(second)["xl/worksheets/sheet1.xml"]
    book, related = parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"]
    tab = '<sheet name="Second" sheetId="2" state="hidden" r:id="r9"/></sheets>'
    link = related[related.index("<Relationship ") :].partition("/>")[0].replace("sheet1", "sheet2") + "/>"
    return archive(
        {
            **parts,
            "xl/workbook.xml": book.replace("</sheets>", tab),
            "xl/_rels/workbook.xml.rels": related.replace("</Rel", link.replace('"r1"', '"r9"') + "</Rel"),
            "xl/worksheets/sheet2.xml": other,
        }
    )


def _open_documents() -> list[bytes]:
    typed = "".join(
        f'<table:table-row><table:table-cell office:value-type="{value}"><text:p>{shown}</text:p></table:table-cell>'
        f"{ods_cell('b')}</table:table-row>"
        for value in ODS_VALUES
        for shown in ODS_TEXTS[:: 2 if "string" in value else 3]
    )
    header = f"<table:table-row>{ods_cell('Name')}{ods_cell('Value')}</table:table-row>"
    span, twice = 'table:number-columns-spanned="2" table:number-rows-spanned="2"', 'table:number-columns-repeated="2"'
    odd = (
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        f"{header}<table:table-row table:visibility='filter' table:number-rows-repeated='3'>"
        f"{ods_cell('a', span)}<table:covered-table-cell/>"
        f"{ods_cell('c', twice)}</table:table-row><table:shapes><text:p/></table:shapes>"
    )
    second = f'</table:table><table:table table:name="Second" table:style-name="ta2">{header}{header}'
    return [
        ods(header + typed),
        ods(odd + second),
        workbooks.ods([["Name", "Value"], [("a  b", 2), "x\ty"], [None, "two\nlines"]], mimetype=False),
    ]


def _archives() -> list[bytes]:
    return [
        archive({name: "x"})
        for name in ("word/document.xml", "ppt/slides.xml", "index/document.iwa", "encrypted-package", "a.csv")
    ] + [xlsx(HEADER + row(2, text("XFD9", "far"), text("B2", "b")))]
