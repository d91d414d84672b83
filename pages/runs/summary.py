"""What became of every row of a run, in figures, and the rows that were not updated."""

import pandas as pd
import streamlit as st

from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.reports.deeds import Deed
from lib.reports.follow_ups import FollowUps
from lib.reports.results import partial_rows
from lib.reports.run_report import RunReport
from lib.words.say import count
from pages.runs import ending
from pages.runs.words import came_of, headline, in_figures, labels_of, parts
from pages.shared import balance, folded, tables
from pages.shared.plain import plain
from pages.shared.times import clock, moment, zone_name

NOTES = {
    RowStatus.IN_DOUBT: "Webflow gave no clear answer about these items. Going on looks at them before it sends.",
    RowStatus.NOT_SENT: "These items keep their old values; new ones were not created.",
}


def draw(report: RunReport, later: FollowUps) -> None:
    """The headline, how it went, and the figures."""
    run, counts = report.run, report.counts
    done = _whole_file(report) or headline(run, came_of(report))
    st.title(f"Undone: {done}" if later.is_undone else done)
    ending.draw(report, later)
    told = {RunKind.IMPORT: ("row", " in the file"), RunKind.UNDO: ("item", " that the run before changed")}
    balance.draw(parts(run.kind, counts, _put_away(report)), counts.total(), *told.get(run.kind, ("item", "")))
    when = f"{moment(run.created_on)}" + (f" to {clock(run.finished_on)}" if run.finished_on else "")
    note = f" {plain(run.check_note)}" if run.check_note else ""
    where = f"**{plain(run.collection_name)}** on **{plain(run.site_name)}**"
    st.markdown(f"{where}, {when} ({plain(zone_name())}).{note}")


def _whole_file(report: RunReport) -> str:
    """`67 of 304 rows updated · 237 left out`, for an import that left rows of its file out; "" for others."""
    run, counts = report.run, report.counts
    if run.kind is not RunKind.IMPORT or not counts[RowStatus.LEFT_OUT]:
        return ""
    (word, number), *others = came_of(report).items()
    more = {**dict(others), "left out": counts[RowStatus.LEFT_OUT]}
    return f"{number:,} of {count(counts.total(), 'row', 'rows')} {word} · {in_figures(more)}"


def others(report: RunReport) -> None:
    """The rows that were not sent, are in doubt, or were left out, wholly or in part: a folded list for each."""
    labels, results = labels_of(report.run.kind), report.results
    for status in (RowStatus.IN_DOUBT, RowStatus.NOT_SENT, RowStatus.LEFT_OUT):
        reasons = results["reason"][results["status"] == status]
        _rows(report, reasons, labels[status], key=status, note=NOTES.get(status, ""))
    _rows(report, partial_rows(report.spec.plan), "Without wrong cells", key="partial")


def landed(report: RunReport) -> None:
    """The items that were created, and those that were updated, with the fields that changed: a fold for each."""
    counts, labels = report.counts, labels_of(report.run.kind)

    def made() -> None:
        names = {"row": "Row", "item": "Item", "address": "Page address", "item_id": "Item ID"}
        _searched(report.created.rename(columns=names), "Items that were created", "created")

    def changed() -> None:
        names = {"row": "Row", "item": "Item", "fields": "Fields"}
        _searched(report.updated.rename(columns=names), "Items that were updated", "updated")

    if number := counts[RowStatus.CREATED]:
        label = f"{labels[RowStatus.CREATED]} ({number:,})"
        folded.part(label, made, key="part_created", icon=":material/add_circle:")
    if number := counts[RowStatus.UPDATED]:
        also = " or archived" if _put_away(report) else ""
        label = f"{labels[RowStatus.UPDATED]}{also} ({number:,})"
        folded.part(label, changed, key="part_updated", icon=":material/check:")


def _put_away(report: RunReport) -> int:
    """How many items an undo archived, beside those that it brought back."""
    return report.done[Deed.ARCHIVED] if report.run.kind is RunKind.UNDO else 0


def _searched(table: pd.DataFrame, alt: str, key: str) -> None:
    """The lines of a table that hold what is asked for."""
    about = "Part of an item's name, or a " + ("page address" if "Page address" in table else "field")
    words = st.text_input("Search", key=f"search_{key}", placeholder=about)
    texts = table.drop(columns="Row")
    holding = pd.concat([texts[name].str.contains(words or "", case=False, regex=False) for name in texts], axis=1)
    tables.grid(table[holding.any(axis=1)], alt=alt, key=f"{key}_items")


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
