"""Collections and fields: making them, and the short form in which they are listed."""

import re
from typing import Any

from lib.sandbox.answers import JSON, Refusal, envelope
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
    """The two fields that every collection has. The slug's pattern really is an empty object."""
    slug_rules: JSON = {"maxLength": 256, "pattern": {}, "messages": {"maxLength": "Must be less than 256 characters"}}
    return [
        field(world, "PlainText", "Name", required=True, validations={"singleLine": True, "maxLength": 256}),
        field(world, "PlainText", "Slug", required=True, validations={"singleLine": True} | slug_rules),
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
    for name in ("displayName", "singularName"):
        if not isinstance(body, dict) or name not in body:
            raise envelope(f"Value (body) should have required property '{name}'")
    fields = [_created_field(world, entry) for entry in body.get("fields", [])]
    made = collection(
        world, body["displayName"], body["singularName"], fields, slug=body.get("slug"), id=body.get("id")
    )
    if any(other["slug"] == made["slug"] for other in world.collections.values()):
        raise Refusal(409, "duplicate_collection", "Conflict: A collection with this slug already exists")
    world.add_collection(made)
    return made


def _created_field(world: World, entry: JSON) -> JSON:
    for name in ("type", "displayName"):
        if name not in entry:
            raise envelope(f"Value (fields[0]) should have required property '{name}'")
    return field(
        world,
        entry["type"],
        entry["displayName"],
        slug=entry.get("slug"),
        required=bool(entry.get("isRequired")),
        editable=bool(entry.get("isEditable", True)),
        help_text=entry.get("helpText"),
        validations=entry.get("metadata") or entry.get("validations"),
    )


def short(found: JSON) -> JSON:
    """A collection as it appears in a list: without its fields."""
    return {key: found[key] for key in LIST_KEYS}
