"""Damaged cells that a person said are right on the Check page: that can be taken back."""

import streamlit as st

from lib.stages.damage import Decision
from lib.words.say import count, say
from lib.workflow.checking import Checked
from pages.parts.midway import midway
from pages.shared.visit import Visit


def draw(state: Visit, checked: Checked) -> None:
    """One line for each damage in each column whose cells are used all the same."""
    for number, decision in enumerate(one for one in checked.damages if one.accepted):
        _line(state, decision, number)


def _line(state: Visit, decision: Decision, number: int) -> None:
    cells = count(decision.cells, "cell", "cells")
    decided = say("You decided: the file's text is used for {cells}", cells=cells)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{decision.column}: {midway(decision.kind)}")
        st.badge(decided, icon=":material/person:", color="blue")
        if st.button(say("Hold them again"), key=f"held-{number}", icon=":material/undo:"):
            state.keep(state.journey.accept(decision))
            st.rerun()
