"""One tab of an .ods file as it is read: repeated rows and cells are counted before they are laid out, and blank ones
only where something follows them."""

from lib.model.problem import Severity
from lib.stages.read.grid import Oddity
from lib.stages.read.limits import TextLimits, check_oddities, check_text
from lib.stages.read.tabs import Tab
from lib.stages.read.unseen import Area


class OdsTab:
    """Takes in cell after cell and row after row; raises `UnreadableFile` as soon as it is too much."""

    def __init__(self, name: str, *, is_visible: bool) -> None:
        self.name = name
        self.rows: list[list[str]] = []
        self.oddities: list[Oddity] = []
        self.merged: list[Area] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self._is_visible = is_visible
        self._limits = TextLimits()
        self._size = self._filled_rows = self._most_filled = 0
        self._blank_rows = 0
        self._columns = 0
        self._start_row()

    @property
    def tab(self) -> Tab:
        """Its name and size."""
        return Tab(
            name=self.name, is_visible=self._is_visible, rows=self._filled_rows, columns=self._most_filled
        )

    def add_columns(self, repeat: int, *, is_hidden: bool) -> None:
        """So many columns are described."""
        if is_hidden:
            self.hidden_columns.append((self._columns, self._columns + repeat - 1))
        self._columns += repeat

    def add_cell(self, text: str, repeat: int, *, span: tuple[int, int] = (1, 1), trouble: Oddity | None = None) -> None:
        """So many cells of one text, `span` rows and columns large; `trouble` is told for each."""
        row = self._next_row
        if span != (1, 1):
            left = self._width
            self.merged.append((row, left, row + span[0] - 1, left + span[1] - 1))
        if text or trouble:
            end = self._width + repeat
            self._limits.count(row, end)
            self._row += [""] * (self._width - len(self._row))
            if trouble:
                self._troubles += [(column, trouble) for column in range(self._width, end)]
            self._row += [text] * repeat
        self._width += repeat

    def end_row(self, repeat: int, *, is_hidden: bool) -> None:
        """The row is complete and stands there so many times."""
        row = self._row
        if not row:
            self._blank_rows += repeat
        else:
            first, last = self._next_row, self._next_row + repeat - 1
            self._limits.count(last, len(row))
            self._size += repeat * sum(map(len, row))
            check_text(self._size)
            self.rows += [[] for _ in range(self._blank_rows)] + [list(row) for _ in range(repeat)]
            self._blank_rows = 0
            self._filled_rows += repeat
            self._most_filled = max(self._most_filled, sum(map(bool, row)))
            self._tell(first, last, is_hidden)
        self._start_row()

    def _start_row(self) -> None:
        self._row: list[str] = []
        self._troubles: list[tuple[int, Oddity]] = []
        self._width = 0

    @property
    def _next_row(self) -> int:
        return len(self.rows) + self._blank_rows + 1

    def _tell(self, first: int, last: int, is_hidden: bool) -> None:
        told = [(column, trouble) for column, trouble in self._troubles]
        if is_hidden:
            told.append((next(i for i, text in enumerate(self._row) if text or told), HIDDEN_ROW))
        check_oddities(len(self.oddities) + len(told) * (last - first + 1))
        self.oddities += [
            Oddity(
                row=row,
                column=column,
                kind=oddity.kind,
                found=oddity.found,
                expected=oddity.expected,
                fix=oddity.fix,
                severity=oddity.severity,
            )
            for row in range(first, last + 1)
            for column, oddity in told
        ]


HIDDEN_ROW = Oddity(
    row=0,
    column=0,
    kind="Hidden row",
    found="a row that is hidden, by hand or by a filter",
    expected="rows that you can see",
    fix="It is read like any other row. Delete it from the sheet if it should not be.",
    severity=Severity.WARNING,
)
