"""The current items in the form of Webflow's own export: to edit and bring back, or as a template."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd

from lib.fields import ReadContext, kind_of
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.mapping import Role
from lib.reports.files import csv_bytes, excel_bytes

NAMES = ("name", "slug")


def export_table(collection: Collection, items: Sequence[Item], context: ReadContext) -> pd.DataFrame:
    """One line for each item: name and slug, ids, status, dates, then every field that can be updated."""
    fields = sorted(collection.writable_fields, key=lambda field: NAMES.index(field.slug) if field.slug in NAMES else 9)
    shown = {
        field.display_name: kind_of(field.type).show(
            pd.Series([item.field_data.get(field.slug) for item in items], dtype="object"), field, context
        )
        for field in fields
    }
    own = len([field for field in fields if field.slug in NAMES])
    columns = list(shown.items())
    return pd.DataFrame({**dict(columns[:own]), **_about(collection, items), **dict(columns[own:])})


def export_csv(collection: Collection, items: Sequence[Item], context: ReadContext) -> bytes:
    """The table as CSV."""
    return csv_bytes(export_table(collection, items, context))


def export_excel(collection: Collection, items: Sequence[Item], context: ReadContext) -> bytes:
    """The table as a workbook that offers the options of option fields."""
    choices = {field.display_name: kind_of(field.type).offered(field) for field in collection.writable_fields}
    return excel_bytes(export_table(collection, items, context), choices=choices)


def _about(collection: Collection, items: Sequence[Item]) -> dict[str, list[str]]:
    return {
        Role.COLLECTION_ID.value: [collection.id] * len(items),
        Role.LOCALE_ID.value: [item.cms_locale_id or "" for item in items],
        Role.ITEM_ID.value: [item.id for item in items],
        Role.ARCHIVED.value: [_flag(item.is_archived) for item in items],
        Role.DRAFT.value: [_flag(item.is_draft) for item in items],
        Role.CREATED_ON.value: [_moment(item.created_on) for item in items],
        Role.UPDATED_ON.value: [_moment(item.last_updated) for item in items],
        Role.PUBLISHED_ON.value: [_moment(item.last_published) for item in items],
    }


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return moment.astimezone(UTC).strftime("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)")
