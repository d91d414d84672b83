"""What finds the items: the key column with its live result, and whether the rows are of this collection at all."""

import streamlit as st

from lib.words.say import count
from lib.workflow.matching import Matched
from pages.parts import match_meant
from pages.shared import new_words, steps
from pages.shared.plain import plain
from pages.shared.visit import Visit


def foreign_file(state: Visit, matched: Matched) -> None:
    """A file of another collection is asked about, not guessed at."""
    if not matched.foreign:
        return
    name = plain(matched.collection.display_name)
    st.warning(
        f"{count(matched.foreign, 'row', 'rows')} of this file {'was' if matched.foreign == 1 else 'were'} exported from "
        f"another collection. Did you mean to update {name}?",
        icon=":material/help:",
    )
    with st.container(horizontal=True):
        if st.button("Choose another collection", key="other_collection"):
            steps.go(steps.CONNECT)
        if st.button(f"Yes, update {name}", key="same_collection"):
            state.keep(state.journey.belongs_here())
            st.rerun()


def draw(state: Visit, matched: Matched) -> None:
    """The key picker with its live result."""
    found = matched.found
    with st.container(border=True):
        picker, result = st.columns([2, 3], vertical_alignment="bottom")
        if not matched.candidates:
            st.warning(
                "No column can find the items yet. Match a column to Item ID, to the slug, to the name, "
                "or to another text field.",
                icon=":material/warning:",
            )
            return
        with picker:
            _picker(state, matched)
        with result.container(horizontal=True):
            st.badge(f"{count(found.matched, 'row', 'rows')} matched", icon=":material/check:", color="green")
            for kind, number in found.unmatched.items():
                st.badge(f"{number:,} × {kind.lower()}", icon=":material/warning:", color="orange")
    match_meant.draw(state, matched)
    _new_items(matched)


def _new_items(matched: Matched) -> None:
    """What rows without an item can do, which is chosen on the next page; or that another column has to be chosen."""
    able, is_of_use = len(matched.creatable), matched.found.is_of_use
    can = f"{count(able, 'row', 'rows')} can create {new_words.named(matched.creatable)}: you choose that on the next page."
    doubt = (
        ""
        if any(item.variant_of for item in matched.creatable)
        else " If the items are there already, choose another column."
    )
    if able and is_of_use:
        st.caption(f":material/add_circle: {can}")
    elif able:
        st.info(
            f"No row of your file finds an item this way. {can}{doubt}",
            icon=":material/add_circle:",
        )
    elif not is_of_use:
        st.warning("No row of your file finds an item this way. Choose another column.", icon=":material/warning:")


def _picker(state: Visit, matched: Matched) -> None:
    """Choose the column whose values find the items."""
    st.session_state["key_column"] = matched.mapping.key_column or matched.candidates[0]

    def choose() -> None:
        state.keep(state.journey.find_by(st.session_state["key_column"]))

    st.selectbox("Find each item by", matched.candidates, key="key_column", on_change=choose)
