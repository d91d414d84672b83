"""References to items that the same file creates: which row refers to which."""

from collections.abc import Iterable, Iterator, Sequence

from lib.fields import kind_of
from lib.model.collection import Collection
from lib.model.new_item import is_new, row_of
from lib.model.plan import Change
from lib.stages.creation_order import levels


def rows_named(value: object) -> set[int]:
    """The rows of the new items in the value of a reference field, be it one id or a list."""
    entries = value if isinstance(value, list) else [value]
    return {row_of(entry) for entry in entries if is_new(entry)}


def in_levels(new: Sequence[Change], collection: Collection) -> Iterator[list[Change]]:
    """New items by how many others must be there before them; what is left in circles comes last, and is not lost."""
    by_row = {change.row: change for change in new}
    waits = {row: rows_waited_for(change, collection) & by_row.keys() for row, change in by_row.items()}
    for level in levels(waits):
        yield [by_row.pop(row) for row in level]
    if by_row:
        yield list(by_row.values())


def waits_of(changes: Iterable[Change], collection: Collection) -> dict[int, set[int]]:
    """By the row of each change that refers to new items: their rows."""
    waits = {change.row: rows_waited_for(change, collection) for change in changes}
    return {row: others for row, others in waits.items() if others}


def rows_waited_for(change: Change, collection: Collection) -> set[int]:
    """The rows whose new items a change refers to."""
    fields = {slug: collection.field(slug) for slug in change.after}
    named = (rows_named(change.after[slug]) for slug, field in fields.items() if kind_of(field.type).is_reference)
    return set().union(*named)
