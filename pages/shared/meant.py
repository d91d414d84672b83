"""“Did you mean”: texts that name no item exactly, and the items that a person may say they mean."""

import streamlit as st

from lib.stages import suggest
from lib.stages.key import Found
from pages.shared import tables
from pages.shared.plain import count
from pages.shared.visit import Visit

ABOUT = "Nothing is updated by a name that is only similar. Tick the ones that are meant; untick to take it back."


def items(state: Visit, found: Found) -> None:
    """The texts with their items, each to be ticked, and one button for all of them."""
    table = suggest.suggestion_table(state.mapping, found.suggestions, state.items)
    if table.empty:
        return
    accepted, waiting = int(table["Use"].sum()), len(found.suggestions)
    with st.expander(_title(accepted, waiting), icon=":material/help:", expanded=bool(waiting)):
        st.caption(ABOUT)
        # A new key for every decision: the editor starts from what is decided now.
        key = f"meant-{hash(state.mapping.accepted_keys)}"
        fixed = [name for name in table.columns if name != "Use"]
        edited = tables.editor(table, fixed, alt="Texts of your file and the items they may mean", key=key)
        changed = table.index[edited["Use"] != table["Use"]]
        if len(changed):
            _decide(state, found, table.loc[changed])
        if waiting and st.button(f"Use {count(waiting, 'suggestion')}", key="use_all_meant"):
            state.keep(mapping=suggest.accept(state.mapping, found.suggestions))
            st.rerun()


def _title(accepted: int, waiting: int) -> str:
    words = [f"Did you mean these? {count(waiting, 'text')} almost as an item has it"] if waiting else []
    words += [f"{count(accepted, 'text')} taken for an item as you said"] if accepted else []
    return " · ".join(words)


def _decide(state: Visit, found: Found, rows) -> None:
    mapping = state.mapping
    for text, was_used in zip(rows["In your file"], rows["Use"], strict=True):
        own = [one for one in found.suggestions if one.text == text]
        mapping = suggest.refuse(mapping, text) if was_used else suggest.accept(mapping, own)
    state.keep(mapping=mapping)
    st.rerun()
