"""Small workbooks, written part by part, so that a test can have them just as some program once wrote them.

A cell is a text, a number, `(number, format)` for a formatted one, `(text, "error")` for an error cell,
`(text, "picture")` for a picture placed in a cell, or None.
"""

import io
import zipfile
from collections.abc import Collection, Sequence
from html import escape
from typing import Any

USUAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(
    rows: Sequence[Sequence[Any]],
    *,
    namespace: str = USUAL,
    prefix: str = "",
    folder: str = "xl/",
    addresses: bool = True,
    hidden_rows: Collection[int] = (),
    hidden_columns: Collection[int] = (),
    filtered: bool = False,
) -> bytes:
    """An .xlsx file with one tab; rows and columns to hide count from 1."""
    formats = sorted({cell[1] for row in rows for cell in row if _is_formatted(cell)})
    lines = [
        f'<row r="{number}" hidden="{int(number in hidden_rows)}">'
        + "".join(_cell(cell, number, place, formats, addresses) for place, cell in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, 1)
    ]
    columns = "".join(f'<col min="{c}" max="{c}" hidden="1"/>' for c in sorted(hidden_columns))
    return xlsx_parts(
        "".join(lines),
        formats=formats,
        namespace=namespace,
        prefix=prefix,
        folder=folder,
        before=f"<cols>{columns}</cols>" if columns else "",
        after=f'<autoFilter ref="A1:B{len(rows)}"/>' if filtered else "",
    )


def xlsx_parts(
    rows: str,
    *,
    formats: Sequence[str] = (),
    namespace: str = USUAL,
    prefix: str = "",
    folder: str = "xl/",
    before: str = "",
    after: str = "",
) -> bytes:
    """An .xlsx file around the XML of its rows."""
    relations = _DOCUMENT if namespace == USUAL else "http://purl.oclc.org/ooxml/officeDocument/relationships"
    number_formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{escape(f)}"/>' for n, f in enumerate(formats))
    styles = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(formats)))
    sheet = f"<worksheet>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    book = f'<workbook><sheets><sheet name="Tab" sheetId="1" r:id="rId1" xmlns:r="{relations}"/></sheets></workbook>'
    style = f"<styleSheet><numFmts>{number_formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"
    links = "".join(
        f'<Relationship Id="{name}" Type="{relations}/{kind}" Target="{target}"/>'
        for name, kind, target in (
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
        )
    )
    root = f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="{folder}workbook.xml"/>'
    return _zipped(
        {
            "[Content_Types].xml": _content_types(folder),
            "_rels/.rels": _relations(root),
            f"{folder}workbook.xml": _named(book, namespace, prefix),
            f"{folder}_rels/workbook.xml.rels": _relations(links),
            f"{folder}styles.xml": _named(style, namespace, prefix),
            f"{folder}worksheets/sheet1.xml": _named(sheet, namespace, prefix),
        }
    )


def ods(rows: Sequence[Sequence[Any]], *, mimetype: bool = True) -> bytes:
    """An OpenDocument spreadsheet; `(text, 2)` is a cell merged over two rows, None a cell covered by one."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Tab">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    parts = {"META-INF/manifest.xml": manifest, "content.xml": content}
    return _zipped({"mimetype": kind} | parts if mimetype else parts)


def _is_formatted(cell: Any) -> bool:
    return isinstance(cell, tuple) and not isinstance(cell[0], str)


def _cell(cell: Any, row: int, place: int, formats: Sequence[str], addresses: bool) -> str:
    where = f' r="{chr(65 + place)}{row}"' if addresses else ""
    if cell is None:
        return f"<c{where}/>"
    if _is_formatted(cell):
        return f'<c{where} s="{formats.index(cell[1]) + 1}"><v>{cell[0]!r}</v></c>'
    if isinstance(cell, tuple):
        inside = f"<v>{cell[0]}</v></c>"
        return f'<c{where} t="e" vm="1">{inside}' if cell[1] == "picture" else f'<c{where} t="e"><f>1/0</f>{inside}'
    if isinstance(cell, str):
        return f'<c{where} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f"<c{where}><v>{cell}</v></c>"


def _named(xml: str, namespace: str, prefix: str) -> str:
    """The XML in a namespace, by default or with a prefix on every name."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    if not prefix:
        first, rest = xml.split(">", 1)
        return f'{head}{first} xmlns="{namespace}">{rest}'
    marked = xml.replace("</", "\0").replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:")
    first, rest = marked.split(">", 1)
    return f'{head}{first} xmlns:{prefix}="{namespace}">{rest}'


def _relations(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _content_types(folder: str) -> str:
    parts = (
        ("workbook.xml", f"{_SHEET_TYPE}.sheet.main+xml"),
        ("styles.xml", f"{_SHEET_TYPE}.styles+xml"),
        ("worksheets/sheet1.xml", f"{_SHEET_TYPE}.worksheet+xml"),
    )
    overrides = "".join(f'<Override PartName="/{folder}{part}" ContentType="{kind}"/>' for part, kind in parts)
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _ods_cell(cell: Any) -> str:
    if cell is None:
        return "<table:covered-table-cell/>"
    text, rows = cell if isinstance(cell, tuple) else (cell, 1)
    span = f' table:number-columns-spanned="1" table:number-rows-spanned="{rows}"' if rows > 1 else ""
    paragraphs = "".join(f"<text:p>{_ods_text(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string"{span}>{paragraphs}</table:table-cell>'


def _ods_text(line: str) -> str:
    return escape(line).replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>')


def _zipped(parts: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()
