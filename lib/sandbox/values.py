"""What each field type accepts, and how the value reads back.

Texts marked "S" are ours, since the real ones are unknown; those marked "used" are matched by clients of others.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tinycss2.color4 import parse_color

from lib.sandbox.answers import JSON, Refusal, invalid_value
from lib.sandbox.files import ADDRESS, file, files
from lib.sandbox.place import Place, Wrong
from lib.sandbox.rich_text import rich_text
from lib.sandbox.world import timestamp

SLUG = re.compile(r"[_a-zA-Z0-9][-_a-zA-Z0-9]*")  # seen four times; the empty one that it also allows is "cleared" here
URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+|[/#?]\S*")  # used: "mike" is none; links within the site are ours
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def stored(field: JSON, value: Any, place: Place) -> Any:
    """How `value` reads back from this field: None when empty, `KEEP` for a skipped file; refuses wrong values."""
    if not field["isEditable"]:
        raise invalid_value(field["slug"], "Field is not editable")  # S
    if value is None or value == "":
        return _cleared(field, value, place)
    check = _CHECKS.get(field["type"])
    if check is None:
        raise invalid_value(field["slug"], "Field cannot be written")  # S
    try:
        return check(field, value, place)
    except Wrong as wrong:
        raise invalid_value(field["slug"], str(wrong)) from None


def _cleared(field: JSON, value: Any, place: Place) -> None:
    if field["isRequired"]:
        raise invalid_value(field["slug"], "Required field cannot be cleared")  # used
    if field["type"] == "Reference" and value is None and place.world.behaviour.null_references_refused:
        raise invalid_value(field["slug"], "Expected value to be an ItemRef: 'null'")  # used


def unknown_field(slug: str) -> Refusal:
    return invalid_value(slug, "Field not described in schema: undefined")


def _limit(field: JSON, name: str) -> Any:
    return (field["validations"] or {}).get(name)


def _text(field: JSON, value: Any, place: Place) -> str:
    if not isinstance(value, str):
        raise Wrong("Expected value to be a string")
    low, high = _limit(field, "minLength"), _limit(field, "maxLength")
    if isinstance(low, int) and len(value) < low:
        raise Wrong("Is too short")  # used
    if isinstance(high, int) and len(value) > high:
        raise Wrong("Is too long")  # used
    if field["slug"] == "slug" and not SLUG.fullmatch(value):
        raise Wrong("Must be alphanumerical and not contain any spaces or special characters")
    return value


def _rich_text(field: JSON, value: Any, place: Place) -> str | None:
    return rich_text(_text(field, value, place), place)


def _number(field: JSON, value: Any, place: Place) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong("Expected value to be a number")
    low, high = _limit(field, "minValue"), _limit(field, "maxValue")
    if _limit(field, "format") == "integer" and value % 1:
        raise Wrong("Expected value to be an integer")
    if _limit(field, "allowNegative") is False and value < 0:
        raise Wrong("Value must not be negative")
    if isinstance(low, int | float) and value < low:
        raise Wrong(f"Value must be at least {low}")
    if isinstance(high, int | float) and value > high:
        raise Wrong(f"Value must be at most {high}")
    return value


def _switch(field: JSON, value: Any, place: Place) -> bool:
    if not isinstance(value, bool):
        raise Wrong("Expected value to be a boolean")
    return value


def _date(field: JSON, value: Any, place: Place) -> str:
    try:
        moment = datetime.fromisoformat(value)
        return timestamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (TypeError, ValueError, OverflowError):  # the first and last day of all, in some time zones
        raise Wrong("Expected value to be an ISO 8601 date") from None


def _link(field: JSON, value: Any, place: Place) -> str:
    if not isinstance(value, str) or not URL.fullmatch(value.strip()):
        raise Wrong(f"Expected value to be a valid URL string: '{value}'")  # used
    is_bare = value.endswith("/") and value.startswith("http")
    return value.rstrip("/") if is_bare and place.world.behaviour.links_lose_slash else value


def _email(field: JSON, value: Any, place: Place) -> str:
    if not isinstance(value, str) or not EMAIL.fullmatch(value.strip()):
        raise Wrong("Expected value to be an email address")
    return value.lower() if place.world.behaviour.emails_lowercased else value


def _color(field: JSON, value: Any, place: Place) -> str:
    """Any CSS colour (developers.webflow.com, "Field Types & Item Values")."""
    color = parse_color(value.strip()) if isinstance(value, str) else None
    if color is None or isinstance(color, str):
        raise Wrong("Expected value to be a color")
    return str(value)


def _option(field: JSON, value: Any, place: Place) -> str:
    if value not in [option["id"] for option in _limit(field, "options") or []]:
        raise Wrong("Expected value to be the id of an option of this field")
    return str(value)


def _reference(field: JSON, value: Any, place: Place) -> str:
    targets = place.world.items.get(_limit(field, "collectionId"), {})
    if not isinstance(value, str) or (value, place.locale) not in targets:
        raise Wrong("Referenced item not found")
    return value


def _references(field: JSON, value: Any, place: Place) -> list[str]:
    if not isinstance(value, list):
        raise Wrong("Expected value to be a list")
    return [_reference(field, entry, place) for entry in value]


def _video(field: JSON, value: Any, place: Place) -> JSON:
    """Written as an address, read as an object (seen in recorded answers)."""
    if not isinstance(value, str) or not ADDRESS.fullmatch(value):
        raise Wrong(f"Expected value to be a valid URL string: '{value}'")  # used
    metadata = {"width": 940, "height": 528, "title": "Video", "provider_name": "YouTube", "thumbnail_url": None}
    return {"url": value, "metadata": metadata}


_CHECKS: dict[str, Callable[[JSON, Any, Place], Any]] = {
    "PlainText": _text,
    "RichText": _rich_text,
    "Image": file,
    "MultiImage": files,
    "File": file,
    "VideoLink": _video,
    "Link": _link,
    "Email": _email,
    "Phone": _text,
    "Number": _number,
    "DateTime": _date,
    "Switch": _switch,
    "Color": _color,
    "Option": _option,
    "Reference": _reference,
    "MultiReference": _references,
}
