"""A run at its address: while it goes on, and what became of every row afterwards, forever the same."""

import streamlit as st

from lib.journal.database import Database
from lib.model.run import Run
from lib.reports.follow_ups import follow_ups
from lib.reports.run_report import RunReport, open_report
from pages.shared import (
    frame,
    run_files,
    run_headline,
    run_idle,
    run_live,
    run_next,
    run_repair,
    run_results,
    run_story,
    steps,
    tokens,
    visit,
)
from pages.shared.plain import count
from pages.shared.records import is_own, journal, run_at


def report_of(db: Database, run: Run) -> RunReport | None:
    """Everything about an ended run; looked up once."""
    if state.report is None or not state.report.is_about(run):
        with st.spinner(f"Looking up {count(run.change_count, 'item')}…"):
            state.report = open_report(db, run)
    return state.report


def ended(db: Database, report: RunReport) -> None:
    """The page of a run that has ended."""
    connection, later = tokens.connection_for(db, report.run), follow_ups(db, report.run)
    run_results.summary(report, later)
    run_story.draw(report, later)
    run_next.draw(db, report, later, connection)
    run_repair.held_back(db, connection, report)
    run_repair.failed(db, connection, report)
    run_results.stored_differently(report)
    run_results.others(report)
    run_files.downloads(report)
    run_results.proof(report)
    with st.container(horizontal=True):
        run_files.address(report.run.id)
        run_files.delete(db, report.run, connection)


state = visit.current()
run_next.leave()
run_id = st.query_params.get("run") or state.run_id
if run_id is None:
    steps.enter(steps.RESULTS)
st.query_params["run"] = run_id
db = journal()
run = run_at(db, run_id)
if run is None:
    frame.lost_run()
elif not is_own(db, run):
    run_headline.draw(db, run)
elif run.is_idle:
    run_idle.draw(db, run)
elif run.is_live:
    run_live.watch(db, run.id)
elif report := report_of(db, run):
    ended(db, report)
else:
    frame.lost_run()
