"""Edits change what they say and nothing else, and can be taken back and made again, any number of them."""

from hypothesis import given
from hypothesis import strategies as st

from lib.model.edits import Edit, Edits
from lib.model.problem import Problem, Severity
from lib.model.sheet import Sheet
from lib.stages.edited import edited, without_rows
from tests.builders import a_sheet

SHEET = a_sheet({"A": ["a", "b", "c"], "B": ["d", "e", "f"]})
COLUMNS = st.sampled_from("AB")
ROWS = st.sets(st.integers(2, 4), max_size=3)
EDIT = st.builds(
    Edit,
    what=st.just("a step"),
    texts=st.dictionaries(COLUMNS, st.dictionaries(st.integers(2, 4), st.text(max_size=3), max_size=3)),
    kept=st.dictionaries(COLUMNS, ROWS.map(frozenset)),
    left_out=ROWS.map(frozenset),
)


def state(edits: Edits) -> tuple[object, ...]:
    return edited(SHEET, edits).frame.to_dict(), edits.kept, edits.left_out


def test_the_last_text_of_a_cell_counts() -> None:
    edits = Edits().and_then(Edit(what="1", texts={"A": {2: "x", 3: "y"}}), Edit(what="2", texts={"A": {3: "z"}}))
    assert list(edited(SHEET, edits).frame["A"]) == ["x", "z", "c"]
    assert list(SHEET.frame["A"]) == ["a", "b", "c"], "the sheet as it was brought is not changed"


def test_a_cell_that_stays_as_it_is_in_webflow_is_sent_again_once_it_has_a_new_text() -> None:
    edits = Edits().and_then(Edit(what="1", kept={"A": frozenset({2, 3})}))
    assert edits.kept == {"A": {2, 3}}
    assert edits.and_then(Edit(what="2", texts={"A": {2: "x"}})).kept == {"A": {3}}


def test_what_reading_said_about_a_cell_is_settled_by_its_new_text() -> None:
    about = Problem(kind="Letters", expected="", fix="", column="A", rows=(2, 3), values=("a", "b"))
    whole = Problem(kind="File", expected="", fix="", severity=Severity.FIXED)
    alone = Problem(kind="Blank", expected="", fix="", column="A", rows=(3,), values=("b",))
    sheet = Sheet(
        source=SHEET.source, frame=SHEET.frame, problems=(about, whole, alone), as_found={"A": {2: " a", 3: " b"}}
    )
    after = edited(sheet, Edits().and_then(Edit(what="1", texts={"A": {3: "x"}})))
    assert [(one.kind, tuple(one.rows)) for one in after.problems] == [("Letters", (2,)), ("File", ())]
    assert after.as_found == {"A": {2: " a"}}


def test_rows_are_left_out_whole_with_all_that_was_said_about_them() -> None:
    about = Problem(kind="Letters", expected="", fix="", column="A", rows=(2, 3), values=("a", "b"))
    sheet = Sheet(source=SHEET.source, frame=SHEET.frame, problems=(about,))
    after = without_rows(sheet, frozenset({3}))
    assert list(after.frame.index) == [2, 4]
    assert [tuple(one.rows) for one in after.problems] == [(2,)]


def test_a_new_step_ends_what_could_be_made_again() -> None:
    edits = Edits().and_then(Edit(what="1"), Edit(what="2")).undo()
    assert [edit.what for edit in edits.undone] == ["2"]
    assert edits.and_then(Edit(what="3")).undone == ()


@given(edits=st.lists(EDIT, max_size=6), back=st.integers(0, 6))
def test_undo_restores_the_sheet_and_redo_what_was_changed(edits: list[Edit], back: int) -> None:
    states, now = [state(Edits())], Edits()
    for edit in edits:
        now = now.and_then(edit)
        states.append(state(now))
    back = min(back, len(edits))
    for step in range(back):
        now = now.undo()
        assert state(now) == states[-2 - step]
    for step in range(back, 0, -1):
        now = now.redo()
        assert state(now) == states[-step]
    assert now.undone == ()
