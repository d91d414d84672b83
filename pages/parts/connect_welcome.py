"""The two ways in: the demo site, or a site of one's own."""

import streamlit as st

from lib.errors import FlowsheetError
from lib.workflow import connect, demo
from pages.runs import tokens
from pages.shared import browser, frame, leaving, visit, waits


def draw() -> None:
    """Two ways in, side by side."""
    st.title("Update your Webflow collection from a spreadsheet")
    leaving.explain()
    st.markdown(
        "See every change before anything is sent. Only what differs is updated, "
        "and every row of your file is accounted for."
    )
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, height="stretch"):
        st.header(":material/storefront: Try the demo site")
        st.markdown("A made-up shop and magazine, only for you, gone when you leave. No account, no token.")
        st.button("Try the demo site", key="demo", type="primary", on_click=_connect_demo)
    with right.container(border=True, height="stretch"):
        _own_site()


def _connect_demo() -> None:
    connection = demo.connect_demo(browser.secret())
    visit.current().connect(connection, connect.sites(connection))


def _own_site() -> None:
    st.header(":material/key: Connect your site")
    with st.form("connect", border=False):
        token = st.text_input("Site token", type="password", key="token", autocomplete="off")
        st.caption(f"{tokens.WHERE_TO_FIND} Flowsheet keeps it in memory for this visit only.")
        sent = st.form_submit_button("Connect", key="connect_own")
    told = st.empty()  # emptied at once, so that an error of the last attempt never stands beside the next one
    if sent:
        try:
            connection = connect.connect_site(token)
            with told, waits.saying("Asking Webflow for your sites…") as hear:
                visit.current().connect(connection, connect.sites(connection, hear))
        except FlowsheetError as error:
            with told:
                frame.stopped(str(error))
        else:
            st.rerun()
