"""What a file really is, told by its first bytes."""

import zipfile
from enum import Enum

from lib.errors import UnreadableFile
from lib.stages.read.limits import check_unpacked
from lib.stages.read.markup import markup_in
from lib.stages.read.package import Package
from lib.words.say import later, say

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
SAVE_AS = later("Open it in a spreadsheet program and save it as CSV or .xlsx.")
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", later("a PDF document")),
    (b"\x89PNG", later("a PNG picture")),
    (b"\xff\xd8\xff", later("a JPEG picture")),
    (b"GIF8", later("a GIF picture")),
    (b"\x1f\x8b", later("a gzip archive")),
    (b"Rar!", later("a RAR archive")),
    (b"7z\xbc\xaf", later("a 7-Zip archive")),
    (b"{\\rtf", later("a rich text document")),
    (b"BZh91AY", later("a bzip2 archive")),
    (b"\xfd7zXZ", later("an xz archive")),
    (b"SQLite format 3\x00", later("a database")),
    (b"PAR1\x15", later("a Parquet file")),
    (b"ARROW1\x00", later("an Arrow file")),
    (b"MZ\x90\x00", later("a program for Windows")),
    (b"\x7fELF", later("a program")),
    (b"bplist00", later("a property list")),
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
    start = content[:4096].lstrip(b"\xef\xbb\xbf\r\n\t ")
    for magic, name in _OTHERS:
        if start.startswith(magic):
            raise _no_spreadsheet(name)
    if start.startswith(ZIP):
        return _kind_of_zip(content)
    if start.startswith(OLE):
        return _kind_of_ole(content)
    markup = markup_in(start)
    if markup:
        told = say("This is {what} saved under a table's name, not a table.", what=say(markup))
        raise UnreadableFile(f"{told} {say(SAVE_AS)}")
    return FileKind.TEXT


def _kind_of_zip(content: bytes) -> FileKind:
    try:
        package = Package(content)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise UnreadableFile(
            say(
                "This workbook is damaged: the archive it consists of ends too early or is not whole. "
                "Save or download it again."
            )
        ) from None
    check_unpacked(package.unpacked_bytes, len(content))
    main, content_type = package.main_part()
    if "spreadsheet" in content_type or "ms-excel" in content_type or main.endswith(("workbook.xml", "workbook.bin")):
        return FileKind.XLSB if main.endswith(".bin") else FileKind.XLSX
    for inside, kind in (
        ("xl/workbook.xml", FileKind.XLSX),
        ("xl/workbook.bin", FileKind.XLSB),
        ("content.xml", FileKind.ODS),
    ):
        if inside in package:
            return kind
    if "encrypted-package" in package:
        raise UnreadableFile(
            say(
                "This workbook is protected with a password. Open it in LibreOffice, save it without the password, "
                "and upload it again."
            )
        )
    what = later("a Word document") if any(name.startswith("word/") for name in package) else later("a ZIP archive")
    if any(name.startswith("ppt/") for name in package):
        what = later("a PowerPoint presentation")
    if any(name.startswith("index/") for name in package):
        what = later("an Apple Numbers document")
    told = say("This is {what}, not a spreadsheet that can be read here.", what=say(what))
    raise UnreadableFile(f"{told} {say(SAVE_AS)}")


def _kind_of_ole(content: bytes) -> FileKind:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise UnreadableFile(
            say(
                "This workbook is protected with a password. Open it in Excel, remove the password "
                "(File → Info → Protect Workbook), save it, and upload it again."
            )
        )
    for stream, name in (
        ("WordDocument", later("a Word document")),
        ("PowerPoint Document", later("a PowerPoint presentation")),
    ):
        if holds(stream) and not holds("Workbook"):
            raise _no_spreadsheet(name)
    return FileKind.XLS


def _no_spreadsheet(what: str) -> UnreadableFile:
    told = say("This is {what}, whatever its name says, not a spreadsheet.", what=say(what))
    return UnreadableFile(f"{told} {say(SAVE_AS)}")
