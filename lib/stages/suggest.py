"""“Did you mean”: the items that texts of the key column may mean which name none exactly. Nothing is used unasked."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from rapidfuzz import fuzz, process

from lib.fields.lookup import normalised
from lib.model.item import Item
from lib.model.mapping import ColumnMapping
from lib.words.say import later

MOST_SEARCHES = 200  # through all names for each text not found: helpful for some, slow for thousands
MOST_COMPARISONS = 500_000  # in all these searches together: about a second
LONGEST_COMPARED = 100  # characters of a name that say how close it is
NAMED = 3
CLOSE_ENOUGH_TO_NAME = 60
CLOSE_ENOUGH_TO_OFFER = 80
CLEARLY_BETTER = 4
_DECIMAL_ZERO = re.compile(r"[.,]0+$")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A text of the key column and the one item that it most likely means."""

    text: str
    item_id: str


class Suggester:
    """Looks for names like a text: other spellings first; for the first texts without one, the closest names."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """`entries` are (item id, name), each item once."""
        self._entries = list(entries)
        self._names = dict(self._entries)
        self._comparable = [_comparable(name) for _, name in self._entries]
        self._searches_left = min(MOST_SEARCHES, MOST_COMPARISONS // max(len(self._entries), 1))
        self._spelt: dict[str, dict[str, None]] = {}
        for item_id, name in self._entries:
            for form in {normalised(name), _bare(name)}:
                self._spelt.setdefault(form, {})[item_id] = None

    def look(self, text: str) -> tuple[str | None, tuple[str, ...]]:
        """The id of the one item to offer for a text, if there is one, and the names to mention."""
        spelt = self._spelt.get(normalised(text)) or self._spelt.get(_bare(text)) or {}
        if spelt:
            names = (self._names[item_id] for item_id in spelt)
            offered = next(iter(spelt)) if len(spelt) == 1 else None
            return offered, tuple(dict.fromkeys(names))[:NAMED]
        if not self._searches_left:
            return None, ()
        self._searches_left -= 1
        close = process.extract(
            _comparable(text), self._comparable, scorer=fuzz.WRatio, limit=NAMED, score_cutoff=CLOSE_ENOUGH_TO_NAME
        )
        names = (self._entries[place][1] for _, _, place in close)
        return self._offered(text, close), tuple(dict.fromkeys(names))

    def _offered(self, text: str, close: Sequence[tuple[str, float, int]]) -> str | None:
        """The closest, where it is close, clearly the closest, and has the same numbers in it."""
        if not close or close[0][1] < CLOSE_ENOUGH_TO_OFFER:
            return None
        item_id, name = self._entries[close[0][2]]
        alone = len(close) == 1 or close[0][1] - close[1][1] >= CLEARLY_BETTER
        return item_id if alone and _DIGITS.findall(text) == _DIGITS.findall(name) else None


def accept(mapping: ColumnMapping, suggestions: Iterable[Suggestion]) -> ColumnMapping:
    """The mapping in which these texts mean these items."""
    accepted = dict(mapping.accepted_keys) | {one.text: one.item_id for one in suggestions}
    return replace(mapping, accepted_keys=tuple(accepted.items()))


def refuse(mapping: ColumnMapping, texts: Container[str]) -> ColumnMapping:
    """The mapping in which these texts mean nothing but what they say."""
    return replace(mapping, accepted_keys=tuple(pair for pair in mapping.accepted_keys if pair[0] not in texts))


def suggestion_table(mapping: ColumnMapping, suggestions: Sequence[Suggestion], items: Iterable[Item]) -> pd.DataFrame:
    """What was accepted, then what can be: whether it is used, the text in the file, and the item."""
    known = {item.id: item for item in items}
    pairs = [(True, *pair) for pair in mapping.accepted_keys] + [(False, one.text, one.item_id) for one in suggestions]
    shown = [(used, text, known[item_id]) for used, text, item_id in pairs if item_id in known]
    return pd.DataFrame(
        {
            later("Use"): pd.Series([used for used, _, _ in shown], dtype="bool"),
            later("In your file"): pd.Series([text for _, text, _ in shown], dtype="str"),
            later("Item"): pd.Series([item.name for _, _, item in shown], dtype="str"),
            later("Page address"): pd.Series([item.slug for _, _, item in shown], dtype="str"),
            later("Item ID"): pd.Series([item.id for _, _, item in shown], dtype="str"),
        }
    )


def _comparable(name: str) -> str:
    return normalised(name[: 2 * LONGEST_COMPARED])[:LONGEST_COMPARED]


def _bare(name: str) -> str:
    """Letters and digits only; a number without the zeros that spreadsheets drop before it or hang on to it."""
    plain = _DECIMAL_ZERO.sub("", normalised(name))
    letters = "".join(letter for letter in plain if letter.isalnum())
    return (letters.lstrip("0") or "0") if letters.isdecimal() else letters
