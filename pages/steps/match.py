"""Pair columns with fields, and choose the column that finds the item."""

import streamlit as st

from lib.workflow import live_items
from lib.workflow.destination import Chosen
from lib.workflow.preparation import Matched
from pages.parts import match_columns, match_key
from pages.shared import steps, waits
from pages.shared.plain import count, plain

state = steps.enter(steps.MATCH)


def match() -> None:
    """Read the live items, then match what matches by itself."""
    chosen = state.journey.at(Chosen)
    if chosen.live is None:
        with waits.counting("Reading the collection's items", chosen.item_count) as (tell, hear):
            read = live_items.read(state.way_in, state.journey, tell, hear)
        state.keep(state.journey.match(read))
    else:
        state.keep(state.journey.match(chosen.live))


def overview(matched: Matched) -> None:
    """How many columns are matched, and what is still missing."""
    matches = matched.mapping.matches
    ignored = sum(m.is_ignored for m in matches)
    with st.container(horizontal=True):
        st.badge(count(len(matches), "column"), color="gray")
        st.badge(f"{len(matches) - ignored} matched", icon=":material/check:", color="green")
        if ignored:
            st.badge(f"{ignored} left out", icon=":material/block:", color="gray")
    match_columns.suggestions(state, matched)
    if matched.missing:
        names = ", ".join(plain(f.display_name) for f in matched.missing)
        st.caption(f"Required fields without a column keep their value: {names}.")


st.title("Which column goes where?")
if state.journey.reached(Matched) is None:
    match()
matched = state.journey.at(Matched)
overview(matched)
match_key.foreign_file(state, matched)
match_key.draw(state, matched)
match_columns.draw(state, matched)
if matched.found.matched and st.button("Check the values", key="next", type="primary"):
    st.switch_page(steps.CHECK.path)
