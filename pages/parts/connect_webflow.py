"""The way in by Webflow's own page: the button that leads there, and what becomes of who comes back."""

from typing import Literal

import streamlit as st

from lib import log
from lib.log import Event
from lib.words.say import say
from lib.workflow import authorising
from lib.workflow.authorising import LetIn, TurnedAway, Why
from lib.workflow.deep_links import Place
from pages.shared import at_webflow, frame, signed_in, steps
from pages.shared.own_runs import is_own, run_at
from pages.shared.visit import Visit, current

Kind = Literal["primary", "secondary"]


def draw(kind: Kind) -> Kind:
    """The button and what it does; how the way in below it looks then."""
    draft = current().wanted_draft
    place = (steps.CONNECT.title, {"draft": draft}) if draft else None
    about = say("On Webflow's own page you choose the sites. You need no token.")
    if not at_webflow.offer("connect_webflow", about, place, kind):
        return kind
    st.markdown(say("Or use a token:"))
    return "secondary"


def come_back(state: Visit) -> None:
    """Let somebody in whom Webflow led back here, and clear what it told out of the address."""
    query = st.query_params.to_dict()
    if "state" not in query or not query.keys() & {"code", "error"} or not authorising.is_offered():
        return
    st.query_params.clear()
    with st.spinner(say("Asking Webflow for your sites…")):
        # Nothing is drawn in between: there Streamlit ends a script that is to run anew, and a code is good only once.
        found = authorising.led_back(signed_in.owner(), query)
        _, where = found.place or ("", {})
        state.wanted_draft = where.get("draft", state.wanted_draft)
        if isinstance(found, LetIn):
            state.connect(found.connection, found.sites)
    if isinstance(found, LetIn):
        _go_on(state, found.place)
    elif state.connection is None:  # else it is where Webflow led back to, in the browser's history
        _turn_away(found)


def _turn_away(who: TurnedAway) -> None:
    log.tell(Event.CONNECTING_FAILED, why=who.why)
    if who.why is Why.DENIED:
        st.info(who.sentence, icon=":material/info:")
    else:
        frame.stopped(who.sentence)


def _go_on(state: Visit, place: Place | None) -> None:
    """Back to where it was begun; a run that is none of theirs says so there."""
    title, query = place or (steps.CONNECT.title, {})
    if title == steps.CONNECT.title:
        st.rerun()
    run = run_at(query.get("run"))
    if run is not None and not is_own(run):
        state.refuse(
            run.id,
            say(
                "This run was not started by who connected with Webflow just now. Where it was started with a pasted "
                "token, only that very token opens it."
            ),
        )
    st.switch_page(next(page.path for page in steps.PAGES if page.title == title), query_params=query)
