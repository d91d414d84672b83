"""A sheet with what a person changed in it."""

from dataclasses import replace

import pandas as pd

from lib.model.edits import Edits
from lib.model.problem import Problem
from lib.model.sheet import Sheet


def edited(sheet: Sheet, edits: Edits) -> Sheet:
    """The sheet with its new texts. What reading had to say about the cells that they replace is settled."""
    texts = {column: new for column, new in edits.texts.items() if column in sheet.frame}
    if not texts:
        return sheet
    frame = sheet.frame.copy()
    for column, new in texts.items():
        frame[column] = frame[column].mask(frame.index.isin(list(new)), pd.Series(new, dtype="str"))
    return replace(
        sheet,
        frame=frame,
        problems=_left([_outside(problem, set(texts.get(problem.column, ()))) for problem in sheet.problems], sheet),
        as_found={
            column: {row: text for row, text in found.items() if row not in texts.get(column, ())}
            for column, found in sheet.as_found.items()
        },
    )


def without_rows(sheet: Sheet, rows: frozenset[int]) -> Sheet:
    """The sheet as if these rows were not in it."""
    if not rows:
        return sheet
    frame = sheet.frame[~sheet.frame.index.isin(list(rows))]
    return replace(sheet, frame=frame, problems=_left([_outside(one, rows) for one in sheet.problems], sheet))


def _outside(problem: Problem, rows: set[int] | frozenset[int]) -> Problem:
    return problem.only(set(problem.rows) - rows) if rows.intersection(problem.rows) else problem


def _left(problems: list[Problem], sheet: Sheet) -> tuple[Problem, ...]:
    """Problems that have rows left, and those that are about no row."""
    return tuple(now for now, before in zip(problems, sheet.problems, strict=True) if now.rows or not before.rows)
