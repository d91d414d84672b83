"""XML piece by piece, as it may come from anybody: nothing is built up, nothing is expanded, nothing is looked up."""

from typing import IO, Any
from xml.parsers import expat

from lib.errors import UnreadableFile
from lib.stages.read.limits import MAX_UNPACKED_BYTES, check_unpacked

PIECE_BYTES = 1 << 18


def parser() -> Any:
    """An expat parser that refuses document types, and with them every entity of the file's own.

    Names come as "namespace name".
    """
    made = expat.ParserCreate(namespace_separator=" ")
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _refuse_document_type
    return made


def feed(parser: Any, stream: IO[bytes], part: str) -> None:
    """Let `parser` read a part of a workbook; raises `UnreadableFile` that names it if it is not well-formed."""
    size = 0
    try:
        while piece := stream.read(PIECE_BYTES):
            size += len(piece)
            check_unpacked(size, MAX_UNPACKED_BYTES)
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableFile(
            f"This workbook is damaged: its part {part} breaks off or is not well-formed in line {error.lineno:,}. "
            "Open it in your spreadsheet program and save it again as .xlsx."
        ) from None


def local(name: str) -> str:
    """A name without its namespace, which differs between editions of the standard."""
    return name.rpartition(" ")[2]


def _refuse_document_type(*_: object) -> None:
    raise UnreadableFile(
        "This workbook holds a document type declaration, which no spreadsheet program writes. "
        "Open it in your spreadsheet program and save it again as .xlsx."
    )
