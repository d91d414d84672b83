"""What a person does not see in a table, or sees otherwise than it is: merged cells, hidden rows and columns."""

from collections.abc import Iterable

from lib.model.problem import Problem, Severity
from lib.stages.read.grid import CellProblem
from lib.stages.read.limits import check_merged
from lib.stages.read.places import column_letters
from lib.words.say import later, say

Area = tuple[int, int, int, int]
MERGED = Problem(
    kind=later("Merged cells"),
    expected=later("one value in every cell"),
    fix=later("These cells are merged; only the first one holds the value. Unmerge them and fill every cell."),
    severity=Severity.WARNING,
)
HIDDEN_ROW = Problem(
    kind=later("Hidden row"),
    expected=later("rows that you can see"),
    fix=later("It is read like any other row. Delete it from the sheet if it should not be."),
    severity=Severity.WARNING,
)

HIDDEN_COLUMN = later(
    "Column {column} is hidden in the sheet, and read like any other. Match to nothing what you do not want to send."
)
HIDDEN_COLUMNS = later(
    "The columns {column} to {last} are hidden in the sheet, and read like any other. Match to nothing what you do not "
    "want to send."
)


def merged_cells(areas: Iterable[Area], rows: list[list[str]]) -> list[CellProblem]:
    """The cells of merged areas, as far as there are rows and columns: only the first one of each holds the value."""
    width = len(rows[0]) if rows else 0
    inside = [(top, left, min(bottom, len(rows)), min(right, width - 1)) for top, left, bottom, right in areas]
    check_merged(sum(max(bottom - top + 1, 0) * max(right - left + 1, 0) for top, left, bottom, right in inside))
    return [
        CellProblem(row, column, MERGED, rows[top - 1][left])
        for top, left, bottom, right in inside
        for row in range(max(top, 1), bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    ]


def hidden_row(row: int, column: int) -> CellProblem:
    """A word on a row that nobody sees, placed at its first filled cell."""
    return CellProblem(row, column, HIDDEN_ROW, say("a row that is hidden, by hand or by a filter"))


def hidden_columns(ranges: Iterable[tuple[int, int]], rows: list[list[str]]) -> list[Problem]:
    """One note for each range of hidden columns, as far as the table reaches."""
    width = len(rows[0]) if rows else 0
    inside = [(max(first, 0), min(last, width - 1)) for first, last in ranges]
    return [_hidden(first, last) for first, last in inside if first <= last]


def _hidden(first: int, last: int) -> Problem:
    sentence = HIDDEN_COLUMN if first == last else HIDDEN_COLUMNS
    return Problem(
        kind=later("Hidden columns"),
        expected=say("columns that you can see"),
        fix=say(sentence, column=column_letters(first), last=column_letters(last)),
        severity=Severity.WARNING,
    )
