"""Problems grouped by what mends them: all cells of one column with one kind of problem."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

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
