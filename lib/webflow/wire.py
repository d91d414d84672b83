"""JSON ↔ model, both directions. Reading is tolerant: unknown keys, `locales: null`, odd validations are all real.

What nothing can be done without, an id that is a text and values that are an object, is insisted on: the functions
that read raise `KeyError`, `TypeError` or `AttributeError` for an answer without it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lib.errors import Detail
from lib.model.collection import Collection, Field, FieldType
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.site import Locale, Site

JSON = Mapping[str, Any]


def account_from_json(body: JSON) -> str:
    """The id of a Webflow user."""
    return _id(body)


def site_from_json(body: JSON) -> Site:
    """A site; `locales` is null where a site is not localised (seen in recorded answers)."""
    locales = body.get("locales") or {}
    primary = [_locale(locales["primary"], True)] if locales.get("primary") else []
    others = [_locale(entry, False) for entry in locales.get("secondary") or []]
    return Site(
        id=_id(body),
        display_name=_words(body, "displayName") or _words(body, "shortName") or _id(body),
        short_name=_words(body, "shortName"),
        time_zone=_words(body, "timeZone") or "UTC",
        locales=(*primary, *others),
        is_published=body.get("lastPublished") is not None,
        published_on=_moment(body.get("lastPublished")),
    )


def _locale(body: JSON, is_primary: bool) -> Locale:
    return Locale(
        cms_locale_id=_words(body, "cmsLocaleId"),
        display_name=_words(body, "displayName") or _words(body, "tag"),
        tag=_words(body, "tag"),
        is_primary=is_primary,
    )


def collection_from_json(body: JSON) -> Collection:
    """A collection; lists of collections come without fields."""
    return Collection(
        id=_id(body),
        display_name=_words(body, "displayName") or _words(body, "slug") or _id(body),
        singular_name=_words(body, "singularName") or "item",
        slug=_words(body, "slug"),
        fields=tuple(field_from_json(entry) for entry in body.get("fields") or []),
        last_updated=_moment(body.get("lastUpdated")),
    )


def field_from_json(body: JSON) -> Field:
    """A field; types we do not know become read-only."""
    validations = body.get("validations")
    return Field(
        id=_words(body, "id"),
        slug=_text(body["slug"]),
        display_name=_words(body, "displayName") or body["slug"],
        type=FieldType.of(_words(body, "type")),
        api_type=_words(body, "type"),
        is_required=bool(body.get("isRequired")),
        is_editable=body.get("isEditable", True) is not False,
        help_text=_words(body, "helpText"),
        validations=validations if isinstance(validations, dict) else {},
    )


def item_from_json(body: JSON) -> Item:
    """An item; keys without a value are missing from `fieldData` (seen in recorded answers)."""
    return Item(
        id=_id(body),
        cms_locale_id=_words(body, "cmsLocaleId") or None,
        field_data=_object(body.get("fieldData") or {}),
        is_draft=bool(body.get("isDraft")),
        is_archived=bool(body.get("isArchived")),
        created_on=_moment(body.get("createdOn")),
        last_updated=_moment(body.get("lastUpdated")),
        last_published=_moment(body.get("lastPublished")),
    )


def moment_to_text(moment: datetime) -> str:
    """A time as the API writes it: UTC, milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def http_date(text: str | None) -> datetime | None:
    """A `Date` header, in UTC and whole seconds; None when it is missing or something else."""
    try:
        return parsedate_to_datetime(text or "").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def publish_body(keys: Iterable[tuple[str, str | None]]) -> dict[str, Any]:
    """The body of a publish call: item ids, each with its locale unless the primary one is meant."""
    items = [{"id": item_id} | ({"cmsLocaleIds": [locale]} if locale else {}) for item_id, locale in keys]
    return {"items": items}


def entries_of(body: JSON, name: str) -> list[JSON]:
    """The list of this name in an answer: objects, each with an id."""
    entries = body[name]
    if not isinstance(entries, list):
        raise TypeError(f"{name} is no list")
    for entry in entries:
        _id(_object(entry))
    return entries


