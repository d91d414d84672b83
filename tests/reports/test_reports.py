"""What people take home: figures that add up, files that are safe to open and ready to upload again."""

import csv
import io
import json
from collections import Counter
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from python_calamine import CalamineWorkbook

from lib.model.formula_guard import GUARD
from lib.model.plan import SendChoices
from lib.model.problem import Severity, problem_table
from lib.model.row_status import TO_SEND, RowStatus
from lib.model.run import BatchLine, BatchState, Outcome, Run, RunKind
from lib.model.run_spec import RunSpec
from lib.model.run_state import RunState
from lib.model.site import Site
from lib.reports.files import csv_bytes
from lib.reports.report_json import ROWS, report_json
from lib.reports.results import all_rows, partial_rows, row_results
from lib.reports.run_report import RunReport
from lib.reports.to_fix import rows_to_fix
from lib.reports.workbook import Look, excel_bytes
from lib.stages.plan import plan_changes
from lib.stages.wrong_cells import without, wrong_cells
from pages.runs.words import parts
from tests.builders import a_sheet, an_id
from tests.reading import read_sheet
from tests.stages.test_plan import COLLECTION, checked, mapping

COLUMNS = {
    "Slug": ["item-1", "item-2", "item-3", "item-4", "nobody"],
    "Price": ["11", "12", "10", "free", "1"],
}


def after_a_run(*statuses: RowStatus) -> RunReport:
    sheet, found = a_sheet(COLUMNS), checked(COLUMNS)
    plan = plan_changes(found, COLLECTION, SendChoices(), leave_out_errors=True)
    outcomes = tuple(
        Outcome(row=c.row, item_id=c.item_id, status=s, field="" if s is RowStatus.UPDATED else "price", reason="Why.")
        for c, s in zip(plan.changes, statuses, strict=True)
    )
    line = BatchLine(number=1, state=BatchState.DONE, items=2, counts=Counter({RowStatus.UPDATED: 2}))
    run = Run(
        id="r",
        kind=RunKind.IMPORT,
        parent_id=None,
        state=RunState.DONE,
        person="p",
        is_demo=False,
        site_name="Shop",
        collection_id="c",
        collection_name="Posts",
        file_name="posts.csv",
        created_on=datetime(2026, 1, 1, tzinfo=UTC),
        batches=(line,),
    )
    spec = RunSpec(
        kind=RunKind.IMPORT,
        site=Site(id="s", display_name="Shop", short_name="shop", time_zone="UTC"),
        collection=COLLECTION,
        choices=SendChoices(),
        plan=plan,
        sheet=sheet,
        sha256="ab",
        mapping=mapping(*COLUMNS),
        problems=problem_table([problem for problem in found.problems if problem.severity is Severity.ERROR]),
    )
    return RunReport(
        run=run,
        spec=spec,
        outcomes=outcomes,
        attempts=(),
        differences=[],
        results=row_results(plan, outcomes, COLLECTION),
    )


def test_every_row_of_the_file_has_one_result() -> None:
    results = after_a_run(RowStatus.UPDATED, RowStatus.FAILED).results
    assert list(results["status"]) == ["updated", "failed", "already up to date", "left out", "left out"]
    assert results.loc[3, ["field", "reason"]].tolist() == ["Price", "Why."]


ENDS = some.sampled_from(sorted(set(RowStatus) - {*TO_SEND, RowStatus.WITH_ERRORS, RowStatus.LEFT_OUT}))


@given(statuses=some.tuples(ENDS, ENDS))
def test_the_figures_add_up_to_the_rows_of_the_file(statuses: tuple[RowStatus, RowStatus]) -> None:
    report = after_a_run(*statuses)
    figures = json.loads(report_json(report))["rows"]
    assert figures.pop("rows") == 5 == sum(figures.values()) == sum(parts(RunKind.IMPORT, report.counts).values())
    rest = Counter({RowStatus.UNCHANGED: 1, RowStatus.LEFT_OUT: 2})
    assert report.counts == Counter(statuses) + rest
    assert figures == {name: report.counts[status] for name, status in ROWS.items()}


def test_rows_to_fix_say_what_and_how_and_can_be_uploaded_again() -> None:
    report = after_a_run(RowStatus.UPDATED, RowStatus.FAILED)
    spec = report.spec
    assert spec.sheet is not None and spec.problems is not None
    table, marked = rows_to_fix(spec.sheet, spec.mapping, spec.problems, report.results, COLLECTION)
    again = read_sheet("again.csv", csv_bytes(table))
    assert list(again.frame["Slug"]) == ["item-2", "item-4", "nobody"]
    assert list(again.frame["Problem"]) == ["Price: refused this item", "Price: Not a number", "Slug: Item not found"]
    assert all(again.frame["How to fix"] != "")
    assert marked == {"Price": {0, 1}, "Slug": {2}}
    assert list(read_sheet("again.xlsx", excel_bytes(table, Look(red=marked))).frame["Price"]) == ["12", "free", "1"]


