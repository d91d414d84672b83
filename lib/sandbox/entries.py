"""The form of request bodies, checked before anything is looked up. Wording after the JSON-schema checker Ajv."""

import re
from typing import Any

from lib.sandbox.answers import JSON, envelope, invalid_path_id, missing_fields
from lib.sandbox.world import Key, World

MOST_ENTRIES = 100
OBJECT_ID = re.compile(r"[0-9a-fA-F]{24}")


def locale_of(world: World, entry: JSON) -> str:
    """The locale an entry means: the primary one unless it says so."""
    return str(entry.get("cmsLocaleId") or world.primary_locale)


def entries(body: Any, name: str = "items") -> list[JSON]:
    """The list in a body of several entries, 1 to 100."""
    if not isinstance(body, dict) or name not in body:
        raise envelope(f"Value (body) should have required property '{name}'")
    found = body[name]
    if not isinstance(found, list):
        raise envelope(f"Value ({name}) should be array")
    if not found:
        raise envelope(f"Value ({name}) should NOT have fewer than 1 items")
    if len(found) > MOST_ENTRIES:
        raise envelope(f"Value ({name}) should NOT have more than {MOST_ENTRIES} items")
    return found


def update_entries(body: Any) -> list[JSON]:
    """The entries of a bulk update."""
    found = entries(body)
    for number, entry in enumerate(found):
        place = f"items[{number}]"
        if not isinstance(entry, dict):
            raise envelope(f"Value ({place}) should be object")
        if "id" not in entry:
            raise envelope(f"Value ({place}) should have required property 'id'")
        check_entry(entry, place)
        if not OBJECT_ID.fullmatch(str(entry["id"])):
            raise invalid_path_id("Item ID")
        if not set(entry) & {"fieldData", "isDraft", "isArchived"}:
            raise missing_fields()
    return found


def check_entry(entry: JSON, place: str) -> None:
    """Flags are booleans and `fieldData` is an object."""
    prefix = f"{place}." if place else ""
    for flag in ("isDraft", "isArchived"):
        if flag in entry and not isinstance(entry[flag], bool):
            raise envelope(f"Value ({prefix}{flag}) should be boolean")
    if not isinstance(entry.get("fieldData", {}), dict):
        raise envelope(f"Value ({prefix}fieldData) should be object")


def object_of(body: Any) -> JSON:
    """A body that is one object."""
    if not isinstance(body, dict):
        raise envelope("Value (body) should be object")
    return body


def locales_of(world: World, entry: JSON) -> list[str]:
    """The locales an entry names in `cmsLocaleIds`: the primary one unless it says so."""
    named = entry.get("cmsLocaleIds") or [world.primary_locale]
    if not isinstance(named, list) or not all(isinstance(locale, str) for locale in named):
        raise envelope("Value (cmsLocaleIds) should be array")
    return named


def new_entries(body: Any) -> tuple[list[JSON], bool]:
    """The entries of a create call, and whether they came as a list."""
    several = isinstance(body, dict) and "items" in body
    found = entries(body) if several else [body]
    for entry in map(object_of, found):
        if "fieldData" not in entry:
            raise envelope("Value (body) should have required property 'fieldData'")
        check_entry(entry, "")
        if not entry["fieldData"].get("name"):
            raise envelope("Value (fieldData) should have required property 'name'")
    return [{key: value for key, value in entry.items() if key != "id"} for entry in found], several


def entries_to_insert(body: Any) -> list[JSON]:
    """The entries of an insert call."""
    found = entries(body)
    new_entries({"items": [object_of(entry) for entry in found]})
    return found


def keys(world: World, body: Any) -> list[Key]:
    """The items and locales that a delete or publish call names."""
    if isinstance(body, dict) and "itemIds" in body:
        return [(str(item_id), world.primary_locale) for item_id in entries(body, "itemIds")]
    found: list[Key] = []
    for entry in entries(body):
        if not isinstance(entry, dict) or "id" not in entry:
            raise envelope("Value (items[0]) should have required property 'id'")
        found += [(str(entry["id"]), locale) for locale in locales_of(world, entry)]
    return found
