"""Every change made on the Check page: listed, taken back, made again, and taken home as a file."""

import pandas as pd
import streamlit as st

from lib.model.edits import Edits
from lib.words.say import count
from lib.workflow.destination import Uploaded
from lib.workflow.mended_file import mended_file, mended_name, mended_words
from pages.shared import editing, folded, tables
from pages.shared.visit import Visit


def draw(state: Visit) -> None:
    """The changes with Undo and Redo, once there is one."""
    uploaded = state.journey.at(Uploaded)
    edits = uploaded.edits
    if not edits.done and not edits.undone:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{count(len(edits.done), 'change', 'changes')} made here.** Your own file stays as it is.")
        _step(state, "Undo", edits.undo(), key="undo_edit", disabled=not edits.done)
        _step(state, "Redo", edits.redo(), key="redo_edit", disabled=not edits.undone)
        name, words = mended_name(uploaded), mended_words(uploaded)
        tables.download("My file, mended", lambda: mended_file(uploaded), name, key="mended", help=words)
    if edits.done:
        folded.part("What was changed", lambda: _list(uploaded), key="part_changes", icon=":material/history:")


def _step(state: Visit, label: str, edits: Edits, *, key: str, disabled: bool) -> None:
    icon, why = f":material/{label.lower()}:", f"There is nothing to {label.lower()}." if disabled else None
    st.button(label, key=key, icon=icon, disabled=disabled, help=why, on_click=editing.apply, args=(state, edits))


def _list(uploaded: Uploaded) -> None:
    done = uploaded.edits.done
    table = pd.DataFrame({"Change": [edit.what for edit in done], "Cells or rows": [edit.size for edit in done]})
    tables.grid(table.iloc[::-1], alt="Changes made here, the last one first", key="changes")