def written_entries(body: JSON) -> list[JSON]:
    """The items in the answer to a write: a list, or, as the API's description allows, one item on its own."""
    if "id" in body:
        return [body]
    items = body.get("items")
    return items if isinstance(items, list) else []


def published(body: JSON) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the items that a publish call published, and the sentences about those that it did not."""
    done, errors = (list(body.get(name) or ()) for name in ("publishedItemIds", "errors"))
    return tuple(_text(one) for one in done), tuple(one for one in errors if isinstance(one, str))


def _object(value: object) -> JSON:
    if not isinstance(value, dict):
        raise TypeError("no object")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError("no text")
    return value


def _id(body: JSON) -> str:
    return _text(body["id"])


def _words(body: JSON, name: str) -> str:
    """A text that is nice to have; "" when it is missing or something else."""
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _moment(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def entry_from_change(change: Change) -> dict[str, Any]:
    """One entry of a bulk update: the id and only what changes (developers.webflow.com, "Update Items")."""
    entry: dict[str, Any] = {"id": change.item_id}
    if change.cms_locale_id is not None:
        entry["cmsLocaleId"] = change.cms_locale_id
    if change.is_archived is not None:
        entry["isArchived"] = change.is_archived
    if change.is_draft is not None:
        entry["isDraft"] = change.is_draft
    if change.after:
        entry["fieldData"] = dict(change.after)
    return entry


def update_body(changes: Sequence[Change]) -> dict[str, Any]:
    """The body of one bulk update."""
    return {"items": [entry_from_change(change) for change in changes]}


def entry_to_create(change: Change) -> dict[str, Any]:
    """One new item: all its values (developers.webflow.com, "Create Collection Items"). It has no id to send yet."""
    entry = entry_from_change(change)
    return {name: value for name, value in entry.items() if name != "id"} | {"isArchived": bool(change.is_archived)}


def create_body(changes: Sequence[Change]) -> dict[str, Any]:
    """The body of one call that creates items, a list even for one."""
    return {"items": [entry_to_create(change) for change in changes]}


def variant_body(changes: Sequence[Change]) -> dict[str, Any]:
    """The body of one call that adds languages to items: each by its id, with what it does not share with the primary
    language. That `items/insert` adds them, and takes `cmsLocaleIds` for each entry, is documented
    (developers.webflow.com, "Create Items"); that an entry names its item by `id` is a guess.
    """
    return {"items": [_variant(change) for change in changes]}


def _variant(change: Change) -> dict[str, Any]:
    return {"id": change.item_id, "cmsLocaleIds": [change.cms_locale_id]} | {
        name: value for name, value in entry_to_create(change).items() if name != "cmsLocaleId"
    }


def writing(changes: Sequence[Change], *, live: bool) -> tuple[str, str, dict[str, Any]]:
    """How changes of one sort are written: the method, how the address ends after `/items`, and the body.

    New items are made by `POST …/items` (developers.webflow.com, "Create Collection Items"): `/items/live` would
    publish them at once, and nobody has seen them yet; `/items/bulk` makes one content in several languages.
    """
    if changes[0].is_variant:
        return "POST", "/insert", variant_body(changes)
    if changes[0].is_new:
        return "POST", "", create_body(changes)
    return "PATCH", "/live" if live else "", update_body(changes)


def details_from_json(entries: object) -> tuple[Detail, ...]:
    """Error details in any of the three shapes seen: `{param, description}`, `{field, message}`, plain text."""
    if not isinstance(entries, list):
        return ()
    return tuple(_detail(entry) for entry in entries)


def _detail(entry: object) -> Detail:
    if not isinstance(entry, dict):
        return Detail(param="", description="" if isinstance(entry, list) else str(entry))
    param = _words(entry, "param") or _words(entry, "field")
    return Detail(param=param, description=_words(entry, "description") or _words(entry, "message"))
