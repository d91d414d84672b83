"""What was held back and what failed, each with a decision: take it all the same, mend it, try again."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib import workflow
from lib.errors import FlowsheetError
from lib.fields import ReadContext
from lib.journal.database import Database
from lib.model.run import Outcome, OutcomeStatus
from lib.reports.held import held_lines, shown
from lib.reports.run_report import RunReport
from lib.runs import reading
from lib.runs.corrections import Correction, read_corrections
from lib.runs.follow_up import TO_TRY_AGAIN
from lib.webflow.connection import Connection
from pages.shared import frame, run_next, tables, waits
from pages.shared.plain import count, plain

MOST_CARDS = 10
LONG_TEXT = 90
NEW_VALUE = "New value"
LINE_CHARACTERS, LINE_PIXELS, ROW_PIXELS, MOST_LINES = 55, 22, 35, 4  # of a reason in its column


def held_back(db: Database, connection: Connection | None, report: RunReport) -> None:
    """Items that somebody changed since the preview: three values, and a choice for each cell or for all."""
    held = {outcome.row: outcome for outcome in report.outcomes if outcome.status is OutcomeStatus.HELD}
    if not held:
        return
    st.subheader(f"Held back ({len(held):,})")
    st.markdown(
        "Somebody changed these items in Webflow since your preview, so Flowsheet left them as they are. Tick the "
        "values that you want all the same; everything else keeps what it holds now."
    )
    lines = held_lines(report.spec, held)
    everything = st.checkbox("Tick all", key=f"all_held_{report.run.id}", disabled=connection is None)
    table = pd.DataFrame(
        {
            "Update": everything,
            "Item": [line.item for line in lines],
            "Field": [line.name for line in lines],
            "In your file": [line.wanted for line in lines],
            "Now": [line.now for line in lines],
            "At preview": [line.before for line in lines],
            "Row": [line.row for line in lines],
        }
    )
    fixed = [column for column in table if column != "Update" or connection is None]
    chosen = tables.editor(table, fixed, alt="Values held back", key=f"held_{report.run.id}_{everything}")
    cells: dict[int, set[str]] = {}
    for line, is_ticked in zip(lines, chosen["Update"], strict=True):
        if is_ticked:
            cells.setdefault(line.row, set()).add(line.slug)
    _overwrite(db, connection, report, cells)


def _overwrite(db: Database, connection: Connection | None, report: RunReport, cells: dict[int, set[str]]) -> None:
    if connection is None:
        st.markdown("Give the token above to decide about them.")
        return
    label = f"Update {count(len(cells), 'item')} all the same"
    if st.button(label, key="overwrite", disabled=not cells):
        run_next.start_and_leave(db, connection, workflow.overwrite(db, report.run.id, cells))
    if not cells:
        st.markdown("Tick at least one value to update its item.")


def failed(db: Database, connection: Connection | None, report: RunReport) -> None:
    """Every item that Webflow refused, with its reason; its value can be mended in place and tried again."""
    found = [outcome for outcome in report.outcomes if outcome.status is OutcomeStatus.FAILED]
    again = sum(outcome.status in TO_TRY_AGAIN for outcome in report.outcomes)
    if not again or not (found or not report.run.can_resume):
        return
    corrections: list[Correction] = []
    can_mend = connection is not None and not report.run.can_resume
    if found:
        st.subheader(f"Failed ({len(found):,})")
        draw = _cards if len(found) <= MOST_CARDS else _table
        corrections = draw(report, found, can_mend)
    if report.run.can_resume:
        st.markdown("Once the other items are sent, these can be tried again here.")
    elif connection is None:
        st.markdown("Give the token above to try again.")
    elif st.button(f"Try {count(again, 'item')} again", key="retry", icon=":material/refresh:"):
        _retry(db, connection, report, corrections)


def _cards(report: RunReport, found: Sequence[Outcome], can_mend: bool) -> list[Correction]:
    changes = {change.row: change for change in report.spec.plan.changes}
    fields = {field.slug: field for field in report.spec.collection.fields}
    corrections = []
    for one in found:
        change = changes[one.row]
        with st.container(border=True, key=f"failed_{one.row}"):
            st.markdown(f"**Row {one.row}** · {plain(change.item_name)}")
            st.text(one.reason)  # Markdown would make a link of an address in it
            if one.field not in change.after:
                continue
            old = shown(fields[one.field], change.after[one.field])
            make = st.text_area if len(old) > LONG_TEXT or "\n" in old else st.text_input
            label = f"{plain(fields[one.field].display_name)}: new value"
            text = make(label, old, key=f"mend_{report.run.id}_{one.row}", disabled=not can_mend)
            if text != old:
                corrections.append(Correction(row=one.row, field=one.field, text=str(text or "")))
    return corrections


def _table(report: RunReport, found: Sequence[Outcome], can_mend: bool) -> list[Correction]:
    changes = {change.row: change for change in report.spec.plan.changes}
    fields = {field.slug: field for field in report.spec.collection.fields}
    values = [changes[one.row].after for one in found]
    table = pd.DataFrame(
        {
            "Row": [one.row for one in found],
            "Item": [changes[one.row].item_name for one in found],
            "Field": [fields[one.field].display_name if one.field in fields else "" for one in found],
            "Why": [one.reason for one in found],
            NEW_VALUE: [
                shown(fields[one.field], after[one.field]) if one.field in after else ""
                for one, after in zip(found, values, strict=True)
            ],
        }
    )
    shown_columns = [column for column in table if any(table[column] != "")]
    fixed = [column for column in table if column != NEW_VALUE or not can_mend]
    if can_mend and NEW_VALUE in shown_columns:
        st.markdown("Click a new value to change it, then try again.")
    lines = min(1 + max(len(one.reason) for one in found) // LINE_CHARACTERS, MOST_LINES)
    edited = tables.editor(
        table,
        fixed,
        alt="Items that failed, with the reason",
        key=f"mend_{report.run.id}",
        column_order=shown_columns,
        row_height=ROW_PIXELS + (lines - 1) * LINE_PIXELS,
    )
    texts = zip(found, edited[NEW_VALUE], table[NEW_VALUE], values, strict=True)
    return [
        Correction(row=one.row, field=one.field, text=str(text or ""))
        for one, text, old, after in texts
        if text != old and one.field in after
    ]


def _retry(db: Database, connection: Connection, report: RunReport, corrections: list[Correction]) -> None:
    spec = report.spec
    wanted = {one.field for one in corrections}
    try:
        with waits.saying("Reading the values you gave…") as hear:
            fields = [field for field in spec.collection.fields if field.slug in wanted]
            targets = reading.load_targets(connection, fields, {}, waits=hear)
    except FlowsheetError as error:
        frame.stopped(str(error))
        return
    context = ReadContext(targets=targets, time_zone=spec.site.time_zone)
    before = {change.row: change.before for change in spec.plan.changes}
    values, problems = read_corrections(corrections, {f.slug: f for f in spec.collection.fields}, context, before)
    for problem in problems:
        frame.stopped(problem)
    if not problems:
        run_next.start_and_leave(db, connection, workflow.retry(db, report.run.id, values))
