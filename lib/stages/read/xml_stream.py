"""XML piece by piece, as it may come from anybody: nothing is built up, nothing is expanded, nothing is looked up."""

from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers import expat

from lib.errors import UnreadableFile
from lib.stages.read.limits import MAX_UNPACKED_BYTES, check_unpacked
from lib.words.say import say

PIECE_BYTES = 1 << 18
OF_EXPAT = ("utf-8", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "us-ascii")  # the encodings that it knows itself


def parser() -> Any:
    """An expat parser that refuses document types, and with them every entity of the file's own, and encodings that it
    would stumble over.

    Names come as "namespace name".
    """
    made = expat.ParserCreate(namespace_separator=" ")
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _refuse_document_type
    made.XmlDeclHandler = _refuse_encoding
    return made


def feed(parse: Callable[[bytes, bool], object], opened: Callable[[], IO[bytes]], part: str) -> None:
    """Let `parse` see a part of a workbook piece by piece; raises `UnreadableFile` that names it if it cannot be read
    whole."""
    size = 0
    try:
        for piece in pieces(opened, part):
            size += len(piece)
            check_unpacked(size, MAX_UNPACKED_BYTES)
            parse(piece, False)
        parse(b"", True)
    except expat.ExpatError as error:
        raise _damaged(part, say("breaks off or is not well-formed in line {line:,}", line=error.lineno)) from None


def pieces(opened: Callable[[], IO[bytes]], part: str) -> Iterator[bytes]:
    """A part of a workbook piece by piece; raises `UnreadableFile` that names it if it cannot be unpacked."""
    try:
        with opened() as stream:
            while piece := stream.read(PIECE_BYTES):
                yield piece
    except (NotImplementedError, RuntimeError):
        raise _damaged(part, say("is packed or encrypted in a way that is not known here")) from None
    except MemoryError:
        raise
    except Exception:  # each way of packing has errors of its own, and a place before the beginning is a ValueError
        raise _damaged(part, say("cannot be unpacked whole")) from None


def _damaged(part: str, how: str) -> UnreadableFile:
    return UnreadableFile(
        say(
            "This workbook is damaged: its part {part} {how}. "
            "Open it in your spreadsheet program and save it again as .xlsx.",
            part=part[:100],
            how=how,
        )
    )


def local(name: str) -> str:
    """A name without its namespace, which differs between editions of the standard."""
    return name.rpartition(" ")[2]


def _refuse_document_type(*_: object) -> None:
    raise UnreadableFile(
        say(
            "This workbook holds a document type declaration, which no spreadsheet program writes. "
            "Open it in your spreadsheet program and save it again as .xlsx."
        )
    )


def _refuse_encoding(version: str, encoding: str | None, standalone: int) -> None:
    """Beside its own, expat takes what has one letter for every byte; of others it raises whatever their codec does."""
    if not encoding or encoding.lower() in OF_EXPAT:
        return
    try:
        letters = bytes(range(256)).decode(encoding, "replace")
    except (LookupError, ValueError):
        letters = ""
    if len(letters) != 256:
        raise UnreadableFile(
            say(
                "This workbook has a part that is written in {encoding}, which cannot be read here. "
                "Open it in your spreadsheet program and save it again as .xlsx.",
                encoding=encoding[:40],
            )
        )
