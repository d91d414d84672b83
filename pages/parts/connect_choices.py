"""Site, language and collection: each is chosen by its person where there is more than one."""

import streamlit as st

from lib.model.collection import Collection
from lib.words.say import say
from lib.workflow import connect
from lib.workflow.destination import Chosen, Connected, Opened
from pages.shared import waits
from pages.shared.visit import Visit


def site(state: Visit) -> Opened:
    """The site, where the token opens several, with its collections."""
    sites, opened = state.journey.at(Connected).sites, state.journey.reached(Opened)
    one = sites[0]
    if len(sites) > 1:
        one = st.selectbox(say("Site"), sites, format_func=lambda s: s.display_name, key="site")
    if opened is None or one != opened.site:
        with waits.saying(say("Asking Webflow for the collections of this site…")) as hear:
            state.keep(state.journey.open_site(one, connect.collections(state.way_in, one, hear)))
    return state.journey.at(Opened)


def locale(state: Visit, opened: Opened) -> Opened:
    """The language to update, where the site has several. Rows with a Locale ID of their own keep to that."""
    locales = opened.site.locales
    if opened.collections and len(locales) > 1:
        index = locales.index(opened.locale) if opened.locale in locales else 0
        chosen = st.selectbox(
            say("Language"), locales, index=index, format_func=lambda one: one.display_name, key="locale"
        )
        if chosen != opened.locale:
            state.keep(state.journey.choose_locale(chosen))
    return state.journey.at(Opened)


def collection(state: Visit, opened: Opened) -> Collection | None:
    """The collection; None until somebody chooses one of several. How many items each holds, Webflow does not list."""
    names, kept = opened.collections, state.journey.reached(Chosen)
    known = next((place for place, one in enumerate(names) if kept and one.id == kept.collection.id), None)
    return st.selectbox(
        say("Collection"),
        names,
        index=0 if len(names) == 1 else known,
        format_func=lambda one: one.display_name,
        placeholder=say("Choose one of {number} collections", number=len(names)),
        key=f"collection-{opened.site.id}",
    )
