"""The way on from the preview: what sending costs and the button, or another file where there is nothing to send."""

import streamlit as st

from lib.model.row_status import RowStatus
from lib.words.say import count
from lib.workflow.planning import Planned
from pages.shared import cost, in_reach, steps
from pages.shared.plain import plain
from pages.shared.visit import Visit


def draw(state: Visit, planned: Planned) -> None:
    """What it costs, and the button."""
    items = len(planned.plan.changes)
    st.markdown(cost.of(planned, state.way_in, read_back=state.journey.read_back))
    with in_reach.kept():
        if st.button(f"Continue with {count(items, 'item', 'items')}", key="next", type="primary"):
            steps.go(steps.SUBMIT)


def elsewhere(state: Visit, planned: Planned) -> None:
    """Good news, as far as no row is left out, and the way to another file."""
    name, left = plain(planned.matched.collection.display_name), planned.counts[RowStatus.LEFT_OUT]
    if left:
        told = (
            f"Nothing to update: {count(left, 'row', 'rows')} left out, and {name} already holds what the others say."
        )
        st.info(told, icon=":material/info:")
    else:
        st.success(f"Nothing to update: {name} already holds what your file says.", icon=":material/check_circle:")
    if st.button("Import another file", key="another_file", icon=":material/upload_file:"):
        state.keep(state.journey.bring(None))
        steps.go(steps.UPLOAD)
