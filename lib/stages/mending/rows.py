"""Every row with what is wrong with it, to be filtered and searched."""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from lib.model.checked import Checked
from lib.model.problem import Problem, Severity
from lib.words.say import say


class RowState(StrEnum):
    """What stands in the way of a row; the worst counts."""

    READY = "ready"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """By row number: its state, and all that is wrong with it, in words."""

    states: pd.Series
    problems: pd.Series

    def of(self, state: RowState | None) -> pd.Index:
        """The rows in this state; None: all."""
        return self.states.index if state is None else self.states.index[self.states == state]


def rows_of(checked: Checked) -> Rows:
    """The states of all rows that were checked."""
    index = checked.items.index
    states = pd.Series(RowState.READY, index=index, dtype="object")
    states[checked.warning_rows] = RowState.WARNING
    states[checked.error_rows] = RowState.ERROR
    told: dict[int, list[str]] = {}
    for problem in sorted(checked.problems, key=lambda one: one.severity is not Severity.ERROR):
        if problem.severity is not Severity.FIXED:
            for row, words in _words(problem):
                told.setdefault(row, []).append(words)
    texts = [" · ".join(dict.fromkeys(told.get(row, ()))) for row in index]
    return Rows(states=states, problems=pd.Series(texts, index=index, dtype="str"))


def found(frame: pd.DataFrame, text: str) -> pd.Index:
    """The rows in which a cell holds this text, whatever its case; all for ""."""
    wanted = text.strip().casefold()
    if not wanted:
        return frame.index
    holds = pd.Series(False, index=frame.index)
    for column in frame:
        holds |= frame[column].str.casefold().str.contains(wanted, regex=False)
    return frame.index[holds]


def _words(problem: Problem) -> list[tuple[int, str]]:
    fixes = [problem.fix] * len(problem.rows) if isinstance(problem.fix, str) else problem.fix
    what = f"{problem.column}: {say(problem.kind)}".removeprefix(": ")
    end = " " if what.endswith("?") else ". "
    return [(row, f"{what}{end}{fix}") for row, fix in zip(problem.rows, fixes, strict=True)]
