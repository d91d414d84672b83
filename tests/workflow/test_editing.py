"""Edits on the journey: what they touch is checked again, and that comes to the same as checking everything anew."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lib.model.edits import Edit, Edits
from lib.model.plan import LeaveOut
from lib.model.problem import Severity, problem_table
from lib.model.row_status import RowStatus
from lib.model.settled import Settle, Settled
from lib.stages.mending.repeats import Keep
from lib.stages.read_column import ReadColumns
from lib.workflow import mending
from lib.workflow.checking import Checked
from lib.workflow.destination import Uploaded
from lib.workflow.journey import Journey
from lib.workflow.matching import Matched
from lib.workflow.planning import Planned
from lib.workflow.upload import File
from tests.builders import a_collection, a_field, a_sheet
from tests.workflow.test_journey import FILE, ITEMS, LIVE, SITE

COLLECTION = a_collection(
    a_field("price", "Number"), a_field("note", validations={"maxLength": 5}), a_field("on-sale", "Switch")
)
SHEET = a_sheet(
    {
        "Slug": ["item-1", "item-2", "item-2", "item-9"],
        "Name": ["One", "Two", "", "Nine"],
        "Price": ["5 pcs", "2", "1,5", "7"],
        "Note": ["", "b", "too long", "c"],
        "On sale": ["yes", "perhaps", "perhaps", "no"],
    }
)
TEXTS = st.sampled_from(
    ["item-1", "item-2", "item-3", "", "5", "6 pcs", "1,234", "yes", "perhaps", "far too long", "b"]
)
COLUMNS = st.sampled_from(SHEET.columns)
ROWS = st.integers(2, 5)
EDIT = st.one_of(
    st.builds(
        Edit,
        what=st.just("typed"),
        texts=st.dictionaries(COLUMNS, st.dictionaries(ROWS, TEXTS, min_size=1, max_size=3), min_size=1, max_size=2),
    ),
    st.builds(Edit, what=st.just("kept"), kept=st.dictionaries(COLUMNS, st.frozensets(ROWS, max_size=2), max_size=2)),
    st.builds(Edit, what=st.just("left out"), left_out=st.frozensets(ROWS, max_size=2)),
)


def checked(edits: Edits | None = None) -> Journey:
    matched = Journey().connect((SITE,)).open_site(SITE, (COLLECTION,)).choose(COLLECTION, len(ITEMS))
    journey = matched.bring(FILE).read(SHEET).match(LIVE)
    return (journey.edit(edits) if edits else journey).check({})


def told(journey: Journey) -> tuple[object, ...]:
    """All that a check comes to."""
    found = journey.at(Checked).values
    frames = (found.values, found.sent, found.flags)
    problems = problem_table(found.problems).to_dict("list")
    return [frame.to_dict() for frame in frames], list(found.item_ids), problems, journey.at(Checked).figures


def then(journey: Journey, *edits: Edit) -> Journey:
    return journey.edit(journey.at(Uploaded).edits.and_then(*edits)).check({})


@given(edits=st.lists(EDIT, max_size=5))
def test_checking_what_an_edit_touches_equals_checking_everything_anew(edits: list[Edit]) -> None:
    journey = checked()
    for edit in edits:
        journey = then(journey, edit)
    anew = replace(journey.at(Matched), columns_read=ReadColumns())
    assert told(journey) == told(replace(journey, stage=anew).check({}))
    assert told(journey) == told(checked(Edits(done=tuple(edits))))


@given(edits=st.lists(EDIT, max_size=5))
def test_taking_all_edits_back_comes_to_what_was_there_before(edits: list[Edit]) -> None:
    journey = then(checked(), *edits)
    for _ in edits:
        journey = journey.edit(journey.at(Uploaded).edits.undo()).check({})
    assert told(journey) == told(checked())


@given(edits=st.lists(EDIT, max_size=4), leave_out=st.sampled_from([LeaveOut.ROWS, LeaveOut.CELLS]))
def test_no_row_is_lost_whatever_is_edited_or_left_out(edits: list[Edit], leave_out: LeaveOut) -> None:
    journey = then(checked(), *edits)
    plan = journey.decide(leave_out).make_plan().at(Planned).plan
    assert list(plan.statuses.index) == list(SHEET.frame.index)
    assert plan.counts.total() == SHEET.row_count
    left_out = journey.at(Uploaded).edits.left_out
    assert all(plan.statuses[row] is RowStatus.LEFT_OUT for row in left_out)
    assert not left_out & {change.row for change in plan.changes}
    kept = journey.at(Uploaded).edits.kept
    sent = {(change.row, slug) for change in plan.changes for slug in change.after}
    slugs = {"Name": "name", "Price": "price", "Note": "note", "On sale": "on-sale"}
    assert not sent & {(row, slugs[column]) for column, rows in kept.items() if column in slugs for row in rows}


def group(journey: Journey, column: str, kind: str = "") -> mending.Group:
    return next(g for g in journey.at(Checked).groups if g.column == column and g.kind.startswith(kind))


def test_one_decision_settles_all_rows_of_a_value() -> None:
    journey = checked()
    found = group(journey, "On sale")
    (edit,) = mending.settled(found, [Settled(column=found.column, text="perhaps", settle=Settle.USE, instead="yes")])
    assert (edit.texts, edit.what) == ({"On sale": {3: "yes", 4: "yes"}}, "On sale: “perhaps” → “yes”")
    after = then(journey, edit)
    assert not [g for g in after.at(Checked).groups if g.column == "On sale"]


def test_of_rows_about_one_item_the_one_that_is_kept_finds_it_again() -> None:
    journey = checked()
    matched = journey.at(Matched)
    after = then(journey, mending.one_kept(matched.found, matched.sheet.frame, Keep.LAST))
    assert list(after.at(Checked).values.item_ids) == [ITEMS[0].id, ITEMS[1].id, ""]
    assert list(after.at(Uploaded).left_out) == [3]


def test_an_edit_is_part_of_the_file_when_another_collection_is_chosen_and_goes_with_another_file() -> None:
    journey = then(checked(), Edit(what="typed", texts={"Price": {2: "5"}}))
    assert journey.choose(COLLECTION, 2).at(Uploaded).edited.frame["Price"].iloc[0] == "5"
    other = journey.bring(File(id="2", upload=FILE.upload)).read(SHEET)
    assert other.at(Uploaded).edits == Edits()


def test_an_edit_that_mends_leaves_no_error_at_its_cell() -> None:
    journey = checked()
    found = group(journey, "Price")
    (offer, *_) = journey.at(Checked).offers(found)
    after = then(journey, mending.mended(found, offer))
    problems = after.at(Checked).values.problems
    assert not [one for one in problems if one.column == "Price" and one.severity is Severity.ERROR]
