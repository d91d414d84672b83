"""Looking up by name as people write names: case, accents, spaces, HTML entities and Unicode forms do not matter."""

import copy
import functools
import html
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz, process

from lib.fields.characters import seen
from lib.fields.column import Noted, in_quotes, noted, quoted
from lib.words.say import later, say

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


class _Names:
    """Ids by their names in each form, made when somebody asks for it, and once for all who look up in them."""

    def __init__(self, entries: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self._entries = list(entries)
        self._in_names: dict[str, bool] = {}
        self.ids = {entry_id for entry_id, _ in self._entries}
        self.shown = [name for _, names in self._entries for name in names[-1:]]

    @functools.cached_property
    def exact(self) -> dict[str, dict[str, None]]:
        """As they are."""
        return self._by(str)

    @functools.cached_property
    def spelt(self) -> dict[str, dict[str, None]]:
        """As `_spelt` makes them."""
        return self._by(_spelt)

    @functools.cached_property
    def normalised(self) -> dict[str, dict[str, None]]:
        """As `normalised` makes them."""
        return self._by(normalised)

    @functools.cached_property
    def comparable(self) -> dict[int, str]:
        """Those that are shown, ready to be compared, by their place."""
        return {place: _comparable(name) for place, name in enumerate(self.shown)}

    @functools.cached_property
    def size(self) -> int:
        """The characters of a search through all."""
        return sum(map(len, self.comparable.values()))

    def hold(self, sign: str) -> bool:
        """Whether any name holds this sign, in any of its forms."""
        if sign not in self._in_names:
            forms = (self.exact, self.spelt, self.normalised)
            self._in_names[sign] = any(sign in name for names in forms for name in names)
        return self._in_names[sign]

    def _by(self, form: Callable[[str], str]) -> dict[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = {}
        for entry_id, names in self._entries:
            for name in names:
                found.setdefault(form(name), {})[entry_id] = None
        return found


class Lookup:
    """Ids by names. Each entry is an id with its names, the most telling first.

    It suggests names for the first different texts that it is asked about, as far as a second or so goes.
    """

    def __init__(self, entries: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self._names = _Names(entries)
        self._suggested: dict[str, str] = {}

    @property
    def names(self) -> Sequence[str]:
        """The most telling name of each entry."""
        return self._names.shown

    def find(self, text: str) -> tuple[str, ...]:
        """The ids that `text` may mean: the id itself, else the exact name, else any spelling of it."""
        return self.find_spelt(text) or tuple(self._names.normalised.get(normalised(text)) or ())

    def find_spelt(self, text: str) -> tuple[str, ...]:
        """The same, but accents and special forms of letters count."""
        if text in self._names.ids:
            return (text,)
        return tuple(self._names.exact.get(text) or self._names.spelt.get(_spelt(text)) or ())

    def afresh(self) -> "Lookup":
        """The same names, with all searches still to be made."""
        again = copy.copy(self)
        again._suggested = {}
        return again

    def is_in_names(self, sign: str) -> bool:
        """Whether any name holds this sign, in any of its forms."""
        return self._names.hold(sign)

    @property
    def is_silent(self) -> bool:
        """Whether it has searched enough and suggests nothing for other texts any more."""
        searched = len(self._suggested)
        return searched >= MOST_SUGGESTED or searched * self._names.size > MOST_SEARCHED

    def closest(self, text: str) -> str:
        """The names most like `text` as part of a sentence, "" when none is or when it is silent."""
        if text not in self._suggested and not self.is_silent:
            self._suggested[text] = self._search(text)
        return self._suggested.get(text, "")

    def _search(self, text: str) -> str:
        wanted, forms = _comparable(text), self._names.comparable
        if len(forms) > SHORTLIST:
            quick = process.extract(wanted, forms, scorer=fuzz.ratio, limit=SHORTLIST)
            forms = {place: form for form, _, place in quick}
        found = process.extract(wanted, forms, scorer=fuzz.WRatio, limit=SUGGESTIONS, score_cutoff=CLOSE_ENOUGH)
        names = dict.fromkeys(self.names[place][:LONGEST_COMPARED] for _, _, place in found)
        return ", ".join(map(in_quotes, names))


def spelt_otherwise(entry_id: str, name: str) -> Noted:
    """The word about a name that was found though its accents or letters differ: it may be another one."""
    fix = say("It was read as {name}. Correct it if another one is meant.", name=quoted(name.strip()))
    return noted(entry_id, later("Name spelt otherwise"), say("the name as it is in Webflow"), fix)
