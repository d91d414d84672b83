"""After the press of a button that starts a run: on to its page, or what is in its way."""

import streamlit as st

from lib.words.say import say
from pages.shared import steps, visit
from pages.shared.own_runs import runs
from pages.shared.plain import plain
from pages.shared.times import moment


def leave() -> None:
    """Go to the run that was started just now, if one was."""
    state = visit.current()
    run_id, state.go_to = state.go_to, None
    if run_id is not None:
        st.switch_page(steps.RESULTS.path, query_params={"run": run_id})


def in_the_way(place: str) -> visit.Notice | None:
    """Say what is in the way of a start at this place, until it is dealt with or no longer true, and the way there.

    The notice is returned when its person wants to try again.
    """
    notice = visit.current().notice
    if notice is None or notice.place != place:
        return None
    other = notice.error.run_id
    if other and not _is_live(other):
        visit.current().notice = None
        return None
    since = notice.error.since
    began = say("That run began on {moment}.", moment=moment(since)) if since else ""
    st.warning(plain(f"{notice.error} {began}".strip()), icon=":material/lock:")
    with st.container(horizontal=True):
        if other and st.button(say("Open that run"), key="open_other", type="primary"):
            visit.current().notice = None
            st.switch_page(steps.RESULTS.path, query_params={"run": other})
        if st.button(say("Try again"), key="try_again"):
            visit.current().notice = None
            return notice
    return None


def _is_live(run_id: str) -> bool:
    run = runs().get(run_id)
    return run is not None and run.is_live
