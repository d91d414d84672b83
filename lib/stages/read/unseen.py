"""What a person does not see in a table, or sees otherwise than it is: merged cells, hidden rows and columns."""

from collections.abc import Iterable

from lib.model.problem import Severity
from lib.stages.read.grid import Oddity
from lib.stages.read.limits import check_merged
from lib.stages.read.places import column_letters

Area = tuple[int, int, int, int]


def merged_cells(areas: Iterable[Area], rows: list[list[str]]) -> list[Oddity]:
    """The cells of merged areas, as far as there are rows and columns: only the first one of each holds the value."""
    width = len(rows[0]) if rows else 0
    inside = [(top, left, min(bottom, len(rows)), min(right, width - 1)) for top, left, bottom, right in areas]
    check_merged(sum(max(bottom - top + 1, 0) * max(right - left + 1, 0) for top, left, bottom, right in inside))
    return [
        Oddity(
            row=row,
            column=column,
            kind="Merged cells",
            found=rows[top - 1][left],
            expected="one value in every cell",
            fix="These cells are merged; only the first one holds the value. Unmerge them and fill every cell.",
            severity=Severity.WARNING,
        )
        for top, left, bottom, right in inside
        for row in range(max(top, 1), bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    ]


def hidden_row(row: int, column: int) -> Oddity:
    """A word on a row that nobody sees, placed at its first filled cell."""
    return Oddity(
        row=row,
        column=column,
        kind="Hidden row",
        found="a row that is hidden, by hand or by a filter",
        expected="rows that you can see",
        fix="It is read like any other row. Delete it from the sheet if it should not be.",
        severity=Severity.WARNING,
    )


def hidden_columns(ranges: Iterable[tuple[int, int]], rows: list[list[str]]) -> list[Oddity]:
    """One note for each range of hidden columns, as far as the table reaches."""
    width = len(rows[0]) if rows else 0
    inside = [(max(first, 0), min(last, width - 1)) for first, last in ranges]
    return [_hidden(first, last) for first, last in inside if first <= last]


def _hidden(first: int, last: int) -> Oddity:
    letters = column_letters(first)
    which = f"Column {letters} is" if first == last else f"The columns {letters} to {column_letters(last)} are"
    return Oddity(
        row=0,
        column=0,
        kind="Hidden columns",
        found="",
        expected="columns that you can see",
        fix=f"{which} hidden in the sheet, and read like any other. Match to nothing what you do not want to send.",
        severity=Severity.WARNING,
    )
