"""What was taken over from an earlier file with the same columns, and all mappings that are remembered."""

import streamlit as st

from lib.model.mapping import Blanks
from lib.model.remembered import Remembered
from lib.words.say import count, say, say_many
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
        told = say(
            ":material/history: **Using your mapping from {day}** ({name})",
            day=moment(reused.saved_on),
            name=plain(reused.name),
        )
        st.markdown(told, width="content")
        st.button(
            say("Match by names instead"), key="match_anew", on_click=lambda: state.keep(state.journey.match_anew())
        )
    clearing = sum(one.blanks is Blanks.CLEAR for one in matched.mapping.fields)
    if clearing:
        columns = count(clearing, "column", "columns")
        st.caption(say("As you said then, empty cells of {columns} clear the field.", columns=columns))
    if reused.dropped:
        told = say_many(
            len(reused.dropped),
            "One pair no longer holds. Choose anew, or leave the column out.",
            "{number} pairs no longer hold. Choose anew, or leave the column out.",
        )
        st.warning(told, icon=":material/link_off:")
        st.text("\n".join(reused.dropped))


def manage(state: Visit, matched: Matched) -> None:
    """All that is remembered for this collection, to be renamed and deleted."""
    label = say("Remembered mappings for {name}", name=plain(matched.collection.display_name))
    folded.part(label, lambda: _list(state), key="part_mappings", icon=":material/history:")


def _list(state: Visit) -> None:
    known = own_mappings.known(state)
    if not known:
        st.text(say("None yet. How you match a file is kept for the next one with the same columns."))
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

    name.text_input(say("Name"), one.name, key=key, on_change=rename, max_chars=100)
    told.caption(_about(one))
    delete.button(say("Delete"), key=f"delete-{one.id}", on_click=forget)


def _about(one: Remembered) -> str:
    """What is remembered, and of when."""
    columns, day = count(len(one.mapping.matches), "column", "columns"), moment(one.saved_on)
    if not one.settled:
        return say("{columns}, last used on {day}", columns=columns, day=day)
    values = count(len(one.settled), "value", "values")
    return say("{columns}, {values} decided, last used on {day}", columns=columns, values=values, day=day)
