"""Bytes → `Sheet`: every cell as text, everything odd a problem with its row.

The process that reads a file imports from here too: pandas stays out of it.
"""

import re
from typing import TYPE_CHECKING

from lib.errors import UnreadableFile
from lib.stages.read.grid import UnreadableTab
from lib.stages.read.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from lib.stages.read.request import Request
from lib.stages.read.text import DELIMITERS, ENCODINGS
from lib.stages.read.turns import Told, waiting_words
from lib.words.say import later, say

if TYPE_CHECKING:
    from lib.model.sheet import Sheet
    from lib.stages.read.reader import Started

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Told",
    "UnreadableTab",
    "get_ready",
    "read_sheet",
    "waiting_words",
]

_SOMETHING = re.compile(rb"[^\x00\r\n\t ]")


def get_ready() -> None:
    """Start the process that will read the next file, so that nobody waits for it."""
    from lib.stages.read.reader import READY

    READY.prepare()


def read_sheet(
    file_name: str,
    content: bytes,
    *,
    tab: str | None = None,
    header_row: int | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    waiting: Told = lambda ahead: None,
    started: "Started" = lambda end: None,
) -> "Sheet":
    """The table in a file; None means: detect. Raises `UnreadableFile` with a sentence that says why.

    What the file is, is told by its content, not by its name. It is read in a process of its own; when too many are
    being read, `waiting` is called again and again with the number of those who wait before. `started` hears how to end
    that process, from any thread.
    """
    from lib.stages.read.reader import read_columns
    from lib.stages.read.table import build_sheet

    if len(content) > MAX_BYTES:
        raise UnreadableFile(
            say(
                "This file has {size:,.0f} MB, and {most:,.0f} MB is the most. "
                "Split it into several files and import them one after the other.",
                size=len(content) / 1e6,
                most=MAX_BYTES / 1e6,
            )
        )
    if not _SOMETHING.search(content):
        sentence = later("This file is empty. Choose a file that has a header row and at least one row below it.")
        raise UnreadableFile(say(sentence))
    request = Request(file_name=file_name, tab=tab, encoding=encoding, delimiter=delimiter)
    found = read_columns(request, content, waiting, started)
    try:
        return build_sheet(found, header_row)
    except UnreadableFile as error:
        if not found.source.tabs:
            raise
        raise UnreadableTab(str(error), found.source) from None
