"""What can be taken from a run's page, or be rid of: files, its address, the run itself."""

from collections.abc import Callable
from functools import partial
from pathlib import PurePath

import pandas as pd
import streamlit as st

from lib.journal import retention
from lib.journal.database import Database
from lib.model.run import Run
from lib.reports import results as results_of
from lib.reports.files import csv_bytes, excel_bytes
from lib.reports.record import record_json
from lib.reports.run_report import RunReport
from lib.runs.access import person_of
from lib.webflow.connection import Connection
from pages.shared import frame
from pages.shared.records import signed_in


def downloads(report: RunReport) -> None:
    """The files to take home."""
    spec, figures = report.spec, report.balance
    name = PurePath(spec.file_name).stem if spec.file_name else report.run.kind.value
    stem = f"{name}_{report.run.created_on:%Y-%m-%d_%H%M}"
    st.subheader("Downloads")
    with st.container(horizontal=True):
        if spec.sheet is not None:
            if figures.failed or figures.left_out or figures.held_back:
                _download("Rows to fix (Excel)", lambda: excel_bytes(*_to_fix(report)), f"{stem}_to-fix.xlsx")
                _download("Rows to fix (CSV)", lambda: csv_bytes(_to_fix(report)[0]), f"{stem}_to-fix.csv")
            _download(
                "All rows (CSV)",
                lambda: csv_bytes(results_of.all_rows(spec.sheet, report.results)),
                f"{stem}_all-rows.csv",
            )
        _download("Report (JSON)", partial(record_json, report), f"{stem}_report.json")


def _to_fix(report: RunReport) -> tuple[pd.DataFrame, dict[str, set[int]]]:
    spec = report.spec
    return results_of.rows_to_fix(spec.sheet, spec.mapping, spec.problems, report.results, spec.collection)


def _download(label: str, make: Callable[[], bytes], name: str) -> None:
    st.download_button(
        label, make, file_name=name, key=f"download {label}", icon=":material/download:", on_click="ignore"
    )


def address(run_id: str) -> None:
    """The address of the run's page, to copy."""
    with st.popover("Copy the address", icon=":material/link:"):
        st.code(f"{st.context.url or ''}?run={run_id}", language=None, wrap_lines=True)
        st.markdown("Whoever else has this address sees how far the run is: no values, no files, no buttons.")


def delete(db: Database, run: Run, connection: Connection | None) -> None:
    """Delete an ended run; only who made it may."""
    if connection is None or person_of(db, connection, signed_in()) != run.person:
        return
    with st.popover("Delete this run…", icon=":material/delete:"):
        st.markdown("A deleted run cannot be opened or undone any more. The items in Webflow stay as they are.")
        st.button(":red[Delete this run for good]", key="delete_run", on_click=_forget, args=(db, run))


@frame.in_words()
def _forget(db: Database, run: Run) -> None:
    retention.forget(db, run.person, run.id)
