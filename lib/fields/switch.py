"""Switches: yes and no in the words people use."""

import pandas as pd

from lib.fields.base import ReadContext, Reading, Rule
from lib.fields.column import Trouble, read_each, same_by, shown_by
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices

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


class Switch:
    """True or false. An empty switch is off."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Reading:
        return read_each(texts, yes_or_no)

    def rules(self, field: Field) -> tuple[Rule, ...]:
        return ()

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return same_by(before.map(bool), after.map(bool), bool)

    def show(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        return shown_by(values, lambda value: "true" if value else "false")


def yes_or_no(text: str) -> object:
    """True, False, or the trouble with `text`."""
    word = text.casefold().removesuffix("\ufe0f")
    if word in _WORDS:
        return _WORDS[word]
    return Trouble(kind="Not yes or no", expected="yes or no", fix="Write yes or no (true and false work too).")
