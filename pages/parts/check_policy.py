"""What happens to rows with errors: left out whole, or only the wrong cells of those that can do without them."""

import streamlit as st

from lib.model.plan import LeaveOut
from lib.words.say import count
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
        if bad and st.button("Upload another file", key="again"):
            steps.go(steps.UPLOAD)
        if bad and st.button("Back to matching", key="match_again"):
            steps.go(steps.MATCH)
    with in_reach.kept():
        if good and st.button(_button(checked, leave_out), key="next", type="primary"):
            own_mappings.remember(state)
            state.keep(state.journey.decide(leave_out))
            steps.go(steps.PREVIEW)


def _nothing_good(checked: Checked) -> None:
    waiting = set() if checked.before.creates else {item.row for item in checked.before.creatable}
    if checked.bad and waiting.issuperset(checked.values.error_rows):
        st.info("No row has an item yet. Let them create new items above, or go back.", icon=":material/info:")
    elif checked.bad:
        st.error(
            "Every row has an error, so there is nothing to send yet. Mend them above, fix the file and upload it "
            "again, or change how its columns are matched and read.",
            icon=":material/error:",
        )
    else:
        st.info(
            "You left every row out, so there is nothing to update. Undo takes them in again.", icon=":material/info:"
        )


def _choice(checked: Checked) -> LeaveOut:
    """The choice, where there is one."""
    if not checked.bad:
        return LeaveOut.NOTHING
    if not checked.partial:
        return LeaveOut.ROWS
    words = {
        LeaveOut.ROWS: f"Leave out {count(checked.bad, 'whole row', 'whole rows')}",
        LeaveOut.CELLS: _cells(checked),
    }
    label = f"What happens to {count(checked.bad, 'row', 'rows')} with errors?"
    first = LeaveOut.ROWS if checked.good else LeaveOut.CELLS
    options = list(words)
    chosen = st.radio(label, options, index=options.index(first), format_func=words.__getitem__, key="leave_out")
    return chosen or first


def _button(checked: Checked, leave_out: LeaveOut) -> str:
    """What the button that goes on says."""
    if leave_out is LeaveOut.NOTHING:
        return "Preview the changes"
    if leave_out is LeaveOut.ROWS:
        return f"Leave out {count(checked.bad, 'row', 'rows')} with errors and preview"
    return f"Leave out {count(_cell_count(checked), 'wrong cell', 'wrong cells')} and preview"


def _cells(checked: Checked) -> str:
    rest = checked.bad - checked.partial
    words = f"Leave out only {count(_cell_count(checked), 'wrong cell', 'wrong cells')}: "
    words += f"the rest of {count(checked.partial, 'row', 'rows')} is used, and Webflow keeps what it has there"
    return f"{words}; {count(rest, 'row', 'rows')} {'is' if rest == 1 else 'are'} left out" if rest else words


def _cell_count(checked: Checked) -> int:
    return sum(map(len, checked.wrong_cells.values()))
