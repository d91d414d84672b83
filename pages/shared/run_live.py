"""A run while it goes on: how far it is, what it waits for, and the buttons to control it."""

import streamlit as st

from lib import workflow
from lib.errors import CollectionBusy, WebflowError
from lib.journal.database import Database
from lib.model.run import BatchState, Run, RunState
from lib.runs import control
from lib.runs.progress import seconds_left
from lib.stages.cost import in_words
from pages.shared import frame, run_tables
from pages.shared.plain import count, plain
from pages.shared.records import ask_for_token, connection_for
from pages.shared.run_words import DOING_WORDS, STATES

REFRESH_SECONDS = 1.0


def draw(db: Database, run: Run) -> None:
    """The page of a run that somebody works on."""
    st.title(f"{DOING_WORDS[run.kind]} {count(run.change_count, 'item')}")
    _watch(db, run.id)
    st.caption(
        "You can close this tab: the run goes on. Its address leads back here, from any browser. "
        "Keep the address to yourself: whoever has it can pause and stop the run."
    )


@st.fragment(run_every=REFRESH_SECONDS)
@frame.in_words()
def _watch(db: Database, run_id: str) -> None:
    run = control.run_of(db, run_id)
    if run is None or not run.is_live or run.is_idle:
        st.rerun()
    _progress(run)
    _controls(db, run)
    batches, items = st.tabs(["Batches", "Items"], key="live_tabs")
    with batches:
        run_tables.batches(run, key="live_batches")
    with items:
        numbers = [batch.number for batch in run.batches]
        sending = next((batch.number for batch in run.batches if batch.state is BatchState.SENDING), numbers[-1])
        number = st.selectbox("Batch", numbers, index=numbers.index(sending), key="live_batch")
        run_tables.items(db, run, number, key="live_items")


def _progress(run: Run) -> None:
    left = seconds_left(run) if run.state is RunState.RUNNING else None
    words = f"{run.done:,} of {count(run.change_count, 'item')}" + (f", {in_words(left)} left" if left else "")
    st.progress(min(run.done / max(run.change_count, 1), 1.0), text=words)
    st.markdown(f"**{STATES[run.state]}**")
    if run.waiting and run.state is RunState.RUNNING:
        st.info(plain(run.waiting.format(seconds=max(round(run.waiting_seconds), 1))), icon=":material/hourglass_top:")
    if run.done > run.updated:
        st.caption(
            f"{count(run.done - run.updated, 'item')} did not need or did not take the update; the reasons follow."
        )


def _controls(db: Database, run: Run) -> None:
    is_ending = run.state in (RunState.STOPPING, RunState.CHECKING)
    with st.container(horizontal=True):
        if run.state in (RunState.PAUSED, RunState.PAUSING):
            st.button("Resume", key="unpause", type="primary", on_click=_unpause, args=(db, run.id))
        elif not is_ending:
            st.button("Pause", key="pause", on_click=_pause, args=(db, run.id))
        if not is_ending:
            st.button("Stop after this batch", key="stop", on_click=_stop, args=(db, run.id))


_pause = frame.in_words()(control.pause)
_unpause = frame.in_words()(control.unpause)
_stop = frame.in_words()(control.stop)
_give_up = frame.in_words()(control.give_up)


def idle(db: Database, run: Run) -> None:
    """The page of a run that nobody works on: what happened, and how to go on."""
    st.title(f"This run was interrupted at {run.done:,} of {count(run.change_count, 'item')}")
    trouble = control.trouble_of(run.id)
    why = plain(trouble) if trouble else "The app was restarted, or its computer slept, while the run was going on."
    st.warning(
        f"{why} Nothing is lost: every item's state is on record. Before anything is sent again, Flowsheet reads back "
        "what was under way.",
        icon=":material/power_off:",
    )
    resume(db, run)
    st.button("Give up this run", key="give_up", on_click=_give_up, args=(db, run.id))
    st.caption("Giving up sends nothing more and frees the collection for other runs.")
    run_tables.batches(run, key="interrupted_batches")


def resume(db: Database, run: Run) -> None:
    """The button to go on, or first the form for the token."""
    left = count(run.change_count - run.done, "item")
    connection = connection_for(run.id, run.is_demo) or control.connection_of(run.id)
    if connection is None and run.is_demo:
        st.info("The demo site lived in the app's memory and is gone with it, so there is nothing to go on with.")
        return
    if connection is None:
        connection = ask_for_token(f"Resume with {left}", f"resume_{run.id}")
    elif not st.button(f"Resume with {left}", key="resume", type="primary"):
        return
    if connection is None:
        return
    try:
        with st.spinner("Taking up the run…"):
            workflow.resume_run(db, connection, run)
    except (WebflowError, CollectionBusy) as error:
        frame.stopped(str(error))
    else:
        st.rerun()
