"""OpenDocument sheets, read piece by piece from their content.xml: readers at hand lose tabs, blanks and merges."""

from dataclasses import replace
from functools import partial

from lib.errors import UnreadableFile
from lib.model.sheet import Source
from lib.stages.read import xml_stream
from lib.stages.read.grid import Grid, Oddity, UnreadableTab
from lib.stages.read.limits import check_text
from lib.stages.read.ods_cells import ERRORS, Paragraphs, cell_text, spaces
from lib.stages.read.ods_tab import OdsTab
from lib.stages.read.package import Package
from lib.stages.read.sheet_scan import ERROR, NO_RESULT
from lib.stages.read.tabs import Tab, in_order, most_likely
from lib.stages.read.unseen import hidden_columns, merged_cells
from lib.stages.read.workbook import PASSWORD, rectangle

CONTENT, MANIFEST = "content.xml", "meta-inf/manifest.xml"
CELL, COVERED, ROW, COLUMN, TABLE = "table-cell", "covered-table-cell", "table-row", "table-column", "table"
UNSEEN = ("collapse", "filter")
FURTHEST = 10_000_000  # beyond what any sheet has: repetitions are counted no further


def read_open_document(file_name: str, content: bytes, *, tab: str | None) -> Grid:
    """The rows of one tab (None: the one that is most likely the table); raises `UnreadableFile`."""
    package = Package(content)
    if package.holds_element(MANIFEST, "encryption-data"):
        raise UnreadableFile(PASSWORD)
    reader = Reader(tab)
    try:
        xml_stream.feed(reader.parser, partial(package.open, CONTENT), CONTENT)
    except RecursionError, OverflowError:
        raise
    tabs = in_order(reader.tabs)
    return reader.grid(file_name, tabs)
