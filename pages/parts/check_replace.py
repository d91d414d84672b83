"""Find and replace: what would change is shown and counted before it does."""

from collections.abc import Mapping

import streamlit as st

from lib.stages.mending.replacing import Replacement, replaced
from lib.words.say import count
from lib.workflow import mending
from lib.workflow.checking import Checked
from pages.shared import editing, folded
from pages.shared.plain import excerpt
from pages.shared.visit import Visit

ALL = "All columns"
EXAMPLES = 3


def draw(state: Visit, checked: Checked) -> None:
    """All of it, behind a fold."""
    folded.part("Find and replace", lambda: _form(state, checked), key="part_replace", icon=":material/find_replace:")


def _form(state: Visit, checked: Checked) -> None:
    frame = checked.before.sheet.frame
    column = st.selectbox("Where", [ALL, *frame.columns], key="replace_where")
    find, instead = st.columns(2)
    find.text_input("Find", key="replace_find")
    instead.text_input("Replace with", key="replace_instead", placeholder="Nothing: takes it away")
    with st.container(horizontal=True):
        st.checkbox("Whole cells only", key="replace_whole")
        st.checkbox("Capital letters count", key="replace_case")
    texts = replaced(frame, frame.columns if column == ALL else [column], _asked())
    cells = sum(map(len, texts.values()))
    if not cells:
        st.text("No cell holds this text." if _asked().find else "Type what to find.")
        return
    for name, row, text in _examples(texts):
        st.text(f"{name}, row {row}: {excerpt(str(frame.loc[row, name]))} → {excerpt(text)}")
    label = f"Replace in {count(cells, 'cell', 'cells')}"
    st.button(label, key="replace", on_click=lambda: editing.then(state, mending.replaced(texts, _asked())))


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
