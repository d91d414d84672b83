"""What undoing a run would change, item by item, and the button to do it."""

from collections import Counter

import streamlit as st

from lib.model.row_status import RowStatus
from lib.model.run import Run, RunKind
from lib.reports.deeds import Deed, deeds_of
from lib.runs.service.undo_preview import UndoPreview
from lib.webflow.connection import Connection
from lib.words.say import count, say, say_many
from pages.runs import follow
from pages.runs.words import labels_of
from pages.shared import balance, cost, steps, tables, visit


def draw(run: Run, preview: UndoPreview, connection: Connection) -> None:
    """The figures, the buttons, and every item."""
    counts = preview.counts
    archived = deeds_of(RunKind.UNDO, preview.spec.plan.changes)[Deed.ARCHIVED]
    whole = say_many(counts.total(), "{number:,} item that this run changed", "{number:,} items that this run changed")
    balance.draw(_figures(counts, archived), whole)
    _about_new(min(archived, run.created))
    if preview.imports_files_again:
        st.warning(
            say("Images and files are brought back by their address, so Webflow will import them again."),
            icon=":material/image:",
        )
    _buttons(run, preview, connection)
    if not preview.left_alone.empty:
        label = say_many(len(preview.left_alone), "{number:,} item will not change", "{number:,} items will not change")
        with st.expander(label, expanded=True):
            tables.grid(preview.left_alone.rename(columns=say), alt=say("Items left alone"), key="left_alone")
    if counts[RowStatus.WILL_UPDATE]:
        names = {"row": say("Row"), "item": say("Item"), "field": say("Field")}
        names |= {"now": say("Now"), "after": say("Back to")}
        changes = preview.changes[list(names)].rename(columns=names)
        tables.grid(changes, alt=say("Changes, one line per cell"), key="undo_changes")


def _figures(counts: Counter[RowStatus], archived: int) -> dict[str, int]:
    """Every item in one place."""
    names, will = labels_of(RunKind.UNDO), {say("Will be brought back"): counts[RowStatus.WILL_UPDATE] - archived}
    if archived:
        will[say("Will be archived")] = archived
    return will | {names[place]: counts[place] for place in (RowStatus.UNCHANGED, RowStatus.LEFT_OUT)}


def _about_new(number: int) -> None:
    """What becomes of so many items that there were not before."""
    if number:
        st.info(
            say_many(
                number,
                "{number:,} item that this run created is archived. Webflow keeps it; you can delete it there.",
                "{number:,} items that this run created are archived. Webflow keeps them; you can delete them there.",
            ),
            icon=":material/archive:",
        )


def _buttons(run: Run, preview: UndoPreview, connection: Connection) -> None:
    """What it costs, and the buttons: undo, read again, or go back."""
    follow.try_again(connection, run)
    update = preview.counts[RowStatus.WILL_UPDATE]
    if update:
        st.markdown(cost.told(preview.request_count, update, connection, read_back=preview.spec.read_back))
    with st.container(horizontal=True):
        if update and st.button(
            say("Undo {items}", items=count(update, "item", "items")), key="undo_now", type="primary"
        ):
            follow.start_and_leave(connection, preview.spec)
        if st.button(say("Read the items again"), key="look_again"):
            visit.current().undo = None
            st.rerun()
        if st.button(say("Back to the run"), key="back"):
            st.switch_page(steps.RESULTS.path, query_params={"run": run.id})
