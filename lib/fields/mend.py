"""Ways to mend texts that a field does not take; whether one helps is tried, see `lib.stages.mending.offers`."""

import html
from collections.abc import Callable
from dataclasses import dataclass

import ftfy
import pandas as pd

from lib.words.say import later, say


@dataclass(frozen=True, slots=True)
class Mend:
    """`mended` gives new texts for different texts of a column, the same ones where it has nothing to say. `words` are
    what it is called, in English."""

    words: str
    mended: Callable[[pd.Series], pd.Series]

    @property
    def title(self) -> str:
        """What it is called."""
        return say(self.words)


def each_text(words: str, change: Callable[[str], str]) -> Mend:
    """A mend that needs nothing but the text."""
    return Mend(words, lambda texts: texts.map(change).astype("str"))


def shortened(text: str, longest: int) -> str:
    """The first words of a text that are not longer than this together, with a sign that there was more."""
    if len(text) <= longest:
        return text
    words = text[:longest].rsplit(None, 1)[0][: longest - 1]
    return f"{words.rstrip(' ,;:.-–')}…"


def only(found: list[str], text: str) -> str:
    """The one that was found, or the text where there are none or several."""
    return found[0] if len(found) == 1 else text


ANYWHERE = (
    each_text(later("Write codes as the signs they mean"), html.unescape),
    each_text(later("Repair the letters"), ftfy.fix_encoding),
    each_text(later("Take away blanks at the edges"), str.strip),
)
