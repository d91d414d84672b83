"""What keeps a row from creating its item: values that a new one needs, and others that would be the same item."""

from collections.abc import Iterator, Sequence

import pandas as pd

from lib.model.collection import Collection, Field
from lib.model.mapping import ColumnMapping
from lib.model.new_item import NewItem
from lib.model.problem import Cause, Problem, Severity
from lib.model.sheet import Sheet
from lib.stages.found import Found
from lib.stages.read_column import ReadColumn
from lib.words.say import later, say

ALIKE = later("It would be created beside “{name}”. If that is the one that is meant, say so on the Match page.")
ALWAYS_THERE = ("name", "slug")


def new_item_findings(
    new: Sequence[NewItem],
    found: Found,
    sheet: Sheet,
    mapping: ColumnMapping,
    collection: Collection,
    columns: Sequence[ReadColumn],
) -> list[Problem]:
    """Rows that would create the same item, rows without a value that their item must have, and a word about those
    that may mean an item that is there."""
    rows = pd.Index([item.row for item in new], dtype="int64")
    if rows.empty:
        return []
    alike = _alike(frozenset(rows), found)
    whole = pd.Index([item.row for item in new if not item.variant_of], dtype="int64")  # a translation follows its item
    return [*_repeated(rows, found, sheet, mapping), *_required(whole, collection, columns), *alike]


def _repeated(rows: pd.Index, found: Found, sheet: Sheet, mapping: ColumnMapping) -> Iterator[Problem]:
    column = mapping.key_column or ""
    forms = sheet.frame.loc[rows, column].str.strip().str.casefold()
    places = forms.str.cat(found.spoken[rows], sep=" ")
    shared = places[(forms != "") & places.duplicated(keep=False)]
    if shared.empty:
        return
    alike = {form: list(group.index) for form, group in shared.groupby(shared)}
    yield Problem(
        kind=later("Same new item twice"),
        expected=say("one row for each new item"),
        fix=[_others(row, alike[form]) for row, form in shared.items()],
        column=column,
        rows=tuple(shared.index),
        values=tuple(sheet.frame.loc[shared.index, column]),
    )


def _others(row: object, rows: Sequence[object]) -> str:
    others = ", ".join(str(other) for other in rows[:6] if other != row)
    return say("Row {rows} would create the same item. Keep only one of them.", rows=others)


def _alike(rows: frozenset[int], found: Found) -> Iterator[Problem]:
    offered = {suggestion.text: suggestion.item_id for suggestion in found.suggestions}
    names = {item.id: item.name for item in found.table} if offered else {}
    for problem in found.problems if offered else ():
        texts = dict(zip(problem.rows, problem.values, strict=True))
        alike = {row: text for row, text in texts.items() if row in rows and text in offered}
        if alike:
            yield Problem(
                kind=later("Close to an item that exists"),
                expected=say("a new item, or exactly what the item has"),
                fix=[say(ALIKE, name=names[offered[text]]) for text in alike.values()],
                severity=Severity.WARNING,
                cause=Cause.ALMOST_NAMED,
                column=problem.column,
                rows=tuple(alike),
                values=tuple(alike.values()),
            )


def _required(rows: pd.Index, collection: Collection, columns: Sequence[ReadColumn]) -> Iterator[Problem]:
    read = {column.field.slug: column for column in columns}
    for field in collection.writable_fields:
        if field.is_required and len(rows) and field.slug not in ALWAYS_THERE:
            yield from _empty(rows, read[field.slug]) if field.slug in read else _unmatched(rows, field)


def _empty(rows: pd.Index, column: ReadColumn) -> Iterator[Problem]:
    told = {row for problem in column.reading.problems if problem.severity is Severity.ERROR for row in problem.rows}
    values = column.reading.values
    empty = rows[values.loc[rows].isna().to_numpy()].difference(list(told))
    if len(empty):
        yield Problem(
            kind=later("Required for a new item"),
            expected=say("a value: every item needs one in {field}", field=column.field.display_name),
            fix=say("Fill in the cell, or leave the row out."),
            column=column.match.column,
            rows=tuple(empty),
            values=tuple(column.texts[empty]),
        )


def _unmatched(rows: pd.Index, field: Field) -> Iterator[Problem]:
    yield Problem(
        kind=say("New items need {field}", field=field.display_name),
        expected=say("a column for {field}, which is required", field=field.display_name),
        fix=say("Match a column to {field}, or do not create new items.", field=field.display_name),
        rows=tuple(rows),
    )
