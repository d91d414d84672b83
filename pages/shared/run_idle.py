"""A run that nobody works on: what happened, what is certain, and how to go on."""

import streamlit as st

from lib import workflow
from lib.errors import CollectionBusy, WebflowError
from lib.journal.database import Database
from lib.model.run import Run, RunState
from lib.runs import control
from lib.webflow.connection import Connection
from pages.shared import busy, frame, run_tables, tokens, visit
from pages.shared.plain import count, plain
from pages.shared.run_words import on_their_way, so_far, to_send

REFRESH_SECONDS = 2.0
BY_ITSELF = "Flowsheet takes it up again by itself within half a minute."


def draw(db: Database, run: Run) -> None:
    """The page of an interrupted run."""
    st.title(title(run))
    trouble = control.trouble_of(run.id)
    why = plain(trouble) if trouble else "The app was restarted, or its computer slept, while the run was going on."
    st.warning(f"{why} Nothing is lost: every item's state is on record.", icon=":material/power_off:")
    st.markdown(f"**{plain(run.collection_name)}** on **{plain(run.site_name)}**")
    st.markdown(standing(run))
    taken_up(db, run)
    resume(db, run)
    with st.popover("Give up this run…"):
        st.markdown("Giving up sends nothing more and frees the collection for other runs.")
        st.button("Give up this run", key="give_up", on_click=_give_up, args=(db, run.id))
    run_tables.batches(run, key="interrupted_batches")


def title(run: Run) -> str:
    """`This run was interrupted at 400 of 2,000 items`."""
    return f"This run was interrupted at {run.done:,} of {count(run.change_count, 'item')}"


def taken_up(db: Database, run: Run) -> None:
    """Where this process holds the token, it goes on by itself: say so, and look until it does."""
    if run.state is RunState.INTERRUPTED and not run.is_demo:
        st.info(BY_ITSELF, icon=":material/autorenew:")
        _look_again(db, run.id)


def standing(run: Run) -> str:
    """What landed, what was on its way, what was not sent: a list."""
    doubt, rest = on_their_way(run), to_send(run)
    lines = [so_far(run)]
    if doubt:
        verb = "was on its way and is" if doubt == 1 else "were on their way and are"
        lines.append(f"{count(doubt, 'item')} {verb} looked up before anything is sent again")
    if rest:
        lines.append(f"{count(rest, 'item')} {'was' if rest == 1 else 'were'} not sent and keep the old values")
    return "\n".join(f"- {line}" for line in lines if line)


@st.fragment(run_every=REFRESH_SECONDS)
@frame.in_words()
def _look_again(db: Database, run_id: str) -> None:
    run = control.run_of(db, run_id)
    if run is None or run.state is not RunState.INTERRUPTED:
        st.rerun()


def resume(db: Database, run: Run) -> None:
    """The button to go on, or first the form for the token."""
    busy.draw(run.id)
    left = count(run.change_count - run.done, "item")
    connection = tokens.connection_for(db, run) or (None if run.id in visit.current().refused else _held(run))
    if connection is not None:
        if st.button(f"Resume with {left}", key="resume", type="primary"):
            go_on(db, connection, run)
    elif run.is_demo:
        st.info(tokens.DEMO_IS_GONE)
    elif given := tokens.ask(f"Resume with {left}", f"resume_{run.id}", run):
        go_on(db, given, run)


def _held(run: Run) -> Connection | None:
    """The token that this process still holds for the run."""
    return control.connection_of(run.id)


def go_on(db: Database, connection: Connection, run: Run) -> None:
    """Take the run up again, or say why not."""
    state = visit.current()
    try:
        with st.spinner("Taking up the run…"):
            workflow.resume_run(db, connection, run)
    except tokens.REFUSALS as error:
        state.refuse(run.id, str(error))
    except CollectionBusy as error:
        state.notice = visit.Notice(error, run.id, lambda: go_on(db, connection, run))
    except WebflowError as error:
        frame.stopped(str(error))
        return
    st.rerun()


_give_up = frame.in_words()(control.give_up)
