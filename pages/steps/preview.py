"""Every change, now → after, before anything is sent."""

import streamlit as st

from lib.model.row_status import RowStatus
from lib.workflow.destination import Uploaded
from lib.workflow.preparation import Planned
from pages.parts import preview_changes, preview_choices
from pages.shared import balance, cost, steps
from pages.shared.plain import count, plain

state = steps.enter(steps.PREVIEW)


def make_plan() -> None:
    """Compare every row with its live item."""
    with st.spinner(f"Comparing {count(state.journey.at(Uploaded).sheet.row_count, 'row')} with the live items…"):
        state.keep(state.journey.make_plan())


def go_on(planned: Planned) -> None:
    """What it costs, and the button."""
    st.markdown(cost.told(len(planned.batches), state.way_in, read_back=state.journey.read_back))
    if st.button(f"Continue with {count(len(planned.plan.changes), 'item')}", key="next", type="primary"):
        st.switch_page(steps.SUBMIT.path)


def nothing_to_do(planned: Planned) -> None:
    """Good news, and the way to another file."""
    st.success(
        f"Nothing to update: {plain(planned.matched.collection.display_name)} already holds what your file says.",
        icon=":material/check_circle:",
    )
    if st.button("Import another file", key="another_file", icon=":material/upload_file:"):
        state.keep(state.journey.bring(None))
        st.switch_page(steps.UPLOAD.path)


st.title("What will change" if state.run_id is None else "What this plan changed")
if state.run_id is not None:
    steps.sent_already()
preview_choices.draw(state)
if state.journey.plan is None:
    make_plan()
planned = state.journey.at(Planned)
counts = planned.counts
balance.draw(
    {
        "Will update": counts[RowStatus.WILL_UPDATE],
        "Already up to date": counts[RowStatus.UNCHANGED],
        "Left out": counts[RowStatus.LEFT_OUT],
        "With errors": counts[RowStatus.WITH_ERRORS],
    },
    counts.total(),
)
if counts[RowStatus.WILL_UPDATE]:
    preview_changes.draw(planned)
    if state.run_id is None:
        go_on(planned)
else:
    nothing_to_do(planned)
    preview_changes.others(planned)
