"""“Did you mean”: texts that name no item exactly, and the items that a person may say they mean."""

import streamlit as st

from lib.words.say import count, later, say
from lib.workflow.matching import Matched
from pages.shared import tables
from pages.shared.visit import Visit

ABOUT = later(
    "Nothing is updated by a name that is only similar. Tick the ones that are meant; untick to take it back."
)


def draw(state: Visit, matched: Matched) -> None:
    """The texts with their items, each to be ticked, and one button for all of them."""
    table, waiting = matched.meant, len(matched.found.suggestions)
    if table.empty:
        return
    with st.expander(_title(int(table["Use"].sum()), waiting), icon=":material/help:", expanded=bool(waiting)):
        st.caption(say(ABOUT))
        # A new key for every decision: the editor starts from what is decided now.
        key = f"meant-{hash(matched.mapping.accepted_keys)}"
        use, shown = say("Use"), table.set_axis([say(name) for name in table.columns], axis=1)
        fixed = [name for name in shown.columns if name != use]
        edited = tables.editor(shown, fixed, alt=say("Texts of your file and the items they may mean"), key=key)
        changed = table[edited[use] != table["Use"]]
        if len(changed):
            state.keep(state.journey.mean(dict(zip(changed["In your file"], ~changed["Use"], strict=True))))
            st.rerun()
        label = say("Use {suggestions}", suggestions=count(waiting, "suggestion", "suggestions"))
        if waiting and st.button(label, key="use_all_meant"):
            state.keep(state.journey.mean({one.text: True for one in matched.found.suggestions}))
            st.rerun()


def _title(accepted: int, waiting: int) -> str:
    words = []
    if waiting:
        texts = count(waiting, "text", "texts")
        words.append(say("Did you mean these? {texts} almost as an item has it", texts=texts))
    if accepted:
        words.append(say("{texts} taken for an item as you said", texts=count(accepted, "text", "texts")))
    return " · ".join(words)
