"""A run at its address: while it goes on, and what became of every row afterwards, forever the same."""

import streamlit as st

from lib.model.run import Run
from lib.reports.run_report import RunReport
from lib.runs.service.next_steps import Ended, next_steps
from lib.words.say import count, say
from pages.runs import (
    failed,
    files,
    headline,
    held,
    idle,
    live,
    over_time,
    refused,
    story,
    summary,
    tables,
    tokens,
    trial,
    visitors,
    ways_on,
)
from pages.shared import frame, starting, steps, visit
from pages.shared.own_runs import access, is_own, run_at, runs


def report_of(run: Run) -> RunReport | None:
    """Everything about an ended run; looked up once."""
    if state.report is None or not state.report.is_about(run):
        with st.spinner(say("Looking up {items}…", items=count(run.change_count, "item", "items"))):
            state.report = runs().report(run)
    return state.report


def ended(report: RunReport) -> None:
    """The page of a run that has ended."""
    run, is_live, connection = report.run, report.spec.choices.live, tokens.connection_for(report.run)
    later = runs().follow_ups(run, is_live=is_live)
    came_of_it = Ended(counts=report.counts, later=later, is_live=is_live)
    may = next_steps(run, access(run), came_of_it, has_token=connection is not None)
    summary.draw(report, later)
    story.draw(report, later)
    trial.draw(state, run)
    ways_on.draw(report, may, connection)
    visitors.draw(report, connection)
    held.draw(report, may, connection)
    failed.draw(report, may, connection)
    refused.draw(report)
    tables.differences(report)
    summary.landed(report)
    summary.others(report)
    files.downloads(report)
    over_time.draw(report)
    tables.proof(report)
    files.keep_or_delete(run, may)


state = visit.current()
starting.leave()
run_id = st.query_params.get("run") or state.run_id
if run_id is None:
    steps.enter(steps.RESULTS)
    st.stop()
st.query_params["run"] = run_id
run = run_at(run_id)
if run is None:
    frame.lost_run()
elif not is_own(run):
    headline.draw(run)
elif run.is_idle:
    idle.draw(run)
elif run.is_live:
    live.watch(run.id)
elif report := report_of(run):
    ended(report)
else:
    frame.lost_run()
