"""The columns of an export that are no fields: whose rows these are, their status, and when they were exported."""

from datetime import UTC

import pandas as pd

from lib.fields.column import Way, read_by
from lib.fields.date_time import way_of_dates
from lib.fields.switch import yes_or_no
from lib.model.collection import Collection
from lib.model.item import ItemStatus
from lib.model.mapping import ColumnMapping, Role
from lib.model.problem import Problem, Severity
from lib.model.sheet import Sheet
from lib.words.say import later, say

READ_ONLY = (Role.CREATED_ON, Role.UPDATED_ON, Role.PUBLISHED_ON)
STATUS_WORDS = {
    **{status.value.casefold(): status for status in ItemStatus},
    "live": ItemStatus.PUBLISHED,
    "queued": ItemStatus.QUEUED,
    "ready to publish": ItemStatus.QUEUED,
}
DRAFTS = (ItemStatus.DRAFT, ItemStatus.DRAFT_CHANGES)


def column_of(sheet: Sheet, mapping: ColumnMapping, role: Role) -> pd.Series | None:
    """The texts of the column that plays `role`, trimmed; None when there is none."""
    match = mapping.of_role(role)
    return sheet.frame[match.column].str.strip() if match else None


def foreign_rows(sheet: Sheet, mapping: ColumnMapping, collection: Collection) -> pd.Series:
    """The Collection ID of each row that was exported from another collection."""
    texts = column_of(sheet, mapping, Role.COLLECTION_ID)
    if texts is None:
        return pd.Series(dtype="str")
    return texts[(texts != "") & (texts.str.casefold() != collection.id.casefold())]


def role_findings(sheet: Sheet, mapping: ColumnMapping, collection: Collection, items: pd.Series) -> list[Problem]:
    """What the columns that are no fields say against a row, and which of them are only for reading."""
    foreign = foreign_rows(sheet, mapping, collection)
    problems = [_foreign(mapping, foreign)] if len(foreign) else []
    problems += _edited_since(sheet, mapping, items)
    problems += [_read_only(match.column) for match in mapping.matches if match.role in READ_ONLY]
    return problems


def status_flags(sheet: Sheet, mapping: ColumnMapping) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """What the status columns want: `draft` and `archived` as True, False or None, and unreadable cells."""
    flags = pd.DataFrame({"draft": None, "archived": None}, index=sheet.frame.index, dtype="object")
    problems: list[Problem] = []
    for role, parse in ((Role.STATUS, _status), (Role.ARCHIVED, yes_or_no), (Role.DRAFT, yes_or_no)):
        match = mapping.of_role(role)
        if match is None:
            continue
        reading = read_by(Way(parse=parse), sheet.frame[match.column])
        problems += reading.problems
        told = reading.values.notna()
        if role is Role.STATUS:
            flags.loc[told, "draft"] = [value in DRAFTS for value in reading.values[told]]
            flags.loc[told, "archived"] = [value is ItemStatus.ARCHIVED for value in reading.values[told]]
        else:
            flags.loc[told, role.value.casefold()] = reading.values[told]
    return flags, tuple(problems)


def _status(text: str) -> object:
    status = STATUS_WORDS.get(text.casefold())
    if status:
        return status
    return Problem(
        kind=later("Not a status"),
        expected=say("Draft, Published or Archived"),
        fix=say("Write one of these three words."),
    )


def _foreign(mapping: ColumnMapping, foreign: pd.Series) -> Problem:
    match = mapping.of_role(Role.COLLECTION_ID)
    return Problem(
        kind=later("Row of another collection"),
        expected=say("rows exported from the chosen collection"),
        fix=say("Choose the collection this file was exported from, or leave the Collection ID column out."),
        column=match.column if match else "",
        rows=tuple(foreign.index),
        values=tuple(foreign),
    )


def _read_only(column: str) -> Problem:
    return Problem(
        kind=later("Column only for reading"),
        expected=say("a field that can be updated"),
        fix=say("Nothing to do: Webflow sets these dates itself, so the column is not sent."),
        severity=Severity.FIXED,
        column=column,
    )


def _edited_since(sheet: Sheet, mapping: ColumnMapping, items: pd.Series) -> list[Problem]:
    """Rows exported before somebody's latest edit of the item."""
    match = mapping.of_role(Role.UPDATED_ON)
    if match is None:
        return []
    texts = sheet.frame[match.column]
    exported = pd.to_datetime(read_by(way_of_dates(texts, UTC), texts).values, utc=True)
    updated = pd.Series([item.last_updated if item is not None else pd.NaT for item in items], index=items.index)
    live = pd.to_datetime(updated, utc=True)
    older = exported.dt.floor("s") < live.dt.floor("s")
    return (
        [
            Problem(
                kind=later("Edited since the export"),
                expected=say("the item's latest version"),
                fix=say(
                    "Somebody edited this item after the file was exported. Look at the preview before you update it."
                ),
                severity=Severity.WARNING,
                column=match.column,
                rows=tuple(older.index[older]),
                values=tuple(texts[older]),
            )
        ]
        if older.any()
        else []
    )
