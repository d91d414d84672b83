"""What publishing would do to each item, before it is asked for. Pure: told by the items as they are now."""

from collections.abc import Mapping, Sequence

from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.publishing import Place
from lib.model.site import Site
from lib.runs.compare import Key, Standing, published
from lib.words.say import later

WHY_LEFT_OUT = {
    Place.ARCHIVED: later("The item is archived and cannot be published. Take it out of the archive in Webflow first."),
    Place.GONE: later("The item does not exist any more, or not in this language."),
}


def places(changes: Sequence[Change], items: Mapping[Key, Item]) -> dict[int, Place]:
    """Where the item of each change stands, by row; `items` are all of them that exist."""
    standing = published(changes, items)
    return {change.row: _place(items.get(change.key), standing[change.row]) for change in changes}


def _place(item: Item | None, standing: Standing) -> Place:
    if item is None:
        return Place.GONE
    if item.is_archived:
        return Place.ARCHIVED
    return {Standing.BEFORE: Place.READY, Standing.AFTER: Place.PUBLISHED, Standing.OTHER: Place.CHANGED}[standing]


def is_stale(site: Site, collection: Collection) -> bool:
    """Whether the collection's structure changed after the site was last published, as far as both tell: then Webflow
    refuses live content (seen: "The collection structure changed since the last publish")."""
    moved, out = collection.last_updated, site.published_on
    return moved is not None and out is not None and moved > out
