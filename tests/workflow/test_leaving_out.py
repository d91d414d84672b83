"""Items left out of a plan by hand: nothing of them is sent, every row counts once, and all can be taken in again."""

from dataclasses import replace

import pandas as pd
from hypothesis import given
from hypothesis import strategies as some

from lib.model.edits import Edits
from lib.model.plan import LeaveOut, SendChoices, StatusChoice
from lib.model.row_status import RowStatus
from lib.model.words import ITEM_LEFT_OUT
from lib.stages.leaving_out import without_items
from lib.workflow.journey import Journey
from lib.workflow.planning import Planned
from tests.builders import a_change, a_collection, a_plan, a_sheet
from tests.workflow.test_journey import FILE, planned

SHEET = a_sheet({"Slug": [f"item-{number}" for number in range(1, 9)]})
ROWS = list(SHEET.frame.index)
ROW_SETS = some.frozensets(some.sampled_from([*ROWS, 99]))


@given(changed=some.sets(some.sampled_from(ROWS)), left=ROW_SETS)
def test_the_books_balance_whatever_is_left_out(changed: set[int], left: frozenset[int]) -> None:
    whole = a_plan([a_change(row) for row in sorted(changed)], SHEET)
    plan = without_items(whole, left, a_collection())
    assert plan.counts.total() == len(ROWS)
    assert [change.row for change in plan.changes] == sorted(changed - left)
    assert set(plan.statuses.index[plan.statuses == RowStatus.WILL_UPDATE]) == changed - left
    assert set(plan.reasons.index[plan.reasons == ITEM_LEFT_OUT]) == changed & left
    assert plan.counts[RowStatus.UNCHANGED] == whole.counts[RowStatus.UNCHANGED]
    assert whole.counts[RowStatus.WILL_UPDATE] == len(changed), "the whole plan is not changed"


@given(some.lists(some.tuples(some.booleans(), some.frozensets(some.sampled_from([2, 3, 4, 99]))), max_size=6))
def test_what_is_left_out_and_taken_in_again_is_as_if_it_was_never_left_out(
    steps: list[tuple[bool, frozenset[int]]],
) -> None:
    first = planned().at(Planned)
    now, left = first, set[int]()
    for is_out, rows in steps:
        now = now.leave_out(rows) if is_out else now.take_in(rows)
        left = left | rows if is_out else left - rows
    assert set(now.left_out) == left & {2, 3}
    assert [change.row for change in now.plan.changes] == [row for row in (2, 3) if row not in left]
    assert set(now.changes["row"]) == {change.row for change in now.plan.changes}
    assert now.compared is first.compared, "nothing is compared again"
    back = now.take_in(left)
    assert back.plan is first.compared.plan
    assert back.changes.equals(first.changes)


def without_the_first() -> Journey:
    journey = planned()
    return journey.choose_items(journey.at(Planned).leave_out([2]))


def test_what_is_sent_is_the_rest() -> None:
    spec = without_the_first().at(Planned).spec(read_back=True)
    assert [change.row for change in spec.plan.changes] == [3]
    assert (spec.plan.statuses[2], spec.plan.reasons[2]) == (RowStatus.LEFT_OUT, ITEM_LEFT_OUT)


def test_another_way_to_send_leaves_out_the_same_items() -> None:
    again = without_the_first().send_as(SendChoices(status=StatusChoice.DRAFT)).make_plan().at(Planned)
    assert set(again.left_out) == {2}


def test_another_decision_about_errors_leaves_out_the_same_items() -> None:
    again = without_the_first().decide(LeaveOut.NOTHING).make_plan().at(Planned)
    assert set(again.left_out) == {2}


def test_what_was_left_out_stays_so_whatever_is_checked_anew() -> None:
    again = without_the_first().edit(Edits()).check({}).decide(LeaveOut.ROWS).make_plan().at(Planned)
    assert again.left_out == without_the_first().at(Planned).left_out


def test_another_reading_of_the_file_has_all_items_again() -> None:
    journey = without_the_first()
    assert journey.file is not None
    assert journey.read_as(replace(journey.file.upload, header_row=2)).file == replace(
        FILE, upload=replace(FILE.upload, header_row=2)
    )


def test_figures_are_those_of_the_rest() -> None:
    now = without_the_first().at(Planned)
    assert dict(now.fields) == {"note": 1}
    assert list(now.by_field.index) == ["Note"]
    assert pd.Series(now.sizes).index.equals(now.changes.index)
    assert 2 in set(now.idle["Row"])
