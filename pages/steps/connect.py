"""Choose the demo site or a site of your own, then a collection."""

import streamlit as st

from lib.workflow import connect
from lib.workflow.destination import Chosen, Connected, Opened
from pages.parts import connect_drafts, connect_welcome
from pages.shared import balance, steps, waits
from pages.shared.plain import plain

state = steps.enter(steps.CONNECT)


def choose_collection() -> None:
    """Site and collection, each with its counts."""
    st.title("Which collection do you want to update?")
    opened = choose_locale(choose_site())
    if not opened.collections:
        st.info("This site has no CMS collections yet. Create one in Webflow, then come back.")
        return
    names, kept = opened.collections, state.journey.reached(Chosen)
    index = next((place for place, one in enumerate(names) if kept and one.id == kept.collection.id), 0)
    key = f"collection-{opened.site.id}"
    chosen = st.selectbox("Collection", names, index=index, format_func=lambda c: c.display_name, key=key)
    if kept is None or chosen.id != kept.collection.id:
        with waits.saying("Asking Webflow for the fields of this collection…") as hear:
            collection, count = connect.open_collection(state.way_in, chosen.id, opened.locale_id, hear)
        state.keep(state.journey.choose(collection, count))
        if kept is not None:  # the first one on the list was chosen by nobody
            state.load_early()
        st.rerun()  # the frame above names the collection
    show_collection(kept)


def choose_site() -> Opened:
    """The site, where the token opens several, with its collections."""
    sites, opened = state.journey.at(Connected).sites, state.journey.reached(Opened)
    site = st.selectbox("Site", sites, format_func=lambda s: s.display_name, key="site") if len(sites) > 1 else sites[0]
    if opened is None or site != opened.site:
        with waits.saying("Asking Webflow for the collections of this site…") as hear:
            state.keep(state.journey.open_site(site, connect.collections(state.way_in, site, hear)))
    return state.journey.at(Opened)


def choose_locale(opened: Opened) -> Opened:
    """The language to update, where the site has several. Rows with a Locale ID of their own keep to that."""
    locales = opened.site.locales
    if opened.collections and len(locales) > 1:
        index = locales.index(opened.locale) if opened.locale in locales else 0
        chosen = st.selectbox("Language", locales, index=index, format_func=lambda one: one.display_name, key="locale")
        if chosen != opened.locale:
            state.keep(state.journey.choose_locale(chosen))
    return state.journey.at(Opened)


def show_collection(chosen: Chosen) -> None:
    """What the collection holds, and the way on."""
    writable = chosen.collection.writable_fields
    required = sum(field.is_required for field in writable)
    balance.tiles({"Items": chosen.item_count, "Fields to update": len(writable), "Required fields": required})
    with st.container(horizontal=True):
        if st.button(f"Continue with {plain(chosen.collection.display_name)}", key="next", type="primary"):
            state.load_early()
            st.switch_page(steps.UPLOAD.path)
        if st.button("Use another site", key="disconnect"):
            state.disconnect()
            st.rerun()


connect_drafts.draw(state)
if state.connection is None:
    connect_welcome.draw()
else:
    choose_collection()
