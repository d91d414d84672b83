"""What was held back: three values for each cell, and a choice to take one's own all the same."""

import pandas as pd
import streamlit as st

from lib.model.new_item import is_new
from lib.model.row_status import RowStatus
from lib.model.run import Run
from lib.reports.run_report import RunReport
from lib.runs.service.next_steps import May, NextSteps
from lib.webflow.connection import Connection
from lib.words.say import count, say
from pages.runs import follow
from pages.shared import tables
from pages.shared.own_runs import runs


def draw(report: RunReport, may: NextSteps, connection: Connection | None) -> None:
    """Items that somebody changed since the preview: three values, and a choice for each cell or for all."""
    if may.overwrite is May.NOTHING_TO_DO:
        return
    st.header(say("Held back ({number:,})", number=report.counts[RowStatus.HELD_BACK]))
    _unknown(report)
    if report.held:
        _decide(report, connection)


def _unknown(report: RunReport) -> None:
    """New items of which nobody knows whether an item in Webflow is theirs: each with what to do about it."""
    names = {change.row: change.item_name for change in report.spec.plan.changes}
    unknown = [one for one in report.outcomes if one.status is RowStatus.HELD_BACK and is_new(one.item_id)]
    if unknown:
        items = [names[one.row] for one in unknown]
        reasons = [one.reason for one in unknown]
        table = pd.DataFrame({say("Row"): [one.row for one in unknown], say("Item"): items, say("Why"): reasons})
        tables.grid(table, alt=say("New items held back"), key="held_unknown")


def _decide(report: RunReport, connection: Connection | None) -> None:
    lines, update = report.held, say("Update")
    st.markdown(_why(is_made=any(line.row in report.new_rows for line in lines)))
    everything = st.checkbox(say("Tick all"), key=f"all_held_{report.run.id}", disabled=connection is None)
    table = pd.DataFrame(
        {
            update: everything,
            say("Item"): [line.item for line in lines],
            say("Field"): [line.name for line in lines],
            say("In your file"): [line.wanted for line in lines],
            say("Now"): [line.now for line in lines],
            say("At preview"): [line.before for line in lines],
            say("Row"): [line.row for line in lines],
        }
    )
    fixed = [str(column) for column in table if column != update or connection is None]
    chosen = tables.editor(table, fixed, alt=say("Values held back"), key=f"held_{report.run.id}_{everything}")
    cells: dict[int, set[str]] = {}
    for line, is_ticked in zip(lines, chosen[update], strict=True):
        if is_ticked:
            cells.setdefault(line.row, set()).add(line.slug)
    _overwrite(report.run, cells, connection)


def _why(*, is_made: bool) -> str:
    """What happened, and what to do; `is_made` where it is about new items, too."""
    if not is_made:
        return say(
            "Somebody changed these items in Webflow since your preview, so Flowsheet left them as they are. Tick the "
            "values that you want all the same; everything else keeps what it holds now."
        )
    return say(
        "Somebody changed or made these items in Webflow since your preview, so Flowsheet left them as they are. Tick "
        "the values that you want all the same; everything else keeps what it holds now. Where your file creates an "
        "item, somebody made one like it: what you tick goes there."
    )


def _overwrite(run: Run, cells: dict[int, set[str]], connection: Connection | None) -> None:
    if connection is None:
        st.markdown(say("Give the token above to decide about them."))
        return
    label = say("Update {items} all the same", items=count(len(cells), "item", "items"))
    if st.button(label, key="overwrite", disabled=not cells):
        follow.start_and_leave(connection, runs().overwrite(run.id, cells))
    if not cells:
        st.markdown(say("Tick at least one value to update its item."))
