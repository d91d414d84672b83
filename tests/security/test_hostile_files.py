"""No file hurts: of each kind that could, one is read or refused with one sentence, in a process that is bounded.

The kinds that are too large or malformed in a way of one format only are in `tests/stages/read/test_hostile.py`.
"""

import io
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable

import pytest

from lib.errors import UnreadableFile
from lib.stages.read import limits, read_sheet, reader
from tests.security.visitors import ROOT
from tests.stages.read.forms import HEADER, MAIN, RELATIONS, archive, ods, ods_cell, row, text, xlsx, xlsx_parts

GOOD = HEADER + row(2, text("A2", "a"), text("B2", "b"))
READ = None  # it is read, as if it were any other file
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]><x>&l9;</x>'
FETCHED = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'


def with_part(name: str, content: str | bytes, rows: str = GOOD) -> bytes:
    return archive({**xlsx_parts(rows), name: content})


def understated(claimed: int) -> bytes:
    """A workbook whose directory tells of fewer bytes than its tab unpacks to."""
    content = bytearray(
        with_part("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}">{" " * 60_000_000}</worksheet>')
    )
    for entry in zipfile.ZipFile(io.BytesIO(bytes(content))).infolist():
        if entry.filename.endswith("sheet1.xml"):
            true, told = entry.file_size.to_bytes(4, "little"), claimed.to_bytes(4, "little")
            content = bytearray(bytes(content).replace(true, told))
    return bytes(content)


def nested(depth: int) -> bytes:
    inside = b"Name,Value\na,b\n"
    for _ in range(depth):
        inside = archive({"inside.zip": inside})  # type: ignore[dict-item]
    return inside


def leading_to(address: str) -> bytes:
    """A workbook that would fetch something from there, in every way that a workbook can."""
    away = f'Target="{address}/evil.xlsx" TargetMode="External"'
    relation = f'<Relationship Id="r1" Type="{RELATIONS}/externalLinkPath" {away}/>'
    formula = f'<c r="B2" t="str"><f>WEBSERVICE("{address}")&amp;[1]Tab!A1</f><v>{address}</v></c>'
    link = "xl/externalLinks/externalLink1.xml"
    more = {
        link: f'<!DOCTYPE x SYSTEM "{address}/evil.dtd"><x/>',
        link.replace("externalLink1", "_rels/externalLink1") + ".rels": f"<Relationships>{relation}</Relationships>",
        "xl/connections.xml": f'<connections><connection sourceFile="{address}"/></connections>',
    }
    return archive({**xlsx_parts(HEADER + row(2, text("A2", "a"), formula)), **more})


KINDS: dict[str, tuple[str, Callable[[], bytes], str | None]] = {
    "entities in entities": ("a.xlsx", lambda: with_part("xl/workbook.xml", BILLION), "document type"),
    "an entity that is a file": ("a.xlsx", lambda: with_part("xl/worksheets/sheet1.xml", FETCHED), "document type"),
    "entities in OpenDocument": ("a.ods", lambda: archive({"content.xml": BILLION}), "document type"),
    "links to another workbook": ("a.xlsx", lambda: leading_to("http://127.0.0.1:9"), READ),
    "macros": ("a.xlsm", lambda: with_part("xl/vbaProject.bin", OLE + b"Sub Auto_Open()"), READ),
    "archives in archives": ("a.xlsx", lambda: nested(20), "a ZIP archive"),
    "an archive as a part": ("a.xlsx", lambda: with_part("xl/media/inner.zip", nested(3)), READ),
    "a part beside the folder": ("a.xlsx", lambda: with_part("../../../etc/passwd", b"x"), READ),
    "the same part a thousand times": ("a.xlsx", lambda: many_parts(1_000), READ),
    "a bomb": ("a.xlsx", lambda: with_part("xl/media/a.bin", b"\0" * 60_000_000), "unpacks to 60 MB"),
    "a bomb that says it is none": ("a.xlsx", lambda: understated(1_000), "damaged|not as it should|protected"),
    "protected by a password": (
        "a.xlsx",
        lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
        "protected with a password",
    ),
    "CSV called Excel": ("a.xlsx", lambda: b"Name,Value\na,b\n", READ),
    "Excel called CSV": ("a.csv", lambda: xlsx(GOOD), READ),
    "a program called CSV": ("a.csv", lambda: b"\x7fELF" + bytes(99), "a program"),
    "a web page called Excel": ("a.xls", lambda: b"<html><table><tr><td>x</table>", "a web page"),
    "millions of empty rows": ("a.csv", lambda: b"Name,Value\na,b\n" + b",\n" * 5_000_000, READ),
    "millions of empty rows in Excel": ("a.xlsx", lambda: xlsx(GOOD + '<row r="1048576"/>'), READ),
    "millions of empty rows in OpenDocument": ("a.ods", lambda: ods(table(empty_rows=1_000_000)), READ),
    "quotes in quotes": ("a.csv", lambda: b'Name,Value\na,"' + b'""' * 4_000_000 + b'"\n', READ),
    "quotes that never end": ("a.csv", lambda: b'Name,Value\na,"' + b"b\n" * 3_000_000, "quotation mark|characters"),
    "half quotes without end": ("a.csv", lambda: b"Name,Value\n" + b'"a""b,"c\n' * 100_000, "quotation mark"),
    "tags in tags": (
        "a.xlsx",
        lambda: with_part("xl/worksheets/sheet1.xml", "<a>" * 200_000),
        "damaged|well-formed|read",
    ),
    "one long name": ("a.csv", lambda: b"x" * 9_000_000 + b",Value\na,b\n", READ),
    "a null in a cell": ("a.csv", lambda: b"Name,Value\na\0,b\n", "does not hold text"),
}


def many_parts(count: int) -> bytes:
    return archive({**xlsx_parts(GOOD), **{f"xl/media/{n}.png": "x" for n in range(count)}})


def table(empty_rows: int) -> str:
    rows = "".join(
        f"<table:table-row>{ods_cell(a)}{ods_cell(b)}</table:table-row>" for a, b in (("Name", "Value"), ("a", "b"))
    )
    return f'{rows}<table:table-row table:number-rows-repeated="{empty_rows}"><table:table-cell/></table:table-row>'


@pytest.mark.parametrize("kind", KINDS)
def test_of_each_kind_of_hostile_file_one_is_read_or_refused_with_one_sentence(kind: str) -> None:
    name, make, words = KINDS[kind]
    if words is READ:
        assert read_sheet(name, make()).row_count == 1
        return
    with pytest.raises(UnreadableFile, match=words) as error:
        read_sheet(name, make())
    assert 20 < len(str(error.value)) < 400 and error.value.__cause__ is None


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_no_address_in_a_file_is_fetched(name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        content = leading_to(address) if name == "a.xlsx" else f"Name,Value\na,{address}\n".encode()
        assert list(read_sheet(name, content).frame["Value"]) == [address]
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()


def in_child(code: str) -> subprocess.CompletedProcess[bytes]:
    """What becomes of code that runs where files are read."""
    start = "from lib.stages.read import child\nchild.confine()\n"
    return subprocess.run(
        [sys.executable, "-c", start + code], cwd=ROOT, env=reader._environment(), capture_output=True, check=False
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps all of these limits")
def test_the_system_ends_a_reader_that_takes_more_memory_or_time_than_it_may() -> None:
    told = in_child("import resource as r; print(r.getrlimit(r.RLIMIT_AS)[0], *r.getrlimit(r.RLIMIT_CPU))")
    most, seconds = limits.READER_BYTES + limits.LIBRARY_BYTES, limits.READER_SECONDS
    assert told.stdout.decode().split() == [str(most), str(seconds), str(seconds + 1)]
    fits, too_much = (in_child(f"x = bytes({size})") for size in (limits.READER_BYTES // 2, most))
    assert fits.returncode == 0
    assert too_much.returncode != 0 and b"MemoryError" in too_much.stderr
