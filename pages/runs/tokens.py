"""The way in that a run needs: the visit's token, one given for that run alone, or a form that asks for it."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from lib.errors import FlowsheetError, NotFound
from lib.model.run import Run
from lib.runs.service.at_hand import connection_of
from lib.runs.service.next_steps import Access, May, next_steps
from lib.webflow.connection import Connection
from lib.words.say import later, say
from lib.workflow import connect
from pages.shared import at_webflow, frame, signed_in, steps, visit
from pages.shared.own_runs import is_own, runs
from pages.shared.plain import plain

Preview = TypeVar("Preview")
WHERE_TO_FIND = later(
    "In Webflow: Site settings → Apps & integrations → API access → Generate API token. Give it **CMS: read and "
    "write** and **Sites: read**."
)
WHERE_IT_WAS_MADE = later(
    "It was made in Webflow under Site settings → Apps & integrations → API access. One that is made now does not open "
    "this run."
)
NOT_THIS_ONE = later(
    "This is not the token that started this run. It may be mistyped, of another site, or made later: only the very "
    "token that started it opens it. If that one is gone, import the file again: what has landed counts as already up "
    "to date."
)
DEMO_IS_GONE = later("The demo site lived in the app's memory and is gone with it, so there is nothing to go on with.")


def connection_for(run: Run) -> Connection | None:
    """The way in to this visitor's own run: the token given for it or the visit's; for a demo run, its demo site.

    None for somebody else's run, and while a token is missing.
    """
    state = visit.current()
    if not is_own(run):
        return None
    if run.is_demo:
        return connection_of(run.id)
    if run.id in state.given or run.id in state.refused:
        return state.given.get(run.id)
    return state.connection if state.connection and not state.connection.is_demo else None


def ask(label: str, key: str, run: Run | None = None, *, only_look: str = "") -> Connection | None:
    """A form for the token, for people who come back; the connection once it is given and opens what it should.

    `only_look` labels a second button, which takes the token and shows the page anew; so does the one for the token of
    their team, for who is signed in. What was wrong with a token is told until the next one is tried.
    """
    told = st.empty()
    if run is not None and run.id in visit.current().refused:
        with told:
            frame.stopped(visit.current().refused[run.id])
    team = connect.connect_team(signed_in.person())
    by_team = bool(team) and st.button(say("Use your team's token"), key=f"{key}_team", type="primary")
    place = (steps.RESULTS.title, {"run": run.id}) if run else (steps.HISTORY.title, {})
    at_webflow.offer(f"{key}_webflow", say("This opens what was started after connecting in this way."), place)
    with st.form(key, border=False):
        token = st.text_input(_title(run), type="password", key=f"{key}_token", autocomplete="off")
        where = say(WHERE_IT_WAS_MADE if run and not is_own(run) else WHERE_TO_FIND)
        why = say("Flowsheet keeps tokens in memory only, so it needs yours again.")
        st.markdown(f"{where} {why}")
        with st.container(horizontal=True):
            sent = st.form_submit_button(plain(label), type="secondary" if team else "primary")
            looks = bool(only_look) and st.form_submit_button(only_look)
    if not (sent or looks or by_team):
        return None
    told.empty()
    with told:
        connection = _accepted(token, run, team if by_team else None)
    if connection and (looks or by_team):
        st.rerun()
    return connection


def draw_with(
    run: Run,
    what: str,
    key: str,
    look: Callable[[Connection], Preview | None],
    draw: Callable[[Preview, Connection], None],
) -> None:
    """Draw what `look` finds with the way in to this run; while there is none, or it opens nothing, ask for the token.

    `what` would be seen then, in words to follow “To see”.
    """
    connection = connection_for(run)
    if next_steps(run, Access.EVERYTHING, None, has_token=connection is not None).token is May.DEMO_IS_GONE:
        st.info(say(DEMO_IS_GONE))
        return
    found = look(connection) if connection else None
    if connection and found:
        draw(found, connection)
        return
    st.markdown(say("To see {what}, give the token for {site} once more.", what=what, site=plain(run.site_name)))
    if ask(say("Show {what}", what=what), key, run):
        st.rerun()


def _title(run: Run | None) -> str:
    """The site is named to its own people only."""
    if run and is_own(run):
        return say("Site token for {site}", site=plain(run.site_name))
    return say("Site token")


def _accepted(token: str, run: Run | None, team: Connection | None) -> Connection | None:
    state = visit.current()
    try:
        connection = team or connect.connect_site(token)
        if run is not None and runs().access(run, [connection]) is not Access.EVERYTHING:
            st.error(say(NOT_THIS_ONE), icon=":material/error:")
            return None
        with st.spinner(say("Asking Webflow whether this token works…")):
            sites = connect.sites(connection)
            if run is not None:
                connect.open_collection(connection, run.collection_id, None)
    except NotFound:
        name, site = (plain(run.collection_name), plain(run.site_name)) if run else ("", "")
        st.error(
            say(
                "This token works, but it does not open {collection} on {site}. Give the token of that site.",
                collection=name,
                site=site,
            )
        )
        return None
    except FlowsheetError as error:
        frame.stopped(str(error))
        return None
    if state.connection is None:
        state.connect(connection, sites)
    if run is not None:
        state.give(run.id, connection)
    return connection
