"""References to items that are gone: an export still names them, and nobody should have to weed them out."""

from dataclasses import replace

import pandas as pd

from lib.fields import ReadContext, Reading
from lib.fields.reference import known_ids
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices
from lib.model.problem import Cause, Problem, Severity
from lib.words.say import later, say


def settle_gone(
    reading: Reading, texts: pd.Series, before: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext
) -> Reading:
    """The reading in which a list is no error whose names, as far as they exist, are just what the item holds.

    Such a cell is left as it is; the names that were not found become a warning.
    """
    existing = {item.id for item in context.items_of(field.target_collection_id)}
    unknown = [problem for problem in reading.problems if problem.cause is Cause.NO_SUCH_ITEM]
    rows = [row for problem in unknown for row in problem.rows]
    if not rows:
        return reading
    found = known_ids(texts[rows], field, choices, context)
    held = before[rows].map(lambda ids: [one for one in ids or [] if one in existing])
    settled = {row for row in rows if held[row] and found[row] == held[row]}
    problems = [part for problem in reading.problems for part in _parted(problem, settled)]
    return replace(reading, problems=tuple(problems))


def _parted(problem: Problem, settled: set[int]) -> list[Problem]:
    if problem.cause is not Cause.NO_SUCH_ITEM or not settled:
        return [problem]
    gone = problem.only(settled)
    left = say("The cell is left as it is.")
    fixes = [f"{fix} {left}" for fix in gone.fix]
    parts = [
        problem.only(set(problem.rows) - settled),
        replace(
            gone,
            kind=later("Refers to an item that is gone"),
            cause=Cause.GONE_ITEM,
            severity=Severity.WARNING,
            fix=fixes,
        ),
    ]
    return [part for part in parts if part.rows]