def test_rows_that_were_not_sent_are_nothing_to_fix() -> None:
    report = after_a_run(RowStatus.NOT_SENT, RowStatus.HELD_BACK)
    spec = report.spec
    assert spec.sheet is not None and spec.problems is not None
    table, _ = rows_to_fix(spec.sheet, spec.mapping, spec.problems, report.results, COLLECTION)
    assert list(table["Problem"]) == ["Held back", "Price: Not a number", "Slug: Item not found"]
    assert list(report.results["status"])[:2] == ["not sent", "held back"]


def test_rows_updated_without_their_wrong_cells_are_told_and_are_to_fix() -> None:
    slugs, notes = ["item-1", "item-2", "item-3", "item-4"], ["new", "x" * 11, "y" * 11, "z" * 11]
    columns = {"Slug": slugs, "Price": ["11", "12", "13", "14"], "Note": notes}
    found, of = checked(columns), mapping(*columns)
    left = without(found, wrong_cells(found, of, COLLECTION), of)
    plan = plan_changes(left, COLLECTION, SendChoices(), leave_out_errors=True)
    ends = (RowStatus.UPDATED, RowStatus.UPDATED, RowStatus.FAILED, RowStatus.UNCHANGED)
    outcomes = [
        Outcome(row=change.row, item_id=change.item_id, status=end, reason="Why." if end is RowStatus.FAILED else "")
        for change, end in zip(plan.changes, ends, strict=True)
    ]
    results = row_results(plan, outcomes, COLLECTION)
    errors = problem_table([problem for problem in found.problems if problem.severity is Severity.ERROR])
    without_note = "Without Note (Wrong length)."
    assert list(results["reason"]) == ["", without_note, "Why.", without_note]
    assert dict(partial_rows(plan)) == {3: without_note, 4: without_note, 5: without_note}
    table, marked = rows_to_fix(a_sheet(columns), of, errors, results, COLLECTION)
    assert list(table["Slug"]) == ["item-2", "item-3", "item-4"]
    assert marked == {"Note": {0, 1, 2}}


def test_all_rows_come_with_status_and_item() -> None:
    report = after_a_run(RowStatus.UPDATED, RowStatus.UPDATED)
    assert report.spec.sheet is not None
    table = all_rows(report.spec.sheet, report.results)
    assert list(table.columns) == ["Row", "Status", "Item", "Field", "Reason", "Slug", "Price"]
    assert table.loc[2, ["Row", "Status", "Item"]].tolist() == [2, "updated", an_id(1)]


def test_the_report_is_json_with_all_figures() -> None:
    record = json.loads(report_json(after_a_run(RowStatus.UPDATED, RowStatus.FAILED)))
    figures = {"rows": 5, "updated": 1, "created": 0, "unchanged": 1, "left_out": 2, "held_back": 0, "failed": 1}
    assert record["rows"] == figures | {"in_doubt": 0, "not_sent": 0}
    assert record["notUpdated"][0]["row"] == 3
    assert record["file"] == {"name": "posts.csv", "sha256": "ab"}


DANGEROUS = ["=1+1", "+49 30 123", "-x", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_download_is_a_formula(text: str) -> None:
    table = pd.DataFrame({"A": [text], "B": ["-5.2"]})
    rows = list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig"))))
    assert rows[1] == [GUARD + text, "-5.2"]
    assert GUARD.startswith("'")
    book = CalamineWorkbook.from_filelike(io.BytesIO(excel_bytes(table))).get_sheet_by_index(0)
    assert book.to_python()[1] == [text, "-5.2"]


TEXTS = some.text(some.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd"), min_size=1)
GUARDLIKE = some.lists(some.sampled_from([GUARD, "'", "=", "+1", '="', '"', "x", "\u00a0"]), min_size=1).map("".join)


@example(texts=[' =""', '\u00a0="7"', GUARD + ' ="7"'])
@given(texts=some.lists(TEXTS | some.sampled_from(DANGEROUS) | GUARDLIKE, min_size=1, max_size=5))
def test_what_is_downloaded_reads_back_as_it_was(texts: list[str]) -> None:
    table = pd.DataFrame({"Key": [f"k{n}" for n in range(len(texts))], "Text": texts})
    assert list(read_sheet("a.csv", csv_bytes(table)).frame["Text"]) == texts
    assert list(read_sheet("a.xlsx", excel_bytes(table)).frame["Text"]) == texts
