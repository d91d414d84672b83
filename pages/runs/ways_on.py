"""What a person can do after a run, in one row: go on, publish it, undo it, import another file."""

import re

import streamlit as st

from lib.model.run import Run, RunKind
from lib.model.run_state import RunState
from lib.reports.run_report import RunReport
from lib.runs.service.next_steps import May, NextSteps
from lib.webflow.connection import Connection
from lib.words.say import count
from pages.runs import follow, tokens
from pages.shared import steps, visit
from pages.shared.plain import plain

# Webflow's own address of a site's designer, as its dashboard links it.
DESIGNER_NAME = re.compile(r"[a-z0-9-]{1,100}")


def draw(report: RunReport, may: NextSteps, connection: Connection | None) -> None:
    """The row of buttons; for people who come back, below it the one form for their token."""
    run = report.run
    follow.try_again(connection, run)
    with st.container(horizontal=True):
        if connection and may.resume is May.YES:
            _go_on(run, connection)
        if connection and may.publish is May.YES:
            _publish(report)
        if may.undo is May.YES:
            _undo(run)
        if st.button("Import another file", key="again", icon=":material/upload_file:"):
            _import_another()
        if not run.is_demo and DESIGNER_NAME.fullmatch(report.spec.site.short_name):
            address = f"https://webflow.com/design/{report.spec.site.short_name}"
            st.link_button("Open the site in Webflow", address, icon=":material/open_in_new:")
    if may.token is May.DEMO_IS_GONE:
        st.info(tokens.DEMO_IS_GONE)
    elif may.token is May.NEEDS_TOKEN:
        st.markdown(f"To go on, undo, publish or try again, give the token for {plain(run.site_name)} once more.")
        if tokens.ask("Use this token", f"again_{run.id}", run):
            st.rerun()


def _go_on(run: Run, connection: Connection) -> None:
    left = count(run.change_count - run.done, "item", "items")
    other = "the other " if run.done else ""
    if st.button(f"Send {other}{left}", key="resume", type="primary", icon=":material/play_arrow:"):
        follow.go_on(connection, run)


def _publish(report: RunReport) -> None:
    run = report.run
    number = run.created if report.spec.choices.live else run.landed  # the others went live at once
    items = count(number, *(("new item", "new items") if report.spec.choices.live else ("item", "items")))
    is_well = (
        run.id != visit.current().trial
        and run.state is RunState.DONE
        and run.landed == run.change_count
        and not report.differences
    )
    these = f"Publish {'this' if number == 1 else 'these'} {items}"
    if st.button(these, key="publish", type="primary" if is_well else "secondary", icon=":material/publish:"):
        visit.current().notice = visit.current().publish = None
        st.switch_page(steps.PUBLISH.path, query_params={"run": run.id})


def _undo(run: Run) -> None:
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
        steps.go(steps.UPLOAD)
    steps.go(steps.CONNECT)
