"""The way in by Webflow's own page: the button that leads there, and what becomes of who comes back."""

from typing import Literal

import streamlit as st

from lib import log
from lib.errors import FlowsheetError
from lib.log import Event
from lib.words.say import say
from lib.workflow import authorising, connect
from lib.workflow.authorising import AUTHORISATIONS, Begun, Why
from lib.workflow.deep_links import Place
from pages.shared import at_webflow, frame, own_runs, signed_in, steps, waits
from pages.shared.own_runs import run_at
from pages.shared.visit import Visit, current

Kind = Literal["primary", "secondary"]
DENIED = "access_denied"  # RFC 6749 §4.1.2.1


def draw(kind: Kind) -> Kind:
    """The button and what it does; how the way in below it looks then."""
    draft = current().wanted_draft
    place = (steps.CONNECT.title, {"draft": draft}) if draft else None
    if not at_webflow.offer("connect_webflow", kind, place):
        return kind
    st.caption(say("On Webflow's own page you choose the sites. You need no token."))
    st.markdown(say("Or use a token:"))
    return "secondary"


def come_back(state: Visit) -> None:
    """Let somebody in whom Webflow led back here, and clear what it told out of the address."""
    query = st.query_params.to_dict()
    if "state" not in query or not query.keys() & {"code", "error"} or not authorising.is_offered():
        return
    st.query_params.clear()
    begun = AUTHORISATIONS.take(signed_in.owner(), query["state"])
    if begun is not None:
        _let_in(state, begun, query)
    elif state.connection is None:  # else it is the way back in the browser's history
        _turned_away(Why.NOT_BEGUN, authorising.not_begun_here())


def _let_in(state: Visit, begun: Begun, query: dict[str, str]) -> None:
    title, where = begun.place or (steps.CONNECT.title, {})
    state.wanted_draft = where.get("draft")
    if "code" not in query:
        _not_allowed(query["error"])
        return
    try:
        with waits.saying(say("Asking Webflow for your sites…")) as hear:
            connection = authorising.connected(begun, query["code"], hear)
            state.connect(connection, connect.sites(connection, hear))
    except FlowsheetError as error:
        _turned_away(Why.REFUSED, str(error))
        return
    _go_on(state, (title, where))


def _not_allowed(error: str) -> None:
    if error == DENIED:
        st.info(say("You did not allow it on Webflow's page, so nothing was connected."), icon=":material/info:")
        return
    _turned_away(
        Why.NOT_ASKED,
        say(
            "Webflow did not ask you, so nothing was connected. Ask the person who runs this app to look at how it is "
            "registered in Webflow, or paste a token."
        ),
    )


def _turned_away(why: Why, sentence: str) -> None:
    log.tell(Event.CONNECTING_FAILED, why=why)
    frame.stopped(sentence)


def _go_on(state: Visit, place: Place) -> None:
    """Back to where it was begun; a run that is none of theirs says so there."""
    title, query = place
    if title == steps.CONNECT.title:
        st.rerun()
    run = run_at(query.get("run"))
    if run is not None and not own_runs.is_own(run):
        state.refuse(
            run.id,
            say(
                "This run was not started by who connected with Webflow just now. Where it was started with a pasted "
                "token, only that very token opens it."
            ),
        )
    st.switch_page(next(page.path for page in steps.PAGES if page.title == title), query_params=query)
