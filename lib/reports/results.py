"""What became of every row of the file, in words and in figures that add up."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from lib.model.collection import Collection
from lib.model.mapping import ColumnMapping, Role
from lib.model.plan import Plan
from lib.model.row_status import RowStatus
from lib.model.run import Outcome
from lib.model.sheet import Sheet

ENDS = {RowStatus.WITH_ERRORS: RowStatus.LEFT_OUT, RowStatus.WILL_UPDATE: RowStatus.NOT_SENT}
TO_FIX = {RowStatus.FAILED: "refused this item", RowStatus.LEFT_OUT: "Left out", RowStatus.HELD_BACK: "Held back"}


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


def to_fix(results: pd.DataFrame, problems: pd.DataFrame) -> pd.Index:
    """The rows of `row_results` that are not, or not wholly, as the file says; `problems` are its errors."""
    return results.index[results["status"].isin(TO_FIX) | results.index.isin(problems["row"].dropna())]


def rows_to_fix(
    sheet: Sheet, mapping: ColumnMapping | None, problems: pd.DataFrame, results: pd.DataFrame, collection: Collection
) -> tuple[pd.DataFrame, dict[str, set[int]]]:
    """Rows that failed, were left out, wholly or in part, or held back: as they were, with Problem and How to fix; and
    the cells to blame.

    `problems` are the errors of the sheet. Ready to be corrected and uploaded again: the two extra columns feed no
    field.
    """
    rows = to_fix(results, problems)
    found = problems[problems["row"].notna()].astype({"row": "int64"})
    found = found.assign(what=found["column"].str.cat(found["kind"], sep=": ").str.removeprefix(": "))
    told = found.groupby("row")[["what", "fix"]].agg(" / ".join).reindex(rows)
    failed = results.loc[rows]
    blame = (
        failed["field"]
        .where(failed["field"] != "", "Webflow")
        .str.cat([TO_FIX[RowStatus.FAILED]] * len(rows), sep=": ")
    )
    fixed = sheet.frame.loc[rows].assign(
        **{
            "Problem": told["what"].fillna(
                blame.where(failed["status"] == RowStatus.FAILED, failed["status"].map(TO_FIX))
            ),
            "How to fix": told["fix"].fillna(failed["reason"]),
        }
    )
    names = {field.slug: field.display_name for field in collection.fields}
    columns = {names.get(m.field_slug or "", ""): m.column for m in (mapping.matches if mapping else ())}
    blamed = failed["field"].map(columns).dropna()
    place = {row: position for position, row in enumerate(rows)}
    cells: dict[str, set[int]] = {}
    for row, column in [*zip(found["row"], found["column"], strict=True), *blamed.items()]:
        if row in place:
            cells.setdefault(column, set()).add(place[row])
    return fixed, cells


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
