"""Show every problem with its address, and decide what happens to the rows that have one."""

import streamlit as st

from lib.errors import JournalUnavailable
from lib.model.stored_form import Memory
from lib.workflow import live_items
from lib.workflow.preparation import Checked, Matched
from pages.parts import check_damaged, check_problems
from pages.shared import balance, steps, waits
from pages.shared.own_runs import runs
from pages.shared.plain import count

state = steps.enter(steps.CHECK)


def check(matched: Matched) -> None:
    """Read every matched value and hold it against the live collection."""
    with waits.saying("Reading the items that your references point to…") as hear:
        state.keep(live_items.refer(state.way_in, state.journey, hear))
    with st.spinner(f"Checking {count(matched.sheet.row_count, 'row')}…"):
        state.keep(state.journey.check(memory(matched)))


def memory(matched: Matched) -> Memory:
    """What Webflow made of values sent before; nothing while the records are away, which costs no more than a guess."""
    try:
        return runs().remembered(state.way_in, matched.collection)
    except JournalUnavailable:
        return {}


def decide(checked: Checked) -> None:
    """Go on with the good rows, or back to the file."""
    bad, good = checked.bad, checked.good
    if not good:
        st.error(
            "Every row has an error, so there is nothing to update. Fix the file and upload it again, "
            "or change how its columns are matched and read.",
            icon=":material/error:",
        )
    label = f"Leave out {count(bad, 'row')} with errors and preview" if bad else "Preview the changes"
    with st.container(horizontal=True):
        if good and st.button(label, key="next", type="primary"):
            state.keep(state.journey.decide(leave_out=bool(bad)))
            st.switch_page(steps.PREVIEW.path)
        if bad and st.button("Upload a corrected file", key="again"):
            st.switch_page(steps.UPLOAD.path)
        if bad and st.button("Back to matching", key="match_again"):
            st.switch_page(steps.MATCH.path)


st.title("Do all values fit?")
if state.journey.reached(Checked) is None:
    check(state.journey.at(Matched))
checked = state.journey.at(Checked)
balance.tiles({"Rows ready": checked.good, "Rows with errors": checked.bad, "Rows with warnings": checked.warned})
check_damaged.draw(state, checked)
check_problems.draw(checked)
decide(checked)
