"""Rows that can do without their wrong cells: those stay as they are in Webflow, and the rest of the row is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from lib.model.checked import Checked
from lib.model.collection import ALT, Collection
from lib.model.mapping import ColumnMapping
from lib.model.problem import Cause, Problem, Severity
from lib.words.say import later, say

WrongCells = Mapping[str, frozenset[int]]  # the rows of the cells, by the slug of their field


def wrong_cells(checked: Checked, mapping: ColumnMapping, collection: Collection) -> WrongCells:
    """The cells with errors in rows that found an item and where nothing else is wrong: not the key, no required field,
    not the row itself."""
    fields = [collection.field(match.field_slug or "") for match in mapping.fields]
    columns = zip((match.column for match in mapping.fields), fields, strict=True)
    optional = {column: field.slug for column, field in columns if not field.is_required}
    errors = [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    stuck = {row for problem in errors if problem.column not in optional for row in problem.rows}
    able = set(checked.items.index[checked.items.notna()]) - stuck
    found: dict[str, set[int]] = {}
    for problem in errors:
        if problem.column in optional:
            found.setdefault(optional[problem.column], set()).update(able.intersection(problem.rows))
    return {slug: frozenset(rows) for slug, rows in found.items() if rows}


def kept_cells(kept: Mapping[str, frozenset[int]], mapping: ColumnMapping) -> WrongCells:
    """The cells that a person wants to stay as they are in Webflow; `kept` are their rows by column."""
    slugs = {match.column: match.field_slug or "" for match in mapping.fields}
    return {slugs[column]: rows for column, rows in kept.items() if column in slugs}


def without(checked: Checked, cells: WrongCells, mapping: ColumnMapping) -> Checked:
    """The same with these cells left out: they are not sent, and what is wrong with them only says why.

    An image that stays as it is keeps its alt text, which the file says of another one.
    """
    sent = checked.sent.copy()
    for slug, rows in cells.items():
        for part in sent.columns.intersection([slug, ALT + slug]):
            sent[part] = sent[part].to_numpy(dtype=bool) & ~np.isin(sent.index, list(rows))
    slugs = {match.column: match.field_slug or "" for match in mapping.fields}
    problems = [part for one in checked.problems for part in _parted(one, cells.get(slugs.get(one.column, ""), ()))]
    return replace(checked, sent=sent, problems=(*problems, *_untold(checked, cells, slugs)))


def _untold(checked: Checked, cells: WrongCells, slugs: Mapping[str, str]) -> Iterator[Problem]:
    """Cells that would be sent and that nothing is wrong with: it is told all the same that they are not."""
    for column, slug in slugs.items():
        told = {row for one in checked.problems if one.column == column for row in one.rows}
        to_send = checked.sent.index[checked.sent[slug]] if slug in checked.sent else ()
        rows = sorted((cells.get(slug, frozenset()) - told).intersection(to_send))
        if rows:
            yield Problem(
                kind=later("Left as in Webflow"),
                expected="",
                fix=say("You said that these cells stay as they are in Webflow. Undo that to send them."),
                severity=Severity.WARNING,
                column=column,
                rows=tuple(rows),
                cause=Cause.LEFT_OUT,
            )


def _parted(problem: Problem, left_out: frozenset[int] | tuple[()]) -> list[Problem]:
    """A problem as one of cells that are left out, and one of the others."""
    if problem.severity is Severity.FIXED or not left_out:
        return [problem]
    told = problem.only(left_out)
    told = replace(told, severity=Severity.WARNING, cause=Cause.LEFT_OUT)
    rest = problem.only(set(problem.rows) - left_out)
    return [part for part in (told, rest) if part.rows]
