"""New items that refer to each other: one of them has to be created without its reference, which is told."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lib.model.checked import Checked
from lib.model.collection import Collection, Field
from lib.model.mapping import ColumnMapping, Match
from lib.model.problem import Cause, Problem, Severity
from lib.model.sheet import Sheet
from lib.stages.creation_order import circle_ends
from lib.stages.new_references import rows_named
from lib.words.say import later, say


def without_circles(checked: Checked, sheet: Sheet, mapping: ColumnMapping, collection: Collection) -> Checked:
    """The same without the cells that close a circle of new items, so that each can be created after those that it
    refers to. A required field cannot do without: then the cell is wrong."""
    if not checked.new:
        return checked
    columns = [
        (match, field)
        for match in mapping.fields
        if (field := collection.field(match.field_slug or "")).target_collection_id == collection.id
    ]
    rows = [item.row for item in checked.new]
    named = {field.slug: checked.values[field.slug].reindex(rows).map(rows_named).to_dict() for _, field in columns}
    waits = {row: {one for cells in named.values() for one in cells[row]}.intersection(rows) for row in rows}
    ends = set(circle_ends(waits))
    sent, problems = checked.sent.copy(), list(checked.problems)
    for match, field in columns if ends else ():
        cut = [row for row in rows if any((row, other) in ends for other in named[field.slug][row])]
        if cut:
            sent[field.slug] = sent[field.slug].to_numpy(dtype=bool) & ~np.isin(sent.index, cut)
            problems.append(_problem(match, field, cut, sheet))
    return replace(checked, sent=sent, problems=tuple(problems))


def _problem(match: Match, field: Field, rows: Sequence[int], sheet: Sheet) -> Problem:
    told = (
        (Severity.ERROR, None, say("Leave one of these rows out: the field is required."))
        if field.is_required
        else (Severity.WARNING, Cause.LEFT_OUT, say("It is created without this. Import the file again to fill it in."))
    )
    severity, cause, fix = told
    return Problem(
        kind=later("New items that refer to each other"),
        expected=say("a reference to an item that can be created before this one"),
        fix=fix,
        severity=severity,
        cause=cause,
        column=match.column,
        rows=tuple(rows),
        values=tuple(sheet.frame.loc[list(rows), match.column]),
    )
