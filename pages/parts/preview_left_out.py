"""Items that a person leaves out of the plan, and takes in again."""

from collections.abc import Sequence

import streamlit as st

from lib.words.say import count, say
from lib.workflow.planning import Planned
from pages.shared import folded
from pages.shared.plain import plain
from pages.shared.visit import Visit

MOST_LISTED = 20


def leave_out(state: Visit, planned: Planned, rows: Sequence[int], label: str, *, key: str) -> None:
    """The button that leaves these out."""
    icon = ":material/block:"
    st.button(label, key=key, icon=icon, on_click=lambda: _keep(state, planned.leave_out(rows)))


def draw(state: Visit, planned: Planned) -> None:
    """Those that were left out, each with the way back; nothing while there are none."""
    if planned.left_out and state.run_id is None:
        label = say("You left out {items}", items=count(len(planned.left_out), "item", "items"))
        folded.part(label, lambda: _list(state, planned), key="left_out_items", icon=":material/block:")


def _list(state: Visit, planned: Planned) -> None:
    left, items = planned.left_out, count(len(planned.left_out), "item", "items")
    if len(left) > 1:
        _take_in(state, planned, list(left), say("Take in all {items} again", items=items), key="in_all")
    for row, name in list(left.items())[:MOST_LISTED]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(say("{name} (row {row})", name=plain(name), row=row), width="stretch")
            _take_in(state, planned, [row], say("Take in this item again"), key=f"in-{row}")
    if len(left) > MOST_LISTED:
        st.caption(say("The first {shown} of {items}", shown=MOST_LISTED, items=items))


def _take_in(state: Visit, planned: Planned, rows: Sequence[int], label: str, *, key: str) -> None:
    icon = ":material/undo:"
    st.button(label, key=key, icon=icon, on_click=lambda: _keep(state, planned.take_in(rows)))


def _keep(state: Visit, planned: Planned) -> None:
    state.keep(state.journey.choose_items(planned))
