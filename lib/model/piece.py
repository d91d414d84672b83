"""`Piece`: a stretch of a text beside an earlier form of it."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What a piece is: in both texts, only in the one before, only in the one after, or cut out of what is shown."""

    SAME = "same"
    GONE = "gone"
    ADDED = "added"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; of a CUT one, the words that stand for it."""

    mark: Mark
    text: str
