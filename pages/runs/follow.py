"""Starting a run that follows another one, or going on with one: to its page, or why not on the page it came from."""

import streamlit as st

from lib.errors import CollectionBusy, FlowsheetError, NotConnected, NotFound
from lib.model.run import Run
from lib.model.run_spec import RunSpec
from lib.webflow.connection import Connection
from lib.words.say import say
from pages.shared import frame, starting, visit
from pages.shared.own_runs import runs

REFUSALS = (NotConnected, NotFound)


def start(connection: Connection, spec: RunSpec) -> None:
    """Start a run that follows another one; `starting.leave` then shows it. What is in the way is kept to be told."""
    state, parent = visit.current(), spec.parent_id or ""
    state.notice = None
    try:
        run_id = runs().follow(connection, spec)
    except REFUSALS as error:
        state.refuse(parent, str(error))
    except CollectionBusy as error:
        state.notice = visit.Notice(error, parent, spec)
    else:
        state.undo = state.publish = None
        state.give(run_id, connection)
        state.go_to = run_id


def start_and_leave(connection: Connection, spec: RunSpec) -> None:
    """Start a run that follows another one, and show it."""
    start(connection, spec)
    starting.leave()
    st.rerun()


def go_on(connection: Connection, run: Run) -> None:
    """Take the run up again, or say why not."""
    state = visit.current()
    try:
        with st.spinner(say("Taking up the run…")):
            runs().resume(connection, run)
    except REFUSALS as error:
        state.refuse(run.id, str(error))
    except CollectionBusy as error:
        state.notice = visit.Notice(error, run.id)
    except FlowsheetError as error:
        frame.stopped(str(error))
        return
    st.rerun()


def try_again(connection: Connection | None, run: Run) -> None:
    """What was in the way of this run or of one that follows it, and the button to try once more."""
    notice = starting.in_the_way(run.id)
    if notice is None or connection is None:
        return
    if notice.spec is None:
        go_on(connection, run)
    else:
        start_and_leave(connection, notice.spec)
