"""`Problem` and the problem table: what is wrong, where, what was expected, how to fix it.

A `Problem` is one kind of problem in one column, with all the rows that have it: whole columns, never cell by cell.
`table()` spreads problems into one line per cell, which is what people see, filter and download.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:  # imported where tables are made: the process that reads a file has no use for pandas
    import pandas as pd


class Severity(StrEnum):
    """An error keeps its row from being sent; a warning does not; fixed says what we changed while reading."""

    ERROR = "error"
    WARNING = "warning"
    FIXED = "fixed"


class Cause(StrEnum):
    """What a problem comes from, where the work goes on from it; its `kind` is a label for people only.

    AMBIGUOUS: another choice for the column would read the value. GONE_ITEM: a reference to an item that is no more,
    in a cell that is left as it is. LEFT_OUT: an error in a cell that is not sent, while its row is. ALMOST_NAMED: a
    row that creates an item may mean one that is there.
    """

    AMBIGUOUS = "ambiguous"
    SAME_HEADER = "same header"
    NO_SUCH_ITEM = "no such item"
    GONE_ITEM = "gone item"
    LEFT_OUT = "left out"
    ALMOST_NAMED = "almost named"


PROBLEM_COLUMNS = ("row", "column", "value", "severity", "kind", "expected", "fix")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One kind of problem in one column of the sheet.

    `rows` are row numbers as the spreadsheet shows them (empty: the problem belongs to the whole column or file);
    `values` are the texts found there, as long as `rows`, or () when there is nothing to show;
    `fix` is one sentence for all rows, or one per row.
    """

    kind: str
    expected: str
    fix: str | Sequence[str]
    severity: Severity = Severity.ERROR
    column: str = ""
    rows: Sequence[int] = ()
    values: Sequence[str] = ()
    cause: Cause | None = None

    def only(self, rows: Container[int]) -> Self:
        """The problem for those of its rows that are in `rows`."""
        kept = [place for place, row in enumerate(self.rows) if row in rows]
        return replace(
            self,
            rows=tuple(self.rows[place] for place in kept),
            values=tuple(self.values[place] for place in kept) if self.values else (),
            fix=self.fix if isinstance(self.fix, str) else [self.fix[place] for place in kept],
        )

    def table(self) -> "pd.DataFrame":
        """This problem as rows of the problem table."""
        import pandas as pd

        count = max(len(self.rows), 1)
        fixes = [self.fix] * count if isinstance(self.fix, str) else list(self.fix)
        return pd.DataFrame(
            {
                "row": pd.Series(list(self.rows) if self.rows else [pd.NA], dtype="Int64"),
                "column": self.column,
                "value": list(self.values) or [""] * count,
                "severity": self.severity.value,
                "kind": self.kind,
                "expected": self.expected,
                "fix": fixes,
            },
            columns=list(PROBLEM_COLUMNS),
        )


def problem_table(problems: Iterable[Problem]) -> "pd.DataFrame":
    """All problems as one table with `PROBLEM_COLUMNS`, in the order of rows; problems of the whole file first."""
    import pandas as pd

    tables = [problem.table() for problem in problems]
    if not tables:
        return pd.DataFrame({name: pd.array([], dtype="Int64" if name == "row" else "str") for name in PROBLEM_COLUMNS})
    return pd.concat(tables, ignore_index=True).sort_values(
        "row", kind="stable", na_position="first", ignore_index=True
    )
