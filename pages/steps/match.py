"""Pair columns with fields, and choose the column that finds the item."""

import streamlit as st

from lib.model.mapping import Role
from lib.runs import reading
from lib.stages import key as keys
from lib.stages import match
from lib.stages.fit import offers
from lib.stages.roles import foreign_rows
from pages.shared import matching, meant, steps, waits
from pages.shared.plain import count, plain

COLUMNS_PER_PAGE = 25

state = steps.enter(steps.MATCH)


def load() -> None:
    """Read the live items, then match what matches by itself."""
    if state.items is None:
        with waits.counting("Reading the collection's items", state.item_count or 0) as (tell, hear):
            live = reading.read_live(state.connection, state.collection.id, tell, locales(), hear)
        state.keep(items=tuple(live.items.values()), read_on=live.read_on, since=live.since)
    if state.mapping is None:
        matched = match.match_columns(state.sheet, state.collection)
        mapping = keys.choose_key(state.sheet, matched, state.collection, state.items, state.locale_id)
        state.keep(mapping=mapping, offers=offers(state.sheet, state.collection))


def locales() -> list[str]:
    """The languages that the rows are about: the chosen one, and those that a Locale ID column names."""
    if state.locale_id is None:
        return []
    rows = keys.row_locales(state.sheet, match.match_columns(state.sheet, state.collection), state.locale_id)
    known = {locale.cms_locale_id for locale in state.site.locales}
    return [state.locale_id, *sorted((set(rows) & known) - {state.locale_id})]


def overview() -> None:
    """How many columns are matched, and what is still missing."""
    matches = state.mapping.matches
    ignored = sum(m.is_ignored for m in matches)
    with st.container(horizontal=True):
        st.badge(count(len(matches), "column"), color="gray")
        st.badge(f"{len(matches) - ignored} matched", icon=":material/check:", color="green")
        if ignored:
            st.badge(f"{ignored} left out", icon=":material/block:", color="gray")
    matching.suggestions(state)
    missing = match.unmatched_required(state.mapping, state.collection)
    if missing:
        names = ", ".join(plain(f.display_name) for f in missing)
        st.caption(f"Required fields without a column keep their value: {names}.")


def foreign_file() -> None:
    """A file of another collection is asked about, not guessed at."""
    foreign = foreign_rows(state.sheet, state.mapping, state.collection)
    if foreign.empty:
        return
    st.warning(
        f"{count(len(foreign), 'row')} of this file {'was' if len(foreign) == 1 else 'were'} exported from another "
        "collection. Did you mean to update "
        f"{plain(state.collection.display_name)}?",
        icon=":material/help:",
    )
    with st.container(horizontal=True):
        if st.button("Choose another collection", key="other_collection"):
            st.switch_page(steps.CONNECT.path)
        if st.button(f"Yes, update {plain(state.collection.display_name)}", key="same_collection"):
            column = state.mapping.of_role(Role.COLLECTION_ID).column
            state.keep(mapping=match.rematch(state.mapping, column, None))
            st.rerun()


def find() -> keys.Found:
    """The item of every row; looked up once for each mapping."""
    if state.found is None:
        state.keep(found=keys.find_items(state.sheet, state.mapping, state.items, state.locale_id))
    return state.found


def choose_key() -> keys.Found:
    """The key picker with its live result."""
    candidates = keys.key_candidates(state.mapping, state.collection)
    with st.container(border=True):
        picker, result = st.columns([2, 3], vertical_alignment="bottom")
        if not candidates:
            st.warning(
                "No column can find the items yet. Match a column to Item ID, to the slug, to the name, "
                "or to another text field.",
                icon=":material/warning:",
            )
            return find()
        matching.key_picker(picker, state, candidates)
        found = find()
        with result.container(horizontal=True):
            st.badge(f"{count(found.matched, 'row')} matched", icon=":material/check:", color="green")
            for kind, number in found.unmatched.items():
                st.badge(f"{number:,} × {kind.lower()}", icon=":material/warning:", color="orange")
    meant.items(state, found)
    if not found.matched:
        st.warning("No row of your file finds an item this way. Choose another column.", icon=":material/warning:")
    return found


st.title("Which column goes where?")
load()
overview()
foreign_file()
found = choose_key()
matching.columns(state, found.items, COLUMNS_PER_PAGE)
if found.matched and st.button("Check the values", key="next", type="primary"):
    st.switch_page(steps.CHECK.path)
