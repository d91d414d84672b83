"""Wrong cells are left out where the rest of their row can do without them; nothing wrong is ever sent."""

from dataclasses import replace

from hypothesis import given

from lib.model.plan import Plan, SendChoices
from lib.model.problem import Problem, Severity
from lib.model.row_status import RowStatus
from lib.stages.plan import plan_changes
from lib.stages.wrong_cells import without, wrong_cells
from tests.stages.test_plan import COLLECTION, COLUMNS, ROWS, checked, mapping, planned, table_of

TOO_LONG = "x" * 11
COLUMNS_HELD = {
    "Slug": ["item-1", "item-2", "item-3", "item-4", "nobody"],
    "Price": ["11", "12", "10", "free", "1"],
    "Note": ["new", TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG],
}


def planned_without(columns: dict[str, list[str]]) -> Plan:
    found, of = checked(columns), mapping(*columns)
    left = without(found, wrong_cells(found, of, COLLECTION), of)
    return plan_changes(left, COLLECTION, SendChoices(), leave_out_errors=True)


def test_only_cells_whose_row_is_right_otherwise_are_left_out() -> None:
    found = checked(COLUMNS_HELD)
    assert wrong_cells(found, mapping(*COLUMNS_HELD), COLLECTION) == {"note": {3, 4}}


def test_the_rest_of_the_row_is_sent_and_a_row_without_a_rest_is_left_out() -> None:
    plan = planned_without(COLUMNS_HELD)
    assert [dict(change.after) for change in plan.changes] == [{"price": 11, "note": "new"}, {"price": 12}]
    will, left = RowStatus.WILL_UPDATE, RowStatus.LEFT_OUT
    assert list(plan.statuses) == [will, will, left, left, left]
    assert list(plan.reasons[:3]) == ["", "Without Note (Wrong length).", "Without Note (Wrong length)."]


def test_what_is_wrong_with_a_cell_that_is_left_out_is_still_told() -> None:
    found, of = checked(COLUMNS_HELD), mapping(*COLUMNS_HELD)
    left = without(found, wrong_cells(found, of, COLLECTION), of)
    told = {(p.severity, row) for p in left.problems if p.column == "Note" for row in p.rows}
    assert told == {(Severity.WARNING, 3), (Severity.WARNING, 4), (Severity.ERROR, 5), (Severity.ERROR, 6)}


def test_a_cell_that_is_left_out_though_nothing_is_wrong_with_it_is_told() -> None:
    found, of = checked(COLUMNS_HELD), mapping(*COLUMNS_HELD)
    left = without(found, {"price": frozenset({2, 4})}, of)
    (told,) = [one for one in left.problems if one.kind == "Left as in Webflow"]
    assert (told.column, told.rows, told.severity) == ("Price", (2,), Severity.WARNING)
    plan = plan_changes(left, COLLECTION, SendChoices(), leave_out_errors=True)
    assert plan.reasons[2] == "Without Price (Left as in Webflow)."


def test_the_column_that_finds_items_is_never_left_out() -> None:
    columns = {"Slug": ["item-1", "item-1"], "Note": ["a", "b"]}
    assert wrong_cells(checked(columns), mapping(*columns), COLLECTION) == {}


def test_a_row_that_found_no_item_has_nothing_to_be_left_out_of() -> None:
    columns = {"Slug": ["", "item-1"], "Note": [TOO_LONG, TOO_LONG]}
    found = checked(columns)
    beyond = replace(found, problems=(*found.problems, replace(found.problems[-1], column="Note", rows=(99,))))
    assert wrong_cells(beyond, mapping(*columns), COLLECTION) == {"note": {3}}


@given(rows=ROWS)
def test_the_rows_that_are_right_are_planned_as_ever_and_no_wrong_cell_is_sent(rows: list[tuple[str, ...]]) -> None:
    columns = table_of(rows)
    whole, parts = planned(columns), planned_without(columns)
    assert parts.counts.total() == len(rows)
    assert {change.row for change in whole.changes} <= {change.row for change in parts.changes}
    assert [change for change in parts.changes if parts.reasons[change.row] == ""] == list(whole.changes)
    wrong = {
        (row, COLUMNS[problem.column])
        for problem in checked(columns).problems
        if problem.severity is Severity.ERROR and problem.column in COLUMNS
        for row in problem.rows
    }
    assert not wrong & {(change.row, slug) for change in parts.changes for slug in change.after}
    assert all(parts.reasons[parts.statuses != RowStatus.WILL_UPDATE] != "")


def test_a_cell_that_is_not_sent_says_so_even_where_only_a_warning_was_about_it() -> None:
    columns = {"Slug": ["item-1"], "Note": ["new"]}
    found, of = checked(columns), mapping(*columns)
    word = Problem(
        kind="Odd", expected="", fix="", column="Note", rows=(2,), values=("new",), severity=Severity.WARNING
    )
    left = without(replace(found, problems=(word,)), {"note": frozenset({2})}, of)
    plan = plan_changes(left, COLLECTION, SendChoices(), leave_out_errors=True)
    assert list(plan.statuses) == [RowStatus.LEFT_OUT]
    assert list(plan.reasons) == ["Without Note (Odd)."]
