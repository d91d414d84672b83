"""JSON ↔ model, both directions. Reading is tolerant: unknown keys, `locales: null`, odd validations are all real."""

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


def site_from_json(body: JSON) -> Site:
    """A site; `locales` is null where a site is not localised (seen in recorded answers)."""
    locales = body.get("locales") or {}
    primary = [_locale(locales["primary"], True)] if locales.get("primary") else []
    others = [_locale(entry, False) for entry in locales.get("secondary") or []]
    return Site(
        id=body["id"],
        display_name=body.get("displayName") or body.get("shortName") or body["id"],
        short_name=body.get("shortName") or "",
        time_zone=body.get("timeZone") or "UTC",
        locales=(*primary, *others),
        is_published=body.get("lastPublished") is not None,
    )


def _locale(body: JSON, is_primary: bool) -> Locale:
    return Locale(
        cms_locale_id=body.get("cmsLocaleId") or "",
        display_name=body.get("displayName") or body.get("tag") or "",
        tag=body.get("tag") or "",
        is_primary=is_primary,
    )


def collection_from_json(body: JSON) -> Collection:
    """A collection; lists of collections come without fields."""
    return Collection(
        id=body["id"],
        display_name=body.get("displayName") or body.get("slug") or body["id"],
        singular_name=body.get("singularName") or "item",
        slug=body.get("slug") or "",
        fields=tuple(field_from_json(entry) for entry in body.get("fields") or []),
    )


def field_from_json(body: JSON) -> Field:
    """A field; types we do not know become read-only."""
    validations = body.get("validations")
    return Field(
        id=body.get("id") or "",
        slug=body["slug"],
        display_name=body.get("displayName") or body["slug"],
        type=FieldType.of(body.get("type") or ""),
        api_type=body.get("type") or "",
        is_required=bool(body.get("isRequired")),
        is_editable=body.get("isEditable", True) is not False,
        help_text=body.get("helpText") or "",
        validations=validations if isinstance(validations, dict) else {},
    )


def item_from_json(body: JSON) -> Item:
    """An item; keys without a value are missing from `fieldData` (seen in recorded answers)."""
    return Item(
        id=body["id"],
        cms_locale_id=body.get("cmsLocaleId"),
        field_data=body.get("fieldData") or {},
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
    """The list of this name in an answer; raises `KeyError` or `TypeError` when there is none."""
    entries = body[name]
    if not isinstance(entries, list):
        raise TypeError(f"{name} is no list")
    return entries


def updated_entries(body: JSON) -> list[JSON]:
    """The items in the answer to an update: a list, or, as the API's description allows, one item on its own."""
    if "id" in body:
        return [body]
    items = body.get("items")
    return items if isinstance(items, list) else []


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


def details_from_json(entries: object) -> tuple[Detail, ...]:
    """Error details in any of the three shapes seen: `{param, description}`, `{field, message}`, plain text."""
    if not isinstance(entries, list):
        return ()
    return tuple(_detail(entry) for entry in entries)


def _detail(entry: object) -> Detail:
    if not isinstance(entry, dict):
        return Detail(param="", description=str(entry))
    param = entry.get("param") or entry.get("field") or ""
    return Detail(param=str(param), description=str(entry.get("description") or entry.get("message") or ""))
