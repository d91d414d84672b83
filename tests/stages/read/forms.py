"""Small workbooks made by hand, so that a test can say exactly what is in them."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ODS = "urn:oasis:names:tc:opendocument:xmlns"


def archive(entries: dict[str, bytes | str]) -> bytes:
    """A ZIP archive, the same at any time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, content in entries.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def row(number: int, *cells: str) -> str:
    """A row of an .xlsx file."""
    return f'<row r="{number}">{"".join(cells)}</row>'


def text(address: str, value: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{address}" t="inlineStr"><is><t>{value}</t></is></c>'


HEADER = row(1, text("A1", "Name"), text("B1", "Value"))


def xlsx_parts(rows: str, *, behind: str = "", shared: str = "") -> dict[str, str]:
    """The parts of an .xlsx file with one tab."""
    parts = {"xl/workbook.xml": "sheet.main", "xl/worksheets/sheet1.xml": "worksheet", "xl/styles.xml": "styles"}
    if shared:
        parts["xl/sharedStrings.xml"] = "sharedStrings"
    types = "".join(f'<Override PartName="/{name}" ContentType="{TYPE}.{kind}+xml"/>' for name, kind in parts.items())
    related = {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(related.items(), 1)
        if kind != "sharedStrings" or shared
    )
    formats = '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="46" applyNumberFormat="1"/>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Tab" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{behind}</worksheet>',
        **({"xl/sharedStrings.xml": shared} if shared else {}),
    }


def xlsx(rows: str, **options: str) -> bytes:
    """An .xlsx file with one tab."""
    return archive(dict(xlsx_parts(rows, **options)))


def shared_texts(*texts: str, claim: str = "") -> str:
    """The part with the texts that cells share."""
    entries = "".join(f"<si><t>{entry}</t></si>" for entry in texts)
    return f'<sst xmlns="{MAIN}" {claim}>{entries}</sst>'


def ods(rows: str, *, mimetype: bool = True) -> bytes:
    """An .ods file with one tab."""
    names = "".join(f' xmlns:{name}="{ODS}:{name}:1.0"' for name in ("office", "table", "text"))
    root = "office:document-content"
    body = f'<office:spreadsheet><table:table table:name="Tab">{rows}</table:table></office:spreadsheet>'
    kind = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"} if mimetype else {}
    return archive(
        {
            **kind,
            "content.xml": f"<{root}{names}><office:body>{body}</office:body></{root}>",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{ODS}:manifest:1.0"/>',
        }
    )


def ods_cell(value: str, attributes: str = "") -> str:
    """A cell of an .ods file."""
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{value}</text:p></table:table-cell>'
