"""What undoing a run would change, item by item, and the button to do it."""

from collections import Counter

import streamlit as st

from lib.model.row_status import RowStatus
from lib.model.run import Run, RunKind
from lib.reports.deeds import Deed, deeds_of
from lib.runs.service.undo_preview import UndoPreview
from lib.webflow.connection import Connection
from lib.words.say import count
from pages.runs import follow
from pages.runs.words import PARTS_OF
from pages.shared import balance, cost, steps, tables, visit

WILL_BE_BACK, WILL_BE_ARCHIVED = "Will be brought back", "Will be archived"
COLUMNS = {"row": "Row", "item": "Item", "field": "Field", "now": "Now", "after": "Back to"}


def draw(run: Run, preview: UndoPreview, connection: Connection) -> None:
    """The figures, the buttons, and every item."""
    counts = preview.counts
    archived = deeds_of(RunKind.UNDO, preview.spec.plan.changes)[Deed.ARCHIVED]
    balance.draw(_figures(counts, archived), counts.total(), "item", " that this run changed")
    _about_new(min(archived, run.created))
    if preview.imports_files_again:
        st.warning(
            "Images and files are brought back by their address, so Webflow will import them again.",
            icon=":material/image:",
        )
    _buttons(run, preview, connection)
    if not preview.left_alone.empty:
        with st.expander(f"{count(len(preview.left_alone), 'item', 'items')} will not change", expanded=True):
            tables.grid(preview.left_alone, alt="Items left alone", key="left_alone")
    if counts[RowStatus.WILL_UPDATE]:
        changes = preview.changes[list(COLUMNS)].rename(columns=COLUMNS)
        tables.grid(changes, alt="Changes, one line per cell", key="undo_changes")


def _figures(counts: Counter[RowStatus], archived: int) -> dict[str, int]:
    """Every item in one place."""
    back, names = counts[RowStatus.WILL_UPDATE] - archived, PARTS_OF[RunKind.UNDO]
    will = {WILL_BE_BACK: back, WILL_BE_ARCHIVED: archived} if archived else {WILL_BE_BACK: back}
    return will | {names[place]: counts[place] for place in (RowStatus.UNCHANGED, RowStatus.LEFT_OUT)}


def _about_new(number: int) -> None:
    """What becomes of so many items that there were not before."""
    if number:
        them = "it" if number == 1 else "them"
        st.info(
            f"{count(number, 'item', 'items')} that this run created {'is' if number == 1 else 'are'} archived. Webflow keeps "
            f"{them}; you can delete {them} there.",
            icon=":material/archive:",
        )


def _buttons(run: Run, preview: UndoPreview, connection: Connection) -> None:
    """What it costs, and the buttons: undo, read again, or go back."""
    follow.try_again(connection, run)
    update = preview.counts[RowStatus.WILL_UPDATE]
    if update:
        st.markdown(cost.told(preview.request_count, update, connection, read_back=preview.spec.read_back))
    with st.container(horizontal=True):
        if update and st.button(f"Undo {count(update, 'item', 'items')}", key="undo_now", type="primary"):
            follow.start_and_leave(connection, preview.spec)
        if st.button("Read the items again", key="look_again"):
            visit.current().undo = None
            st.rerun()
        if st.button("Back to the run", key="back"):
            st.switch_page(steps.RESULTS.path, query_params={"run": run.id})
