"""A look through one tab's own XML before it is laid out: how far it reaches, and what the workbook reader cannot see.

Error cells and formulas without a stored result both come out of the reader as empty text and would empty fields of
the collection; merged areas and rows that nobody sees are told too.
"""

import re
from dataclasses import dataclass, field
from functools import partial

from lib.errors import UnreadableFile
from lib.model.problem import Problem
from lib.stages.read import xml_stream
from lib.stages.read.grid import CellProblem
from lib.stages.read.limits import MAX_PROBLEMS, check_problems, check_text
from lib.stages.read.number_formats import Form, is_time_of_day
from lib.stages.read.package import Package
from lib.stages.read.places import area, column_index, column_letters, place, whole
from lib.stages.read.plain_rows import ROW_END, ROW_START, PlainRows, plain_rows
from lib.stages.read.styles import Places, no_date
from lib.stages.read.unseen import hidden_row
from lib.words.say import later, say

NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
DIGITS, TO_LETTERS = "0123456789$", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$"
ADDRESSES_AT_ONCE = 20_000
TRUE = ("1", "true")
_HIDES = re.compile(rb"<!|<\?(?!xml )")  # after these, what looks like a cell may be none


def _names(*local_names: str) -> frozenset[str]:
    return frozenset((*(f"{space} {name}" for space in NAMESPACES for name in local_names), *local_names))


CELL, VALUE, FORMULA, ROW = _names("c"), _names("v", "is"), _names("f"), _names("row")
MERGED, COLUMN, DATA = _names("mergeCell"), _names("col"), _names("sheetData")


@dataclass(slots=True)
class Seen:
    """What a tab holds: `rows` and `columns` reach to its furthest filled cells; the other places count from 0
    for columns and from 1 for rows."""

    rows: int = 0
    columns: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    styled: dict[str, Places] = field(default_factory=dict)


def scan(package: Package, part: str, long_texts: dict[int, int], forms: dict[str, Form]) -> Seen:
    """Look through a tab; `long_texts` are shared texts whose uses are to be counted, `forms` styles whose cells are
    to be noted. Raises `UnreadableFile`."""
    scanner = Scanner(long_texts, forms)
    try:
        xml_stream.feed(scanner.parse, partial(package.open, part), part)
        scanner.measure()
    except (ValueError, OverflowError) as error:
        raise UnreadableFile(
            say(
                "This workbook is damaged: its part {part} holds {error}. "
                "Open it in your spreadsheet program and save it again as .xlsx.",
                part=part,
                error=error,
            )
        ) from None
    return scanner.seen


