"""Find and replace: what would change is shown and counted before it does."""

from collections.abc import Mapping

import streamlit as st

from lib.stages.mending.replacing import Replacement, replaced
from lib.words.say import count, later, say
from lib.workflow import mending
from lib.workflow.checking import Checked
from pages.shared import editing, folded
from pages.shared.plain import excerpt
from pages.shared.visit import Visit

ALL = later("All columns")
EXAMPLES = 3


def draw(state: Visit, checked: Checked) -> None:
    """All of it, behind a fold."""
    folded.part(
        say("Find and replace"), lambda: _form(state, checked), key="part_replace", icon=":material/find_replace:"
    )


def _form(state: Visit, checked: Checked) -> None:
    frame = checked.before.sheet.frame
    column = st.selectbox(say("Where"), [ALL, *frame.columns], format_func=_name, key="replace_where")
    find, instead = st.columns(2)
    find.text_input(say("Find"), key="replace_find")
    instead.text_input(say("Replace with"), key="replace_instead", placeholder=say("Nothing: takes it away"))
    with st.container(horizontal=True):
        st.checkbox(say("Whole cells only"), key="replace_whole")
        st.checkbox(say("Capital letters count"), key="replace_case")
    texts = replaced(frame, frame.columns if column == ALL else [column], _asked())
    cells = sum(map(len, texts.values()))
    if not cells:
        st.text(say("No cell holds this text.") if _asked().find else say("Type what to find."))
        return
    for name, row, text in _examples(texts):
        before, after = excerpt(str(frame.loc[row, name])), excerpt(text)
        st.text(say("{column}, row {row}: {before} → {after}", column=name, row=row, before=before, after=after))
    label = say("Replace in {cells}", cells=count(cells, "cell", "cells"))
    st.button(label, key="replace", on_click=lambda: editing.then(state, mending.replaced(texts, _asked())))


def _name(column: str) -> str:
    return say(ALL) if column == ALL else column


def _asked() -> Replacement:
    return Replacement(
        find=st.session_state["replace_find"],
        instead=st.session_state["replace_instead"],
        whole_cells=st.session_state["replace_whole"],
        same_case=st.session_state["replace_case"],
    )


def _examples(texts: Mapping[str, Mapping[int, str]]) -> list[tuple[str, int, str]]:
    cells = [(name, row, text) for name, new in texts.items() for row, text in list(new.items())[:EXAMPLES]]
    return cells[:EXAMPLES]
