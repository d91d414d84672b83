"""What people take home: figures that add up, files that are safe to open and ready to upload again."""

import csv
import io
import json
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some
from python_calamine import CalamineWorkbook

from lib.model.checked import Checked
from lib.model.plan import Plan, SendChoices
from lib.model.run import BatchReport, Outcome, OutcomeStatus, Run, RunState
from lib.model.sheet import Sheet
from lib.reports.files import csv_bytes, excel_bytes
from lib.reports.record import record_json
from lib.reports.results import all_rows, row_results, rows_to_fix, run_balance
from lib.stages.plan import plan_changes
from lib.stages.read import read_sheet
from tests.builders import a_sheet, an_id
from tests.stages.test_plan import COLLECTION, checked

COLUMNS = {
    "Slug": ["item-1", "item-2", "item-3", "item-4", "nobody"],
    "Price": ["11", "12", "10", "free", "1"],
}


def after_a_run(*statuses: OutcomeStatus) -> tuple[Sheet, Checked, Plan, Run, pd.DataFrame]:
    sheet, found = a_sheet(COLUMNS), checked(COLUMNS)
    plan = plan_changes(found, COLLECTION, SendChoices(), leave_out_errors=True)
    outcomes = tuple(
        Outcome(
            row=c.row, item_id=c.item_id, status=s, field="" if s is OutcomeStatus.UPDATED else "price", reason="Why."
        )
        for c, s in zip(plan.changes, statuses, strict=True)
    )
    run = Run(
        id="r",
        state=RunState.DONE,
        batch_count=1,
        change_count=2,
        started_on=datetime(2026, 1, 1, tzinfo=UTC),
        batches=(BatchReport(number=1, attempts=(), outcomes=outcomes),),
    )
    return sheet, found, plan, run, row_results(plan, run, COLLECTION)


def test_every_row_of_the_file_has_one_result() -> None:
    results = after_a_run(OutcomeStatus.UPDATED, OutcomeStatus.FAILED)[-1]
    assert list(results["status"]) == ["updated", "failed", "already up to date", "left out", "left out"]
    assert results.loc[3, ["field", "reason"]].tolist() == ["Price", "Why."]


@given(statuses=some.tuples(some.sampled_from(OutcomeStatus), some.sampled_from(OutcomeStatus)))
def test_the_figures_add_up_to_the_rows_of_the_file(statuses: tuple[OutcomeStatus, OutcomeStatus]) -> None:
    figures = run_balance(after_a_run(*statuses)[-1])
    assert figures.rows == 5 == figures.updated + figures.unchanged + figures.left_out + figures.failed
    assert figures.failed == sum(status is not OutcomeStatus.UPDATED for status in statuses)


def test_rows_to_fix_say_what_and_how_and_can_be_uploaded_again() -> None:
    sheet, found, _, _, results = after_a_run(OutcomeStatus.UPDATED, OutcomeStatus.FAILED)
    table, marked = rows_to_fix(sheet, found, results)
    again = read_sheet("again.csv", csv_bytes(table))
    assert list(again.frame["Slug"]) == ["item-2", "item-4", "nobody"]
    assert list(again.frame["Problem"]) == ["Price: refused this item", "Price: Not a number", "Slug: Item not found"]
    assert all(again.frame["How to fix"] != "")
    assert marked == {"Price": {1}, "Slug": {2}}
    assert list(read_sheet("again.xlsx", excel_bytes(table, marked)).frame["Price"]) == ["12", "free", "1"]


def test_all_rows_come_with_status_and_item() -> None:
    sheet, _, _, _, results = after_a_run(OutcomeStatus.UPDATED, OutcomeStatus.UPDATED)
    table = all_rows(sheet, results)
    assert list(table.columns) == ["Row", "Status", "Item", "Field", "Reason", "Slug", "Price"]
    assert table.loc[2, ["Row", "Status", "Item"]].tolist() == [2, "updated", an_id(1)]


def test_the_report_is_json_with_all_figures() -> None:
    sheet, _, _, run, results = after_a_run(OutcomeStatus.UPDATED, OutcomeStatus.FAILED)
    record = json.loads(record_json(run, sheet, COLLECTION, SendChoices(), run_balance(results)))
    assert record["rows"] == {"rows": 5, "updated": 1, "unchanged": 1, "left_out": 2, "failed": 1}
    assert record["batches"][0]["failed"][0]["row"] == 3


DANGEROUS = ["=1+1", "+49 30 123", "-x", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_download_is_a_formula(text: str) -> None:
    table = pd.DataFrame({"A": [text], "B": ["-5.2"]})
    rows = list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig"))))
    assert rows[1] == ["'" + text, "-5.2"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(excel_bytes(table))).get_sheet_by_index(0)
    assert book.to_python()[1] == [text, "-5.2"]


TEXTS = some.text(some.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool)


@given(texts=some.lists(TEXTS | some.sampled_from(DANGEROUS[:4]), min_size=1, max_size=5))
def test_what_is_downloaded_reads_back_as_it_was(texts: list[str]) -> None:
    table = pd.DataFrame({"Key": [f"k{n}" for n in range(len(texts))], "Text": texts})
    assert list(read_sheet("a.csv", csv_bytes(table)).frame["Text"]) == texts
    assert list(read_sheet("a.xlsx", excel_bytes(table)).frame["Text"]) == texts
