"""What became of every row, with proof."""

from pathlib import PurePath

import pandas as pd
import streamlit as st

from lib.model.run import BatchReport, OutcomeStatus, RunState
from lib.reports import results as report
from lib.reports.files import csv_bytes, excel_bytes
from lib.reports.record import record_json
from lib.runs import runner
from pages.shared import balance, frame, steps, tables
from pages.shared.plain import count, plain

state = steps.enter(steps.RESULTS)
run = runner.snapshot(state.run_id)
if run is None:
    frame.lost_run()
    st.stop()
if run.state is RunState.RUNNING:
    st.switch_page(steps.SUBMIT.path)
results = report.row_results(state.plan, run, state.collection)
figures = report.run_balance(results)


def headline() -> None:
    """One sentence, the figures, and why the run ended early if it did."""
    st.title(f"{count(figures.updated, 'item')} updated")
    if run.state is RunState.STOPPED:
        st.error(f"The run stopped early. {plain(run.stop_reason)}", icon=":material/error:")
    elif figures.failed:
        st.warning(
            f"{count(figures.failed, 'item')} could not be updated. The list below says why.", icon=":material/warning:"
        )
    else:
        st.success("Everything that was to change has landed.", icon=":material/check_circle:")
    parts = {
        "Updated": figures.updated,
        "Already up to date": figures.unchanged,
        "Left out": figures.left_out,
        "Failed": figures.failed,
    }
    balance.draw(parts, figures.rows)
    if figures.updated and not state.choices.live:
        st.info(
            "The changes are staged. Publish the site in Webflow to show them to visitors.", icon=":material/publish:"
        )


def failed_rows() -> None:
    """Every failed row with its address and its reason."""
    failed = results[results["status"] == report.FAILED]
    if failed.empty:
        return
    st.subheader("Rows that failed")
    names = {change.row: change.item_name for change in state.plan.changes}
    table = pd.DataFrame(
        {
            "Row": failed.index,
            "Item": [names.get(row, "") for row in failed.index],
            "Field": failed["field"],
            "Why": failed["reason"],
        }
    )
    tables.grid(table, alt="Rows that failed, with the reason", key="failed")


def downloads() -> None:
    """The files to take home."""
    stem = f"{PurePath(state.sheet.source.file_name).stem}_{run.started_on:%Y-%m-%d_%H%M}"
    st.subheader("Take it with you")
    with st.container(horizontal=True):
        if figures.failed or figures.left_out:
            _download("Rows to fix (Excel)", fix_excel, f"{stem}_to-fix.xlsx", "fix_excel")
            _download("Rows to fix (CSV)", fix_csv, f"{stem}_to-fix.csv", "fix_csv")
        _download("All rows (CSV)", all_csv, f"{stem}_all-rows.csv", "all_rows")
        _download("Report (JSON)", record, f"{stem}_report.json", "report")


def _download(label: str, make, name: str, key: str) -> None:
    st.download_button(label, make, file_name=name, key=key, icon=":material/download:", on_click="ignore")


def fix_excel() -> bytes:
    return excel_bytes(*report.rows_to_fix(state.sheet, state.checked, results))


def fix_csv() -> bytes:
    return csv_bytes(report.rows_to_fix(state.sheet, state.checked, results)[0])


def all_csv() -> bytes:
    return csv_bytes(report.all_rows(state.sheet, results))


def record() -> bytes:
    return record_json(run, state.sheet, state.collection, state.choices, figures)


def batches() -> None:
    """One line for each batch, and all its requests inside."""
    st.subheader("Batches")
    table = pd.DataFrame([_line(batch) for batch in run.batches])
    tables.grid(table, alt="Batches of this run", key="batches")
    with st.expander("Every request, with Webflow's own words", icon=":material/code:"):
        tables.grid(_requests(), alt="Requests of this run", key="requests")


def _line(batch: BatchReport) -> dict[str, object]:
    landed = sum(outcome.status is OutcomeStatus.UPDATED for outcome in batch.outcomes)
    statuses = dict.fromkeys(str(attempt.status or "no answer") for attempt in batch.attempts)
    return {
        "Batch": batch.number,
        "Result": _result(landed, len(batch.outcomes)),
        "Items": len(batch.outcomes),
        "Updated": landed,
        "Status": ", ".join(statuses) or "not sent",
        "Requests": len(batch.attempts),
        "Seconds": round(sum(attempt.seconds for attempt in batch.attempts), 1),
        "Waited": round(batch.waited_seconds, 1),
        "Reason": batch.reason,
    }


def _result(landed: int, total: int) -> str:
    if landed == total:
        return "✓ Done"
    return "◐ Partly" if landed else "✗ Failed"


def _requests() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Batch": batch.number,
            "Items": attempt.item_count,
            "Status": str(attempt.status or "no answer"),
            "Seconds": round(attempt.seconds, 2),
            "Code": attempt.code,
            "Message": attempt.message,
            "Details": "; ".join(f"{detail.param}: {detail.description}" for detail in attempt.details),
        }
        for batch in run.batches
        for attempt in batch.attempts
    )


headline()
failed_rows()
downloads()
batches()
if st.button("Import another file", key="again"):
    state.keep(upload=None, items=None)
    st.switch_page(steps.UPLOAD.path)
