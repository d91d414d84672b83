"""Items of the collection that no row of the file is about."""

from dataclasses import replace

from lib.model.item import Item
from lib.stages.found import Found
from lib.stages.key import find_items
from lib.workflow.matching import Matched


def absent(matched: Matched) -> tuple[Item, ...]:
    """The items in the languages of the file that no row is about, in any language, in their order; without those that
    are archived, and those that a row almost names."""
    found, left_out = matched.found, _left_out(matched)
    named = _named(found) | _named(left_out) | {new.variant_of for new in matched.creatable}
    named |= {suggestion.item_id for suggestion in found.suggestions}
    spoken = {*found.spoken, *left_out.spoken}
    items = (item for item in found.table if item.id not in named and not item.is_archived)
    return tuple(item for item in items if spoken & {"", item.cms_locale_id})


def _named(found: Found) -> frozenset[str]:
    places = found.shared.union(map(int, found.places[found.places >= 0]))
    return frozenset(found.table[place].id for place in places)


def _left_out(matched: Matched) -> Found:
    """What the rows are about that a person left out: these items are in the file all the same."""
    on = matched.before
    rows = replace(on.edited, frame=on.edited.frame.loc[on.left_out])
    return find_items(rows, matched.mapping, matched.live.items, on.before.before.languages)
