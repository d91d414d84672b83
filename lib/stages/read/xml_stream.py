"""XML piece by piece, as it may come from anybody: nothing is built up, nothing is expanded, nothing is looked up."""

import lzma
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Any
from xml.parsers import expat

from lib.errors import UnreadableFile
from lib.stages.read.limits import MAX_UNPACKED_BYTES, check_unpacked
from lib.words.say import say

PIECE_BYTES = 1 << 18


def parser() -> Any:
    """An expat parser that refuses document types, and with them every entity of the file's own.

    Names come as "namespace name".
    """
    made = expat.ParserCreate(namespace_separator=" ")
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _refuse_document_type
    return made


def feed(parse: Callable[[bytes, bool], object], opened: Callable[[], IO[bytes]], part: str) -> None:
    """Let `parse` see a part of a workbook piece by piece; raises `UnreadableFile` that names it if it cannot be read
    whole."""
    size = 0
    try:
        with opened() as stream:
            while piece := stream.read(PIECE_BYTES):
                size += len(piece)
                check_unpacked(size, MAX_UNPACKED_BYTES)
                parse(piece, False)
        parse(b"", True)
    except expat.ExpatError as error:
        raise _damaged(part, say("breaks off or is not well-formed in line {line:,}", line=error.lineno)) from None
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError):
        raise _damaged(part, say("cannot be unpacked whole")) from None
    except (NotImplementedError, RuntimeError):
        raise _damaged(part, say("is packed or encrypted in a way that is not known here")) from None


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
