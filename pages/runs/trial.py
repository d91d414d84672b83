"""After one item was sent to try it: the way back to the import, with the others."""

import streamlit as st

from lib.model.run import Run
from pages.shared import steps
from pages.shared.plain import count
from pages.shared.visit import Visit


def draw(state: Visit, run: Run) -> None:
    """Only where the import of this visit still waits."""
    plan = state.journey.plan
    if run.id != state.trial or plan is None or not plan.changes or state.run_id is not None:
        return
    others = count(len(plan.changes), "other item")
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"This was a trial. Look at the item in Webflow; {others} still wait.", width="stretch")
        if st.button(f"Go on with {others}", key="after_trial", type="primary"):
            steps.go(steps.SUBMIT)
