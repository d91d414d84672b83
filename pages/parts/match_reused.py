"""What was taken over from an earlier file with the same columns, and all mappings that are remembered."""

import streamlit as st

from lib.model.mapping import Blanks
from lib.model.remembered import Remembered
from lib.words.say import count
from lib.workflow.matching import Matched
from pages.shared import folded, frame, own_mappings
from pages.shared.own_runs import runs
from pages.shared.plain import plain
from pages.shared.times import moment
from pages.shared.visit import Visit


def draw(state: Visit, matched: Matched) -> None:
    """Whose mapping this is, what of it no longer holds, and the way back to the names of the columns."""
    reused = matched.reused
    if reused is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="reused"):
        st.markdown(
            f":material/history: **Using your mapping from {moment(reused.saved_on)}** ({plain(reused.name)})",
            width="content",
        )
        st.button("Match by names instead", key="match_anew", on_click=lambda: state.keep(state.journey.match_anew()))
    clearing = sum(one.blanks is Blanks.CLEAR for one in matched.mapping.fields)
    if clearing:
        st.caption(f"As you said then, empty cells of {count(clearing, 'column', 'columns')} clear the field.")
    if reused.dropped:
        pairs = (
            "One pair no longer holds" if len(reused.dropped) == 1 else f"{len(reused.dropped)} pairs no longer hold"
        )
        st.warning(f"{pairs}. Choose anew, or leave the column out.", icon=":material/link_off:")
        st.text("\n".join(reused.dropped))


def manage(state: Visit, matched: Matched) -> None:
    """All that is remembered for this collection, to be renamed and deleted."""
    label = f"Remembered mappings for {plain(matched.collection.display_name)}"
    folded.part(label, lambda: _list(state), key="part_mappings", icon=":material/history:")


def _list(state: Visit) -> None:
    known = own_mappings.known(state)
    if not known:
        st.text("None yet. How you match a file is kept for the next one with the same columns.")
    for one in known:
        _one(state, one)


def _one(state: Visit, one: Remembered) -> None:
    mappings = runs().mappings(state.way_in, state.journey.at(Matched).collection)
    name, told, delete = st.columns([4, 4, 2], vertical_alignment="bottom")
    key = f"mapping-{one.id}"

    @frame.in_words()
    def rename() -> None:
        mappings.rename(one.id, st.session_state[key])

    @frame.in_words()
    def forget() -> None:
        mappings.forget(one.id)

    name.text_input("Name", one.name, key=key, on_change=rename, max_chars=100)
    settled = f", {count(len(one.settled), 'value', 'values')} decided" if one.settled else ""
    told.caption(
        f"{count(len(one.mapping.matches), 'column', 'columns')}{settled}, last used on {moment(one.saved_on)}"
    )
    delete.button("Delete", key=f"delete-{one.id}", on_click=forget)
