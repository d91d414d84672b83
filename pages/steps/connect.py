"""Choose the demo site or a site of your own, then a collection."""

import streamlit as st

from lib.errors import FlowsheetError
from lib.model.site import Site
from lib.workflow import connect, demo
from pages.shared import balance, browser, frame, leaving, steps, waits
from pages.shared.plain import plain

state = steps.enter(steps.CONNECT)


def try_demo() -> None:
    """A fresh copy of the demo site for this visitor."""
    connection = demo.connect_demo(browser.secret())
    state.keep(connection=connection, sites=connect.sites(connection))


def welcome() -> None:
    """Two ways in, side by side."""
    st.title("Update your Webflow collection from a spreadsheet")
    leaving.explain()
    st.markdown(
        "See every change before anything is sent. Only what differs is updated, "
        "and every row of your file is accounted for."
    )
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, height="stretch"):
        st.subheader(":material/storefront: Try the demo site")
        st.markdown("A made-up shop and magazine, only for you, gone when you leave. No account, no token.")
        st.button("Try the demo site", key="demo", type="primary", on_click=try_demo)
    with right.container(border=True, height="stretch"):
        own_site()


def own_site() -> None:
    """The form for a token."""
    st.subheader(":material/key: Connect your site")
    with st.form("connect", border=False):
        token = st.text_input("Site token", type="password", key="token", autocomplete="off")
        st.caption(
            "In Webflow: Site settings → Apps & integrations → API access → Generate API token. Give it **CMS: read "
            "and write** and **Sites: read**. Flowsheet keeps it in memory for this visit only."
        )
        sent = st.form_submit_button("Connect", key="connect_own")
    told = st.empty()  # emptied at once, so that an error of the last attempt never stands beside the next one
    if sent:
        try:
            connection = connect.connect_site(token)
            with told, waits.saying("Asking Webflow for your sites…") as hear:
                state.keep(connection=connection, sites=connect.sites(connection, hear))
        except FlowsheetError as error:
            with told:
                frame.stopped(str(error))
        else:
            st.rerun()


def choose_collection() -> None:
    """Site and collection, each with its counts."""
    st.title("Which collection do you want to update?")
    sites = state.sites or ()
    site = st.selectbox("Site", sites, format_func=lambda s: s.display_name, key="site") if len(sites) > 1 else sites[0]
    if site != state.site or state.collections is None:
        with waits.saying("Asking Webflow for the collections of this site…") as hear:
            state.keep(site=site, collections=connect.collections(state.connection, site, hear))
    if not state.collections:
        st.info("This site has no CMS collections yet. Create one in Webflow, then come back.")
        return
    choose_locale(site)
    names = state.collections
    kept = next((i for i, c in enumerate(names) if state.collection and c.id == state.collection.id), 0)
    chosen = st.selectbox(
        "Collection", names, index=kept, format_func=lambda c: c.display_name, key=f"collection-{site.id}"
    )
    if state.collection is None or chosen.id != state.collection.id:
        with waits.saying("Asking Webflow for the fields of this collection…") as hear:
            collection, item_count = connect.open_collection(state.connection, chosen.id, state.locale_id, hear)
        state.keep(collection=collection, item_count=item_count)
        st.rerun()  # the frame above names the collection
    show_collection()


def choose_locale(site: Site) -> None:
    """The language to update, where the site has several. Rows with a Locale ID of their own keep to that."""
    if len(site.locales) < 2:
        return
    kept = next((i for i, locale in enumerate(site.locales) if state.locale and locale == state.locale), 0)
    chosen = st.selectbox("Language", site.locales, index=kept, format_func=lambda one: one.display_name, key="locale")
    if chosen != state.locale:
        state.keep(locale=chosen)


def show_collection() -> None:
    """What the collection holds, and the way on."""
    writable = state.collection.writable_fields
    required = sum(field.is_required for field in writable)
    balance.tiles({"Items": state.item_count, "Fields to update": len(writable), "Required fields": required})
    with st.container(horizontal=True):
        if st.button(f"Continue with {plain(state.collection.display_name)}", key="next", type="primary"):
            st.switch_page(steps.UPLOAD.path)
        if st.button("Use another site", key="disconnect"):
            state.keep(connection=None)
            st.rerun()


if state.connection is None:
    welcome()
else:
    choose_collection()
