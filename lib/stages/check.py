"""Sheet + `ColumnMapping` + Collection + live items → `Checked`: read every column, pass the gate, gather problems."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lib.fields import ReadContext, Reading, Rule
from lib.model.checked import Checked
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.mapping import ColumnMapping
from lib.model.new_item import NewItem
from lib.model.problem import Problem, Severity
from lib.model.sheet import Sheet
from lib.model.site import ONE_LANGUAGE, Languages
from lib.model.stored_form import NOTHING, Memory
from lib.stages.already_stored import by_name_findings
from lib.stages.alt_texts import alt_findings
from lib.stages.circles import without_circles
from lib.stages.found import Found
from lib.stages.key import find_items
from lib.stages.new_item_findings import new_item_findings
from lib.stages.new_items import beside_origins
from lib.stages.read_column import ReadColumn, ReadColumns
from lib.stages.roles import role_findings, status_flags
from lib.stages.schema import broken_rules
from lib.stages.slugs import slug_findings
from lib.stages.telling import TellEach, each_told, untold
from lib.words.say import later, say


def check(
    sheet: Sheet,
    mapping: ColumnMapping,
    collection: Collection,
    items: Sequence[Item],
    context: ReadContext,
    languages: Languages = ONE_LANGUAGE,
    memory: Memory = NOTHING,
    found: Found | None = None,
    tell: TellEach = untold,
    columns_read: ReadColumns | None = None,
    new: Sequence[NewItem] = (),
) -> Checked:
    """Everything that is wrong, and every value that is right; `new` are the items that rows create.

    A cell that says what the live item holds is no problem, whatever its rules say; nor is one of which `memory` knows.
    """
    found, reads = found or find_items(sheet, mapping, items, languages), columns_read or ReadColumns()
    rows, own, beside = sheet.frame.index, found.items, beside_origins(found, new, languages)
    created = frozenset(item.row for item in new)
    writing = replace(mapping, key_column=None) if new else mapping  # new items hold what others are found by
    columns = [
        _of_new(column, created) if column.match == mapping.key else column
        for match in each_told(writing.fields, lambda match: match.column, tell)
        for column in [reads.read(sheet, match, collection.field(match.field_slug or ""), beside, context, memory)]
    ]
    values = pd.DataFrame({c.field.slug: c.values for c in columns}, index=rows)
    broken = broken_rules(values, collection, writing)
    sent = pd.DataFrame({c.field.slug: c.sent for c in columns}, index=rows)
    flags, wrong_flags = status_flags(sheet, mapping)
    roles = role_findings(sheet, mapping, collection, own)
    problems = [*_of_the_file(sheet, writing, columns), *_not_found(found, created), *wrong_flags, *roles]
    for column in columns:
        problems += _problems(column, [(rule, rows) for slug, rule, rows in broken if slug == column.field.slug])
    problems += [*alt_findings(columns, beside.items, created), *slug_findings(values, sent, found, writing, new)]
    problems += new_item_findings(new, found, sheet, mapping, collection, columns)
    told = tuple(f for f in problems if f.rows or f.severity is not Severity.ERROR)
    held = {"items": own, "beside": beside.items}
    checked = Checked(values=values, sent=sent, flags=flags, problems=told, new=tuple(new), **held)
    return without_circles(checked, sheet, writing, collection)


def _not_found(found: Found, created: frozenset[int]) -> list[Problem]:
    """Why rows found no item, but for those that create theirs."""
    return [problem.only(set(problem.rows) - created) if created else problem for problem in found.problems]


def _of_new(column: ReadColumn, created: frozenset[int]) -> ReadColumn:
    """The column that finds the items, which writes into new ones only."""
    is_new = column.texts.index.isin(list(created))
    values = column.reading.values.mask(~is_new, None)
    problems = tuple(problem.only(created) if problem.rows else problem for problem in column.reading.problems)
    reading = Reading(values=values, problems=problems)
    return replace(column, reading=reading, has_value=column.has_value & is_new, untouched=column.untouched & is_new)


def _of_the_file(sheet: Sheet, mapping: ColumnMapping, columns: Sequence[ReadColumn]) -> list[Problem]:
    """What was noticed while reading, but for cells that are never sent: those of columns that feed nothing, and
    those that say what the live item holds."""
    told = {problem.column for problem in sheet.problems if problem.rows}
    ignored = {match.column for match in mapping.matches if match.is_ignored}
    passed = {column: frozenset(sheet.frame.index) for column in told & ignored}
    passed |= {c.match.column: frozenset(c.texts.index[c.untouched]) for c in columns if c.match.column in told}
    left = [f.only(set(f.rows) - passed[f.column]) if f.rows and f.column in passed else f for f in sheet.problems]
    return [after for after, before in zip(left, sheet.problems, strict=True) if after.rows or not before.rows]


def _problems(column: ReadColumn, broken: Sequence[tuple[Rule, tuple[int, ...]]]) -> list[Problem]:
    about_column = [problem for problem in column.reading.problems if not problem.rows]
    about_cells = [problem for problem in column.reading.problems if problem.rows]
    touched = frozenset(column.texts.index[~column.untouched]) if about_cells else frozenset()
    found = [problem.only(touched) for problem in about_cells]
    found += _required(column)
    found += [_broken(column, rule, rows) for rule, rows in broken]
    found += by_name_findings(column.match.column, column.texts, column.by_name)
    return about_column + [problem for problem in found if problem.rows]


def _required(column: ReadColumn) -> list[Problem]:
    emptied = column.texts[column.cleared & ~column.untouched & column.field.is_required]
    if emptied.empty:
        return []
    return [
        Problem(
            kind=later("Required field would be emptied"),
            expected=say("a value: this field is required"),
            fix=say("Fill in the cell, or let empty cells leave the item as it is."),
            column=column.match.column,
            rows=tuple(emptied.index),
            values=tuple(emptied),
        )
    ]


def _broken(column: ReadColumn, rule: Rule, rows: tuple[int, ...]) -> Problem:
    return Problem(
        kind=rule.kind,
        expected=rule.expected,
        fix=rule.fix,
        column=column.match.column,
        rows=rows,
        values=tuple(column.texts[list(rows)]),
    )
