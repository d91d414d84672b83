"""References to items of another collection: written by slug or name, sent by id."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd

from lib.fields.base import FieldKind, ReadContext
from lib.fields.characters import trimmed
from lib.fields.column import Way, noted, problem_of, quoted, shown_by, value_of
from lib.fields.item_names import names_of
from lib.fields.lookup import Lookup, spelt_otherwise
from lib.fields.mend import Mend, each_text
from lib.fields.name_lists import (
    detect_separator,
    find_name,
    other_separator,
    parts_of,
    separated,
    without_address,
)
from lib.fields.separator_words import ANY, ONE, PUT_BETWEEN, SEVERAL
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Cause, Problem
from lib.words.say import later, say

MOST_OFFERED = 500  # nobody looks through a longer list


class Reference(FieldKind):
    """One item of another collection."""

    type = FieldType.REFERENCE
    title = later("Reference")
    is_reference = True

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        targets = _targets(field, context)
        return Way(parse=lambda text: _one(text, targets), clean=trimmed)

    def show(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        slugs = _slugs(field, context)
        return shown_by(values, lambda value: slugs.get(value, str(value)))

    def readable(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        names = _names(field, context)
        return shown_by(values, lambda value: names.get(value, str(value)))

    def offered(self, field: Field, context: ReadContext) -> Sequence[str]:
        slugs = sorted(_slugs(field, context).values())
        return slugs if len(slugs) <= MOST_OFFERED else ()

    def known(self, field: Field, context: ReadContext) -> Sequence[str]:
        return names_of(context.items_of(field.target_collection_id))


class MultiReference(Reference):
    """Several items of another collection, in order."""

    type = FieldType.MULTI_REFERENCE
    title = later("References")
    choice = "separator"
    cleared: ClassVar[object] = []

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        targets = _targets(field, context)
        separator = choices.separator or detect_separator(texts, targets.lookup)
        return Way(parse=lambda text: _all_found(text, separator, targets), clean=trimmed)

    def mends(self, field: Field, choices: ReadingChoices, context: ReadContext) -> Sequence[Mend]:
        used = choices.separator or ";"
        return (each_text(PUT_BETWEEN[used], lambda text: separated(text, used)),)

    def meaning(self, value: Any) -> object:
        return list(value)

    def show(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        slugs = _slugs(field, context)
        return shown_by(values, lambda value: "; ".join(slugs.get(entry, str(entry)) for entry in value))

    def readable(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        names = _names(field, context)
        return shown_by(values, lambda value: "\n".join(names.get(entry, str(entry)) for entry in value))

    def offered(self, field: Field, context: ReadContext) -> Sequence[str]:
        return ()  # a list in a spreadsheet offers one at a time


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
    answers = [[find_name(part, lookup) for part in parts_of(text, separator, lookup)] for text in texts]
    return pd.Series([[found[0] for found in one if len(found) == 1] for one in answers], index=texts.index)


def _targets(field: Field, context: ReadContext) -> _Targets:
    """Looked up by name as often as anything is read with this context, and made ready once."""
    place = field.target_collection_id or ""
    if place not in context.lookups:
        items = context.items_of(place)
        lookup = Lookup((item.id, (item.slug, item.name)) for item in items)
        context.lookups[place] = _Targets(lookup, {item.id: item.name for item in items})
    found: _Targets = context.lookups[place]
    return _Targets(found.lookup.afresh(), found.names)


def _slugs(field: Field, context: ReadContext) -> dict[str, str]:
    return {item.id: item.slug for item in context.items_of(field.target_collection_id)}


def _names(field: Field, context: ReadContext) -> dict[str, str]:
    targets = context.items_of(field.target_collection_id)
    return {item.id: item.name or item.slug for item in targets}


def _one(text: str, targets: _Targets) -> Any:
    answer = _found(text, targets)
    if not isinstance(answer, Problem) or answer.cause is not Cause.NO_SUCH_ITEM:
        return answer
    separator = other_separator(text, "", targets.lookup)
    if separator is None:
        return answer
    return Problem(
        kind=later("Several items in a field for one"),
        expected=say("the slug or name of one item"),
        fix=say(
            "These are several items, separated by {separators}. Keep the one that is meant.",
            separators=say(SEVERAL[separator]),
        ),
    )


def _found(text: str, targets: _Targets) -> Any:
    found = find_name(text, targets.lookup)
    if len(found) == 1:
        is_spelt_so = targets.lookup.find_spelt(text) or targets.lookup.find_spelt(without_address(text))
        return found[0] if is_spelt_so else spelt_otherwise(found[0], targets.names.get(found[0], ""))
    if found:
        return Problem(
            kind=later("Several items of this name"),
            expected=say("the name of exactly one item"),
            fix=say(
                "{number} items are called {name}. Write the slug of the one you mean.",
                number=len(found),
                name=quoted(text),
            ),
        )
    return Problem(
        kind=later("No such item"),
        cause=Cause.NO_SUCH_ITEM,
        expected=say("the slug or name of an item that exists"),
        fix=say("There is no {name}. {advice}", name=quoted(text), advice=_advice(text, targets.lookup)),
    )


def _advice(text: str, lookup: Lookup) -> str:
    close = lookup.closest(text)
    if close:
        return say("Did you mean {names}?", names=close)
    if lookup.is_silent:
        return say("Correct it, or create that item first. So many names are unknown that not all were compared.")
    return say("Create that item first.")


def _all_found(text: str, separator: str, targets: _Targets) -> Any:
    answers = [_found(part, targets) for part in parts_of(text, separator, targets.lookup)]
    wrong = next((answer for answer in answers if isinstance(answer, Problem)), None)
    if wrong is None:
        return _with_notes(answers)
    other = other_separator(text, separator, targets.lookup) if wrong.cause is Cause.NO_SUCH_ITEM else None
    if other is None:
        return wrong
    return Problem(
        kind=later("Another separator?"),
        cause=Cause.AMBIGUOUS,
        expected=say("names separated by {separators}", separators=say(SEVERAL.get(separator, ANY))),
        fix=say(
            "This looks like a list separated by {separators}. Choose {separator} for this column on the Match page, "
            "or separate the names in this cell like those in the others.",
            separators=say(SEVERAL[other]),
            separator=say(ONE[other]),
        ),
    )


def _with_notes(answers: list[Any]) -> Any:
    """The ids, with the first note about one of the names."""
    notes = [problem for problem in map(problem_of, answers) if problem]
    values = [value_of(answer) for answer in answers]
    if not notes:
        return values
    fix = " ".join(dict.fromkeys(str(note.fix) for note in notes))
    return noted(values, notes[0].kind, notes[0].expected, fix)
