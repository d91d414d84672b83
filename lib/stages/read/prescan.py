"""What the workbook reader cannot see: error cells and formulas without a stored result both come as empty text.

They would empty fields of the collection, so the sheet's own XML is searched for them. Whole chunks of bytes are
searched with patterns, which takes a tenth of the time of parsing.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from lib.stages.read.grid import Oddity

CHUNK_BYTES = 4_000_000
ROW_END = b"</row>"
ERROR_CELL = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(?:(?!</c>).)*?<v>([^<]*)</v>\s*</c>', re.DOTALL)
NO_RESULT = re.compile(rb"<c\b([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
PLACE = re.compile(rb'\br="([A-Z]+)(\d+)"')
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def blind_spots(content: bytes, tab: str) -> list[Oddity]:
    """Error cells and formulas without a result in one tab of an .xlsx file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        path = _path_of(archive, tab)
        if path is None:
            return []
        return [oddity for chunk in _chunks(archive, path) for oddity in _in_chunk(chunk)]


def _path_of(archive: zipfile.ZipFile, tab: str) -> str | None:
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for sheet in workbook.iterfind(".//{*}sheet"):
        if sheet.get("name") == tab:
            target = targets.get(sheet.get(RELATION), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return path if path in archive.namelist() else None
    return None


def _chunks(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """Pieces of the sheet that end with a whole row."""
    rest = b""
    with archive.open(path) as stream:
        while piece := stream.read(CHUNK_BYTES):
            rest += piece
            end = rest.rfind(ROW_END) + len(ROW_END)
            if end >= len(ROW_END):
                yield rest[:end]
                rest = rest[end:]
    yield rest


def _in_chunk(chunk: bytes) -> Iterator[Oddity]:
    if b't="e"' in chunk:
        for attributes, value in ERROR_CELL.findall(chunk):
            yield _oddity(
                attributes,
                kind="Error in a cell",
                found=html.unescape(value.decode("utf-8", "replace")),
                fix="The formula in this cell fails. Mend the formula or type the value.",
            )
    if b"<f" in chunk:
        for (attributes,) in (found.groups() for found in NO_RESULT.finditer(chunk)):
            if b't="str"' not in attributes:
                yield _oddity(
                    attributes,
                    kind="Formula without a result",
                    found="a formula that was never calculated",
                    fix="Open the file in Excel, save it, and upload it again; or replace the formula by its value.",
                )


def _oddity(attributes: bytes, *, kind: str, found: str, fix: str) -> Oddity:
    place = PLACE.search(attributes)
    letters, number = (place.group(1).decode(), int(place.group(2))) if place else ("A", 1)
    return Oddity(row=number, column=column_index(letters), kind=kind, found=found, expected="a value", fix=fix)


def column_index(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
