"""The records of runs, as configured, and the way in that a run needs."""

import streamlit as st

from lib import workflow
from lib.errors import FlowsheetError
from lib.journal.database import Database
from lib.model.run import Run
from lib.runs import control
from lib.webflow.connection import Connection
from pages.shared import frame, visit
from pages.shared.plain import plain


def journal() -> Database:
    """The records; raises `JournalUnavailable`."""
    return workflow.records(_configured_url())


def _configured_url() -> str | None:
    """`[connections.journal] url` in the secrets; None without."""
    try:
        return st.secrets.get("connections", {}).get("journal", {}).get("url")
    except FileNotFoundError:
        return None


def signed_in() -> str:
    """The name of who is signed in to this app; "" where it has no sign-in."""
    return str(st.user.get("email") or "") if st.user.get("is_logged_in") else ""


def run_at(db: Database, run_id: str | None) -> Run | None:
    """The run at an address; None when there is none, or when somebody else made it after signing in.

    Where an app has no sign-in, its address is the key to a run: too long to guess, and told to nobody else.
    """
    run = control.run_of(db, run_id) if run_id else None
    return run if run and run.who in ("", signed_in()) else None


def connection_for(run_id: str, is_demo: bool) -> Connection | None:
    """The visitor's way in, or, for the demo site, the one that the run was started with."""
    state = visit.current()
    if is_demo:
        return control.connection_of(run_id)
    return state.connection if state.connection and not state.connection.is_demo else None


def ask_for_token(label: str, key: str) -> Connection | None:
    """A form for the token, for people who come back to a run; the connection once it is given."""
    with st.form(key, border=False):
        token = st.text_input("Site token", type="password", key=f"{key}_token", autocomplete="off")
        st.caption("Flowsheet keeps tokens in memory only, so it needs yours again.")
        sent = st.form_submit_button(plain(label), type="primary")
    if not sent:
        return None
    try:
        connection = workflow.connect_site(token)
        with st.spinner("Asking Webflow whether this token works…"):
            sites = workflow.sites(connection)
    except FlowsheetError as error:
        frame.stopped(str(error))
        return None
    if visit.current().connection is None:
        visit.current().keep(connection=connection, sites=sites)
    return connection
