"""What a person may decide about damaged cells: to use the file's text all the same, for one damage in one column."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lib.model.mapping import ColumnMapping, Match
from lib.model.problem import Problem, Severity
from lib.stages.damage.marks import MARKS
from lib.stages.damage.witness import ERRORS

DECIDABLE = ERRORS | {mark.kind for mark in MARKS if mark.severity is Severity.ERROR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One damage in one column, in how many cells, and whether the file's text is used all the same."""

    column: str
    kind: str
    cells: int
    accepted: bool


def decisions(problems: Sequence[Problem], mapping: ColumnMapping) -> tuple[Decision, ...]:
    """The damages that were found and can be decided about, in the order of the columns."""
    accepts = {match.column: match.choices.accepts for match in mapping.fields}
    cells: dict[tuple[str, str], int] = {}
    for problem in problems:
        if problem.kind in DECIDABLE and problem.column in accepts:
            place = (problem.column, problem.kind)
            cells[place] = cells.get(place, 0) + len(problem.rows)
    return tuple(
        Decision(column=column, kind=kind, cells=number, accepted=kind in accepts[column])
        for column, own in accepts.items()
        for (where, kind), number in cells.items()
        if where == column
    )


def accept(mapping: ColumnMapping, decision: Decision) -> ColumnMapping:
    """The mapping with this decision turned round: damaged cells of the kind are used, or held again."""

    def decided(match: Match) -> Match:
        if match.column != decision.column:
            return match
        kinds = match.choices.accepts ^ {decision.kind}
        return replace(match, choices=replace(match.choices, accepts=kinds))

    return replace(mapping, matches=tuple(decided(match) for match in mapping.matches))
