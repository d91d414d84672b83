"""One tab of an .ods file as it is read: repeated rows and cells are counted before they are laid out, and blank ones
only where something follows them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from lib.errors import UnreadableFile
from lib.stages.read.grid import CellProblem
from lib.stages.read.limits import TextLimits, check_problems, check_text
from lib.stages.read.tabs import Tab
from lib.stages.read.unseen import Area, hidden_row


class OdsTab:
    """Takes in cell after cell and row after row, until it is too much: `problem` says so then."""

    def __init__(self, name: str, *, is_visible: bool) -> None:
        self.name = name
        self.problem: UnreadableFile | None = None
        self.rows: list[list[str]] = []
        self.problems: list[CellProblem] = []
        self.merged: list[Area] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self._is_visible = is_visible
        self._limits = TextLimits()
        self._size = self._filled_rows = self._most_filled = 0
        self._blank_rows = 0
        self._columns = self._width = 0
        self._row: list[str] = []
        self._problems: list[CellProblem] = []

    @property
    def tab(self) -> Tab:
        """Its name and size."""
        return Tab(
            name=self.name,
            is_visible=self._is_visible,
            rows=None if self.problem else self._filled_rows,
            columns=self._most_filled,
        )

    def take(self, step: Callable[..., None], *given: object, **named: object) -> None:
        """Take in a cell or the end of a row; nothing more after a problem."""
        if self.problem:
            return
        try:
            step(self, *given, **named)
        except UnreadableFile as error:
            self.problem = error
            self.rows.clear()

    def add_columns(self, repeat: int, *, is_hidden: bool) -> None:
        """So many columns are described."""
        if is_hidden:
            self.hidden_columns.append((self._columns, self._columns + repeat - 1))
        self._columns += repeat

    def add_cell(self, text: str, repeat: int, *, span: tuple[int, int], problems: Sequence[CellProblem]) -> None:
        """So many cells of one text, `span` rows and columns large; raises `UnreadableFile`."""
        row, left, end = self._next_row, self._width, self._width + repeat
        self._width = end
        if span != (1, 1):
            self.merged.append((row, left, row + span[0] - 1, left + span[1] - 1))
        if text or problems:
            self._limits.count(row, end)
            self._row += [""] * (left - len(self._row)) + [text] * repeat
            self._problems += [replace(one, column=column) for column in range(left, end) for one in problems]

    def end_row(self, repeat: int, *, is_hidden: bool) -> None:
        """The row is complete and stands there so many times; raises `UnreadableFile`."""
        row, first = self._row, self._next_row
        if not row:
            self._blank_rows += repeat
            self._start_row()
            return
        self._limits.count(first + repeat - 1, len(row))
        self._size += repeat * sum(map(len, row))
        check_text(self._size)
        self._tell(range(first, first + repeat), is_hidden)
        self.rows += [[] for _ in range(self._blank_rows)] + [list(row) for _ in range(repeat)]
        self._blank_rows = 0
        self._filled_rows += repeat
        self._most_filled = max(self._most_filled, sum(map(bool, row)))
        self._start_row()

    def _start_row(self) -> None:
        self._row, self._problems, self._width = [], [], 0

    @property
    def _next_row(self) -> int:
        return len(self.rows) + self._blank_rows + 1

    def _tell(self, rows: range, is_hidden: bool) -> None:
        first_filled = next((column for column, text in enumerate(self._row) if text), 0)
        told = [*self._problems, *([hidden_row(0, first_filled)] if is_hidden else [])]
        check_problems(len(self.problems) + len(told) * len(rows))
        self.problems += [replace(problem, row=row) for row in rows for problem in told]
