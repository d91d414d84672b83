"""What can be taken from a run's page, or be rid of: files, its address, the run itself."""

from collections.abc import Callable
from functools import partial
from pathlib import PurePath

import pandas as pd
import streamlit as st

from lib.model.run import Run
from lib.reports import results as results_of
from lib.reports.files import csv_bytes
from lib.reports.report_json import report_json
from lib.reports.run_report import RunReport
from lib.reports.to_fix import rows_to_fix, to_fix
from lib.reports.workbook import Look, excel_bytes
from lib.runs.service.next_steps import May, NextSteps
from lib.words.say import later, say
from pages.shared import frame, tables
from pages.shared.own_runs import runs


def downloads(report: RunReport) -> None:
    """The files to take home."""
    spec = report.spec
    sheet, problems = spec.sheet, spec.problems
    name = PurePath(spec.file_name).stem if spec.file_name else report.run.kind.value
    stem = f"{name}_{report.run.created_on:%Y-%m-%d_%H%M}"
    st.header(say("Downloads"))
    with st.container(horizontal=True):
        if sheet is not None and problems is not None:
            fixing = partial(rows_to_fix, sheet, spec.mapping, problems, report.results, spec.collection)
            if len(to_fix(report.results, problems)):
                _download(later("Rows to fix (Excel)"), lambda: _with_red_cells(*fixing()), f"{stem}_to-fix.xlsx")
                _download(later("Rows to fix (CSV)"), lambda: csv_bytes(fixing()[0]), f"{stem}_to-fix.csv")
            _download(
                later("All rows (CSV)"),
                lambda: csv_bytes(results_of.all_rows(sheet, report.results)),
                f"{stem}_all-rows.csv",
            )
        if sheet is not None and report.run.created:
            ids = results_of.known_ids(spec.plan, report.results)
            _download(
                later("My file with Item IDs filled in (CSV)"),
                lambda: csv_bytes(results_of.with_item_ids(sheet, ids, spec.mapping)),
                f"{stem}_with-item-ids.csv",
            )
        _download(later("Report (JSON)"), partial(report_json, report), f"{stem}_report.json")


def _with_red_cells(table: pd.DataFrame, wrong: dict[str, set[int]]) -> bytes:
    return excel_bytes(table, Look(red=wrong, frozen=0))


def _download(label: str, make: Callable[[], bytes], name: str) -> None:
    tables.download(say(label), make, name, key=f"download {label}")


def keep_or_delete(run: Run, may: NextSteps) -> None:
    """The address of the run, and the button that deletes it."""
    with st.container(horizontal=True):
        _address(run.id)
        _delete(run, may)


def _address(run_id: str) -> None:
    """The address of the run's page, to copy."""
    with st.popover(say("Copy the address"), icon=":material/link:"):
        st.code(f"{st.context.url or ''}?run={run_id}", language=None, wrap_lines=True)
        st.markdown(say("Whoever else has this address sees how far the run is: no values, no files, no buttons."))


def _delete(run: Run, may: NextSteps) -> None:
    """Delete an ended run."""
    if may.delete is not May.YES:
        return
    with st.popover(say("Delete this run…"), icon=":material/delete:"):
        st.markdown(say("A deleted run cannot be opened or undone any more. The items in Webflow stay as they are."))
        st.button(say(":red[Delete this run for good]"), key="delete_run", on_click=_forget, args=(run,))


@frame.in_words()
def _forget(run: Run) -> None:
    runs().delete(run)
