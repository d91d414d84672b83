"""The current items in the form of Webflow's own export: to edit and bring back, or as a template."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd

from lib.fields import Cell, ReadContext, kind_of
from lib.model.collection import ALT, Collection, Field
from lib.model.item import Item
from lib.model.mapping import Role
from lib.reports.files import csv_bytes
from lib.reports.workbook import UTC_FORMAT, Look, excel_bytes
from lib.words.say import say

NAMES = ("name", "slug")
ALT_HEADER = "Alt text of {}"  # in every language: the column is known by it when it comes back
DATES = (Role.CREATED_ON.value, Role.UPDATED_ON.value, Role.PUBLISHED_ON.value)


def export_table(collection: Collection, items: Sequence[Item], context: ReadContext) -> pd.DataFrame:
    """One line for each item: name and slug, ids, status, dates, then every field that can be updated."""
    fields = _fields(collection)
    shown = {name: kind_of(f.type).show(_held(items, f), f, context) for name, f in fields.items()}
    own = len([field for field in fields.values() if field.slug in NAMES])
    columns = list(shown.items())
    return pd.DataFrame({**dict(columns[:own]), **_about(collection, items), **dict(columns[own:])})


def export_csv(collection: Collection, items: Sequence[Item], context: ReadContext) -> bytes:
    """The table as CSV."""
    return csv_bytes(export_table(collection, items, context))


def export_excel(collection: Collection, items: Sequence[Item], context: ReadContext) -> bytes:
    """The same as a workbook: numbers, days, and yes or no as such, lists where there is something to choose from, and
    what nobody edits at the end."""
    fields = _fields(collection)
    cells = {name: kind_of(f.type).cells(_held(items, f), f, context) for name, f in fields.items()}
    table = pd.DataFrame({**cells, **_about_cells(collection, items)}, dtype="object")
    choices = {name: kind_of(f.type).offered(f, context) for name, f in fields.items()}
    choices |= {Role.ARCHIVED.value: (True, False), Role.DRAFT.value: (True, False)}
    times = say("Times are those of your site: {zone}.", zone=context.time_zone)
    notes = {name: times for name, column in cells.items() if any(isinstance(cell, datetime) for cell in column)}
    typed = {name for name, f in fields.items() if kind_of(f.type).is_typed} | {Role.ARCHIVED.value, Role.DRAFT.value}
    formats = dict.fromkeys(DATES, UTC_FORMAT)
    return excel_bytes(table, Look(choices=choices, notes=notes, formats=formats, typed=frozenset(typed | {*DATES})))


def _fields(collection: Collection) -> dict[str, Field]:
    """By their headers, name and page address first, alt texts beside their images; none where a field of the
    collection is called so."""
    names = {field.display_name for field in collection.fields}
    alts = {alt.slug: alt for alt in collection.alt_texts}
    found: dict[str, Field] = {}
    for field in sorted(collection.writable_fields, key=lambda one: NAMES.index(one.slug) if one.slug in NAMES else 9):
        found[field.display_name] = field
        alt, header = alts.get(ALT + field.slug), ALT_HEADER.format(field.display_name)
        if alt and header not in names:
            found[header] = alt
    return found


def _held(items: Sequence[Item], field: Field) -> pd.Series:
    return pd.Series([item.value(field.slug) for item in items], dtype="object")


def _about(collection: Collection, items: Sequence[Item]) -> dict[str, list[str]]:
    cells = _about_cells(collection, items)
    return {name: [_shown(cell) for cell in column] for name, column in cells.items()}


def _about_cells(collection: Collection, items: Sequence[Item]) -> dict[str, list[Cell]]:
    """Moments are in UTC here, as in Webflow's own export."""
    return {
        Role.COLLECTION_ID.value: [collection.id] * len(items),
        Role.LOCALE_ID.value: [item.cms_locale_id or "" for item in items],
        Role.ITEM_ID.value: [item.id for item in items],
        Role.ARCHIVED.value: [item.is_archived for item in items],
        Role.DRAFT.value: [item.is_draft for item in items],
        Role.CREATED_ON.value: [_moment(item.created_on) for item in items],
        Role.UPDATED_ON.value: [_moment(item.last_updated) for item in items],
        Role.PUBLISHED_ON.value: [_moment(item.last_published) for item in items],
    }


def _moment(moment: datetime | None) -> datetime | str:
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0) if moment else ""


def _shown(cell: Cell) -> str:
    """As Webflow's own export has it."""
    if isinstance(cell, datetime):
        return cell.strftime("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)")
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
