"""OpenDocument sheets, read piece by piece from their content.xml: readers at hand lose tabs, blanks and merges."""

from functools import partial

from lib.errors import UnreadableFile
from lib.model.sheet import Source
from lib.stages.read import xml_stream
from lib.stages.read.grid import Grid, UnreadableTab
from lib.stages.read.ods_cells import Paragraphs, SheetCell, spaces
from lib.stages.read.ods_tab import OdsTab
from lib.stages.read.package import Package
from lib.stages.read.tabs import Tab, in_order, most_likely
from lib.stages.read.unseen import hidden_columns, merged_cells
from lib.stages.read.workbook import PASSWORD, rectangle

CONTENT, MANIFEST = "content.xml", "meta-inf/manifest.xml"
UNSEEN = ("collapse", "filter")
# What stands in a cell or beside the tables and is no cell's text: comments, drawings, copies of other files' tables.
SKIPPED = frozenset(("annotation", "shapes", "frame", "custom-shape", "dde-links", "tracked-changes", "ruby-text"))
FURTHEST = 10_000_000  # beyond the end of any sheet: repetitions are counted no further


def read_open_document(file_name: str, content: bytes, *, tab: str | None) -> Grid:
    """The rows of one tab (None: the one that is most likely the table); raises `UnreadableFile`."""
    package = Package(content)
    if package.holds(MANIFEST, "encryption-data"):
        raise UnreadableFile(PASSWORD)
    reader = Reader(tab)
    xml_stream.feed(reader.parser.Parse, partial(package.open, CONTENT), CONTENT)
    tabs, chosen = in_order(reader.tabs), reader.chosen
    assert chosen
    source = Source(
        file_name=file_name,
        tab=chosen.name,
        tabs=tuple(tab.name for tab in tabs),
        tab_sizes=tuple(tab.size for tab in tabs),
    )
    try:
        if chosen.problem:
            raise chosen.problem
        rows = rectangle(chosen.rows)
        problems = (*chosen.problems, *merged_cells(chosen.merged, rows))
    except UnreadableFile as error:
        raise UnreadableTab(str(error), source) from None
    return Grid(source=source, rows=rows, problems=problems, notes=tuple(hidden_columns(chosen.hidden_columns, rows)))


class Reader:
    """Listens to content.xml; of all tabs it keeps the one that is wanted, or else the most likely one so far."""

    def __init__(self, wanted: str | None) -> None:
        self.tabs: list[Tab] = []
        self.chosen: OdsTab | None = None
        self.parser = xml_stream.parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._text
        self._wanted = wanted
        self._skipped = 0  # how deep we are in what is skipped
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._tab: OdsTab | None = None
        self._row: dict[str, str] = {}
        self._cell: SheetCell | None = None
        self._paragraph: Paragraphs | None = None

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        kind = xml_stream.local(element)
        if self._skipped or kind in SKIPPED or (kind == "table" and self._tab):
            self._skipped += 1
        elif self._cell:
            self._start_in_cell(self._cell, kind, attributes)
        elif self._tab:
            self._start_in_tab(self._tab, kind, attributes)
        elif kind == "table":
            given = _local(attributes)
            is_visible = given.get("style-name") not in self._hidden_styles
            self._tab = OdsTab(given.get("name", f"Table {len(self.tabs) + 1}"), is_visible=is_visible)
        elif kind == "style":
            self._style = _local(attributes).get("name", "")
        elif kind == "table-properties" and _local(attributes).get("display") == "false":
            self._hidden_styles.add(self._style)

    def _start_in_tab(self, tab: OdsTab, kind: str, attributes: dict[str, str]) -> None:
        if kind in ("table-cell", "covered-table-cell"):
            self._cell = SheetCell(attributes, is_covered=kind != "table-cell")
        elif kind == "table-row":
            self._row = _local(attributes)
        elif kind == "table-column":
            given = _local(attributes)
            tab.add_columns(_repeat(given, "columns"), is_hidden=given.get("visibility") in UNSEEN)

    def _start_in_cell(self, cell: SheetCell, kind: str, attributes: dict[str, str]) -> None:
        if kind == "p":
            self._paragraph = cell.paragraphs
            self._paragraph.begin()
        elif self._paragraph and kind == "s":
            self._paragraph.put(spaces(_local(attributes).get("c", "1")))
        elif self._paragraph and kind in ("tab", "line-break"):
            self._paragraph.put("\t" if kind == "tab" else "\n")

    def _text(self, characters: str) -> None:
        if self._paragraph and not self._skipped:
            self._paragraph.add(characters)

    def _end(self, element: str) -> None:
        kind = xml_stream.local(element)
        if self._skipped:
            self._skipped -= 1
        elif kind == "p":
            self._paragraph = None
        elif self._cell and kind in ("table-cell", "covered-table-cell"):
            self._end_cell(self._cell)
        elif self._tab and kind == "table-row":
            is_hidden = self._row.get("visibility") in UNSEEN
            self._tab.take(OdsTab.end_row, _repeat(self._row, "rows"), is_hidden=is_hidden)
        elif self._tab and kind == "table":
            self._end_tab(self._tab)

    def _end_cell(self, cell: SheetCell) -> None:
        self._cell = self._paragraph = None
        assert self._tab
        text, problems = cell.read()
        span = (_count(cell.attributes, "number-rows-spanned"), _count(cell.attributes, "number-columns-spanned"))
        self._tab.take(OdsTab.add_cell, text, _repeat(cell.attributes, "columns"), span=span, problems=problems)

    def _end_tab(self, tab: OdsTab) -> None:
        self._tab = None
        self.tabs.append(tab.tab)
        if self.chosen is None or tab.name == self._wanted:
            self.chosen = tab
        elif self.chosen.name != self._wanted:
            likely = most_likely(in_order([self.chosen.tab, tab.tab]))
            self.chosen = tab if likely == tab.name else self.chosen


def _local(attributes: dict[str, str]) -> dict[str, str]:
    return {xml_stream.local(name): value for name, value in attributes.items()}


def _repeat(attributes: dict[str, str], what: str) -> int:
    return _count(attributes, f"number-{what}-repeated")


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name)
    if text is None:
        return 1
    return min(max(int(text), 1), FURTHEST) if text.isascii() and text.isdigit() and len(text) < 20 else 1
