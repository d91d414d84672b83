"""What became of every row of the file, in words and in figures that add up."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from lib.model.collection import Collection
from lib.model.mapping import ColumnMapping, Role
from lib.model.new_item import is_new
from lib.model.plan import Change, Plan
from lib.model.row_status import TO_SEND, RowStatus
from lib.model.run import Outcome
from lib.model.said import said
from lib.model.sheet import Sheet
from lib.words.say import later, say

ENDS = {RowStatus.WITH_ERRORS: RowStatus.LEFT_OUT} | dict.fromkeys(TO_SEND, RowStatus.NOT_SENT)
FLAGS = (later("Draft"), later("Archived"))


def row_results(plan: Plan, outcomes: Sequence[Outcome], collection: Collection) -> pd.DataFrame:
    """One line for each row of the plan, by row number: status, item_id ("" for none), field (display name), reason."""
    table = pd.DataFrame(
        {
            "status": [str(ENDS.get(status, status)) for status in plan.statuses],
            "item_id": plan.item_ids,
            "field": "",
            "reason": plan.reasons,
        }
    ).astype("str")
    names = {field.slug: field.display_name for field in collection.fields}
    sent = pd.DataFrame(
        {
            "status": [one.status.value for one in outcomes],
            "item_id": [None if is_new(one.item_id) else one.item_id for one in outcomes],
            "field": [names.get(one.field, one.field) for one in outcomes],
            "reason": [one.reason or None for one in outcomes],  # what was left out of an update still is
        },
        index=pd.Index([one.row for one in outcomes], dtype="int64"),
        dtype="str",
    )
    table.update(sent)
    return table


def counts_of(results: pd.DataFrame) -> Counter[RowStatus]:
    """How many rows of `row_results` have each status: every row of the file counts exactly once."""
    return Counter(map(RowStatus, results["status"]))


def partial_rows(plan: Plan) -> pd.Series:
    """The rows that were planned without their wrong cells, with the words for it, whatever became of the rest."""
    return plan.reasons[(plan.statuses.isin(TO_SEND)) & (plan.reasons != "")]


def updated_items(plan: Plan, results: pd.DataFrame, collection: Collection) -> pd.DataFrame:
    """The items that were updated: `row`, `item` (its name), `fields` (the names of those that changed)."""
    names = {field.slug: field.display_name for field in collection.fields}
    lines = [
        (change.row, change.item_name, ", ".join([*(names.get(slug, slug) for slug in change.after), *_flags(change)]))
        for change in _with_status(plan, results, RowStatus.UPDATED)
    ]
    return pd.DataFrame(lines, columns=["row", "item", "fields"])


def created_items(plan: Plan, results: pd.DataFrame) -> pd.DataFrame:
    """The items that were created: `row`, `item` (its name), `address` (its slug, as it was sent), `item_id`."""
    lines = [
        (change.row, change.item_name, change.after["slug"], results["item_id"][change.row])
        for change in _with_status(plan, results, RowStatus.CREATED)
    ]
    return pd.DataFrame(lines, columns=["row", "item", "address", "item_id"])


def known_ids(plan: Plan, results: pd.DataFrame) -> pd.Series:
    """The Item ID of each row that found or created one, "" for none. An item that somebody else made meanwhile is
    nobody's."""
    return results["item_id"].mask(results["status"] == RowStatus.HELD_BACK, plan.item_ids)


def with_item_ids(sheet: Sheet, item_ids: pd.Series, mapping: ColumnMapping | None = None) -> pd.DataFrame:
    """The file with the Item ID of each row that has one, in front or in the column that had it."""
    filled = sheet.frame.copy()
    told = mapping.of_role(Role.ITEM_ID) if mapping else None
    column = told.column if told else Role.ITEM_ID.value
    if column in filled:
        filled[column] = filled[column].mask(item_ids != "", item_ids)
    else:
        filled.insert(0, column, item_ids)
    return filled


def _with_status(plan: Plan, results: pd.DataFrame, status: RowStatus) -> list[Change]:
    rows = set(results.index[results["status"] == status])
    return [change for change in plan.changes if change.row in rows]


def _flags(change: Change) -> list[str]:
    """What of an item's status was changed."""
    wanted = (change.is_draft, change.was_draft), (change.is_archived, change.was_archived)
    return [say(name) for name, (will, was) in zip(FLAGS, wanted, strict=True) if will is not None and will != was]


def all_rows(sheet: Sheet, results: pd.DataFrame) -> pd.DataFrame:
    """Every row of the file with its number, status, item id and reason in front."""
    names = {"status": say("Status"), "item_id": say("Item"), "field": say("Field"), "reason": say("Reason")}
    told = results.assign(status=said(results["status"]), reason=said(results["reason"]))
    front = told.rename(columns=names)
    front.insert(0, say("Row"), front.index)
    return pd.concat([front, sheet.frame], axis=1)
