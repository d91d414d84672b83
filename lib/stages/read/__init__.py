"""Bytes → `Sheet`: every cell as text, every oddity a finding with its row."""

from lib.errors import UnreadableFile
from lib.model.sheet import Sheet
from lib.stages.read.kind import FileKind, kind_of_file
from lib.stages.read.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from lib.stages.read.table import build_sheet
from lib.stages.read.text import DELIMITERS, ENCODINGS, read_text
from lib.stages.read.workbook import read_workbook

__all__ = ["DELIMITERS", "ENCODINGS", "MAX_BYTES", "MAX_COLUMNS", "MAX_ROWS", "read_sheet"]


def read_sheet(
    file_name: str,
    content: bytes,
    *,
    tab: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Sheet:
    """The table in a file; None means: detect. Raises `UnreadableFile` with a sentence that says why.

    What the file is, is told by its content, not by its name.
    """
    if not content.strip(b"\x00\r\n\t "):
        raise UnreadableFile("This file is empty. Choose a file that has a header row and at least one row below it.")
    if len(content) > MAX_BYTES:
        raise UnreadableFile(
            f"This file has {len(content) / 1e6:,.0f} MB, and {MAX_BYTES / 1e6:,.0f} MB is the most. "
            "Split it into several files and import them one after the other."
        )
    kind = kind_of_file(content)
    grid = (
        read_text(file_name, content, encoding=encoding, delimiter=delimiter)
        if kind is FileKind.TEXT
        else read_workbook(file_name, content, kind, tab=tab)
    )
    return build_sheet(grid, header_row)
