"""Rows that are about the same item: which of them to keep."""

from collections.abc import Callable, Collection, Iterable, Sequence
from enum import StrEnum

import pandas as pd

from lib.stages.found import Found


class Keep(StrEnum):
    """One row of those that share an item."""

    FIRST = "first"
    LAST = "last"
    FULLEST = "fullest"


def rest(found: Found, frame: pd.DataFrame, keep: Keep) -> frozenset[int]:
    """The rows to leave out, so that every item keeps one of its rows."""
    fullness = (frame != "").sum(axis=1)
    chosen: dict[Keep, Callable[[Sequence[int]], int]] = {
        Keep.FIRST: min,
        Keep.LAST: max,
        Keep.FULLEST: lambda rows: max(rows, key=lambda row: (fullness[row], -row)),
    }
    return _all(found.repeated) - {chosen[keep](rows) for rows in found.repeated}


def _all(groups: Iterable[Sequence[int]]) -> frozenset[int]:
    return frozenset(row for rows in groups for row in rows)


def others_of(found: Found, kept: Collection[int]) -> frozenset[int]:
    """The rows to leave out, so that of each item of which a row is kept no other is."""
    return _all(rows for rows in found.repeated if not set(rows).isdisjoint(kept)) - set(kept)
