"""A small collection and its live items, and a way to take any file through the whole road from bytes to plan."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lib.fields import ReadContext
from lib.model.checked import Checked
from lib.model.collection import Collection, FieldType
from lib.model.item import Item
from lib.model.mapping import ColumnMapping as Columns
from lib.model.plan import Change, Plan, SendChoices
from lib.model.problem import Severity
from lib.model.sheet import Sheet
from lib.stages.check import check
from lib.stages.key import choose_key
from lib.stages.match import match_columns
from lib.stages.plan import plan_changes
from tests.builders import a_collection, a_field, an_id, an_item
from tests.reading import read_sheet

MAKERS, TAGS = an_id(0xAA), an_id(0xBB)
THINGS = a_collection(
    a_field("summary"),
    a_field("size"),
    a_field("phone", FieldType.PHONE),
    a_field("body", FieldType.RICH_TEXT),
    a_field("price", FieldType.NUMBER),
    a_field("event-date", FieldType.DATE_TIME),
    a_field("starts-at", FieldType.DATE_TIME, validations={"format": "date-time"}),
    a_field("available", FieldType.SWITCH),
    a_field("main-image", FieldType.IMAGE),
    a_field("gallery", FieldType.MULTI_IMAGE),
    a_field("website", FieldType.LINK),
    a_field("contact", FieldType.EMAIL),
    a_field("maker", FieldType.REFERENCE, validations={"collectionId": MAKERS}),
    a_field("tags", FieldType.MULTI_REFERENCE, validations={"collectionId": TAGS}),
)
TARGETS = {
    MAKERS: (an_item(101, {"name": "Müller & Söhne", "slug": "mueller"}),),
    TAGS: (
        an_item(111, {"name": "Sale", "slug": "sale"}),
        an_item(112, {"name": "Smith, Jones", "slug": "smith-jones"}),
        an_item(113, {"name": "New", "slug": "new"}),
    ),
}
CHAIR: dict[str, object] = {
    "slug": "cafe-chair",
    "name": "Café chair",
    "summary": "Ein schöner Stuhl für François",
    "size": "10-12",
    "phone": "+33612345678",
    "price": 12.5,
    "body": "<p>Old text</p>",
    "available": True,
    "event-date": "2024-05-01T00:00:00.000Z",
    "starts-at": "2024-05-01T08:00:00.000Z",
}
TABLE: dict[str, object] = {
    "slug": "oak-table",
    "name": "Oak table",
    "summary": "Plain",
    "size": "14",
    "phone": "5581999887766",
    "price": 100,
    "available": False,
}
SHELF: dict[str, object] = {
    "slug": "pine-shelf",
    "name": "Pine shelf",
    "summary": "Simple",
    "size": "7-9",
    "phone": "06 12 34 56 78",
    "price": 1299,
}
LIVE = (an_item(1, CHAIR), an_item(2, TABLE), an_item(3, SHELF))


@dataclass(frozen=True)
class Brought:
    """A file on its whole way; nothing was chosen by hand but what `choose` did."""

    sheet: Sheet
    columns: Columns
    checked: Checked
    plan: Plan

    def after(self, row: int) -> Mapping[str, object] | None:
        """What is planned for a row; None when nothing is."""
        return self._change(row).after if self._change(row) else None  # type: ignore[union-attr]

    def told(self, row: int | None = None, *severities: Severity) -> list[str]:
        """The kinds of problem on a row; without one, on the file or a whole column."""
        wanted = severities or tuple(Severity)
        return [
            one.kind
            for one in self.checked.problems
            if one.severity in wanted and (row in one.rows if row else not one.rows)
        ]

    def is_held(self, row: int) -> bool:
        """Whether an error keeps the row from being sent."""
        return row in self.checked.error_rows

    def fed(self, column: str) -> str | None:
        """The field that a column feeds without anybody's nod."""
        return next(match.field_slug for match in self.columns.matches if match.column == column)

    def _change(self, row: int) -> Change | None:
        return next((change for change in self.plan.changes if change.row == row), None)


def bring(
    content: bytes | str,
    *,
    name: str = "things.csv",
    collection: Collection = THINGS,
    live: Sequence[Item] = LIVE,
    choose: Callable[[Columns], Columns] = lambda columns: columns,
    **reading: Any,
) -> Brought:
    """Read, match, find, check and plan, as the app does."""
    sheet = read_sheet(name, content.encode() if isinstance(content, str) else content, **reading)
    columns = choose(choose_key(sheet, match_columns(sheet, collection), collection, live))
    context = ReadContext(targets=TARGETS, time_zone="America/New_York")
    checked = check(sheet, columns, collection, live, context)
    plan = plan_changes(checked, collection, SendChoices(), leave_out_errors=False)
    return Brought(sheet, columns, checked, plan)


def a_cell(field: str, text: str, *, slug: str = "oak-table", **options: Any) -> Brought:
    """One row that brings one text for one field, in row 2."""
    quoted = text.replace('"', '""')
    return bring(f'slug,{field}\r\n{slug},"{quoted}"\r\n', **options)


def holding(**field_data: object) -> Sequence[Item]:
    """The live items, with other values in the oak table."""
    return (LIVE[0], replace(LIVE[1], field_data={**TABLE, **field_data}), LIVE[2])
