"""What this is for, and the two ways in: the demo site, or a site of one's own."""

import streamlit as st

from lib.errors import FlowsheetError
from lib.workflow import connect, demo
from pages.parts import connect_drafts, connect_picture
from pages.runs import tokens
from pages.shared import browser, frame, leaving, steps, visit, waits

WHERE_IT_GOES = "It goes to Webflow only, stays in memory while you or your runs need it, and is never written down."


def draw(state: visit.Visit) -> None:
    """What was begun, the picture, and two ways in, side by side and of equal weight."""
    st.title("Update your Webflow collection from a spreadsheet")
    leaving.explain()
    connect_drafts.draw(state)
    st.markdown("Drop a CSV or Excel file, see every change before anything is sent, and press one button.")
    connect_picture.draw()
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, height="stretch"):
        _demo_site()
    with right.container(border=True, height="stretch"):
        _own_site()


def _demo_site() -> None:
    st.header(":material/storefront: Try the demo site")
    st.markdown(
        "A made-up shop and magazine, only for you, gone when this app restarts. No account, no token.\n\n"
        "Download its products on the next page, change a few prices, and bring the file back."
    )
    st.button("Try the demo site", key="demo", type="primary", on_click=_connect_demo)


@frame.in_words()
def _connect_demo() -> None:
    connection = demo.connect_demo(browser.secret())
    visit.current().connect(connection, connect.sites(connection))


def _own_site() -> None:
    st.header(":material/key: Connect your site")
    with st.form("connect", border=False):
        token = st.text_input("Site token", type="password", key="token", autocomplete="off")
        st.caption(f"{tokens.WHERE_TO_FIND} {WHERE_IT_GOES}")
        with st.container(horizontal=True, vertical_alignment="center"):
            sent = st.form_submit_button("Connect your site", key="connect_own", type="primary")
            st.page_link(steps.HELP.path, label="What is a token?", icon=":material/help:", width="content")
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
