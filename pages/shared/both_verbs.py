"""How many items are updated and how many are created, in the words of buttons and of sentences."""

from collections.abc import Mapping

from lib.model.row_status import RowStatus
from lib.words.say import count, say, say_many

Counts = Mapping[RowStatus, int]  # of the rows of a plan


def to_do(counts: Counts) -> str:
    """`update 302 and create 10 items`, `create 10 items`, `update 312 items`."""
    updated, created = _both(counts)
    items = count(created or updated, "item", "items")
    if updated and created:
        return say("update {updated:,} and create {items}", updated=updated, items=items)
    return say("create {items}", items=items) if created else say("update {items}", items=items)


def button(counts: Counts) -> str:
    """The same as a button says it."""
    told = to_do(counts)
    return told[:1].upper() + told[1:]


def verbs(counts: Counts) -> str:
    """`update and create`, `create`, `update`."""
    updated, created = _both(counts)
    if updated and created:
        return say("update and create")
    return say("create") if created else say("update")


def passive(counts: Counts, will: str) -> str:
    """`302 items will be updated and 10 created`; with another word for `will`, `302 items were to be updated`."""
    updated, created = _both(counts)
    if will != "will":
        return _was_to_be(updated, created)
    if updated and created:
        return say_many(
            updated,
            "{number:,} item will be updated and {created:,} created",
            "{number:,} items will be updated and {created:,} created",
            created=created,
        )
    if created:
        return say_many(created, "{number:,} item will be created", "{number:,} items will be created")
    return say_many(updated, "{number:,} item will be updated", "{number:,} items will be updated")


def _was_to_be(updated: int, created: int) -> str:
    if updated and created:
        return say(
            "{items} were to be updated and {created:,} created", items=count(updated, "item", "items"), created=created
        )
    if created:
        return say_many(created, "{number:,} item was to be created", "{number:,} items were to be created")
    return say_many(updated, "{number:,} item was to be updated", "{number:,} items were to be updated")


def _both(counts: Counts) -> tuple[int, int]:
    return counts.get(RowStatus.WILL_UPDATE, 0), counts.get(RowStatus.WILL_CREATE, 0)
