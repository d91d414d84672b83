"""Pair columns with fields, and choose the column that finds the item."""

import streamlit as st

from lib.words.say import count, say
from lib.workflow.destination import Chosen, Live
from lib.workflow.matching import Matched
from pages.parts import match_columns, match_key, match_reused
from pages.shared import in_reach, own_drafts, own_mappings, steps, times, waits
from pages.shared.plain import plain

state = steps.enter(steps.MATCH)


def match() -> None:
    """Take the live items, which were read or are on their way, and match what matches by itself."""
    live = state.journey.live or loaded(state.journey.at(Chosen))
    state.keep(state.journey.match(live, own_drafts.remembered(state, own_mappings.known(state))))


def loaded(chosen: Chosen) -> Live:
    """The live items: their reading began early, and goes on when the visitor leaves."""
    languages = max(len(state.journey.locales), 1)
    total = chosen.item_count * languages
    live = waits.follow(state.load().work, cancel, say("Reading the collection's items"), total)
    state.loading = None
    return live


def cancel() -> None:
    """Back to the file; the items are read when they are wanted again."""
    state.stop_loading()
    own_drafts.leave(state)
    waits.back_to(steps.UPLOAD.path)()


def as_of(matched: Matched) -> None:
    """When the items were read, and the way to newer ones."""
    items, time = count(len(matched.live.items), "item", "items"), times.clock(matched.live.read_on)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(say("{items}, as they were at {time}.", items=items, time=time), width="content")
        if st.button(say("Read them again"), key="read_items", type="tertiary", icon=":material/refresh:"):
            state.keep(state.journey.forget_items())
            st.rerun()


def required(matched: Matched) -> None:
    """Required fields that no column feeds. New items need them all, but a page address can be made."""
    if matched.missing:
        names = ", ".join(plain(field.display_name) for field in matched.missing)
        told = say("Required fields without a column keep their value: {names}.", names=names)
        st.caption(f":material/info: {told}")
    needed = [plain(field.display_name) for field in matched.missing if field.slug != "slug"]
    if matched.creatable and needed:
        told = say("A new item cannot do without a column for {names}.", names=", ".join(needed))
        st.caption(f":material/info: {told}")


st.title(say("Which column goes where?"))
while state.journey.reached(Matched) is None:  # once more where an earlier file says that rows are in other languages
    match()
matched = state.journey.at(Matched)
own_drafts.onward(state, steps.MATCH)
match_reused.draw(state, matched)
required(matched)
match_key.foreign_file(state, matched)
match_key.draw(state, matched)
as_of(matched)
match_columns.draw(state, matched)
match_reused.manage(state, matched)
with in_reach.kept():
    go_on = matched.is_of_use and st.button(say("Check the values"), key="next", type="primary")
if go_on:
    own_mappings.remember(state)
    steps.go(steps.CHECK)
