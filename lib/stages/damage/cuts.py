"""Texts cut where a program stops: in the middle of a word or a tag, or at a length that programs know."""

from lib.model.problem import Severity
from lib.stages.damage.base import Damage
from lib.words.say import later

MOST_OF_A_CELL = 32_767  # characters of one cell in Excel
LIMITS = (255, 256, 1_024, 2_048, 4_000, 4_096, 8_192, 32_000, MOST_OF_A_CELL, 50_000, 65_535, 65_536)
BLANKS_GONE = 2  # at the end of a cell that was cut beside a blank
FEWEST_KEPT = 100
FEWEST_LOST = 20


def is_cut(found: str, live: str) -> bool:
    """Whether `found` is the beginning of `live` up to a length at which programs cut, or up to within a tag.

    A cell that is exactly full is cut wherever the item's text is longer, whatever was changed before its end.
    """
    if len(found) >= len(live):
        return False
    if is_full(found) and len(live) > MOST_OF_A_CELL:
        return True
    within_tag = found.rfind("<") > found.rfind(">")
    return _begins(live, found) and (within_tag or _at_a_limit(found))


def is_broken_off(found: str, live: str) -> bool:
    """Whether a long beginning of `live` ends within a word."""
    if len(found) < FEWEST_KEPT or len(live) - len(found) < FEWEST_LOST or not _begins(live, found):
        return False
    return live[len(found) - 1 : len(found) + 1].isalnum()


def is_full(text: str) -> bool:
    """Whether a text is as long as a cell can be; line ends may have been two characters."""
    return MOST_OF_A_CELL in (len(text), len(text) + text.count("\n"))


def _at_a_limit(text: str) -> bool:
    sizes = {len(text), len(text) + text.count("\n"), len(text.encode("utf-8", "replace"))}
    return any(limit - BLANKS_GONE <= size <= limit for size in sizes for limit in LIMITS)


def _begins(live: str, found: str) -> bool:
    return live.startswith(found) or live.replace("\r\n", "\n").startswith(found.replace("\r\n", "\n"))


DAMAGES = (
    Damage(
        kind=later("Text was cut off"),
        expected=later("the whole text"),
        advice=later("A program cut it. Copy the whole text again, or leave the cell empty."),
        is_it=is_cut,
    ),
    Damage(
        kind=later("Text ends within a word"),
        expected=later("the whole text"),
        advice=later("Look whether it was cut off on the way."),
        is_it=is_broken_off,
        severity=Severity.WARNING,
    ),
)
