"""Choose the demo site or a site of your own, then a collection."""

import streamlit as st

from lib.words.say import say
from lib.workflow import connect
from lib.workflow.destination import Chosen, Opened
from pages.parts import connect_choices, connect_drafts, connect_webflow, connect_welcome
from pages.shared import balance, steps, waits
from pages.shared.plain import plain

state = steps.enter(steps.CONNECT)


def choose_collection() -> None:
    """Site, language and collection, and what that one holds."""
    st.title(say("Which collection do you want to update?"))
    connect_drafts.draw(state)
    opened = connect_choices.locale(state, connect_choices.site(state))
    if not opened.collections:
        st.info(say("This site has no CMS collections yet. Create one in Webflow, then come back."))
        use_another_site()
        return
    kept, chosen = state.journey.reached(Chosen), connect_choices.collection(state, opened)
    if chosen is None:
        st.markdown(say("Choose the one that your file is about. What it holds is shown before you go on."))
        use_another_site()
        return
    if kept is None or chosen.id != kept.collection.id:
        open_collection(opened, chosen.id)
    show_collection(state.journey.at(Chosen))


def open_collection(opened: Opened, collection_id: str) -> None:
    """Its fields and the number of its items; the items themselves are on their way from now on."""
    with waits.saying(say("Asking Webflow for the fields of this collection…")) as hear:
        collection, count = connect.open_collection(state.way_in, collection_id, opened.locale_id, hear)
    state.keep(state.journey.choose(collection, count))
    state.load_early()
    st.rerun()  # the frame above names the collection


def show_collection(chosen: Chosen) -> None:
    """What the collection holds, and the way on."""
    writable = chosen.collection.writable_fields
    required = sum(field.is_required for field in writable)
    balance.tiles(
        {
            say("Items"): chosen.item_count,
            say("Fields you can update"): len(writable),
            say("Required fields"): required,
        }
    )
    label = say("Continue with {collection}", collection=plain(chosen.collection.display_name))
    with st.container(horizontal=True):
        if st.button(label, key="next", type="primary"):
            state.load_early()
            steps.go(steps.UPLOAD)
        use_another_site()


def use_another_site() -> None:
    """The way back to where a site is chosen."""
    st.button(say("Use another site"), key="disconnect", on_click=state.disconnect)


connect_webflow.come_back(state)
if state.connection is None:
    connect_welcome.draw(state)
else:
    choose_collection()
