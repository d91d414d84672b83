"""Take a run back: what would change, what is left alone and why, then one button."""

import streamlit as st

from lib import workflow
from lib.fields import ReadContext
from lib.journal.database import Database
from lib.model.plan import RowDecision
from lib.model.run import Run, RunKind
from lib.model.run_spec import RunSpec
from lib.runs.follow_up import imports_files_again
from lib.stages.batch import batched
from lib.stages.diff import change_table
from lib.webflow.connection import Connection
from pages.shared import balance, busy, cost, frame, run_headline, run_next, steps, tables, tokens, visit, waits
from pages.shared.plain import count, plain
from pages.shared.records import is_own, journal, run_at
from pages.shared.run_words import DONE_WORDS, KINDS, PARTS_OF
from pages.shared.times import moment, zone_name

WORDS = PARTS_OF[RunKind.UNDO]


def read(db: Database, run: Run) -> tuple[Connection, RunSpec] | None:
    """The way in and the order that would undo the run; None while a token is missing, after asking for it."""
    connection = tokens.connection_for(db, run)
    if connection is None and run.is_demo:
        st.info(tokens.DEMO_IS_GONE)
        return None
    if connection is not None and (state.undo is None or state.undo.parent_id != run.id):
        connection = preview(db, connection, run)
    if connection is None:
        st.markdown(f"To see what would change, give the token for {plain(run.site_name)} once more.")
        if tokens.ask("Show what would change", f"undo_{run.id}", run):
            st.rerun()
        return None
    return connection, state.undo


def preview(db: Database, connection: Connection, run: Run) -> Connection | None:
    """Read the items as they are now; None when this token does not open them."""
    try:
        with waits.saying(f"Reading {count(run.updated, 'item')} as they are now…") as hear:
            state.undo = workflow.preview_undo(db, connection, run.id, hear)
    except tokens.REFUSALS as error:
        state.refuse(run.id, str(error))
        return None
    return connection


def figures(spec: RunSpec) -> None:
    """Every item of the run in exactly one place."""
    found = spec.plan.balance
    parts = {
        "Will be brought back": found.update,
        WORDS["unchanged"]: found.unchanged,
        WORDS["left_out"]: found.left_out,
    }
    balance.draw(parts, found.rows, "items that this run changed")
    if imports_files_again(spec):
        st.warning(
            "Images and files are brought back by their address, so Webflow will import them again.",
            icon=":material/image:",
        )


def changes(spec: RunSpec) -> None:
    """Now and after, one line for each cell."""
    found = change_table(spec.plan, spec.collection, ReadContext(time_zone=spec.site.time_zone))
    names = {"row": "Row", "item": "Item", "field": "Field", "now": "Now", "after": "Back to"}
    tables.grid(found.rename(columns=names), alt="Changes, one line per cell", key="undo_changes")


def left_alone(db: Database, spec: RunSpec) -> None:
    """The items that would not change, each with the reason."""
    left = spec.plan.decisions != RowDecision.UPDATE
    if not left.any():
        return
    with st.expander(f"{count(int(left.sum()), 'item')} will not change", expanded=True):
        names = {change.row: change.item_name for change in workflow.changes_of(db, spec.parent_id or "")}
        rows = spec.plan.decisions.index[left]
        table = spec.plan.reasons[left].to_frame("Why").assign(Item=[names[row] for row in rows])
        tables.grid(table.reset_index(names="Row")[["Row", "Item", "Why"]], alt="Items left alone", key="left_alone")


def buttons(db: Database, connection: Connection, spec: RunSpec, run: Run) -> None:
    """What it costs, and the buttons: undo, read again, or go back."""
    busy.draw(run.id)
    update = spec.plan.balance.update
    if update:
        st.markdown(cost.told(len(batched(spec.plan.changes)), connection, read_back=spec.read_back))
    with st.container(horizontal=True):
        if update and st.button(f"Undo {count(update, 'item')}", key="undo_now", type="primary"):
            run_next.start_and_leave(db, connection, spec)
        if st.button("Read the items again", key="look_again"):
            state.undo = None
            st.rerun()
        if st.button("Back to the run", key="back"):
            st.switch_page(steps.RESULTS.path, query_params={"run": run.id})


def draw(db: Database, run: Run) -> None:
    """What it is about, what would change, and the buttons."""
    st.title("Undo this undo?" if run.kind is RunKind.UNDO else "Undo this run?")
    what = f"{KINDS[run.kind]} of {plain(run.file_name or run.collection_name)}, {plain(moment(run.created_on))}"
    st.markdown(
        f"{what} ({plain(zone_name())}): {count(run.updated, 'item')} {DONE_WORDS[run.kind]} in "
        f"**{plain(run.collection_name)}** on **{plain(run.site_name)}**."
    )
    if run.kind is RunKind.UNDO:
        st.markdown("This brings the changes of the file back.")
    found = read(db, run)
    if found is None:
        return
    connection, spec = found
    figures(spec)
    buttons(db, connection, spec, run)
    left_alone(db, spec)
    if spec.plan.balance.update:
        changes(spec)


state = visit.current()
run_id = st.query_params.get("run")
if run_id is None:
    st.switch_page(steps.HISTORY.path)
db = journal()
run = run_at(db, run_id)
if run is None:
    frame.lost_run()
elif not is_own(db, run):
    run_headline.draw(db, run)
else:
    draw(db, run)
