"""How many items are updated and how many are created, in the words of buttons and of sentences."""

from collections.abc import Mapping

from lib.model.row_status import RowStatus
from lib.words.say import count

Counts = Mapping[RowStatus, int]  # of the rows of a plan


def to_do(counts: Counts) -> str:
    """`update 302 and create 10 items`, `create 10 items`, `update 312 items`."""
    updated, created = _both(counts)
    if updated and created:
        return f"update {updated:,} and create {count(created, 'item', 'items')}"
    return f"create {count(created, 'item', 'items')}" if created else f"update {count(updated, 'item', 'items')}"


def button(counts: Counts) -> str:
    """The same as a button says it."""
    return to_do(counts).capitalize()


def verbs(counts: Counts) -> str:
    """`update and create`, `create`, `update`."""
    updated, created = _both(counts)
    return "update and create" if updated and created else "create" if created else "update"


def passive(counts: Counts, will: str) -> str:
    """`302 items will be updated and 10 created`, with this word for `will`."""
    updated, created = _both(counts)
    if updated and created:
        return f"{count(updated, 'item', 'items')} {will} be updated and {created:,} created"
    return f"{count(created or updated, 'item', 'items')} {will} be {'created' if created else 'updated'}"


def _both(counts: Counts) -> tuple[int, int]:
    return counts.get(RowStatus.WILL_UPDATE, 0), counts.get(RowStatus.WILL_CREATE, 0)
