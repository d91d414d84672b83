"""What a person can do after a run: publish it, decide about what was held back, try again, undo."""

import pandas as pd
import streamlit as st

from lib import workflow
from lib.errors import CollectionBusy, FlowsheetError
from lib.fields import Surroundings
from lib.journal.database import Database
from lib.model.order import Order
from lib.model.run import OutcomeStatus, RunKind
from lib.reports.held import held_lines, shown
from lib.reports.run_report import RunReport
from lib.runs.corrections import Correction, read_corrections
from lib.runs.follow_up import TO_TRY_AGAIN, landed
from lib.webflow.connection import Connection
from pages.shared import frame, run_live, steps, visit
from pages.shared.plain import count
from pages.shared.records import ask_for_token, connection_for, signed_in

TRY_AGAIN = "Send"


def draw(db: Database, report: RunReport) -> None:
    """All that applies; for people who come back, first the form for their token."""
    run = report.run
    updated = landed(report.order, report.outcomes)
    to_do = updated or any(outcome.status is not OutcomeStatus.ALREADY for outcome in report.outcomes)
    if run.can_resume:
        st.subheader("Go on")
        run_live.resume(db, run)
    if not to_do:
        return
    connection = connection_for(run.id, run.is_demo)
    if connection is None and not run.is_demo:
        with st.expander("Undo, publish or try again", icon=":material/key:"):
            if ask_for_token("Connect", f"again_{run.id}"):
                st.rerun()
        return
    if connection is None:
        st.info("The demo site of this run is gone: it lived in the app's memory.")
        return
    held_back(db, connection, report)
    try_again(db, connection, report)
    with st.container(horizontal=True):
        may_publish = updated and not report.order.choices.live and run.kind is not RunKind.PUBLISH
        label = f"Publish these {count(len(updated), 'item')}"
        if may_publish and st.button(label, key="publish", icon=":material/publish:"):
            start(db, connection, workflow.publish(db, run.id))
        may_undo = updated and run.kind is not RunKind.PUBLISH
        if may_undo and st.button("Undo this run…", key="undo", icon=":material/undo:"):
            visit.current().keep(undo=None)
            st.switch_page(steps.UNDO.path, query_params={"run": run.id})


def start(db: Database, connection: Connection, order: Order) -> None:
    """Start a run that follows another one, and show it."""
    try:
        run_id = workflow.start_follow_up(db, connection, order, signed_in())
    except CollectionBusy as busy:
        frame.busy(busy)
        return
    visit.current().keep(undo=None)
    st.switch_page(steps.RESULTS.path, query_params={"run": run_id})


def held_back(db: Database, connection: Connection, report: RunReport) -> None:
    """Items that somebody changed since the preview: three values, and a choice for each cell or for all."""
    held = {outcome.row: outcome for outcome in report.outcomes if outcome.status is OutcomeStatus.HELD}
    if not held:
        return
    st.subheader("Changed in Webflow since your preview")
    st.caption(
        "These items hold something else than at your preview, so Flowsheet left them as they are. Tick the values "
        "that you want all the same; everything else keeps what it holds now."
    )
    lines = held_lines(report.order, held)
    everything = st.checkbox("Tick all", key=f"all_held_{report.run.id}")
    table = pd.DataFrame(
        {
            "Update": everything,
            "Row": [line.row for line in lines],
            "Item": [line.item for line in lines],
            "Field": [line.name for line in lines],
            "In your file": [line.wanted for line in lines],
            "At preview": [line.before for line in lines],
            "Now": [line.now for line in lines],
        }
    )
    editor = f"held_{report.run.id}_{everything}"
    chosen = st.data_editor(table, hide_index=True, disabled=[c for c in table if c != "Update"], key=editor)
    cells: dict[int, set[str]] = {}
    for line, is_ticked in zip(lines, chosen["Update"], strict=True):
        if is_ticked:
            cells.setdefault(line.row, set()).add(line.slug)
    if st.button(f"Update {count(len(cells), 'item')} all the same", key="overwrite", disabled=not cells):
        start(db, connection, workflow.overwrite(db, report.run.id, cells))
    if not cells:
        st.caption("Tick at least one value to update its item.")


def try_again(db: Database, connection: Connection, report: RunReport) -> None:
    """What failed, once more; values can be mended in place where a field is to blame."""
    again = [outcome for outcome in report.outcomes if outcome.status in TO_TRY_AGAIN]
    if not again or report.run.can_resume:
        return
    changes = {change.row: change for change in report.order.plan.changes}
    fields = {field.slug: field for field in report.order.collection.fields}
    blamed = [one for one in again if one.field in changes[one.row].after]
    st.subheader("Try again")
    corrections: list[Correction] = []
    if blamed:
        st.caption("Mend values here, or fix them in the file and upload it again.")
        table = pd.DataFrame(
            {
                "Row": [one.row for one in blamed],
                "Item": [changes[one.row].item_name for one in blamed],
                "Field": [fields[one.field].display_name for one in blamed],
                TRY_AGAIN: [shown(fields[one.field], changes[one.row].after[one.field]) for one in blamed],
            }
        )
        fixed = ["Row", "Item", "Field"]
        edited = st.data_editor(table, hide_index=True, disabled=fixed, key=f"mend_{report.run.id}")
        corrections = [
            Correction(row=one.row, field=one.field, text=str(text or ""))
            for one, text, old in zip(blamed, edited[TRY_AGAIN], table[TRY_AGAIN], strict=True)
            if text != old
        ]
    if st.button(f"Try {count(len(again), 'item')} again", key="retry", icon=":material/refresh:"):
        _retry(db, connection, report, corrections)


def _retry(db: Database, connection: Connection, report: RunReport, corrections: list[Correction]) -> None:
    order = report.order
    wanted = {one.field for one in corrections}
    try:
        with st.spinner("Reading the values you gave…"):
            targets = workflow.load_targets(connection, [f for f in order.collection.fields if f.slug in wanted], {})
    except FlowsheetError as error:
        frame.stopped(str(error))
        return
    around = Surroundings(targets=targets, time_zone=order.site.time_zone)
    values, problems = read_corrections(corrections, {f.slug: f for f in order.collection.fields}, around)
    if problems:
        for problem in problems:
            frame.stopped(problem)
        return
    start(db, connection, workflow.retry(db, report.run.id, values))
