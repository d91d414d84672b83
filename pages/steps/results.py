"""A run at its address: while it goes on, and what became of every row afterwards, forever the same."""

import streamlit as st

from lib.reports.run_report import open_report
from pages.shared import frame, run_live, run_next, run_results, steps, visit
from pages.shared.plain import count
from pages.shared.records import journal, run_at

state = visit.current()
run_id = st.query_params.get("run") or state.run_id
if run_id is None:
    steps.enter(steps.RESULTS)
st.query_params["run"] = run_id
db = journal()
run = run_at(db, run_id)
if run is None:
    frame.lost_run()
elif run.is_idle:
    run_live.idle(db, run)
elif run.is_live:
    run_live.draw(db, run)
else:
    if state.report is None or not state.report.is_about(run):
        with st.spinner(f"Looking up {count(run.change_count, 'item')}…"):
            state.report = open_report(db, run)
    report = state.report
    run_results.summary(report)
    run_results.notes(report)
    run_next.draw(db, report)
    run_results.failed_rows(report)
    run_results.stored_differently(report)
    run_results.downloads(report)
    run_results.proof(report)
if run is not None and not run.is_live and st.button("Import another file", key="again"):
    if state.run_id is not None and state.collection is not None:
        state.keep(upload=None, items=None)
        st.switch_page(steps.UPLOAD.path)
    st.switch_page(steps.CONNECT.path)
