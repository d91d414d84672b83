"""Send the plan with one press."""

import secrets
import time

import streamlit as st

from lib.errors import CollectionBusy
from lib.words.say import say
from lib.workflow.planning import Planned
from pages.parts import submit_summary
from pages.runs import trial
from pages.shared import both_verbs, frame, starting, steps, visit
from pages.shared.own_runs import runs

PLACE, TRIAL = "submit", "trial"
IMPATIENCE_SECONDS = 5.0  # a second click that arrives when the results are on their way leads there, too

state = steps.enter(steps.SUBMIT)
own = runs()  # says at once when the records are away
trial.settle(state)
planned = state.journey.at(Planned)


@frame.in_words()
def start() -> None:
    """Start the run of this plan; pressing twice starts one run."""
    state.notice = None
    state.run_key = state.run_key or secrets.token_urlsafe(16)
    spec = planned.spec(read_back=state.journey.read_back)
    try:
        state.run_id = own.start(state.way_in, spec, state.run_key)
    except CollectionBusy as error:
        state.notice = visit.Notice(error, PLACE)
    else:
        state.go_to, state.sent_at = state.run_id, time.monotonic()


@frame.in_words()
def try_first() -> None:
    """Send one item alone; the others stay in the plan."""
    state.notice = None
    if state.trial is not None:
        return  # pressed twice
    try:
        state.go_to = state.trial = own.start(state.way_in, planned.trial(), secrets.token_urlsafe(16))
    except CollectionBusy as error:
        state.notice = visit.Notice(error, TRIAL)
    else:
        state.keep(state.journey.choose_items(planned.after_trial()))


def confirm() -> None:
    """The buttons, which for live changes wait for the box before them."""
    sure = submit_summary.understood(planned)
    with st.container(horizontal=True):
        st.button(both_verbs.button(planned.counts), key="update", type="primary", on_click=start, disabled=not sure)
        if state.trial is None and (one := planned.trial_item):
            st.button(trial.label(one), key="try", on_click=try_first, disabled=not sure)
        if st.button(say("Back to the preview"), key="back"):
            steps.go(steps.PREVIEW)
    if not sure:
        st.text(say("Tick the box above to go on."))


starting.leave()
if state.run_id is not None and time.monotonic() - state.sent_at < IMPATIENCE_SECONDS:
    st.switch_page(steps.RESULTS.path, query_params={"run": state.run_id})
if state.run_id is not None:
    st.title(say("This plan was sent"))
    steps.sent_already()
else:
    st.title(say("Ready to {do}", do=both_verbs.verbs(planned.counts)))
    for place, again in ((PLACE, start), (TRIAL, try_first)):
        if starting.in_the_way(place):
            again()
            st.rerun()
    submit_summary.draw(state, planned)
    confirm()
