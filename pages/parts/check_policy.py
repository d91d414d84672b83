"""What happens to rows with errors: left out whole, or only the wrong cells of those that can do without them."""

import streamlit as st

from lib.model.plan import LeaveOut
from lib.words.say import count, say, say_many
from lib.workflow.checking import Checked
from pages.shared import in_reach, own_mappings, steps
from pages.shared.visit import Visit


def decide(state: Visit, checked: Checked) -> None:
    """Go on with the good rows, or back to the file."""
    bad = checked.bad
    leave_out = _choice(checked)
    good = checked.good + (checked.partial if leave_out is LeaveOut.CELLS else 0)
    if not good:
        _nothing_good(checked)
    with st.container(horizontal=True):
        if bad and st.button(say("Upload another file"), key="again"):
            steps.go(steps.UPLOAD)
        if bad and st.button(say("Back to matching"), key="match_again"):
            steps.go(steps.MATCH)
    with in_reach.kept():
        if good and st.button(_button(checked, leave_out), key="next", type="primary"):
            own_mappings.remember(state)
            state.keep(state.journey.decide(leave_out))
            steps.go(steps.PREVIEW)


def _nothing_good(checked: Checked) -> None:
    waiting = set() if checked.before.creates else {item.row for item in checked.before.creatable}
    if checked.bad and waiting.issuperset(checked.values.error_rows):
        told = say("No row has an item yet. Let them create new items above, or go back.")
        st.info(told, icon=":material/info:")
    elif checked.bad:
        told = say(
            "Every row has an error, so there is nothing to send yet. Mend them above, fix the file and upload it "
            "again, or change how its columns are matched and read."
        )
        st.error(told, icon=":material/error:")
    else:
        told = say("You left every row out, so there is nothing to update. Undo takes them in again.")
        st.info(told, icon=":material/info:")


def _choice(checked: Checked) -> LeaveOut:
    """The choice, where there is one."""
    if not checked.bad:
        return LeaveOut.NOTHING
    if not checked.partial:
        return LeaveOut.ROWS
    words = {
        LeaveOut.ROWS: say("Leave out {rows}", rows=count(checked.bad, "whole row", "whole rows")),
        LeaveOut.CELLS: _cells(checked),
    }
    label = say("What happens to {rows} with errors?", rows=count(checked.bad, "row", "rows"))
    first = LeaveOut.ROWS if checked.good else LeaveOut.CELLS
    options = list(words)
    chosen = st.radio(label, options, index=options.index(first), format_func=words.__getitem__, key="leave_out")
    return chosen or first


def _button(checked: Checked, leave_out: LeaveOut) -> str:
    """What the button that goes on says."""
    if leave_out is LeaveOut.NOTHING:
        return say("Preview the changes")
    if leave_out is LeaveOut.ROWS:
        return say("Leave out {rows} with errors and preview", rows=count(checked.bad, "row", "rows"))
    return say("Leave out {cells} and preview", cells=_wrong_cells(checked))


def _cells(checked: Checked) -> str:
    cells, rows, rest = _wrong_cells(checked), count(checked.partial, "row", "rows"), checked.bad - checked.partial
    if not rest:
        return say(
            "Leave out only {cells}: the rest of {rows} is used, and Webflow keeps what it has there",
            cells=cells,
            rows=rows,
        )
    return say_many(
        rest,
        "Leave out only {cells}: the rest of {rows} is used, and Webflow keeps what it has there; {number:,} row is "
        "left out",
        "Leave out only {cells}: the rest of {rows} is used, and Webflow keeps what it has there; {number:,} rows are "
        "left out",
        cells=cells,
        rows=rows,
    )


def _wrong_cells(checked: Checked) -> str:
    return count(sum(map(len, checked.wrong_cells.values())), "wrong cell", "wrong cells")
