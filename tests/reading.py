"""Reads a file with the readers of the app, in this process: for claims about what is read, not about who reads it."""

from lib.model.sheet import Sheet
from lib.stages.read.child import read
from lib.stages.read.request import Request
from lib.stages.read.table import build_sheet


def read_sheet(
    file_name: str,
    content: bytes,
    *,
    tab: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Sheet:
    """The sheet that the app reads too, without the tenth of a second that a process of its own costs."""
    request = Request(file_name=file_name, tab=tab, encoding=encoding, delimiter=delimiter)
    return build_sheet(read(request, content), header_row)
