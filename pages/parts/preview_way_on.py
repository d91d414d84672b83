"""The way on from the preview: what sending costs and the button, or another file where there is nothing to send."""

import streamlit as st

from lib.model.row_status import RowStatus
from lib.words.say import count, say, say_many
from lib.workflow.planning import Planned
from pages.shared import cost, in_reach, steps
from pages.shared.plain import plain
from pages.shared.visit import Visit


def draw(state: Visit, planned: Planned) -> None:
    """What it costs, and the button."""
    label = say_many(len(planned.plan.changes), "Continue with {number:,} item", "Continue with {number:,} items")
    st.markdown(cost.of(planned, state.way_in, read_back=state.journey.read_back))
    with in_reach.kept():
        if st.button(label, key="next", type="primary"):
            steps.go(steps.SUBMIT)


def elsewhere(state: Visit, planned: Planned) -> None:
    """Good news, as far as no row is left out, and the way to another file."""
    name, left = plain(planned.matched.collection.display_name), planned.counts[RowStatus.LEFT_OUT]
    if left:
        told = say(
            "Nothing to update: {rows} left out, and {name} already holds what the others say.",
            rows=count(left, "row", "rows"),
            name=name,
        )
        st.info(told, icon=":material/info:")
    else:
        told = say("Nothing to update: {name} already holds what your file says.", name=name)
        st.success(told, icon=":material/check_circle:")
    if st.button(say("Import another file"), key="another_file", icon=":material/upload_file:"):
        state.keep(state.journey.bring(None))
        steps.go(steps.UPLOAD)
