"""`Checked`: the values a sheet means, the items its rows found, and everything that is wrong with them."""

from dataclasses import dataclass

import pandas as pd

from lib.model.new_item import NewItem
from lib.model.problem import Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """All frames and series share the sheet's row numbers as index.

    `values` has one object column per matched field, named by its slug; `sent` says for each cell whether it takes
    part at all (an empty cell does not, unless its column clears); `flags` has the columns `draft` and `archived` as
    the file's status columns want them, None where they say nothing; `items` holds the `Item` of a row, None for none,
    and `beside` what its values were held against: that item, or the one that the row translates.
    `new` are the items that rows without one create; their key column has values too, where it feeds a field.
    """

    values: pd.DataFrame
    sent: pd.DataFrame
    flags: pd.DataFrame
    items: pd.Series
    beside: pd.Series
    problems: tuple[Problem, ...]
    new: tuple[NewItem, ...] = ()

    @property
    def item_ids(self) -> pd.Series:
        """The id of each row's item, "" for none."""
        ids = [item.id if item is not None else "" for item in self.items]
        return pd.Series(ids, index=self.items.index, dtype="str")

    @property
    def error_rows(self) -> pd.Index:
        """Rows that cannot be sent."""
        return self._rows(Severity.ERROR)

    @property
    def warning_rows(self) -> pd.Index:
        """Rows with a warning and no error."""
        return self._rows(Severity.WARNING).difference(self.error_rows)

    def _rows(self, severity: Severity) -> pd.Index:
        rows = {row for problem in self.problems if problem.severity is severity for row in problem.rows}
        return pd.Index(sorted(rows & set(self.items.index)), dtype="int64")
