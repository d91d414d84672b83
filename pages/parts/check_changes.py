"""Every change made on the Check page: listed, taken back, made again, and taken home as a file."""

import pandas as pd
import streamlit as st

from lib.model.edits import Edits
from lib.words.say import count, say
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
        made = count(len(edits.done), "change", "changes")
        st.markdown(say("**{changes} made here.** Your own file stays as it is.", changes=made))
        why_not = None if edits.done else say("There is nothing to undo.")
        _step(state, say("Undo"), edits.undo(), why_not, name="undo")
        why_not = None if edits.undone else say("There is nothing to redo.")
        _step(state, say("Redo"), edits.redo(), why_not, name="redo")
        name, words = mended_name(uploaded), mended_words(uploaded)
        tables.download(say("My file, mended"), lambda: mended_file(uploaded), name, key="mended", help=words)
    if edits.done:
        folded.part(say("What was changed"), lambda: _list(uploaded), key="part_changes", icon=":material/history:")


def _step(state: Visit, label: str, edits: Edits, why_not: str | None, *, name: str) -> None:
    key, icon, args = f"{name}_edit", f":material/{name}:", (state, edits)
    st.button(label, key=key, icon=icon, disabled=bool(why_not), help=why_not, on_click=editing.apply, args=args)


def _list(uploaded: Uploaded) -> None:
    done = uploaded.edits.done
    what, sizes = [edit.what for edit in done], [edit.size for edit in done]
    table = pd.DataFrame({say("Change"): what, say("Cells or rows"): sizes})
    tables.grid(table.iloc[::-1], alt=say("Changes made here, the last one first"), key="changes")
