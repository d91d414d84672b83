"""Finding by name as people write names: case, accents, spaces, HTML entities and Unicode forms do not matter."""

import functools
import html
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

SUGGESTIONS = 3
CLOSE_ENOUGH = 60


@functools.lru_cache(maxsize=100_000)
def forgiving(text: str) -> str:
    """The form in which spellings of one name are alike."""
    decomposed = unicodedata.normalize("NFKD", html.unescape(text)).casefold()
    plain = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return " ".join(plain.split())


class Lookup:
    """Ids by names. Each entry is an id with its names, the most telling first."""

    def __init__(self, entries: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self._ids: set[str] = set()
        self._exact: dict[str, dict[str, None]] = {}
        self._forgiving: dict[str, dict[str, None]] = {}
        self.names: list[str] = []
        for entry_id, names in entries:
            self._ids.add(entry_id)
            self.names += names[-1:]
            for name in names:
                self._exact.setdefault(name, {})[entry_id] = None
                self._forgiving.setdefault(forgiving(name), {})[entry_id] = None

    def find(self, text: str) -> tuple[str, ...]:
        """The ids that `text` may mean: the id itself, else the exact name, else any spelling of it."""
        if text in self._ids:
            return (text,)
        return tuple(self._exact.get(text) or self._forgiving.get(forgiving(text)) or ())

    def closest(self, text: str) -> str:
        """The names most like `text` as part of a sentence, "" when none is."""
        found = process.extract(
            text, self.names, scorer=fuzz.WRatio, processor=forgiving, limit=SUGGESTIONS, score_cutoff=CLOSE_ENOUGH
        )
        return ", ".join(f"“{name}”" for name in dict.fromkeys(name for name, _, _ in found))
