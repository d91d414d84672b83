"""`Grid`: rows of text as they stand in the file, before anybody knows which one is the header."""

from dataclasses import dataclass, field, replace

from lib.errors import UnreadableFile
from lib.model.problem import Severity
from lib.model.sheet import Source


class UnreadableTab(UnreadableFile):
    """One tab of a workbook cannot be read as a table; `source` names the others."""

    def __init__(self, message: str, source: Source) -> None:
        super().__init__(message)
        self.source = source


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """Something noticed about one cell while reading; `row` counts from 1 and `column` from 0."""

    row: int
    column: int
    kind: str
    found: str
    expected: str
    fix: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """All rows of a file or tab, the first one being row 1. `notes` are oddities of the whole file."""

    source: Source
    rows: list[list[str]]
    oddities: tuple[Oddity, ...] = ()
    notes: tuple[Oddity, ...] = field(default=())


def without_blank_end(grid: Grid) -> Grid:
    """The grid without the rows below the last one that holds anything."""
    end = len(grid.rows)
    while end and not "".join(grid.rows[end - 1]).strip():
        end -= 1
    return grid if end == len(grid.rows) else replace(grid, rows=grid.rows[:end])
