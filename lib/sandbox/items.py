"""What can be done to items: list, create, update, publish, unpublish, delete. Each is all or nothing."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lib.sandbox.answers import JSON, conflict, envelope, invalid_value, not_found
from lib.sandbox.entries import locale_of
from lib.sandbox.files import KEEP
from lib.sandbox.place import Place
from lib.sandbox.values import stored, unknown_field
from lib.sandbox.world import Key, Variant, World

FOLLOWS = "follows"  # in an entry of ours: what the item holds in the primary locale


def find(world: World, collection_id: str, key: Key) -> Variant:
    """The item in this locale; refuses when there is none."""
    variant = world.items[collection_id].get(key)
    if variant is None:
        raise not_found()
    return variant


def update(world: World, collection_id: str, entries: list[JSON], *, live: bool, skip: bool) -> list[JSON]:
    """Update all entries or none; returns the items as they now are."""
    keys = [(entry["id"], locale_of(world, entry)) for entry in entries]
    if len(set(keys)) < len(keys):
        raise envelope("Value (items) should NOT have duplicate items")
    if live:
        _refuse_unless_published(world, collection_id, "The site is not published")
    before = [find(world, collection_id, key) for key in keys]
    if live and any(variant.live is None or variant.staged["isArchived"] for variant in before):  # archived: seen
        raise conflict(
            "Conflict with server data: Live PATCH updates can't be applied to items that have never been published"
        )
    after = [_merged(world, collection_id, entry, old, live, skip) for entry, old in zip(entries, before, strict=True)]
    _refuse_taken_slugs(world, collection_id, after)
    return [_keep(world, collection_id, new, old, live) for new, old in zip(after, before, strict=True)]


def _refuse_unless_published(world: World, collection_id: str, text: str) -> None:
    """Live content needs a published site (both texts used), whose fields are those of the collection (seen)."""
    published_on = world.site["lastPublished"]
    if published_on is None:
        raise conflict(text)
    if world.collection(collection_id)["lastUpdated"] > published_on:
        raise conflict("The collection structure changed since the last publish")


def _merged(world: World, collection_id: str, entry: JSON, old: Variant, live: bool, skip: bool) -> JSON:
    staged = old.staged
    place = Place(world, staged["cmsLocaleId"], skip)
    values = checked_values(collection_id, entry.get("fieldData") or {}, place)
    data = {slug: value for slug, value in (staged["fieldData"] | values).items() if value is not None}
    is_edit = old.live is not None and not live and world.behaviour.edits_are_drafts
    flags = {"isDraft": True} if is_edit else {}
    flags |= {flag: entry[flag] for flag in ("isArchived", "isDraft") if entry.get(flag) is not None}
    return staged | flags | {"lastUpdated": world.stamp(), "fieldData": data}


def checked_values(collection_id: str, sent: JSON, place: Place) -> JSON:
    """The values that are to be stored; refuses unknown fields and wrong values.

    A field that was added since the site was last published is unknown too (matched by a client of others).
    """
    world = place.world
    fields = {
        field["slug"]: field
        for field in world.collection(collection_id)["fields"]
        if (collection_id, field["slug"]) not in world.unpublished_fields
    }
    unknown = [slug for slug in sent if slug not in fields]
    if unknown and not world.behaviour.unknown_fields_ignored:
        raise unknown_field(unknown[0])
    values = {slug: stored(fields[slug], value, place) for slug, value in sent.items() if slug in fields}
    return {slug: value for slug, value in values.items() if value is not KEEP}


def _refuse_taken_slugs(world: World, collection_id: str, after: Iterable[JSON]) -> None:
    coming = {(item["id"], item["cmsLocaleId"]): item["fieldData"].get("slug") for item in after}
    taken = {
        (variant.staged["fieldData"].get("slug"), locale)
        for (item_id, locale), variant in world.items[collection_id].items()
        if (item_id, locale) not in coming
    }
    # Two entries of one request that swap slugs are refused too (our choice, the real behaviour is unknown).
    owned = {
        (find(world, collection_id, key).staged["fieldData"].get("slug"), key[1]): key
        for key in coming
        if key in world.items[collection_id]
    }
    for key, slug in coming.items():
        place = (slug, key[1])
        if slug is not None and (place in taken or owned.get(place, key) != key):
            raise invalid_value("slug", f"Unique value is already in database: '{slug}'")
        taken.add(place)


def _keep(world: World, collection_id: str, item: JSON, old: Variant, live: bool) -> JSON:
    if live:
        item = item | {"lastPublished": item["lastUpdated"]}
    world.put(collection_id, item, live=item if live else old.live)
    return item


def create(world: World, collection_id: str, entries: list[JSON], *, live: bool, skip: bool) -> list[JSON]:
    """Create all entries or none; a missing slug is made from the name."""
    if live:
        _refuse_unless_published(world, collection_id, "The site is not published")
    made = [_made(world, collection_id, entry, live, skip) for entry in entries]
    _refuse_taken_slugs(world, collection_id, made)
    for item in made:
        world.put(collection_id, item, live=item if live else None)
    return made


def _made(world: World, collection_id: str, entry: JSON, live: bool, skip: bool) -> JSON:
    collection = world.collection(collection_id)
    locale = locale_of(world, entry)
    sent = checked_values(collection_id, dict(entry["fieldData"]), Place(world, locale, skip))
    values = entry.get(FOLLOWS, {}) | sent
    for field in collection["fields"]:
        if field["isRequired"] and field["slug"] != "slug" and values.get(field["slug"]) is None:
            raise invalid_value(field["slug"], "Field is required")
    asked = values.get("slug")
    if not asked or (world.behaviour.slugs_get_endings and asked in _used_slugs(world, collection_id, locale)):
        values["slug"] = _free_slug(world, collection_id, str(asked or values["name"]), locale)
    now = world.stamp()
    return {
        "id": entry.get("id") or world.new_id(),
        "cmsLocaleId": locale,
        "lastPublished": now if live else None,
        "lastUpdated": now,
        "createdOn": now,
        "isArchived": bool(entry.get("isArchived", False)),
        "isDraft": bool(entry.get("isDraft", not live)),
        "fieldData": {slug: value for slug, value in values.items() if value is not None},
    }


def _free_slug(world: World, collection_id: str, name: str, locale: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "item"
    return f"{slug}-{world.new_id(5)}" if slug in _used_slugs(world, collection_id, locale) else slug


def _used_slugs(world: World, collection_id: str, locale: str) -> set[Any]:
    variants = world.items[collection_id].items()
    return {variant.staged["fieldData"].get("slug") for (_, place), variant in variants if place == locale}


def publish(world: World, collection_id: str, keys: Iterable[Key]) -> tuple[list[str], list[str]]:
    """Publish what can be published; the ids that were, and a sentence for each that was not."""
    _refuse_unless_published(world, collection_id, "The site hasn't been published")
    done: list[str] = []
    errors: list[str] = []
    for key in keys:
        variant = world.items[collection_id].get(key)
        if variant is None:
            errors.append(f"Staging item ID {key[0]} not found.")
        elif variant.staged["isArchived"] and not world.behaviour.archived_published:
            errors.append(f"Staging item ID {key[0]} is archived and cannot be published.")
        else:
            now = world.stamp()
            item = variant.staged | {"isDraft": False, "lastPublished": now, "lastUpdated": now}
            world.put(collection_id, item, live=item)
            done.append(key[0])
    return done, errors


def publish_site(world: World) -> None:
    """What is queued goes live and what is archived leaves; drafts wait (developers.webflow.com, "Publishing with the
    CMS API"); what went live was published after its last update (seen in recorded answers)."""
    now = world.stamp()
    world.site = world.site | {"lastPublished": now}
    world.unpublished_fields = frozenset()
    for collection_id, variants in world.items.items():
        for staged, live in list(variants.values()):
            if staged["isArchived"]:
                world.put(collection_id, staged, live=None)
            elif not staged["isDraft"] and (live is None or staged["lastUpdated"] > (staged["lastPublished"] or "")):
                out = staged | {"lastPublished": now}
                world.put(collection_id, out, live=out)


def unpublish(world: World, collection_id: str, keys: list[Key]) -> None:
    """Take items off the site; they stay as drafts."""
    if any(find(world, collection_id, key).live is None for key in keys):
        raise not_found()
    for key in keys:
        staged = find(world, collection_id, key).staged | {"isDraft": True, "lastPublished": None}
        world.put(collection_id, staged, live=None)


def delete(world: World, collection_id: str, keys: list[Key]) -> None:
    """Delete these locale variants for good; refuses items that others refer to."""
    for key in keys:
        find(world, collection_id, key)
    users = list(_users(world, collection_id, {item_id for item_id, _ in keys}))
    if users:
        raise conflict(f"This item is still being used by: {', '.join(users)}")  # used
    for key in keys:
        del world.items[collection_id][key]


def _users(world: World, collection_id: str, ids: set[str]) -> Iterator[str]:
    """The names of other items that refer to one of these."""
    for other, collection in world.collections.items():
        slugs = [
            field["slug"]
            for field in collection["fields"]
            if (field["validations"] or {}).get("collectionId") == collection_id
        ]
        for (item_id, _), variant in world.items[other].items() if slugs else ():
            data = variant.staged["fieldData"]
            named = {entry for slug in slugs for entry in _listed(data.get(slug))}
            if named & ids and not (other == collection_id and item_id in ids):
                yield str(data.get("name"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def listed(world: World, collection_id: str, *, live: bool) -> Iterator[dict[str, Any]]:
    """Items as visitors see them (`live`) or as the editor holds them."""
    for variant in world.items[collection_id].values():
        item = variant.live if live else variant.staged
        if item is not None:
            yield item
