"""What undoing a run would change, item by item, and the button to do it."""

import streamlit as st

from lib.fields import ReadContext
from lib.model.plan import RowDecision
from lib.model.run import Run, RunKind
from lib.model.run_spec import RunSpec
from lib.runs.follow_up import imports_files_again
from lib.stages.batch import batched
from lib.stages.diff import change_table
from lib.webflow.connection import Connection
from pages.runs import follow
from pages.runs.words import PARTS_OF
from pages.shared import balance, cost, steps, tables, visit
from pages.shared.own_runs import runs
from pages.shared.plain import count

WORDS = PARTS_OF[RunKind.UNDO]


def draw(run: Run, spec: RunSpec, connection: Connection) -> None:
    """The figures, the buttons, and every item."""
    _figures(spec)
    _buttons(run, spec, connection)
    _left_alone(spec)
    if spec.plan.balance.update:
        _changes(spec)


def _figures(spec: RunSpec) -> None:
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


def _buttons(run: Run, spec: RunSpec, connection: Connection) -> None:
    """What it costs, and the buttons: undo, read again, or go back."""
    follow.try_again(connection, run)
    update = spec.plan.balance.update
    if update:
        st.markdown(cost.told(len(batched(spec.plan.changes)), connection, read_back=spec.read_back))
    with st.container(horizontal=True):
        if update and st.button(f"Undo {count(update, 'item')}", key="undo_now", type="primary"):
            follow.start_and_leave(connection, spec)
        if st.button("Read the items again", key="look_again"):
            visit.current().undo = None
            st.rerun()
        if st.button("Back to the run", key="back"):
            st.switch_page(steps.RESULTS.path, query_params={"run": run.id})


def _left_alone(spec: RunSpec) -> None:
    """The items that would not change, each with the reason."""
    left = spec.plan.decisions != RowDecision.UPDATE
    if not left.any():
        return
    with st.expander(f"{count(int(left.sum()), 'item')} will not change", expanded=True):
        names = runs().item_names(spec.parent_id or "")
        rows = spec.plan.decisions.index[left]
        table = spec.plan.reasons[left].to_frame("Why").assign(Item=[names[row] for row in rows])
        tables.grid(table.reset_index(names="Row")[["Row", "Item", "Why"]], alt="Items left alone", key="left_alone")


def _changes(spec: RunSpec) -> None:
    """Now and after, one line for each cell."""
    found = change_table(spec.plan, spec.collection, ReadContext(time_zone=spec.site.time_zone))
    names = {"row": "Row", "item": "Item", "field": "Field", "now": "Now", "after": "Back to"}
    tables.grid(found.rename(columns=names), alt="Changes, one line per cell", key="undo_changes")
