"""What became of every row of a run, in figures, and the rows that were not updated."""

import pandas as pd
import streamlit as st

from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.reports.follow_ups import FollowUps
from lib.reports.results import partial_rows
from lib.reports.run_report import RunReport
from pages.runs import ending
from pages.runs.words import headline, labels_of, parts
from pages.shared import balance, folded, tables
from pages.shared.plain import count, plain
from pages.shared.times import clock, moment, zone_name

NOTES = {
    RowStatus.IN_DOUBT: "Webflow gave no clear answer about these items. Going on looks at them before it sends.",
    RowStatus.NOT_SENT: "These items keep their old values.",
}


def draw(report: RunReport, later: FollowUps) -> None:
    """The headline, how it went, and the figures."""
    run, counts = report.run, report.counts
    done = _whole_file(report) or headline(run)
    st.title(f"Undone: {done}" if later.is_undone else done)
    ending.draw(report, later)
    what = {RunKind.IMPORT: "rows in the file", RunKind.UNDO: "items that the run before changed"}
    balance.draw(parts(run.kind, counts), counts.total(), what.get(run.kind, "items"))
    when = f"{moment(run.created_on)}" + (f" to {clock(run.finished_on)}" if run.finished_on else "")
    note = f" {plain(run.check_note)}" if run.check_note else ""
    where = f"**{plain(run.collection_name)}** on **{plain(run.site_name)}**"
    st.markdown(f"{where}, {when} ({plain(zone_name())}).{note}")


def _whole_file(report: RunReport) -> str:
    """`67 of 304 rows updated · 237 left out`, for an import that left rows of its file out; "" for others."""
    run, counts = report.run, report.counts
    if run.kind is not RunKind.IMPORT or not counts[RowStatus.LEFT_OUT]:
        return ""
    updated, left_out = counts[RowStatus.UPDATED], counts[RowStatus.LEFT_OUT]
    return f"{updated:,} of {count(counts.total(), 'row')} updated · {left_out:,} left out"


def others(report: RunReport) -> None:
    """The rows that were not sent, are in doubt, or were left out, wholly or in part: a folded list for each."""
    labels, results = labels_of(report.run.kind), report.results
    for status in (RowStatus.IN_DOUBT, RowStatus.NOT_SENT, RowStatus.LEFT_OUT):
        reasons = results["reason"][results["status"] == status]
        _rows(report, reasons, labels[status], key=status, note=NOTES.get(status, ""))
    _rows(report, partial_rows(report.spec.plan), "Without wrong cells", key="partial")


def updated(report: RunReport) -> None:
    """The items that were updated, with the fields that changed, behind a fold."""

    def draw() -> None:
        table = report.updated.rename(columns={"row": "Row", "item": "Item", "fields": "Fields"})
        words = st.text_input("Search", key="search_updated", placeholder="Part of an item's name, or a field")
        holding = [table[column].str.contains(words or "", case=False, regex=False) for column in ("Item", "Fields")]
        tables.grid(table[holding[0] | holding[1]], alt="Items that were updated", key="updated_items")

    if number := report.counts[RowStatus.UPDATED]:
        label = labels_of(report.run.kind)[RowStatus.UPDATED]
        folded.part(f"{label} ({number:,})", draw, key="part_updated", icon=":material/check:")


def _rows(report: RunReport, reasons: pd.Series, label: str, *, key: str, note: str = "") -> None:
    """Rows with their reasons, or with one `note` for all of them."""

    def draw() -> None:
        names = {change.row: change.item_name for change in report.spec.plan.changes}
        table = pd.DataFrame({"Row": reasons.index, "Item": [names.get(row, "") for row in reasons.index]})
        if note:
            st.markdown(note)
        else:
            table = table.assign(Why=reasons.to_numpy())
        if not any(table["Item"]):
            table = table.drop(columns="Item")
        tables.grid(table, alt=f"Rows: {label}", key=f"rows_{key}")

    if not reasons.empty:
        folded.part(f"{label} ({len(reasons):,})", draw, key=f"part_{key}")
