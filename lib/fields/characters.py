"""Characters that nobody sees, and the Unicode forms of those that everybody sees: one definition for all fields."""

import re
import unicodedata

import pandas as pd

_ZERO_WIDTH = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# These change how letters around them look: emoji are joined and coloured by them, Persian and Hindi written with them.
_JOINERS = "\u200c\u200d"
_SHAPES = "\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef"


def _spelt_out(ranges: str) -> str:
    """All characters of the inside of a regex class."""
    return "".join(
        chr(code)
        for first, last in re.findall(r"(.)(?:-(.))?", ranges, re.DOTALL)
        for code in range(ord(first), ord(last or first) + 1)
    )


BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
ZERO_WIDTH = _spelt_out(_ZERO_WIDTH)
EDGES = BLANKS + ZERO_WIDTH + _spelt_out(_DIRECTIONS)
NOTHING = EDGES + _spelt_out(_JOINERS + _SHAPES)
_ANYWHERE = re.compile(f"[{_ZERO_WIDTH}{_DIRECTIONS}]")
_MAY_BE_UNSEEN = re.compile(f"[{_ZERO_WIDTH}{_DIRECTIONS}{_JOINERS}{_SHAPES}]")
_UNSEEN = re.compile(
    f"[{_ZERO_WIDTH}{_DIRECTIONS}]|(?<![^\\x00-\\x7f])[{_JOINERS}{_SHAPES}]|[{_JOINERS}](?![^\\x00-\\x7f])"
)


def trimmed(text: str) -> str:
    """`text` without blanks around it, the invisible ones included."""
    return text.strip(EDGES)


def seen(text: str) -> str:
    """`text` as a person sees it: composed (NFC), without invisible characters at the edges or inside.

    Joiners stay between letters that they shape: emoji and scripts other than the Latin one need them.
    """
    return trimmed(_UNSEEN.sub("", composed(text)) if _may_be_unseen(text) else composed(text))


def composed(text: str) -> str:
    """`text` in the Unicode form that keyboards give (NFC); Macs write file names and exports in the other one."""
    return unicodedata.normalize("NFC", text)


def has_unseen(text: str) -> bool:
    """Whether `text` holds characters that `seen` leaves out, blanks aside."""
    return _may_be_unseen(text) and _UNSEEN.search(text) is not None


def without_unseen(text: str) -> str:
    """`text` composed and without characters that change nothing about how it looks, blanks kept."""
    return _ANYWHERE.sub("", composed(text)) if _may_be_unseen(text) else composed(text)


def _may_be_unseen(text: str) -> bool:
    """A quick look: the patterns that know the neighbours are slow, and most texts hold nothing of the kind."""
    return not text.isascii() and _MAY_BE_UNSEEN.search(text) is not None


def is_blank(texts: pd.Series) -> pd.Series:
    """Which cells hold nothing that anybody sees."""
    return texts.str.strip(NOTHING) == ""
