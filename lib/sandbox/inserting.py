"""The newer way to create items, in several locales each: what of it is not documented is our guess, and says so."""

from collections.abc import Iterable

from lib.sandbox.answers import JSON, envelope, not_found
from lib.sandbox.entries import MOST_ENTRIES, locales_of
from lib.sandbox.items import FOLLOWS, find
from lib.sandbox.world import World


def in_locales(world: World, collection_id: str, entries: Iterable[JSON]) -> list[JSON]:
    """The entries of an insert call, one for each locale of each. One that names its item by `id` adds them to it, with
    what the primary one holds where it gives nothing else (a field follows that until it is sent, seen in updates).

    Refuses to add a locale that the site does not have, or the item has, and an item that is not there (our choice, the
    real behaviour is unknown)."""
    found = []
    for entry in entries:
        is_known = "id" in entry and not world.behaviour.inserted_anew
        item_id = entry["id"] if is_known else world.new_id()
        primary = find(world, collection_id, (item_id, world.primary_locale)).staged["fieldData"] if is_known else {}
        for locale in locales_of(world, entry):
            if locale not in world.locales:
                raise not_found()
            if (item_id, locale) in world.items[collection_id]:
                raise envelope(f"Item {item_id} already exists in locale {locale}")
            found.append(entry | {"id": item_id, "cmsLocaleId": locale, FOLLOWS: primary})
    if len(found) > MOST_ENTRIES:
        raise envelope(f"Value (items) should NOT have more than {MOST_ENTRIES} items")
    return found
