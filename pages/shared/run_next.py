"""What a person can do after a run, in one row: go on, publish it, undo it, import another file."""

import streamlit as st

from lib import workflow
from lib.errors import CollectionBusy
from lib.journal.database import Database
from lib.model.run import RunKind, RunState
from lib.model.run_spec import RunSpec
from lib.reports.follow_ups import FollowUps
from lib.reports.run_report import RunReport
from lib.webflow.connection import Connection
from pages.shared import busy, frame, run_idle, steps, tokens, visit
from pages.shared.plain import count, plain
from pages.shared.records import signed_in


def draw(db: Database, report: RunReport, later: FollowUps, connection: Connection | None) -> None:
    """The row of buttons; for people who come back, below it the one form for their token."""
    run = report.run
    busy.draw(run.id)
    with st.container(horizontal=True):
        if connection is not None:
            _go_on(db, report, connection)
            _publish(db, report, later, connection)
            _undo(report, later)
        if st.button("Import another file", key="again", icon=":material/upload_file:"):
            _import_another()
    if connection is None and run.is_demo:
        st.info(tokens.DEMO_IS_GONE)
    elif connection is None:
        st.markdown(f"To go on, undo, publish or try again, give the token for {plain(run.site_name)} once more.")
        if tokens.ask("Use this token", f"again_{run.id}", run):
            st.rerun()


def _go_on(db: Database, report: RunReport, connection: Connection) -> None:
    run = report.run
    if not run.can_resume:
        return
    left = count(run.change_count - run.done, "item")
    other = "the other " if run.done else ""
    if st.button(f"Send {other}{left}", key="resume", type="primary", icon=":material/play_arrow:"):
        run_idle.go_on(db, connection, run)


def _publish(db: Database, report: RunReport, later: FollowUps, connection: Connection) -> None:
    run = report.run
    is_staged = run.kind is not RunKind.PUBLISH and not report.spec.choices.live
    if not (run.updated and is_staged) or later.is_published or later.is_undone or later.are_going_on:
        return
    is_well = run.state is RunState.DONE and run.updated == run.change_count and not report.differences
    kind = "primary" if is_well else "secondary"
    these = f"Publish {'this' if run.updated == 1 else 'these'} {count(run.updated, 'item')}"
    if st.button(these, key="publish", type=kind, icon=":material/publish:"):
        visit.current().notice = None
        _ask_to_publish(db, report, connection)


def _ask_to_publish(db: Database, report: RunReport, connection: Connection) -> None:
    items = count(report.run.updated, "item")

    @st.dialog(f"Publish {items}?")
    @frame.in_words()
    def ask() -> None:
        st.markdown(
            "Visitors see the new values at once. Publishing cannot be taken back here; undoing the run does "
            "not change what visitors see before you publish again."
        )
        told = (db, connection, report.run.id)
        st.button(f"Publish {items}", key="publish_now", type="primary", on_click=_start_publishing, args=told)
        state = visit.current()
        if state.go_to or state.notice or report.run.id in state.refused:
            st.rerun()

    ask()


@frame.in_words()
def _start_publishing(db: Database, connection: Connection, run_id: str) -> None:
    start(db, connection, workflow.publish(db, run_id))


def _undo(report: RunReport, later: FollowUps) -> None:
    run = report.run
    may_have_landed = run.updated or report.balance.in_doubt
    if not may_have_landed or run.kind is RunKind.PUBLISH or later.is_undone or later.are_going_on:
        return
    is_undo = run.kind is RunKind.UNDO
    about = "Brings the changes of the file back, after showing them." if is_undo else "Shows first what would change."
    label = "Undo this undo…" if is_undo else "Undo this run…"
    if st.button(label, key="undo", icon=":material/undo:", help=about):
        visit.current().undo = None
        st.switch_page(steps.UNDO.path, query_params={"run": run.id})


def _import_another() -> None:
    state = visit.current()
    if state.run_id is not None:
        state.keep(state.journey.bring(None))
        st.switch_page(steps.UPLOAD.path)
    st.switch_page(steps.CONNECT.path)


def start(db: Database, connection: Connection, spec: RunSpec) -> None:
    """Start a run that follows another one; `leave` then shows it. What is in the way is said on the other's page."""
    state, parent = visit.current(), spec.parent_id or ""
    state.notice = None
    try:
        if not connection.is_demo:
            workflow.open_collection(connection, spec.collection.id, None)
        run_id = workflow.start_follow_up(db, connection, spec, signed_in())
    except tokens.REFUSALS as error:
        state.refuse(parent, str(error))
    except CollectionBusy as error:
        state.notice = visit.Notice(error, parent, lambda: start_and_leave(db, connection, spec))
    else:
        state.undo = None
        state.give(run_id, connection)
        state.go_to = run_id


def start_and_leave(db: Database, connection: Connection, spec: RunSpec) -> None:
    """Start a run that follows another one, and show it."""
    start(db, connection, spec)
    leave()
    st.rerun()


def leave() -> None:
    """Go to the run that was started just now, if one was."""
    state = visit.current()
    run_id, state.go_to = state.go_to, None
    if run_id is not None:
        st.switch_page(steps.RESULTS.path, query_params={"run": run_id})
