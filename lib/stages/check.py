"""Sheet + `ColumnMapping` + Collection + live items → `Checked`: read every column, pass the gate, gather problems."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lib.fields import ReadContext, Reading, Rule, kind_of
from lib.fields.characters import is_blank
from lib.model.checked import Checked
from lib.model.collection import Collection, Field
from lib.model.item import Item
from lib.model.mapping import Blanks, ColumnMapping, Match
from lib.model.problem import Cause, Problem, Severity
from lib.model.sheet import Sheet
from lib.model.stored_form import Memory
from lib.stages.already_stored import already_stored, by_name_finding
from lib.stages.damage import witnessed
from lib.stages.dangling import settle_gone
from lib.stages.key import find_items
from lib.stages.roles import role_findings, status_flags
from lib.stages.schema import broken_rules, build_schema, refuse_lost
from lib.stages.slugs import slug_findings


@dataclass(frozen=True, slots=True)
class _Column:
    """One matched column while it is being checked. `untouched` cells say what the live item holds, or what
    Webflow made it of; `by_name` are those that only the name of a file tells."""

    field: Field
    match: Match
    texts: pd.Series
    reading: Reading
    untouched: pd.Series
    by_name: pd.Series

    @property
    def blank(self) -> pd.Series:
        return is_blank(self.texts)


def check(
    sheet: Sheet,
    mapping: ColumnMapping,
    collection: Collection,
    items: Sequence[Item],
    context: ReadContext,
    locale: str | None = None,
    memory: Memory | None = None,
) -> Checked:
    """Everything that is wrong, and every value that is right; `locale` is what rows without a Locale ID are about.

    A cell that says what the live item holds is never a problem, whatever the field's rules say now; nor is one whose
    value was sent before and is held as Webflow then stored it, as far as `memory` knows.
    """
    found = find_items(sheet, mapping, items, locale)
    live = live_values(found.items, [match.field_slug or "" for match in mapping.fields])
    columns = [
        _read(sheet, match, collection.field(match.field_slug or ""), live, found.items, context, memory or {})
        for match in mapping.fields
    ]
    values = pd.DataFrame(
        {c.field.slug: c.reading.values.mask(c.untouched, None) for c in columns}, index=sheet.frame.index
    )
    broken = broken_rules(build_schema(collection, mapping), values, collection)
    sent = pd.DataFrame({c.field.slug: _takes_part(c) for c in columns}, index=sheet.frame.index)
    flags, wrong_flags = status_flags(sheet, mapping)
    problems = [*_of_the_file(sheet, mapping, columns), *found.problems, *wrong_flags]
    problems += role_findings(sheet, mapping, collection, found.items)
    for column in columns:
        problems += _problems(column, [(rule, rows) for slug, rule, rows in broken if slug == column.field.slug])
    problems += slug_findings(values, sent, found.items, items, mapping)
    return Checked(
        values=values,
        sent=sent,
        flags=flags,
        items=found.items,
        problems=tuple(f for f in problems if f.rows or f.severity is not Severity.ERROR),
    )


def live_values(items: pd.Series, slugs: Sequence[str]) -> pd.DataFrame:
    """What the live item of each row holds in these fields; None where it holds nothing or there is no item."""
    data = [item.field_data if item is not None else {} for item in items]
    columns = {slug: pd.Series([one.get(slug) for one in data], index=items.index, dtype="object") for slug in slugs}
    return pd.DataFrame(columns, index=items.index)


def _read(
    sheet: Sheet,
    match: Match,
    field: Field,
    live: pd.DataFrame,
    items: pd.Series,
    context: ReadContext,
    memory: Memory,
) -> _Column:
    kind = kind_of(field.type)
    texts, before = sheet.frame[match.column], live[field.slug]
    shown = kind.show(before, field, context)
    says_so = _says_what_is_shown(sheet, texts, shown)
    reading = kind.read(texts, field, match.choices, context, wanted=~says_so)
    already = already_stored(reading.values, before, items, field, memory)
    if kind.choice == "separator":  # a list of references
        reading = settle_gone(reading, texts, before, field, match.choices, context)
    witness = pd.DataFrame({"value": before, "shown": shown})
    reading = witnessed(reading, _untold(sheet, texts, shown), witness, field, match.choices)
    both = texts.index[(shown != "") & reading.values.notna()]
    means_so = kind.same(before[both], reading.values[both]).reindex(texts.index, fill_value=False)
    untouched = already.cells | means_so | says_so
    gone = [row for problem in reading.problems if problem.cause is Cause.GONE_ITEM for row in problem.rows]
    refuse_lost(reading, texts, untouched | texts.index.isin(gone))
    return _Column(field=field, match=match, texts=texts, reading=reading, untouched=untouched, by_name=already.by_name)


def _says_what_is_shown(sheet: Sheet, texts: pd.Series, shown: pd.Series) -> pd.Series:
    says_so = (texts == shown) | (_as_found(sheet, texts) == shown)
    if sheet.source.encoding and not sheet.source.encoding.startswith("utf"):
        says_so |= texts == _as_written(shown, sheet.source.encoding)
    return (shown != "") & says_so


def _untold(sheet: Sheet, texts: pd.Series, shown: pd.Series) -> pd.Series:
    """A column in which cells that reading has refused are as the items have them: one word about each is enough."""
    refused = [f for f in sheet.problems if f.column == texts.name and f.severity is Severity.ERROR]
    return texts.mask(texts.index.isin([row for problem in refused for row in problem.rows]), shown)


def _as_found(sheet: Sheet, texts: pd.Series) -> pd.Series:
    """A column as it stood in the file, before anything was taken off its cells."""
    found = sheet.as_found.get(str(texts.name), {})
    return texts.mask(texts.index.isin(list(found)), pd.Series(found, dtype="str")) if found else texts


def _of_the_file(sheet: Sheet, mapping: ColumnMapping, columns: Sequence[_Column]) -> list[Problem]:
    """What was noticed while reading, but for cells that are never sent: those of columns that feed nothing, and
    those that say what the live item holds."""
    passed = {match.column: frozenset(sheet.frame.index) for match in mapping.matches if match.is_ignored}
    passed |= {c.match.column: frozenset(c.texts.index[c.untouched]) for c in columns}
    left = [f.only(set(f.rows) - passed[f.column]) if f.rows and f.column in passed else f for f in sheet.problems]
    return [after for after, before in zip(left, sheet.problems, strict=True) if after.rows or not before.rows]


def _as_written(shown: pd.Series, encoding: str) -> pd.Series:
    """What is left of texts in the encoding of the file: "?" stands for letters that it does not have."""
    return shown.map(lambda text: text.encode(encoding, "replace").decode(encoding))


def _takes_part(column: _Column) -> pd.Series:
    has_value = column.reading.values.notna() & ~column.untouched
    return has_value | (column.blank & (column.match.blanks is Blanks.CLEAR))


def _problems(column: _Column, broken: Sequence[tuple[Rule, tuple[int, ...]]]) -> list[Problem]:
    touched = set(column.texts.index[~column.untouched])
    about_column = [problem for problem in column.reading.problems if not problem.rows]
    found = [problem.only(touched) for problem in column.reading.problems]
    found.append(_required(column))
    found += [_broken(column, rule, rows) for rule, rows in broken]
    found.append(by_name_finding(column.match.column, column.texts, column.by_name))
    return about_column + [problem for problem in found if problem.rows]


def _required(column: _Column) -> Problem:
    is_emptied = column.field.is_required and column.match.blanks is Blanks.CLEAR
    rows = column.texts.index[column.blank & ~column.untouched & is_emptied]
    return Problem(
        kind="Required field would be emptied",
        expected="a value: this field is required",
        fix="Fill in the cell, or let empty cells leave the item as it is.",
        column=column.match.column,
        rows=tuple(rows),
        values=tuple(column.texts[rows]),
    )


def _broken(column: _Column, rule: Rule, rows: tuple[int, ...]) -> Problem:
    return Problem(
        kind=rule.kind,
        expected=rule.expected,
        fix=rule.fix,
        column=column.match.column,
        rows=rows,
        values=tuple(column.texts[list(rows)]),
    )
