"""What became of every row of the file, in words and in figures that add up."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from lib.model.collection import Collection
from lib.model.mapping import Role
from lib.model.plan import Plan
from lib.model.row_status import RowStatus
from lib.model.run import Outcome
from lib.model.sheet import Sheet

ENDS = {RowStatus.WITH_ERRORS: RowStatus.LEFT_OUT, RowStatus.WILL_UPDATE: RowStatus.NOT_SENT}


def row_results(plan: Plan, outcomes: Sequence[Outcome], collection: Collection) -> pd.DataFrame:
    """One line for each row of the plan, by row number: status, item_id, field (display name), reason."""
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
            "item_id": [one.item_id for one in outcomes],
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
    return plan.reasons[(plan.statuses == RowStatus.WILL_UPDATE) & (plan.reasons != "")]


def updated_items(plan: Plan, results: pd.DataFrame, collection: Collection) -> pd.DataFrame:
    """The items that were updated: `row`, `item` (its name), `fields` (the names of those that changed)."""
    rows = set(results.index[results["status"] == RowStatus.UPDATED])
    names = {field.slug: field.display_name for field in collection.fields}
    lines = [
        (change.row, change.item_name, ", ".join(names.get(slug, slug) for slug in change.after))
        for change in plan.changes
        if change.row in rows
    ]
    return pd.DataFrame(lines, columns=["row", "item", "fields"])


def with_item_ids(sheet: Sheet, item_ids: pd.Series) -> pd.DataFrame:
    """The file with the Item ID of each row that found one, in front or in the column that had it."""
    filled = sheet.frame.copy()
    known = item_ids != ""
    if Role.ITEM_ID.value in filled:
        filled[Role.ITEM_ID.value] = filled[Role.ITEM_ID.value].mask(known, item_ids)
    else:
        filled.insert(0, Role.ITEM_ID.value, item_ids)
    return filled


def all_rows(sheet: Sheet, results: pd.DataFrame) -> pd.DataFrame:
    """Every row of the file with its number, status, item id and reason in front."""
    front = results.rename(columns={"status": "Status", "item_id": "Item", "field": "Field", "reason": "Reason"})
    front.insert(0, "Row", front.index)
    return pd.concat([front, sheet.frame], axis=1)
