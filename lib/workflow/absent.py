"""Items of the collection that no row of the file is about."""

from dataclasses import replace

from lib.model.item import Item
from lib.stages.found import Found
from lib.stages.key import find_items
from lib.workflow.matching import Matched


def absent(matched: Matched) -> tuple[Item, ...]:
    """The items in the languages of the file that no row is about, in their order; without those that are archived, and
    those that a row almost names."""
    left_out = _left_out(matched)
    named = _named(matched.found) | _named(left_out)
    spoken = {*matched.found.spoken, *left_out.spoken}
    almost = {suggestion.item_id for suggestion in matched.found.suggestions}
    items = (item for place, item in enumerate(matched.found.table) if place not in named and item.id not in almost)
    return tuple(item for item in items if not item.is_archived and spoken & {"", item.cms_locale_id})


def _named(found: Found) -> frozenset[int]:
    return found.shared.union(map(int, found.places))


def _left_out(matched: Matched) -> Found:
    """What the rows are about that a person left out: these items are in the file all the same."""
    on = matched.before
    rows = replace(on.edited, frame=on.edited.frame.loc[on.left_out])
    return find_items(rows, matched.mapping, matched.live.items, on.before.before.languages)
