"""Damaged cells on the Check page: held by themselves, used where a person says so, and that can be taken back."""

import streamlit as st

from lib.stages.damage import Decision
from lib.workflow.preparation import Checked
from pages.shared.plain import count
from pages.shared.visit import Visit


def draw(state: Visit, checked: Checked) -> None:
    """One line for each damage in each column, with what is decided about it."""
    if not checked.damages:
        return
    with st.container(border=True):
        st.markdown(
            "**Texts that look damaged** would replace good ones. Their rows are held unless you say otherwise."
        )
        for number, decision in enumerate(checked.damages):
            _line(state, decision, number)


def _line(state: Visit, decision: Decision, number: int) -> None:
    cells = count(decision.cells, "cell")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{decision.column}: {decision.kind.lower()}")
        if decision.accepted:
            st.badge(f"You decided: the file's text is used for {cells}", icon=":material/person:", color="blue")
            label, icon = "Hold them again", ":material/undo:"
        else:
            label, icon = f"Use the file's text all the same for {cells}", ":material/check:"
        if st.button(label, key=f"damage-{number}", icon=icon):
            state.keep(state.journey.accept(decision))
            st.rerun()
