"""Imports that were begun and not sent, to go on with or to delete."""

import streamlit as st

from lib.model.draft import Draft
from lib.words.say import count, say
from pages.shared import frame, own_drafts
from pages.shared.plain import plain
from pages.shared.times import moment
from pages.shared.visit import Visit


def draw(state: Visit) -> None:
    """The list, and whatever one of them still needs."""
    drafts = own_drafts.all_but_this(state)
    wanted = next((one for one in drafts if one.id == state.wanted_draft), None)
    if wanted is None:
        state.wanted_draft = None
    else:
        own_drafts.take_up(state, wanted)
        told = say(
            "To go on with {file}, paste a token of {site} below. Tokens are never kept.",
            file=plain(wanted.file_name),
            site=plain(wanted.site_name),
        )
        st.info(told, icon=":material/key:")
    if drafts:
        st.header(say("Your drafts"))
        with st.container(border=True, gap="small"):
            for one in drafts:
                _line(state, one)


def _line(state: Visit, one: Draft) -> None:
    def want() -> None:
        state.wanted_draft = one.id

    @frame.in_words()
    def drop() -> None:
        own_drafts.delete(one.id)

    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(f"**{plain(one.file_name)}** → {plain(one.collection_name)}")
            st.caption(_about(one))
        st.button(say("Go on"), key=f"open-{one.id}", icon=":material/arrow_forward:", on_click=want)
        st.button(say("Delete"), key=f"drop-{one.id}", type="tertiary", on_click=drop)


def _about(one: Draft) -> str:
    """Where it is, how large, how far, and when it was left."""
    site = say("{site} (demo)", site=one.site_name) if one.is_demo else one.site_name
    return say(
        "{site} · {rows} · at {step} · {day}",
        site=plain(site),
        rows=count(one.rows, "row", "rows"),
        step=say(one.step),
        day=moment(one.saved_on),
    )
