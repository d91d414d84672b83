"""`Found`: the item of every row, and which rows have none."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.model.item_table import ItemTable, Places
from lib.model.problem import Problem
from lib.stages.suggest import Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Which item each of the `rows` found, and why others found none, as problems.

    `table` are all items, `places` where in it those of the rows are, -1 for none, and `spoken` the language of each
    row. `suggestions` say which items texts may mean that no item has exactly; `repeated` are the rows that share an
    item, together, `shared` the places of those items, and `unfound` rows whose text no item has, or that have none.
    """

    rows: pd.Index
    table: ItemTable
    places: Places
    problems: tuple[Problem, ...]
    spoken: pd.Series
    suggestions: tuple[Suggestion, ...] = ()
    repeated: tuple[tuple[int, ...], ...] = ()
    shared: frozenset[int] = frozenset()
    unfound: frozenset[int] = frozenset()

    @property
    def items(self) -> pd.Series:
        """The `Item` of each row, None for none, by row number."""
        return pd.Series(self.table.at(self.places), index=self.rows, dtype="object")

    def in_language(self, locale: str) -> Mapping[str, int]:
        """The places of the items that have this language, by id in small letters."""
        return {item.id.lower(): place for place, item in enumerate(self.table) if item.cms_locale_id == locale}

    @property
    def matched(self) -> int:
        """Rows that found exactly one item, and share it with no other row."""
        return int((self.places >= 0).sum())

    def is_like(self, other: "Found") -> bool:
        """Whether each row found the same item, in the same language."""
        is_same = self.table is other.table and np.array_equal(self.places, other.places)
        return is_same and self.spoken.equals(other.spoken)

    @property
    def is_of_use(self) -> bool:
        """Whether any row is about an item, be it one that it shares."""
        return bool(self.matched or self.repeated)

    @property
    def unmatched(self) -> Mapping[str, int]:
        """How many rows found none, by kind of problem."""
        return {problem.kind: len(problem.rows) for problem in self.problems}
