"""Pair columns with fields, and choose the column that finds the item."""

import streamlit as st

from lib import workflow
from lib.stages import key as keys
from lib.stages import match
from lib.stages.fit import offers
from pages.shared import matching, steps
from pages.shared.plain import count, plain

COLUMNS_PER_PAGE = 25

state = steps.enter(steps.MATCH)


def load() -> None:
    """Read the live items, then match what matches by itself."""
    if state.items is None:
        bar = st.progress(0.0, text="Reading the collection's items…")
        total = max(state.item_count or 0, 1)

        def tell(done: int) -> None:
            bar.progress(min(done / total, 1.0), text=f"Reading the collection's items: {done:,} of {total:,}")

        state.keep(items=workflow.load_items(state.connection, state.collection.id, tell))
        bar.empty()
    if state.mapping is None:
        matched = match.match_columns(state.sheet, state.collection)
        mapping = keys.choose_key(state.sheet, matched, state.collection, state.items)
        state.keep(mapping=mapping, offers=offers(state.sheet, state.collection))


def overview() -> None:
    """How many columns are matched, and what is still missing."""
    matches = state.mapping.matches
    ignored = sum(m.is_ignored for m in matches)
    with st.container(horizontal=True):
        st.badge(count(len(matches), "column"), color="gray")
        st.badge(f"{len(matches) - ignored} matched", icon=":material/check:", color="green")
        if ignored:
            st.badge(f"{ignored} left out", icon=":material/block:", color="gray")
    missing = match.unmatched_required(state.mapping, state.collection)
    if missing:
        names = ", ".join(plain(f.display_name) for f in missing)
        st.caption(f"Required fields without a column keep their value: {names}.")


def choose_key() -> bool:
    """The key picker with its live result; whether any row found its item."""
    candidates = keys.key_candidates(state.mapping, state.collection)
    with st.container(border=True):
        picker, result = st.columns([2, 3], vertical_alignment="bottom")
        if not candidates:
            st.warning(
                "No column can find the items yet. Match a column to Item ID, to the slug, to the name, "
                "or to another text field.",
                icon=":material/warning:",
            )
            return False
        matching.key_picker(picker, state, candidates)
        found = keys.find_items(state.sheet, state.mapping, state.items)
        with result.container(horizontal=True):
            st.badge(f"{count(found.matched, 'row')} matched", icon=":material/check:", color="green")
            for kind, number in found.unmatched.items():
                st.badge(f"{number:,} × {kind.lower()}", icon=":material/warning:", color="orange")
    if not found.matched:
        st.warning("No row of your file finds an item this way. Choose another column.", icon=":material/warning:")
    return found.matched > 0


st.title("Which column goes where?")
load()
overview()
ready = choose_key()
matching.columns(state, COLUMNS_PER_PAGE)
if ready and st.button("Check the values", key="next", type="primary"):
    st.switch_page(steps.CHECK.path)
