"""What finds the items: the key column with its live result, and whether the rows are of this collection at all."""

import streamlit as st

from lib.words.say import count, figure, say, say_many
from lib.workflow.matching import Matched
from pages.parts import match_meant
from pages.parts.midway import midway
from pages.shared import new_words, steps
from pages.shared.plain import plain
from pages.shared.visit import Visit


def foreign_file(state: Visit, matched: Matched) -> None:
    """A file of another collection is asked about, not guessed at."""
    if not matched.foreign:
        return
    name = plain(matched.collection.display_name)
    told = say_many(
        matched.foreign,
        "{number:,} row of this file was exported from another collection. Did you mean to update {name}?",
        "{number:,} rows of this file were exported from another collection. Did you mean to update {name}?",
        name=name,
    )
    st.warning(told, icon=":material/help:")
    with st.container(horizontal=True):
        if st.button(say("Choose another collection"), key="other_collection"):
            steps.go(steps.CONNECT)
        if st.button(say("Yes, update {name}", name=name), key="same_collection"):
            state.keep(state.journey.belongs_here())
            st.rerun()


def draw(state: Visit, matched: Matched) -> None:
    """The key picker with its live result."""
    found = matched.found
    with st.container(border=True):
        picker, result = st.columns([2, 3], vertical_alignment="bottom")
        if not matched.candidates:
            told = say(
                "No column can find the items yet. Match a column to Item ID, to the slug, to the name, "
                "or to another text field."
            )
            st.warning(told, icon=":material/warning:")
            return
        with picker:
            _picker(state, matched)
        with result.container(horizontal=True):
            rows = count(found.matched, "row", "rows")
            st.badge(say("{rows} matched", rows=rows), icon=":material/check:", color="green")
            for kind, number in found.unmatched.items():
                st.badge(f"{figure(number)} × {midway(kind)}", icon=":material/warning:", color="orange")
    match_meant.draw(state, matched)
    _new_items(matched)


def _new_items(matched: Matched) -> None:
    """What rows without an item can do, which is chosen on the next page; or that another column has to be chosen."""
    able, is_of_use = len(matched.creatable), matched.found.is_of_use
    can = say_many(
        able,
        "{number:,} row can create {items}: you choose that on the next page.",
        "{number:,} rows can create {items}: you choose that on the next page.",
        items=new_words.named(matched.creatable),
    )
    if able and is_of_use:
        st.caption(f":material/add_circle: {can}")
    elif able:
        told = [say("No row of your file finds an item this way."), can]
        if not any(item.variant_of for item in matched.creatable):
            told.append(say("If the items are there already, choose another column."))
        st.info(" ".join(told), icon=":material/add_circle:")
    elif not is_of_use:
        st.warning(say("No row of your file finds an item this way. Choose another column."), icon=":material/warning:")


def _picker(state: Visit, matched: Matched) -> None:
    """Choose the column whose values find the items."""
    st.session_state["key_column"] = matched.mapping.key_column or matched.candidates[0]

    def choose() -> None:
        state.keep(state.journey.find_by(st.session_state["key_column"]))

    st.selectbox(say("Find each item by"), matched.candidates, key="key_column", on_change=choose)
