"""A run as whoever has its address sees it: that it exists and how far it is. Its person gives the token here."""

import streamlit as st

from lib.model.run import Run
from lib.runs.service.at_hand import connection_of
from lib.words.say import later, say
from pages.runs import follow, idle, live, tokens
from pages.runs.words import STATES, headline, out_of, so_far
from pages.shared import frame
from pages.shared.own_runs import runs

REFRESH_SECONDS = 2.0
YOURS = later(
    "Give the token that started this run to see its items and files, and to control it. "
    "Its address alone shows how far it is, and no more."
)
OF_ANOTHER_DEMO = later(
    "This run belongs to another visitor's demo site, so its items, files and buttons are shown in the browser that "
    "started it only. Try the demo site yourself: it is yours alone."
)


def draw(run: Run) -> None:
    """The figures without a name or a value, and the way to everything else."""
    if run.is_live and not run.is_idle:
        _watch(run.id)
    else:
        _figures(run)
    if run.is_idle:
        idle.taken_up(run)
    if run.is_demo:
        st.info(say(OF_ANOTHER_DEMO if connection_of(run.id) else tokens.DEMO_IS_GONE), icon=":material/lock:")
        return
    st.info(say(YOURS), icon=":material/lock:")
    if run.is_idle:
        _resume(run)
    elif tokens.ask(say("Use this token"), f"again_{run.id}", run):
        st.rerun()


def _resume(run: Run) -> None:
    only_look = say("Only show this run")
    if given := tokens.ask(idle.resume(run), f"resume_{run.id}", run, only_look=only_look):
        follow.go_on(given, run)


@st.fragment(run_every=REFRESH_SECONDS)
@frame.in_words()
def _watch(run_id: str) -> None:
    run = runs().get(run_id)
    if run is None or not run.is_live or run.is_idle:
        st.rerun()
    _figures(run)


def _figures(run: Run) -> None:
    if run.is_idle:
        st.title(idle.title(run))
        st.markdown(idle.standing(run))
        return
    st.title(live.title(run) if run.is_live else headline(run))
    if run.is_live:
        share = min(run.done / max(run.change_count, 1), 1.0)
        st.progress(share, text=out_of(run.done, run.change_count))
    told, state = so_far(run), say(STATES[run.state])
    st.markdown(f"{state}: {told}." if told else f"{state}.")
