"""What each field type accepts, and how the value reads back. Texts marked "S" are ours: the real ones are unknown."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lib.sandbox.answers import JSON, Refusal, invalid_value
from lib.sandbox.world import World, timestamp

SLUG = re.compile(r"[A-Za-z0-9_-]+")
COLOR = re.compile(r"#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|(rgb|hsl)a?\([^()]*\)|[a-zA-Z]+")
ADDRESS = re.compile(r"https?://[^\s/]+\S*")
NOT_FETCHABLE = re.compile(r"https?://[^/]*\.invalid(/|$)")
CODE_BLOCK = re.compile(r"<(pre|code)\b", re.IGNORECASE)
KEEP = object()  # an unfetchable file that is to be skipped: the field keeps its value


class Wrong(Exception):
    """A value that the field does not accept; the text is the description in `details`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is to be stored."""

    world: World
    locale: str
    skip_invalid_files: bool


def stored(field: JSON, value: Any, place: Place) -> Any:
    """How `value` reads back from this field: None when empty, `KEEP` when it is skipped; refuses wrong values."""
    if not field["isEditable"]:
        raise invalid_value(field["slug"], "Field is not editable")  # S
    if value is None or value == "":
        return _cleared(field)
    check = _CHECKS.get(field["type"])
    if check is None:
        raise invalid_value(field["slug"], "Field cannot be written")  # S
    try:
        return check(field, value, place)
    except Wrong as wrong:
        raise invalid_value(field["slug"], str(wrong)) from None


def _cleared(field: JSON) -> None:
    if field["isRequired"]:
        raise invalid_value(field["slug"], "Field is required")


def unknown_field(slug: str) -> Refusal:
    return invalid_value(slug, "Field not described in schema: undefined")


def _limit(field: JSON, name: str) -> Any:
    return (field["validations"] or {}).get(name)


def _text(field: JSON, value: Any, place: Place) -> str:
    if not isinstance(value, str):
        raise Wrong("Expected value to be a string")
    low, high = _limit(field, "minLength"), _limit(field, "maxLength")
    if isinstance(low, int) and len(value) < low:
        raise Wrong(f"Value must be at least {low} characters")
    if isinstance(high, int) and len(value) > high:
        raise Wrong(f"Value must be at most {high} characters")
    if field["slug"] == "slug" and not SLUG.fullmatch(value):
        raise Wrong("Must be alphanumerical and not contain any spaces or special characters")
    return value


def _rich_text(field: JSON, value: Any, place: Place) -> str | None:
    """Code blocks empty the whole value (developers.webflow.com, "Field Types & Item Values")."""
    text = _text(field, value, place)
    return None if CODE_BLOCK.search(text) else text


def _number(field: JSON, value: Any, place: Place) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong("Expected value to be a number")
    low, high = _limit(field, "minValue"), _limit(field, "maxValue")
    if _limit(field, "format") == "integer" and value != int(value):
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
    except (TypeError, ValueError):
        raise Wrong("Expected value to be an ISO 8601 date") from None
    return timestamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[JSON, Any, Place], str]:
    def check(field: JSON, value: Any, place: Place) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value.strip()):
            raise Wrong(f"Expected value to be {what}")
        return value

    return check


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


def _file(field: JSON, value: Any, place: Place) -> Any:
    """A file is fetched again whenever it is sent, also when it is the same address (seen in the wild)."""
    if not isinstance(value, dict) or not isinstance(value.get("url"), str):
        raise Wrong("Expected value to have a 'url' field")
    if not ADDRESS.fullmatch(value["url"]) or NOT_FETCHABLE.match(value["url"]):
        if place.skip_invalid_files:
            return KEEP
        raise Wrong(f"Remote file failed to import: {value['url']}")
    return {"fileId": place.world.new_id(), "url": value["url"], "alt": value.get("alt")}


def _files(field: JSON, value: Any, place: Place) -> Any:
    if not isinstance(value, list):
        raise Wrong("Expected value to be a list")
    fetched = [_file(field, entry, place) for entry in value]
    return [entry for entry in fetched if entry is not KEEP]


def _video(field: JSON, value: Any, place: Place) -> JSON:
    """Written as an address, read as an object (seen in recorded answers)."""
    if not isinstance(value, str) or not ADDRESS.fullmatch(value):
        raise Wrong("Expected value to be a URL")
    metadata = {"width": 940, "height": 528, "title": "Video", "provider_name": "YouTube", "thumbnail_url": None}
    return {"url": value, "metadata": metadata}


_CHECKS: dict[str, Callable[[JSON, Any, Place], Any]] = {
    "PlainText": _text,
    "RichText": _rich_text,
    "Image": _file,
    "MultiImage": _files,
    "File": _file,
    "VideoLink": _video,
    "Link": _matching(re.compile(r"\S+"), "a URL"),
    "Email": _matching(re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"), "an email address"),
    "Phone": _text,
    "Number": _number,
    "DateTime": _date,
    "Switch": _switch,
    "Color": _matching(COLOR, "a color"),
    "Option": _option,
    "Reference": _reference,
    "MultiReference": _references,
}
