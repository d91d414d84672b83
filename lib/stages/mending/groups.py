"""Problems grouped by what mends them: all cells of one column with one kind of problem."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from lib.model.problem import Cause, Problem, Severity

ORDER = (Severity.ERROR, Severity.WARNING)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Cells of one column with one kind of problem, by row what they say; whole rows where `column` is ""."""

    column: str
    kind: str
    expected: str
    severity: Severity
    fix: str
    cause: Cause | None
    texts: pd.Series

    @property
    def rows(self) -> pd.Index:
        """The rows that have it."""
        return self.texts.index

    @cached_property
    def values(self) -> pd.Series:
        """How many rows say each different text, the most frequent first."""
        return self.texts.value_counts(sort=True)


def groups(problems: Iterable[Problem]) -> tuple[Group, ...]:
    """The groups that a person may mend: errors first, then those with the most rows."""
    alike: dict[tuple[str, str, Severity], list[Problem]] = {}
    for problem in problems:
        if problem.rows and problem.severity in ORDER and problem.cause is not Cause.LEFT_OUT:
            alike.setdefault((problem.column, problem.kind, problem.severity), []).append(problem)
    found = [_group(several) for several in alike.values()]
    return tuple(sorted(found, key=lambda group: (ORDER.index(group.severity), -len(group.rows))))


def narrowed(found: Iterable[Group], columns: Collection[str] = (), kinds: Collection[str] = ()) -> tuple[Group, ...]:
    """Those of these columns and kinds; none named: of all."""
    return tuple(one for one in found if (not columns or one.column in columns) and (not kinds or one.kind in kinds))


def rows_of(found: Iterable[Group]) -> "pd.Index[int]":
    """The rows that have one of these problems at least."""
    rows = [one.rows.to_numpy(dtype="int64") for one in found]
    return pd.Index(np.unique(np.concatenate(rows)) if rows else [], dtype="int64")


def tally(found: Iterable[Group], name: Callable[[Group], str]) -> Mapping[str, int]:
    """How many rows have a problem of each name, the most frequent first."""
    named: dict[str, list[Group]] = {}
    for one in found:
        named.setdefault(name(one), []).append(one)
    rows = {label: len(rows_of(several)) for label, several in named.items()}
    return dict(sorted(rows.items(), key=lambda pair: -pair[1]))


def _group(several: list[Problem]) -> Group:
    first = several[0]
    texts = {
        row: text for one in several for row, text in zip(one.rows, one.values or [""] * len(one.rows), strict=True)
    }
    fixes = [fix for one in several for fix in ([one.fix] if isinstance(one.fix, str) else one.fix)]
    return Group(
        column=first.column,
        kind=first.kind,
        expected=first.expected,
        severity=first.severity,
        fix=fixes[0],
        cause=first.cause,
        texts=pd.Series(texts, dtype="str").sort_index(),
    )
