"""Switches: yes and no in the words people use."""

from collections.abc import Sequence

import pandas as pd

from lib.fields.base import Cell, FieldKind, ReadContext
from lib.fields.column import shown_by
from lib.model.collection import Field, FieldType
from lib.model.problem import Problem
from lib.words.say import later, say

# “checked” is how Airtable and Notion write a tick.
YES = (
    "true yes y 1 1.0 on x ✓ ✔ ☑ ✅ 🗹 🗸 √ t [x] checked ticked ja wahr an oui vrai coché sí si sì verdadero sim "
    "verdadeiro vero waar aan tak prawda ano igen kyllä evet да так истина"
)
NO = (
    "false no n 0 0.0 off ✗ ✘ ☐ ❌ f [] unchecked unticked nein falsch aus non faux décoché falso não nao nee onwaar "
    "uit nie fałsz ne nem ei hayır nej nei нет ні ложь"
)
_WORDS: dict[str, bool] = dict.fromkeys(YES.split(), True) | dict.fromkeys(NO.split(), False)


class Switch(FieldKind):
    """True or false. An empty switch is off."""

    type = FieldType.SWITCH
    title = later("Yes or no")
    cleared = False

    def parse(self, text: str) -> object:
        return yes_or_no(text)

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return super().same(before.map(bool), after.map(bool))

    def readable(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        yes, no = say("yes"), say("no")
        return shown_by(values, lambda value: yes if value else no)

    def known(self, field: Field, context: ReadContext) -> Sequence[str]:
        return (say("yes"), say("no"))

    def text_of(self, value: object) -> str:
        return "true" if value else "false"

    def typed(self, value: object, field: Field, context: ReadContext) -> Cell | None:
        return value if isinstance(value, bool) else None

    def offered(self, field: Field, context: ReadContext) -> Sequence[bool]:
        return (True, False)


def yes_or_no(text: str) -> object:
    """True, False, or the problem with `text`."""
    word = text.casefold().removesuffix("\ufe0f")
    if word in _WORDS:
        return _WORDS[word]
    fix = say("Write yes or no (true and false work too).")
    return Problem(kind=later("Not yes or no"), expected=say("yes or no"), fix=fix)
