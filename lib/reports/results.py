"""What became of every row of the file, in words and in figures that add up."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from lib.model.collection import Collection
from lib.model.mapping import ColumnMapping, Role
from lib.model.plan import Plan, RowDecision
from lib.model.run import Outcome, OutcomeStatus
from lib.model.sheet import Sheet

UPDATED = OutcomeStatus.UPDATED.value
UNCHANGED = RowDecision.UNCHANGED.value
LEFT_OUT = RowDecision.LEFT_OUT.value
HELD_BACK = OutcomeStatus.HELD.value
FAILED = OutcomeStatus.FAILED.value
IN_DOUBT = OutcomeStatus.IN_DOUBT.value
NOT_SENT = OutcomeStatus.NOT_SENT.value
STATUSES = (UPDATED, UNCHANGED, LEFT_OUT, HELD_BACK, FAILED, IN_DOUBT, NOT_SENT)
TO_FIX = {FAILED: "refused this item", LEFT_OUT: "Left out", HELD_BACK: "Held back"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBalance:
    """`rows` is the sum of all the other figures, always: every row of the file is in exactly one of them."""

    rows: int
    updated: int
    unchanged: int
    left_out: int
    held_back: int
    failed: int
    in_doubt: int
    not_sent: int


def row_results(plan: Plan, outcomes: Sequence[Outcome], collection: Collection) -> pd.DataFrame:
    """One line for each row of the plan, by row number: status, item_id, field (display name), reason."""
    table = pd.DataFrame(
        {
            "status": plan.decisions.map(str).replace(
                {RowDecision.ERROR.value: LEFT_OUT, RowDecision.UPDATE.value: NOT_SENT}
            ),
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
            "reason": [one.reason for one in outcomes],
        },
        index=pd.Index([one.row for one in outcomes], dtype="int64"),
        dtype="str",
    )
    table.update(sent)
    return table


def run_balance(results: pd.DataFrame) -> RunBalance:
    """The counts of `row_results`."""
    counts = results["status"].value_counts()
    return RunBalance(
        rows=len(results),
        updated=int(counts.get(UPDATED, 0)),
        unchanged=int(counts.get(UNCHANGED, 0)),
        left_out=int(counts.get(LEFT_OUT, 0)),
        held_back=int(counts.get(HELD_BACK, 0)),
        failed=int(counts.get(FAILED, 0)),
        in_doubt=int(counts.get(IN_DOUBT, 0)),
        not_sent=int(counts.get(NOT_SENT, 0)),
    )


def rows_to_fix(
    sheet: Sheet, mapping: ColumnMapping | None, problems: pd.DataFrame, results: pd.DataFrame, collection: Collection
) -> tuple[pd.DataFrame, dict[str, set[int]]]:
    """Rows that failed, were left out or held back, as they were, with Problem and How to fix; and the cells to blame.

    `problems` are the errors of the sheet. Ready to be corrected and uploaded again: the two extra columns feed no
    field.
    """
    rows = results.index[results["status"].isin(TO_FIX)]
    found = problems[problems["row"].notna()].astype({"row": "int64"})
    found = found.assign(what=found["column"].str.cat(found["kind"], sep=": ").str.removeprefix(": "))
    told = found.groupby("row")[["what", "fix"]].agg(" / ".join).reindex(rows)
    failed = results.loc[rows]
    blame = failed["field"].where(failed["field"] != "", "Webflow").str.cat([TO_FIX[FAILED]] * len(rows), sep=": ")
    fixed = sheet.frame.loc[rows].assign(
        **{
            "Problem": told["what"].fillna(blame.where(failed["status"] == FAILED, failed["status"].map(TO_FIX))),
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
