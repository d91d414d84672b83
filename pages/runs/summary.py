"""What became of every row of a run, in figures, and the rows that were not updated."""

import pandas as pd
import streamlit as st

from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.model.said import said
from lib.reports.deeds import Deed
from lib.reports.follow_ups import FollowUps
from lib.reports.results import partial_rows
from lib.reports.run_report import RunReport
from lib.words.say import count, figure, later, say, say_many
from pages.runs import ending
from pages.runs.words import LEFT_OUT, came_of, headline, in_figures, labels_of, parts, where
from pages.shared import balance, folded, tables
from pages.shared.plain import plain
from pages.shared.times import clock, moment, zone_name

NOTES = {
    RowStatus.IN_DOUBT: later(
        "Webflow gave no clear answer about these items. Going on looks at them before it sends."
    ),
    RowStatus.NOT_SENT: later("These items keep their old values; new ones were not created."),
}


def draw(report: RunReport, after: FollowUps) -> None:
    """The headline, how it went, and the figures."""
    run, counts = report.run, report.counts
    done = _whole_file(report) or headline(run, came_of(report))
    st.title(say("Undone: {done}", done=done) if after.is_undone else done)
    ending.draw(report, after)
    balance.draw(parts(run.kind, counts, _put_away(report)), _whole(run.kind, counts.total()))
    when = moment(run.created_on)
    if run.finished_on:
        when = say("{start} to {end}", start=when, end=clock(run.finished_on))
    note = f" {plain(run.check_note)}" if run.check_note else ""
    st.markdown(f"{where(run)}, {when} ({plain(zone_name())}).{note}")


def _whole(kind: RunKind, total: int) -> str:
    """What the figures add up to."""
    if kind is RunKind.IMPORT:
        return say("{rows} in the file", rows=count(total, "row", "rows"))
    if kind is RunKind.UNDO:
        return say_many(
            total, "{number:,} item that the run before changed", "{number:,} items that the run before changed"
        )
    return count(total, "item", "items")


def _whole_file(report: RunReport) -> str:
    """`67 of 304 rows updated · 237 left out`, for an import that left rows of its file out; "" for others."""
    run, counts = report.run, report.counts
    if run.kind is not RunKind.IMPORT or not counts[RowStatus.LEFT_OUT]:
        return ""
    (word, number), *others = came_of(report).items()
    first = say_many(
        counts.total(),
        "{part:,} of {number:,} row {done}",
        "{part:,} of {number:,} rows {done}",
        part=number,
        done=say(word),
    )
    return f"{first} · {in_figures({**dict(others), LEFT_OUT: counts[RowStatus.LEFT_OUT]})}"


def others(report: RunReport) -> None:
    """The rows that were not sent, are in doubt, or were left out, wholly or in part: a folded list for each."""
    labels, results = labels_of(report.run.kind), report.results
    for status in (RowStatus.IN_DOUBT, RowStatus.NOT_SENT, RowStatus.LEFT_OUT):
        reasons = results["reason"][results["status"] == status]
        _rows(report, reasons, labels[status], key=status, note=say(NOTES.get(status, "")))
    _rows(report, partial_rows(report.spec.plan), say("Without wrong cells"), key="partial")


def landed(report: RunReport) -> None:
    """The items that were created, and those that were updated, with the fields that changed: a fold for each."""
    counts, labels = report.counts, labels_of(report.run.kind)

    def made() -> None:
        names = {"row": say("Row"), "item": say("Item"), "address": say("Page address"), "item_id": say("Item ID")}
        about = say("Part of an item's name, or a page address")
        _searched(report.created.rename(columns=names), say("Items that were created"), "created", about)

    def changed() -> None:
        names = {"row": say("Row"), "item": say("Item"), "fields": say("Fields")}
        about = say("Part of an item's name, or a field")
        _searched(report.updated.rename(columns=names), say("Items that were updated"), "updated", about)

    if number := counts[RowStatus.CREATED]:
        label = f"{labels[RowStatus.CREATED]} ({figure(number)})"
        folded.part(label, made, key="part_created", icon=":material/add_circle:")
    if number := counts[RowStatus.UPDATED]:
        label = say("Brought back or archived") if _put_away(report) else labels[RowStatus.UPDATED]
        folded.part(f"{label} ({figure(number)})", changed, key="part_updated", icon=":material/check:")


def _put_away(report: RunReport) -> int:
    """How many items an undo archived, beside those that it brought back."""
    return report.done[Deed.ARCHIVED] if report.run.kind is RunKind.UNDO else 0


def _searched(table: pd.DataFrame, alt: str, key: str, about: str) -> None:
    """The lines of a table that hold what is asked for; `about` says what that may be."""
    words = st.text_input(say("Search"), key=f"search_{key}", placeholder=about)
    texts = table.drop(columns=say("Row"))
    holding = pd.concat([texts[name].str.contains(words or "", case=False, regex=False) for name in texts], axis=1)
    tables.grid(table[holding.any(axis=1)], alt=alt, key=f"{key}_items")


def _rows(report: RunReport, reasons: pd.Series, label: str, *, key: str, note: str = "") -> None:
    """Rows with their reasons, or with one `note` for all of them."""

    def draw() -> None:
        names = {change.row: change.item_name for change in report.spec.plan.changes}
        items = [names.get(row, "") for row in reasons.index]
        table = pd.DataFrame({say("Row"): reasons.index} | ({say("Item"): items} if any(items) else {}))
        if note:
            st.markdown(note)
        else:
            table[say("Why")] = said(reasons).to_numpy()
        tables.grid(table, alt=say("Rows: {label}", label=label), key=f"rows_{key}")

    if not reasons.empty:
        folded.part(f"{label} ({figure(len(reasons))})", draw, key=f"part_{key}")
