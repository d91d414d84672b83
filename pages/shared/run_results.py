"""What became of every row of a run, with proof, from the records alone."""

from functools import partial
from pathlib import PurePath

import pandas as pd
import streamlit as st

from lib.model.run import OutcomeStatus, RunKind, RunState
from lib.reports import results as results_of
from lib.reports.files import csv_bytes, excel_bytes
from lib.reports.held import shown
from lib.reports.record import record_json
from lib.reports.run_report import RunReport
from pages.shared import balance, run_tables, tables
from pages.shared.plain import count, plain
from pages.shared.run_words import DONE_WORDS, headline, moment


def summary(report: RunReport) -> None:
    """One sentence, the figures, and why the run ended early if it did."""
    run, figures = report.run, report.balance
    st.title(headline(run.kind, figures.updated))
    held = sum(outcome.status is OutcomeStatus.HELD for outcome in report.outcomes)
    if run.state is RunState.STOPPED:
        st.error(f"The run stopped early. {plain(run.stop_reason)}", icon=":material/error:")
    elif figures.failed or held:
        told = [f"{count(figures.failed, 'item')} could not be {DONE_WORDS[run.kind]}"] if figures.failed else []
        told += [f"{count(held, 'item')} held back, since somebody changed them after the preview"] if held else []
        st.warning(f"{'; '.join(told)}. The lists below say why.", icon=":material/warning:")
    else:
        st.success("Everything that was to change has landed.", icon=":material/check_circle:")
    parts = {
        DONE_WORDS[run.kind].capitalize(): figures.updated,
        "Already up to date": figures.unchanged,
        "Left out": figures.left_out,
        "Failed": figures.failed,
    }
    balance.draw(parts, figures.rows, "rows in the file" if report.order.sheet else "items looked at")
    when = f"{moment(run.created_on)}" + (f" to {run.finished_on:%H:%M:%S}" if run.finished_on else "")
    st.caption(plain(f"{when}. {run.collection_name} on {run.site_name}. {run.check_note}"))


def stored_differently(report: RunReport) -> None:
    """Cells that hold something else than what was sent."""
    if not report.differences:
        return
    st.subheader("Stored differently")
    st.caption(
        "Webflow tidies rich text and may leave out images it cannot fetch; somebody may also have edited since."
    )
    names = {field.slug: field for field in report.order.collection.fields}
    table = pd.DataFrame(
        {
            "Row": [cell["row"] for cell in report.differences],
            "Item": [cell["item"] for cell in report.differences],
            "Field": [names[cell["field"]].display_name for cell in report.differences],
            "In your file": [shown(names[cell["field"]], cell["meant"]) for cell in report.differences],
            "Stored": [shown(names[cell["field"]], cell["stored"]) for cell in report.differences],
        }
    )
    tables.grid(table, alt="Cells that were stored differently", key="differences")


def failed_rows(report: RunReport) -> None:
    """Every failed row with its address and its reason."""
    failed = report.results[report.results["status"] == results_of.FAILED]
    if failed.empty:
        return
    st.subheader("Rows that failed")
    names = {change.row: change.item_name for change in report.order.plan.changes}
    table = pd.DataFrame(
        {
            "Row": failed.index,
            "Item": [names.get(row, "") for row in failed.index],
            "Field": failed["field"],
            "Why": failed["reason"],
        }
    )
    tables.grid(table, alt="Rows that failed, with the reason", key="failed")


def downloads(report: RunReport) -> None:
    """The files to take home."""
    order, figures = report.order, report.balance
    name = PurePath(order.file_name).stem if order.file_name else report.run.kind.value
    stem = f"{name}_{report.run.created_on:%Y-%m-%d_%H%M}"
    st.subheader("Take it with you")
    with st.container(horizontal=True):
        if order.sheet is not None:
            if figures.failed or figures.left_out:
                _download("Rows to fix (Excel)", lambda: excel_bytes(*_to_fix(report)), f"{stem}_to-fix.xlsx")
                _download("Rows to fix (CSV)", lambda: csv_bytes(_to_fix(report)[0]), f"{stem}_to-fix.csv")
            _download(
                "All rows (CSV)",
                lambda: csv_bytes(results_of.all_rows(order.sheet, report.results)),
                f"{stem}_all-rows.csv",
            )
        _download("Report (JSON)", partial(record_json, report), f"{stem}_report.json")


def _to_fix(report: RunReport) -> tuple[pd.DataFrame, dict[str, set[int]]]:
    order = report.order
    return results_of.rows_to_fix(order.sheet, order.mapping, order.problems, report.results, order.collection)


def _download(label: str, make, name: str) -> None:
    st.download_button(
        label, make, file_name=name, key=f"download {label}", icon=":material/download:", on_click="ignore"
    )


def proof(report: RunReport) -> None:
    """One line for each batch, and all its requests inside."""
    st.subheader("Batches")
    run_tables.batches(report.run, key="batches")
    with st.expander("Every request, with Webflow's own words", icon=":material/code:"):
        run_tables.requests(report.attempts)


def notes(report: RunReport) -> None:
    """What a person should know about where the changes are now."""
    landed = report.balance.updated
    if landed and not report.order.choices.live and report.run.kind is not RunKind.PUBLISH:
        st.info("The changes are staged: visitors do not see them yet.", icon=":material/publish:")
