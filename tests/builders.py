"""Valid values by default, so that a test names only what it is about."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from lib.model.collection import Collection, Field, FieldType
from lib.model.item import Item
from lib.model.new_item import is_new, new_item_id
from lib.model.plan import Change, Plan
from lib.model.row_status import RowStatus
from lib.model.sheet import Sheet, Source


def an_id(number: int) -> str:
    """A 24-digit id, the same for the same number."""
    return f"{number:024x}"


def a_field(slug: str = "title", type: FieldType | str = FieldType.PLAIN_TEXT, **changes: Any) -> Field:
    api_type = str(type)
    defaults: dict[str, Any] = {
        "id": f"{abs(hash(slug)):032x}"[:32],
        "slug": slug,
        "display_name": slug.replace("-", " ").capitalize(),
        "type": FieldType.of(api_type),
        "api_type": api_type,
    }
    return Field(**(defaults | changes))


def a_collection(*fields: Field, **changes: Any) -> Collection:
    """A collection with `name` and `slug` before the given fields."""
    own = (a_field("name", is_required=True), a_field("slug", is_required=True))
    defaults: dict[str, Any] = {
        "id": an_id(0xC0),
        "display_name": "Posts",
        "singular_name": "Post",
        "slug": "posts",
        "fields": own + fields,
    }
    return Collection(**(defaults | changes))


def an_item(number: int = 1, field_data: Mapping[str, object] | None = None, **changes: Any) -> Item:
    defaults: dict[str, Any] = {
        "id": an_id(number),
        "cms_locale_id": an_id(0xE0),
        "field_data": {"name": f"Item {number}", "slug": f"item-{number}"} | dict(field_data or {}),
    }
    return Item(**(defaults | changes))


def a_sheet(columns: Mapping[str, Sequence[str]], *, first_row: int = 2, file_name: str = "posts.csv") -> Sheet:
    """A sheet from columns of texts; rows are numbered as in a spreadsheet with its header in row 1."""
    frame = pd.DataFrame({label: pd.Series(list(texts), dtype="str") for label, texts in columns.items()})
    frame.index = pd.RangeIndex(first_row, first_row + len(frame))
    return Sheet(source=Source(file_name=file_name), frame=frame)


def a_change(row: int = 2, after: Mapping[str, object] | None = None, **changes: Any) -> Change:
    defaults: dict[str, Any] = {
        "row": row,
        "item_id": an_id(row),
        "cms_locale_id": None,
        "item_name": f"Item {row}",
        "before": {"name": "Old"},
        "after": {"name": "New"} if after is None else after,
    }
    return Change(**(defaults | changes))


def a_creation(row: int = 2, after: Mapping[str, object] | None = None, **changes: Any) -> Change:
    """An item that is to be created, with a name and a page address."""
    values = {"name": f"New {row}", "slug": f"new-{row}"} | dict(after or {})
    defaults: dict[str, Any] = {
        "item_id": new_item_id(row),
        "item_name": values["name"],
        "before": {},
        "is_draft": True,
    }
    return a_change(row, values, **(defaults | changes))


def a_plan(changes: Sequence[Change], sheet: Sheet) -> Plan:
    """A plan whose other rows are up to date."""
    ids = {change.row: change.item_id for change in changes}
    planned = {c.row: RowStatus.WILL_CREATE if c.creates else RowStatus.WILL_UPDATE for c in changes}
    rows = sheet.frame.index
    return Plan(
        changes=tuple(changes),
        statuses=pd.Series([planned.get(row, RowStatus.UNCHANGED) for row in rows], index=rows, dtype="object"),
        reasons=pd.Series(["" if row in ids else "The same." for row in rows], index=rows, dtype="object"),
        item_ids=pd.Series(["" if is_new(ids.get(row)) else ids.get(row, "") for row in rows], index=rows, dtype="str"),
    )
