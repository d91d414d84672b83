"""Options: chosen by name, sent by id."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lib.fields.base import FieldKind, ReadContext
from lib.fields.characters import trimmed
from lib.fields.column import Way, shown_by
from lib.fields.lookup import Lookup, spelt_otherwise
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem

MOST_NAMED = 8


class Option(FieldKind):
    """One choice of a list. Names may repeat and end in blanks (seen in recorded answers)."""

    type = FieldType.OPTION
    title = "Option"

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
            kind="Several options of this name",
            expected="the name of exactly one option",
            fix="Rename one of these options in Webflow, or write the option's id.",
        )
    close = lookup.closest(text)
    named = ", ".join(f"“{name}”" for name in dict.fromkeys(lookup.names[:MOST_NAMED]))
    fix = (
        f"Did you mean {close}?" if close else f"Choose one of {named}." if named else "This field has no options yet."
    )
    return Problem(kind="No such option", expected="one of the field's options", fix=fix)
