"""What this is for, and the ways in: the site of one's team, the demo site, or a site of one's own."""

from collections.abc import Callable
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.errors import FlowsheetError
from lib.webflow.connection import Connection
from lib.words.say import later, say
from lib.workflow import connect, demo
from pages.parts import connect_drafts, connect_picture, connect_webflow
from pages.runs import tokens
from pages.shared import frame, leaving, signed_in, steps, visit, waits

Kind = Literal["primary", "secondary"]
WHERE_IT_GOES = later(
    "It goes to Webflow only, stays in memory while you or your runs need it, and is never written down."
)


def draw(state: visit.Visit) -> None:
    """What was begun, the picture, and the ways in: the team's first, if there is one, the two others side by side."""
    st.title(say("Update your Webflow collection from a spreadsheet"))
    leaving.explain()
    connect_drafts.draw(state)
    st.markdown(say("Drop a CSV or Excel file, see every change before anything is sent, and press one button."))
    connect_picture.draw()
    team = connect.connect_team(signed_in.person())
    kind: Kind = "secondary" if team else "primary"
    if team:
        with st.container(border=True):
            _team_site(team)
    left, right = st.columns(2, gap="medium")
    with left.container(border=True, height="stretch"):
        _demo_site(kind)
    with right.container(border=True, height="stretch"):
        _own_site(kind)


def _team_site(team: Connection) -> None:
    """The way in that needs no token of one's own."""
    label = say("Connect to your team's site")
    st.header(f":material/groups: {label}")
    st.markdown(
        say("This app holds a token that your team shares, so you need none. What you do is recorded as yours.")
    )
    if st.button(label, key="connect_team", type="primary"):
        _connect(lambda: team, st.empty())


def _demo_site(kind: Kind) -> None:
    label = say("Try the demo site")
    st.header(f":material/storefront: {label}")
    what = say("A made-up shop and magazine, only for you, gone when this app restarts. No account, no token.")
    how = say("Download its products on the next page, change a few prices, and bring the file back.")
    st.markdown(f"{what}\n\n{how}")
    st.button(label, key="demo", type=kind, on_click=_connect_demo)


@frame.in_words()
def _connect_demo() -> None:
    connection = demo.connect_demo(signed_in.owner())
    visit.current().connect(connection, connect.sites(connection))


def _own_site(kind: Kind) -> None:
    label = say("Connect your site")
    st.header(f":material/key: {label}")
    kind = connect_webflow.draw(kind)
    with st.form("connect", border=False):
        token = st.text_input(say("Site token"), type="password", key="token", autocomplete="off")
        st.caption(f"{say(tokens.WHERE_TO_FIND)} {say(WHERE_IT_GOES)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            sent = st.form_submit_button(label, key="connect_own", type=kind)
            st.page_link(steps.HELP.path, label=say("What is a token?"), icon=":material/help:", width="content")
    told = st.empty()  # emptied at once, so that an error of the last attempt never stands beside the next one
    if sent:
        _connect(lambda: connect.connect_site(token), told)


def _connect(way_in: Callable[[], Connection], told: DeltaGenerator) -> None:
    """Use this way in; `told` holds what is said meanwhile, and why it leads nowhere."""
    try:
        connection = way_in()
        with told, waits.saying(say("Asking Webflow for your sites…")) as hear:
            visit.current().connect(connection, connect.sites(connection, hear))
    except FlowsheetError as error:
        with told:
            frame.stopped(str(error))
    else:
        st.rerun()
