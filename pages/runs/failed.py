"""What failed, each with its reason: mend it in place, try it again."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib.errors import FlowsheetError
from lib.model.plan import Correction
from lib.model.row_status import TO_TRY_AGAIN, RowStatus
from lib.model.run import Outcome, Run
from lib.reports.held import shown
from lib.reports.run_report import RunReport
from lib.runs.service.next_steps import May, NextSteps
from lib.webflow.connection import Connection
from lib.words.say import count, say
from pages.runs import follow
from pages.shared import frame, tables, waits
from pages.shared.own_runs import runs
from pages.shared.plain import plain

MOST_CARDS = 10
LONG_TEXT = 90

LINE_CHARACTERS, LINE_PIXELS, ROW_PIXELS, MOST_LINES = 55, 22, 35, 4  # of a reason in its column


def draw(report: RunReport, may: NextSteps, connection: Connection | None) -> None:
    """Every item that Webflow refused, with its reason; its value can be mended in place and tried again."""
    if may.retry is May.NOTHING_TO_DO:
        return
    found = [outcome for outcome in report.outcomes if outcome.status is RowStatus.FAILED]
    corrections: list[Correction] = []
    if found:
        st.header(say("Failed ({number:,})", number=len(found)))
        cells = _cards if len(found) <= MOST_CARDS else _table
        corrections = cells(report, found, may.retry is May.YES)
    if may.retry is May.RESUME_FIRST:
        st.markdown(say("Once the other items are sent, these can be tried again here."))
    elif connection is None:
        st.markdown(say("Give the token above to try again."))
    else:
        again = count(sum(outcome.status in TO_TRY_AGAIN for outcome in report.outcomes), "item", "items")
        if st.button(say("Try {items} again", items=again), key="retry", icon=":material/refresh:"):
            _retry(report.run, corrections, connection)


def _cards(report: RunReport, found: Sequence[Outcome], can_mend: bool) -> list[Correction]:
    changes = {change.row: change for change in report.spec.plan.changes}
    fields = {field.slug: field for field in report.spec.collection.fields}
    corrections = []
    for one in found:
        change = changes[one.row]
        with st.container(border=True, key=f"failed_{one.row}"):
            st.markdown(say("**Row {row}** · {item}", row=one.row, item=plain(change.item_name)))
            st.text(one.reason)  # Markdown would make a link of an address in it
            if one.field not in change.after:
                continue
            old = shown(fields[one.field], change.after[one.field])
            make = st.text_area if len(old) > LONG_TEXT or "\n" in old else st.text_input
            label = say("{field}: new value", field=plain(fields[one.field].display_name))
            text = make(label, old, key=f"mend_{report.run.id}_{one.row}", disabled=not can_mend)
            if text != old:
                corrections.append(Correction(row=one.row, field=one.field, text=str(text or "")))
    return corrections


def _table(report: RunReport, found: Sequence[Outcome], can_mend: bool) -> list[Correction]:
    changes = {change.row: change for change in report.spec.plan.changes}
    fields = {field.slug: field for field in report.spec.collection.fields}
    values, new_value = [changes[one.row].after for one in found], say("New value")
    table = pd.DataFrame(
        {
            say("Row"): [one.row for one in found],
            say("Item"): [changes[one.row].item_name for one in found],
            say("Field"): [fields[one.field].display_name if one.field in fields else "" for one in found],
            say("Why"): [one.reason for one in found],
            new_value: [
                shown(fields[one.field], after[one.field]) if one.field in after else ""
                for one, after in zip(found, values, strict=True)
            ],
        }
    )
    shown_columns = [column for column in table if any(table[column] != "")]
    fixed = [str(column) for column in table if column != new_value or not can_mend]
    if can_mend and new_value in shown_columns:
        st.markdown(say("Click a new value to change it, then try again."))
    lines = min(1 + max(len(one.reason) for one in found) // LINE_CHARACTERS, MOST_LINES)
    edited = tables.editor(
        table,
        fixed,
        alt=say("Items that failed, with the reason"),
        key=f"mend_{report.run.id}",
        column_order=shown_columns,
        row_height=ROW_PIXELS + (lines - 1) * LINE_PIXELS,
    )
    texts = zip(found, edited[new_value], table[new_value], values, strict=True)
    return [
        Correction(row=one.row, field=one.field, text=str(text or ""))
        for one, text, old, after in texts
        if text != old and one.field in after
    ]


def _retry(run: Run, corrections: list[Correction], connection: Connection) -> None:
    try:
        with waits.saying(say("Reading the values you gave…")) as hear:
            spec, problems = runs().retry(connection, run.id, corrections, hear)
    except FlowsheetError as error:
        frame.stopped(str(error))
        return
    for problem in problems:
        frame.stopped(problem)
    if not problems:
        follow.start_and_leave(connection, spec)
