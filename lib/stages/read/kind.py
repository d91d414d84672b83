"""What a file really is, told by its first bytes."""

import io
import zipfile
from enum import Enum

from lib.errors import UnreadableFile
from lib.stages.read.limits import check_unpacked

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
SAVE_AS = "Open it in a spreadsheet program and save it as CSV or .xlsx."
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"{\\rtf", "a rich text document"),
)


class FileKind(Enum):
    """The kinds of file that can be read."""

    TEXT = "text"
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"


def kind_of_file(content: bytes) -> FileKind:
    """The kind of a file; raises `UnreadableFile` for what is no table, saying what it is instead."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    for magic, name in _OTHERS:
        if start.startswith(magic):
            raise UnreadableFile(f"This is {name}, whatever its name says, not a spreadsheet. {SAVE_AS}")
    if start[:200].lower().startswith((b"<!doctype html", b"<html", b"<table")):
        raise UnreadableFile(f"This is a web page saved under a spreadsheet's name. {SAVE_AS}")
    if start.startswith(ZIP):
        return _kind_of_zip(content)
    return _kind_of_ole(content) if start.startswith(OLE) else FileKind.TEXT


def _kind_of_zip(content: bytes) -> FileKind:
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise UnreadableFile("This workbook is damaged: it ends too early. Save or download it again.") from None
    check_unpacked(sum(entry.file_size for entry in entries), len(content))
    names = {entry.filename for entry in entries}
    for inside, kind in (
        ("xl/workbook.xml", FileKind.XLSX),
        ("xl/workbook.bin", FileKind.XLSB),
        ("content.xml", FileKind.ODS),
    ):
        if inside in names:
            return kind
    what = "a Word document" if any(n.startswith("word/") for n in names) else "a ZIP archive"
    if any(n.startswith("Index/") for n in names):
        what = "an Apple Numbers document"
    raise UnreadableFile(f"This is {what}, not a spreadsheet that can be read here. {SAVE_AS}")


def _kind_of_ole(content: bytes) -> FileKind:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(
            "This workbook is protected with a password. Open it in Excel, remove the password "
            "(File → Info → Protect Workbook), save it, and upload it again."
        )
    return FileKind.XLS
