"""References to items of another collection: written by slug or name, sent by id."""

import csv
import re
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd

from lib.fields.base import FieldKind, ReadContext
from lib.fields.characters import trimmed
from lib.fields.column import Way, noted, problem_of, quoted, shown_by, value_of
from lib.fields.lookup import Lookup, spelt_otherwise
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Cause, Problem

SEPARATORS = {";": "semicolon", "|": "vertical bar", "\n": "line break", ",": "comma"}
LONGEST_NAME_PARTS = 6  # a name may hold the separator itself, up to so many times
WITH_ADDRESS = re.compile(r"(?P<name>[^()]*[^()\s])\s*\(https?://[^\s()]*\)")  # how Notion writes a relation


class Reference(FieldKind):
    """One item of another collection."""

    type = FieldType.REFERENCE
    title = "Reference"
    is_reference = True

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        targets = _targets(field, context)
        return Way(parse=lambda text: _one(text, targets), clean=trimmed)

    def show(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        slugs = _slugs(field, context)
        return shown_by(values, lambda value: slugs.get(value, str(value)))


class MultiReference(Reference):
    """Several items of another collection, in order."""

    type = FieldType.MULTI_REFERENCE
    title = "References"
    choice = "separator"
    cleared: ClassVar[object] = []

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        targets = _targets(field, context)
        separator = choices.separator or detect_separator(texts, targets.lookup)
        return Way(parse=lambda text: _all_found(text, separator, targets), clean=trimmed)

    def meaning(self, value: Any) -> object:
        return list(value)

    def show(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        slugs = _slugs(field, context)
        return shown_by(values, lambda value: "; ".join(slugs.get(entry, str(entry)) for entry in value))


@dataclass(frozen=True, slots=True)
class _Targets:
    """The items that a field may refer to: found by name, and their names by id."""

    lookup: Lookup
    names: dict[str, str]


def separator_of(texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> str:
    """What parts the names in this column: as the person chose, else as its texts show."""
    return choices.separator or detect_separator(texts, _targets(field, context).lookup)


def known_ids(texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> pd.Series:
    """The ids of those names in each text that mean exactly one item."""
    lookup = _targets(field, context).lookup
    separator = choices.separator or detect_separator(texts, lookup)
    answers = [[_find(part, lookup) for part in parts_of(text, separator, lookup)] for text in texts]
    return pd.Series([[found[0] for found in one if len(found) == 1] for one in answers], index=texts.index)


def detect_separator(texts: pd.Series, lookup: Lookup) -> str:
    """The separator with which most texts come apart into names that exist; a semicolon where none does."""
    distinct = [text for text in texts.drop_duplicates() if text.strip()]

    def resolved(separator: str) -> int:
        return sum(all_exist(text, separator, lookup) for text in distinct[:500])

    return max(SEPARATORS, key=resolved)


def all_exist(text: str, separator: str, lookup: Lookup) -> bool:
    """Whether each name in `text` means exactly one item."""
    return all(len(_find(part, lookup)) == 1 for part in parts_of(text, separator, lookup))


def parts_of(text: str, separator: str, lookup: Lookup) -> list[str]:
    """The names in `text`; one that holds the separator itself stays whole when it exists, or stands in quotes."""
    plain = text.replace("&amp;", "&")
    parts = _joined_where_known(plain.split(separator), separator, lookup)
    if '"' in plain and not all(lookup.find(part) for part in parts):
        return _unquoted(plain, separator) or parts
    return parts


def _joined_where_known(pieces: list[str], separator: str, lookup: Lookup) -> list[str]:
    if not lookup.is_in_names(separator) and not any("(" in piece for piece in pieces):
        return [part for part in map(trimmed, pieces) if part]  # pieces put together again are no name
    parts: list[str] = []
    start = 0
    while start < len(pieces):
        if not pieces[start].strip():
            start += 1
            continue
        longest = min(len(pieces) - start, LONGEST_NAME_PARTS)
        length = next(
            (n for n in range(longest, 0, -1) if _find(_joined(pieces[start : start + n], separator), lookup)), 1
        )
        part = _joined(pieces[start : start + length], separator)
        parts += [part] if part else []
        start += length
    return parts


def _joined(pieces: list[str], separator: str) -> str:
    return trimmed(separator.join(pieces))


def _unquoted(text: str, separator: str) -> list[str]:
    """The parts of a list in which names stand in quotation marks, as Airtable writes them; [] where it is none."""
    try:
        rows = list(csv.reader([text], delimiter=separator, skipinitialspace=True, strict=True))
    except (csv.Error, ValueError, TypeError):
        return []
    return [part for part in map(trimmed, rows[0]) if part] if len(rows) == 1 else []


def _targets(field: Field, context: ReadContext) -> _Targets:
    """Looked up by name as often as anything is read with this context, and made ready once."""
    place = field.target_collection_id or ""
    if place not in context.lookups:
        items = context.targets.get(place, ())
        lookup = Lookup((item.id, (item.slug, item.name)) for item in items)
        context.lookups[place] = _Targets(lookup, {item.id: item.name for item in items})
    found: _Targets = context.lookups[place]
    return _Targets(found.lookup.afresh(), found.names)


def _slugs(field: Field, context: ReadContext) -> dict[str, str]:
    return {item.id: item.slug for item in context.targets.get(field.target_collection_id or "", ())}


def _one(text: str, targets: _Targets) -> Any:
    answer = _found(text, targets)
    if not isinstance(answer, Problem) or answer.cause is not Cause.NO_SUCH_ITEM:
        return answer
    separator = _other_separator(text, "", targets.lookup)
    if separator is None:
        return answer
    return Problem(
        kind="Several items in a field for one",
        expected="the slug or name of one item",
        fix=f"These are several items, separated by {SEPARATORS[separator]}s. Keep the one that is meant.",
    )


def _found(text: str, targets: _Targets) -> Any:
    found = _find(text, targets.lookup)
    if len(found) == 1:
        is_spelt_so = targets.lookup.find_spelt(text) or targets.lookup.find_spelt(_without_address(text))
        return found[0] if is_spelt_so else spelt_otherwise(found[0], targets.names.get(found[0], ""))
    if found:
        return Problem(
            kind="Several items of this name",
            expected="the name of exactly one item",
            fix=f"{len(found)} items are called {quoted(text)}. Write the slug of the one you mean.",
        )
    return Problem(
        kind="No such item",
        cause=Cause.NO_SUCH_ITEM,
        expected="the slug or name of an item that exists",
        fix=f"There is no {quoted(text)}. {_advice(text, targets.lookup)}",
    )


def _find(text: str, lookup: Lookup) -> tuple[str, ...]:
    """The ids that a name may mean, with or without the address that some tools write behind it."""
    return lookup.find(text) or lookup.find(_without_address(text))


def _without_address(text: str) -> str:
    found = WITH_ADDRESS.fullmatch(text) if text.endswith(")") else None
    return found["name"] if found else text


def _advice(text: str, lookup: Lookup) -> str:
    close = lookup.closest(text)
    if close:
        return f"Did you mean {close}?"
    if lookup.is_silent:
        return "Correct it, or create that item first. So many names are unknown that not all were compared."
    return "Create that item first."


def _all_found(text: str, separator: str, targets: _Targets) -> Any:
    answers = [_found(part, targets) for part in parts_of(text, separator, targets.lookup)]
    wrong = next((answer for answer in answers if isinstance(answer, Problem)), None)
    if wrong is None:
        return _with_notes(answers)
    other = _other_separator(text, separator, targets.lookup) if wrong.cause is Cause.NO_SUCH_ITEM else None
    if other is None:
        return wrong
    return Problem(
        kind="Another separator?",
        cause=Cause.AMBIGUOUS,
        expected=f"names separated by {SEPARATORS.get(separator, 'separator')}s",
        fix=f"This looks like a list separated by {SEPARATORS[other]}s. Choose the {SEPARATORS[other]} for this column "
        "on the Match page, or separate the names in this cell like those in the others.",
    )


def _with_notes(answers: list[Any]) -> Any:
    """The ids, with the first note about one of the names."""
    notes = [problem for problem in map(problem_of, answers) if problem]
    values = [value_of(answer) for answer in answers]
    if not notes:
        return values
    fix = " ".join(dict.fromkeys(str(note.fix) for note in notes))
    return noted(values, notes[0].kind, notes[0].expected, fix)


def _other_separator(text: str, separator: str, lookup: Lookup) -> str | None:
    """Another separator, with which the text comes apart into several names that all exist."""
    others = (other for other in SEPARATORS if other != separator and other in text)
    return next((one for one in others if len(parts_of(text, one, lookup)) > 1 and all_exist(text, one, lookup)), None)
