"""`Grid`: rows of text as they stand in the file, before anybody knows which one is the header."""

from dataclasses import dataclass, replace

from lib.errors import UnreadableFile
from lib.model.problem import Problem
from lib.model.sheet import Source


class UnreadableTab(UnreadableFile):
    """One tab of a workbook cannot be read as a table; `source` names the others."""

    def __init__(self, message: str, source: Source) -> None:
        super().__init__(message)
        self.source = source

    def __reduce__(self) -> tuple[type["UnreadableTab"], tuple[str, Source]]:
        """So that a journey that holds it can be stored."""
        return UnreadableTab, (str(self), self.source)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A `Problem` of one cell, before anybody knows what its column is called; `row` counts from 1, `column` from 0."""

    row: int
    column: int
    problem: Problem
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """All rows of a file or tab, the first one being row 1. `notes` are problems of the whole file."""

    source: Source
    rows: list[list[str]]
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[Problem, ...] = ()


def without_blank_end(grid: Grid) -> Grid:
    """The grid without the rows below the last one that holds anything."""
    end = len(grid.rows)
    while end and not "".join(grid.rows[end - 1]).strip():
        end -= 1
    return grid if end == len(grid.rows) else replace(grid, rows=grid.rows[:end])
