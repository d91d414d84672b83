"""What became of every row of a run, with proof, from the records alone."""

from typing import Any

import pandas as pd
import streamlit as st

from lib.fields import kind_of
from lib.fields.file import alt_texts
from lib.model.collection import Field
from lib.model.run import RunKind
from lib.reports import results as results_of
from lib.reports.follow_ups import FollowUps
from lib.reports.held import shown
from lib.reports.run_report import RunReport
from lib.stages.diff import EMPTY
from pages.shared import balance, run_tables, run_verdict, tables
from pages.shared.plain import count, plain
from pages.shared.run_words import headline, labels_of, parts
from pages.shared.times import clock, moment, zone_name

DROPPED = "Webflow left the new one out"
NOTES = {
    results_of.IN_DOUBT: "Webflow gave no clear answer about these items. Going on looks at them before it sends.",
    results_of.NOT_SENT: "These items keep their old values.",
}


def summary(report: RunReport, later: FollowUps) -> None:
    """The headline, how it went, and the figures."""
    run, figures = report.run, report.balance
    done = whole_file(report) or headline(run)
    st.title(f"Undone: {done}" if later.is_undone else done)
    run_verdict.draw(report, later)
    what = {RunKind.IMPORT: "rows in the file", RunKind.UNDO: "items that the run before changed"}
    balance.draw(parts(run.kind, figures), figures.rows, what.get(run.kind, "items"))
    when = f"{moment(run.created_on)}" + (f" to {clock(run.finished_on)}" if run.finished_on else "")
    note = f" {plain(run.check_note)}" if run.check_note else ""
    where = f"**{plain(run.collection_name)}** on **{plain(run.site_name)}**"
    st.markdown(f"{where}, {when} ({plain(zone_name())}).{note}")


def whole_file(report: RunReport) -> str:
    """`67 of 304 rows updated · 237 left out`, for an import that left rows of its file out; "" for others."""
    run, figures = report.run, report.balance
    if run.kind is not RunKind.IMPORT or not figures.left_out:
        return ""
    return f"{figures.updated:,} of {count(figures.rows, 'row')} updated · {figures.left_out:,} left out"


def stored_differently(report: RunReport) -> None:
    """Cells that hold something else than what was sent."""
    if not report.differences:
        return
    st.subheader(f"Stored differently ({len(report.differences):,})")
    st.markdown(
        "Webflow tidies rich text and may leave out images it cannot fetch; somebody may also have edited since."
    )
    fields = {field.slug: field for field in report.spec.collection.fields}
    before = {change.row: change.before for change in report.spec.plan.changes}
    table = pd.DataFrame(
        {
            "Row": [cell["row"] for cell in report.differences],
            "Item": [cell["item"] for cell in report.differences],
            "Field": [fields[cell["field"]].display_name for cell in report.differences],
            "In your file" if report.spec.sheet else "Sent": [
                _sent(fields[cell["field"]], cell) or EMPTY for cell in report.differences
            ],
            "Stored": [
                _stored(fields[cell["field"]], cell, before[cell["row"]].get(cell["field"]))
                for cell in report.differences
            ],
        }
    )
    tables.grid(table, alt="Cells that were stored differently", key="differences")


def _sent(field: Field, cell: dict[str, Any]) -> str:
    text = shown(field, cell["meant"])
    return alt_texts(cell["meant"]) if _differs_in_alt_texts(field, cell) else text


def _differs_in_alt_texts(field: Field, cell: dict[str, Any]) -> bool:
    """Whether the files are there, and nothing but what is said about them differs."""
    is_there = shown(field, cell["meant"]) == shown(field, cell["stored"])
    return kind_of(field.type).is_file and is_there and alt_texts(cell["meant"]) != alt_texts(cell["stored"])


def _stored(field: Field, cell: dict[str, Any], before: object) -> str:
    """What the item holds; a file that is missing, or still the one from before, was left out by Webflow."""
    if _differs_in_alt_texts(field, cell):
        return alt_texts(cell["stored"])
    text = shown(field, cell["stored"])
    is_dropped = kind_of(field.type).is_file and text in ("", shown(field, before))
    return f"{DROPPED}: {text or EMPTY}" if is_dropped else text or EMPTY


def others(report: RunReport) -> None:
    """The rows that were not sent, are in doubt or were left out: each in a list of its own, folded."""
    labels = labels_of(report.run.kind)
    names = {change.row: change.item_name for change in report.spec.plan.changes}
    for status in (results_of.IN_DOUBT, results_of.NOT_SENT, results_of.LEFT_OUT):
        rows = report.results[report.results["status"] == status]
        if rows.empty:
            continue
        with st.expander(f"{labels[status]} ({len(rows):,})"):
            table = pd.DataFrame({"Row": rows.index, "Item": [names.get(row, "") for row in rows.index]})
            if status in NOTES:
                st.markdown(NOTES[status])
            else:
                table = table.assign(Why=rows["reason"].to_numpy())
            if not any(table["Item"]):
                table = table.drop(columns="Item")
            tables.grid(table, alt=f"Rows: {labels[status]}", key=f"rows_{status}")


def proof(report: RunReport) -> None:
    """One line for each batch, and all its requests inside."""
    st.subheader("Batches")
    run_tables.batches(report.run, key="batches")
    run_tables.for_developers(report.run, report.attempts)
