"""Options: chosen by name, sent by id."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lib.fields.base import FieldKind, ReadContext
from lib.fields.characters import trimmed
from lib.fields.column import Way, in_quotes, shown_by
from lib.fields.lookup import Lookup, spelt_otherwise
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem
from lib.words.say import later, say

MOST_NAMED = 8


class Option(FieldKind):
    """One choice of a list. Names may repeat and end in blanks (seen in recorded answers)."""

    type = FieldType.OPTION
    title = later("Option")

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        lookup = Lookup((option_id, (name, name.strip())) for option_id, name in field.options)
        names = dict(field.options)
        return Way(parse=lambda text: _chosen(text, lookup, names), clean=trimmed)

    def show(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        """Names; the id where a name is not enough to find the option again."""
        names = {option_id: name.strip() for option_id, name in field.options}
        lookup = Lookup((option_id, (name,)) for option_id, name in names.items())
        return shown_by(
            values, lambda value: names[value] if lookup.find(names.get(value, "")) == (value,) else str(value)
        )

    def offered(self, field: Field, context: ReadContext) -> Sequence[str]:
        ids = pd.Series([option_id for option_id, _ in field.options], dtype="object")
        return list(self.show(ids, field, context))

    def known(self, field: Field, context: ReadContext) -> Sequence[str]:
        return [name.strip() for _, name in field.options]


def _chosen(text: str, lookup: Lookup, names: dict[str, str]) -> Any:
    found = lookup.find(text)
    if len(found) == 1:
        return found[0] if lookup.find_spelt(text) else spelt_otherwise(found[0], names[found[0]])
    if found:
        return Problem(
            kind=later("Several options of this name"),
            expected=say("the name of exactly one option"),
            fix=say("Rename one of these options in Webflow, or write the option's id."),
        )
    return Problem(kind=later("No such option"), expected=say("one of the field's options"), fix=_advice(text, lookup))


def _advice(text: str, lookup: Lookup) -> str:
    close = lookup.closest(text)
    if close:
        return say("Did you mean {names}?", names=close)
    named = ", ".join(map(in_quotes, dict.fromkeys(lookup.names[:MOST_NAMED])))
    return say("Choose one of {names}.", names=named) if named else say("This field has no options yet.")
