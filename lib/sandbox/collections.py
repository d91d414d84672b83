"""Collections and fields: making them, and the short form in which they are listed."""

import re
from typing import Any

from lib.sandbox.answers import JSON, Refusal, envelope
from lib.sandbox.entries import object_of
from lib.sandbox.world import World

LIST_KEYS = ("id", "displayName", "singularName", "slug", "createdOn", "lastUpdated")


def slug_of(name: str) -> str:
    """The slug the API makes from a display name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "field"


def field(
    world: World,
    type: str,
    display_name: str,
    *,
    slug: str | None = None,
    required: bool = False,
    editable: bool = True,
    help_text: str | None = None,
    validations: JSON | None = None,
) -> JSON:
    """A field as collections list it; field and option ids have 32 digits (seen in recorded answers)."""
    if validations and "options" in validations:
        options = [
            {"id": option.get("id") or world.new_id(32), "name": option["name"]} for option in validations["options"]
        ]
        validations = validations | {"options": options}
    return {
        "id": world.new_id(32),
        "isEditable": editable,
        "isRequired": required,
        "type": type,
        "slug": slug or slug_of(display_name),
        "displayName": display_name,
        "helpText": help_text,
        "validations": validations,
    }


def own_fields(world: World) -> list[JSON]:
    """The two fields that every collection has (recorded answers). The slug's pattern really is an empty object."""
    messages = {
        "pattern": "Must be alphanumerical and not contain any spaces or special characters",
        "maxLength": "Must be less than 256 characters",
    }
    return [
        field(world, "PlainText", "Name", required=True, validations={"maxLength": 256}),
        field(
            world,
            "PlainText",
            "Slug",
            required=True,
            validations={"maxLength": 256, "pattern": {}, "messages": messages},
        ),
    ]


def collection(world: World, display_name: str, singular_name: str, fields: list[JSON], **given: Any) -> JSON:
    """A collection with `Name` and `Slug` before the given fields; `id` and `slug` may be given."""
    now = world.stamp()
    return {
        "id": given.get("id") or world.new_id(),
        "displayName": display_name,
        "singularName": singular_name,
        "slug": given.get("slug") or slug_of(display_name),
        "createdOn": now,
        "lastUpdated": now,
        "fields": own_fields(world) + fields,
    }


def created(world: World, body: Any) -> JSON:
    """The collection that a create call describes, stored; settings of fields are called `metadata` there."""
    _insist(object_of(body), "body", "displayName", "singularName")
    given = body.get("fields") or []
    if not isinstance(given, list):
        raise envelope("Value (fields) should be array")
    fields = [_created_field(world, object_of(entry)) for entry in given]
    made = collection(
        world, body["displayName"], body["singularName"], fields, slug=body.get("slug"), id=body.get("id")
    )
    if any(other["slug"] == made["slug"] for other in world.collections.values()):
        raise Refusal(409, "duplicate_collection", "Conflict: A collection with this slug already exists")
    world.add_collection(made)
    return made


def add_field(world: World, collection_id: str, entry: JSON) -> None:
    """Somebody adds a field in the Designer: the collection's structure is new until the site is published."""
    found = world.collection(collection_id)
    made = _created_field(world, entry)
    world.add_collection(found | {"fields": [*found["fields"], made], "lastUpdated": world.stamp()})
    world.unpublished_fields |= {(collection_id, made["slug"])}


def _created_field(world: World, entry: JSON) -> JSON:
    _insist(entry, "fields[0]", "type", "displayName")
    settings = entry.get("metadata") or entry.get("validations")
    if not isinstance(settings, dict | None):
        raise envelope("Value (fields[0].metadata) should be object")
    for option in (settings or {}).get("options") or []:
        _insist(object_of(option), "options[0]", "name")
    if (settings or {}).get("collectionId") is not None:
        _insist(settings or {}, "fields[0].metadata", "collectionId")
    return field(
        world,
        entry["type"],
        entry["displayName"],
        slug=entry.get("slug"),
        required=bool(entry.get("isRequired")),
        editable=bool(entry.get("isEditable", True)),
        help_text=entry.get("helpText"),
        validations=settings,
    )


def _insist(entry: JSON, place: str, *names: str) -> None:
    """Refuses an object without these texts, or with something else than a text as slug or id."""
    for name in names:
        if name not in entry:
            raise envelope(f"Value ({place}) should have required property '{name}'")
    for name in (*names, "slug", "id"):
        if not isinstance(entry.get(name), str | None) or (name in names and not entry[name]):
            raise envelope(f"Value ({place}.{name}) should be string")


def short(found: JSON) -> JSON:
    """A collection as it appears in a list: without its fields."""
    return {key: found[key] for key in LIST_KEYS}
