"""What a person can do after a run, in one row: go on, publish it, undo it, import another file."""

import re

import streamlit as st

from lib.model.run import Run, RunKind
from lib.model.run_state import RunState
from lib.reports.run_report import RunReport
from lib.runs.service.next_steps import May, NextSteps
from lib.webflow.connection import Connection
from lib.words.say import count, say, say_many
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
        if st.button(say("Import another file"), key="again", icon=":material/upload_file:"):
            _import_another()
        if not run.is_demo and DESIGNER_NAME.fullmatch(report.spec.site.short_name):
            address = f"https://webflow.com/design/{report.spec.site.short_name}"
            st.link_button(say("Open the site in Webflow"), address, icon=":material/open_in_new:")
    if may.token is May.DEMO_IS_GONE:
        st.info(say(tokens.DEMO_IS_GONE))
    elif may.token is May.NEEDS_TOKEN:
        site = plain(run.site_name)
        st.markdown(say("To go on, undo, publish or try again, give the token for {site} once more.", site=site))
        if tokens.ask(say("Use this token"), f"again_{run.id}", run):
            st.rerun()


def _go_on(run: Run, connection: Connection) -> None:
    left = run.change_count - run.done
    if run.done:
        label = say_many(left, "Send the other {number:,} item", "Send the other {number:,} items")
    else:
        label = say("Send {items}", items=count(left, "item", "items"))
    if st.button(label, key="resume", type="primary", icon=":material/play_arrow:"):
        follow.go_on(connection, run)


def _publish(report: RunReport) -> None:
    run = report.run
    if report.spec.choices.live:  # the others went live at once
        label = say_many(run.created, "Publish this {number:,} new item", "Publish these {number:,} new items")
    else:
        label = say_many(run.landed, "Publish this {number:,} item", "Publish these {number:,} items")
    is_well = (
        run.id != visit.current().trial
        and run.state is RunState.DONE
        and run.landed == run.change_count
        and not report.differences
    )
    if st.button(label, key="publish", type="primary" if is_well else "secondary", icon=":material/publish:"):
        visit.current().notice = visit.current().publish = None
        st.switch_page(steps.PUBLISH.path, query_params={"run": run.id})


def _undo(run: Run) -> None:
    is_undo = run.kind is RunKind.UNDO
    if is_undo:
        label, about = say("Undo this undo…"), say("Brings the changes of the file back, after showing them.")
    else:
        label, about = say("Undo this run…"), say("Shows first what would change.")
    if st.button(label, key="undo", icon=":material/undo:", help=about):
        visit.current().undo = None
        st.switch_page(steps.UNDO.path, query_params={"run": run.id})


def _import_another() -> None:
    state = visit.current()
    if state.run_id is not None:
        state.keep(state.journey.bring(None))
        steps.go(steps.UPLOAD)
    steps.go(steps.CONNECT)
