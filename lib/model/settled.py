"""`Settled`: what a person decided about all cells of a column that say the same."""

from dataclasses import dataclass
from enum import StrEnum


class Settle(StrEnum):
    """What becomes of them."""

    USE = "use"
    KEEP = "keep"
    LEAVE_OUT = "leave out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The decision about one text of a column; `instead` is what to USE."""

    column: str
    text: str
    settle: Settle
    instead: str = ""
