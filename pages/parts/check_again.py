"""Decisions about values of an earlier file: the same values are wrong again, and are settled alike with one click."""

from collections.abc import Sequence

import streamlit as st

from lib.model.edits import Edit
from lib.words.say import count, say
from lib.workflow import mending
from lib.workflow.checking import Checked
from pages.shared import editing, folded
from pages.shared.times import moment
from pages.shared.visit import Visit


def draw(state: Visit, checked: Checked) -> None:
    """How many there are, and what would be done."""
    reused = checked.before.reused
    decided = mending.decided_before(checked.groups, reused.settled) if reused else ()
    if not reused or not decided:
        return
    values = count(len(decided), "value", "values")
    cells = count(sum(int(group.values[one.text]) for group, one in decided), "cell", "cells")
    told = say("**{values} you decided about before**, on {day}", values=values, day=moment(reused.saved_on))
    with st.container(border=True, key="card-again"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(told, width="stretch")
            st.button(
                say("Settle {values} in {cells} as before", values=values, cells=cells),
                key="settle_again",
                icon=":material/history:",
                on_click=lambda: editing.then(state, *mending.as_before(decided)),
            )
        folded.part(say("What would be done"), lambda: _list(mending.as_before(decided)), key="part_again")


def _list(edits: Sequence[Edit]) -> None:
    st.text("\n".join(edit.what for edit in edits))
