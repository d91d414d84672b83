"""Looking up by name as people write names: case, accents, spaces, HTML entities and Unicode forms do not matter."""

import copy
import functools
import html
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from lib.fields.characters import seen
from lib.fields.column import Noted, noted, quoted

SUGGESTIONS = 3
CLOSE_ENOUGH = 60
# A search through all names for each text not found is helpful for some texts, slow for thousands.
MOST_SUGGESTED = 300
MOST_SEARCHED = 50_000_000  # characters of names, in all searches together: about half a second
SHORTLIST = 300  # names that are compared closely, chosen by a quick look at all of them
LONGEST_COMPARED = 100  # characters of a name that say how close it is


@functools.lru_cache(maxsize=100_000)
def normalised(text: str) -> str:
    """The form in which spellings of one name are alike."""
    decomposed = unicodedata.normalize("NFKD", _spelt(text))
    plain = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(plain.split())


@functools.lru_cache(maxsize=100_000)
def _spelt(text: str) -> str:
    """The form in which one spelling of a name is alike: accents count, case, spaces and what nobody sees do not."""
    return " ".join(seen(html.unescape(text)).casefold().split())


def _comparable(name: str) -> str:
    return normalised(name[: 2 * LONGEST_COMPARED])[:LONGEST_COMPARED]


class Lookup:
    """Ids by names. Each entry is an id with its names, the most telling first.

    It suggests names for the first different texts that it is asked about, as far as a second or so goes.
    """

    def __init__(self, entries: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self._ids: set[str] = set()
        self._exact: dict[str, dict[str, None]] = {}
        self._spelt: dict[str, dict[str, None]] = {}
        self._normalised: dict[str, dict[str, None]] = {}
        self._suggested: dict[str, str] = {}
        self._in_names: dict[str, bool] = {}
        self.names: list[str] = []
        for entry_id, names in entries:
            self._ids.add(entry_id)
            self.names += names[-1:]
            for name in names:
                self._exact.setdefault(name, {})[entry_id] = None
                self._spelt.setdefault(_spelt(name), {})[entry_id] = None
                self._normalised.setdefault(normalised(name), {})[entry_id] = None

    def find(self, text: str) -> tuple[str, ...]:
        """The ids that `text` may mean: the id itself, else the exact name, else any spelling of it."""
        return self.find_spelt(text) or tuple(self._normalised.get(normalised(text)) or ())

    def find_spelt(self, text: str) -> tuple[str, ...]:
        """The same, but accents and special forms of letters count."""
        if text in self._ids:
            return (text,)
        return tuple(self._exact.get(text) or self._spelt.get(_spelt(text)) or ())

    def afresh(self) -> "Lookup":
        """The same names, with all searches still to be made."""
        again = copy.copy(self)
        again._suggested = {}
        return again

    def is_in_names(self, sign: str) -> bool:
        """Whether any name holds this sign, in any of its forms."""
        if sign not in self._in_names:
            forms = (self._exact, self._spelt, self._normalised)
            self._in_names[sign] = any(sign in name for names in forms for name in names)
        return self._in_names[sign]

    @property
    def is_silent(self) -> bool:
        """Whether it has searched enough and suggests nothing for other texts any more."""
        searched = len(self._suggested)
        return searched >= MOST_SUGGESTED or searched * self._size > MOST_SEARCHED

    def closest(self, text: str) -> str:
        """The names most like `text` as part of a sentence, "" when none is or when it is silent."""
        if text not in self._suggested and not self.is_silent:
            self._suggested[text] = self._search(text)
        return self._suggested.get(text, "")

    def _search(self, text: str) -> str:
        wanted, forms = _comparable(text), self._forms
        if len(forms) > SHORTLIST:
            quick = process.extract(wanted, forms, scorer=fuzz.ratio, limit=SHORTLIST)
            forms = {place: form for form, _, place in quick}
        found = process.extract(wanted, forms, scorer=fuzz.WRatio, limit=SUGGESTIONS, score_cutoff=CLOSE_ENOUGH)
        names = dict.fromkeys(self.names[place][:LONGEST_COMPARED] for _, _, place in found)
        return ", ".join(f"“{name}”" for name in names)

    @functools.cached_property
    def _forms(self) -> dict[int, str]:
        return {place: _comparable(name) for place, name in enumerate(self.names)}

    @functools.cached_property
    def _size(self) -> int:
        return sum(map(len, self._forms.values()))


def spelt_otherwise(entry_id: str, name: str) -> Noted:
    """The word about a name that was found though its accents or letters differ: it may be another one."""
    fix = f"It was read as {quoted(name.strip())}. Correct it if another one is meant."
    return noted(entry_id, "Name spelt otherwise", "the name as it is in Webflow", fix)