class Scanner:
    """Listens to the starts of elements only, and not even to those of plain rows; to texts and ends just inside the
    cells that matter."""

    def __init__(self, long_texts: dict[int, int], forms: dict[str, Form]) -> None:
        self.seen = Seen()
        self.parser = xml_stream.parser()
        self.parser.StartElementHandler = self._start
        self._long_texts = long_texts
        self._clocks = frozenset(style for style, form in forms.items() if is_time_of_day(form))
        self._styled: dict[str, list[str]] = {style: [] for style in forms}
        self._text_size = 0
        self._row = 0
        self._hidden_row = False
        self._address = ""
        self._cell: dict[str, str] = {}
        self._filled: list[str] = []
        self._has_formula = self._in_value = False
        self._value: list[str] = []
        self._rest = b""
        self._may_be_plain = False

    def parse(self, piece: bytes, is_last: bool) -> None:
        """Take in the next piece of the XML. The parser sees all of it, and says if it is not well-formed."""
        piece = self._rest + piece
        cut = len(piece) if is_last else piece.rfind(ROW_END) + len(ROW_END)
        if cut < len(ROW_END):
            cut = len(piece)
        piece, self._rest = piece[:cut], piece[cut:]
        found = plain_rows(piece) if self._may_be_plain and piece.startswith(ROW_START) else None
        if found is None or self._has_clock(found):
            self.parser.StartElementHandler = self._start
            self.parser.Parse(piece, is_last)
            self._may_be_plain &= not self._long_texts and not _HIDES.search(piece)
        else:
            self.parser.StartElementHandler = None
            self.parser.Parse(piece, is_last)
            self._take_plain(found)

    def _has_clock(self, found: PlainRows) -> bool:
        return any(int(style) in found.styles for style in self._clocks)

    def _take_plain(self, found: PlainRows) -> None:
        self._row, self._address, self._hidden_row = found.last_row, "", False
        self.seen.rows = max(self.seen.rows, int(found.rows.max(initial=0)))
        self.seen.columns = max(self.seen.columns, int(found.columns.max(initial=-1)) + 1)
        for style in self._styled:
            here = found.styles == int(style)
            if here.any():
                cells = self.seen.styled.setdefault(style, Places())
                cells.rows.extend(found.rows[here].tolist())
                cells.columns.extend(found.columns[here].tolist())

    def measure(self) -> None:
        """Take in how far the cells gathered since the last time reach."""
        if not self._filled:
            return
        place(max(self._filled, key=len))  # letters and digits make numbers of any size
        rows = max(int(address.lstrip(TO_LETTERS)) for address in self._filled)
        columns = max(map(column_index, {address.rstrip(DIGITS) for address in self._filled}))
        self.seen.rows = max(self.seen.rows, rows)
        self.seen.columns = max(self.seen.columns, columns + 1)
        self._filled.clear()
        for style, addresses in self._styled.items():
            if addresses:
                cells = self.seen.styled.setdefault(style, Places())
                cells.rows.extend(int(address.lstrip(TO_LETTERS)) for address in addresses)
                cells.columns.extend(column_index(address.rstrip(DIGITS)) for address in addresses)
                addresses.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in CELL:
            self._cell = attributes
            self._address = attributes.get("r") or self._next_address()
            kind = attributes.get("t")
            if kind == "e" or (kind == "s" and self._long_texts) or self._is_time(kind):
                self._listen()
        elif name in VALUE:
            self._in_value = True
            self._filled.append(self._address)
            style = self._cell.get("s")
            if style in self._styled and self._cell.get("t", "n") == "n":
                self._styled[style].append(self._address)
            if self._hidden_row:
                self._tell_hidden_row()
            if len(self._filled) >= ADDRESSES_AT_ONCE:
                self.measure()
        elif name in FORMULA:
            self._has_formula, self._in_value = True, False
            self._listen()
        elif name in ROW:
            self._row = whole(attributes["r"]) if "r" in attributes else self._row + 1
            self._address = ""
            self._hidden_row = attributes.get("hidden") in TRUE
        else:
            self._start_of_others(name, attributes)

    def _start_of_others(self, name: str, attributes: dict[str, str]) -> None:
        if name in DATA:
            self._may_be_plain = True
        elif name in MERGED:
            self.seen.merged.append(area(attributes.get("ref", "")))
        elif name in COLUMN and attributes.get("hidden") in TRUE:
            first, last = (whole(attributes.get(end, "")) - 1 for end in ("min", "max"))
            self.seen.hidden_columns.append((first, last))

    def _next_address(self) -> str:
        """The cell after the last one: addresses may be left out."""
        column = place(self._address)[1] + 1 if self._address else 0
        return f"{column_letters(column)}{max(self._row, 1)}"

    def _is_time(self, kind: str | None) -> bool:
        """Whether a cell shows a time without its day: the reader makes midnight of what is none."""
        return kind in (None, "n") and self._cell.get("s") in self._clocks

    def _listen(self) -> None:
        self._value.clear()
        self.parser.CharacterDataHandler = self._text
        self.parser.EndElementHandler = self._end

    def _text(self, characters: str) -> None:
        if self._in_value:
            self._value.append(characters)

    def _end(self, name: str) -> None:
        if name in CELL:
            self._tell_cell("".join(self._value).strip())
            self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
            self._has_formula = self._in_value = False

    def _tell_cell(self, value: str) -> None:
        kind = self._cell.get("t")
        if kind == "s":
            self._text_size += self._long_texts.get(int(value), 0) if value.isdecimal() and len(value) < 10 else 0
            check_text(self._text_size)
        elif kind == "e" and "vm" in self._cell:
            self._tell(later("Picture in a cell"), value, PICTURE)
        elif kind == "e":
            self._tell(later("Error in a cell"), value, ERROR)
        elif self._has_formula and not value and kind != "str":
            self._tell(later("Formula without a result"), say("a formula that was never calculated"), NO_RESULT)
        elif self._is_time(kind) and value.startswith("-"):
            self.seen.problems.append(no_date(*place(self._address), value))

    def _tell(self, kind: str, found: str, fix: str) -> None:
        row, column = place(self._address)
        told = CellProblem(row, column, Problem(kind=kind, expected=later("a value"), fix=fix), found)
        self.seen.problems.append(told)
        if len(self.seen.problems) > MAX_PROBLEMS:
            check_problems(len(self.seen.problems))

    def _tell_hidden_row(self) -> None:
        self._hidden_row = False
        row, column = place(self._address)
        self.seen.problems.append(hidden_row(row, column))


ERROR = later("The formula in this cell fails. Mend the formula or type the value.")
PICTURE = later("This cell holds a picture or another object, not text. Type its web address, or the text you want.")
NO_RESULT = later("Open the file in Excel, save it, and upload it again; or replace the formula by its value.")
