"""The way in that a run needs: the visit's token, one given for that run alone, or a form that asks for it."""

import streamlit as st

from lib import workflow
from lib.errors import FlowsheetError, NotConnected, NotFound
from lib.model.run import Run
from lib.runs import control
from lib.webflow.connection import Connection
from pages.shared import frame, visit
from pages.shared.plain import plain

WHERE_TO_FIND = (
    "In Webflow: Site settings → Apps & integrations → API access → Generate API token. Give it **CMS: read and "
    "write** and **Sites: read**."
)
REFUSALS = (NotConnected, NotFound)
DEMO_IS_GONE = "The demo site lived in the app's memory and is gone with it, so there is nothing to go on with."


def connection_for(run: Run) -> Connection | None:
    """What was given for this run, or the visit's token; for a demo run, the demo site it was started with."""
    state = visit.current()
    if run.is_demo:
        return control.connection_of(run.id)
    if run.id in state.given or run.id in state.refused:
        return state.given.get(run.id)
    return state.connection if state.connection and not state.connection.is_demo else None


def ask(label: str, key: str, run: Run | None = None) -> Connection | None:
    """A form for the token, for people who come back; the connection once it is given and opens what it should."""
    if run is not None and run.id in visit.current().refused:
        frame.stopped(visit.current().refused[run.id])
    with st.form(key, border=False):
        title = f"Site token for {plain(run.site_name)}" if run else "Site token"
        token = st.text_input(title, type="password", key=f"{key}_token", autocomplete="off")
        st.markdown(f"{WHERE_TO_FIND} Flowsheet keeps tokens in memory only, so it needs yours again.")
        sent = st.form_submit_button(plain(label), type="primary")
    return _accepted(token, run) if sent else None


def _accepted(token: str, run: Run | None) -> Connection | None:
    state = visit.current()
    try:
        connection = workflow.connect_site(token)
        with st.spinner("Asking Webflow whether this token works…"):
            sites = workflow.sites(connection)
            if run is not None:
                workflow.open_collection(connection, run.collection_id, None)
    except NotFound:
        name, site = (plain(run.collection_name), plain(run.site_name)) if run else ("", "")
        st.error(f"This token works, but it does not open {name} on {site}. Give the token of that site.")
        return None
    except FlowsheetError as error:
        frame.stopped(str(error))
        return None
    if state.connection is None:
        state.keep(connection=connection, sites=sites)
    if run is not None:
        state.give(run.id, connection)
    return connection
