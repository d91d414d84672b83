"""Take a run back: what would change, what is left alone and why, then one button."""

import streamlit as st

from lib.model.run import Run, RunKind
from lib.runs.service.undo_preview import UndoPreview
from lib.webflow.connection import Connection
from lib.words.say import count, say
from pages.runs import follow, headline, tokens, undo_preview, words
from pages.shared import frame, steps, visit, waits
from pages.shared.own_runs import is_own, run_at, runs


def draw(run: Run) -> None:
    """What it is about, what would change, and the buttons."""
    about(run)
    tokens.draw_with(
        run,
        say("what would change"),
        f"undo_{run.id}",
        lambda connection: look(run, connection),
        lambda preview, connection: undo_preview.draw(run, preview, connection),
    )


def about(run: Run) -> None:
    """The run that is to be taken back."""
    st.title(say("Undo this undo?") if run.kind is RunKind.UNDO else say("Undo this run?"))
    st.markdown(words.about(run))
    if run.kind is RunKind.UNDO:
        st.markdown(say("This brings the changes of the file back."))


def look(run: Run, connection: Connection) -> UndoPreview | None:
    """What would undo the run, from the items as they are now; None when this token does not open them."""
    if state.undo is None or state.undo.spec.parent_id != run.id:
        try:
            own, what = runs(), say("Reading {items} as they are now", items=count(run.landed, "item", "items"))
            state.undo = waits.do(
                lambda work: own.preview_undo(connection, run.id, work.waits, work.tell),
                waits.back_to(steps.RESULTS.path, run=run.id),
                what,
            )
        except follow.REFUSALS as error:
            state.refuse(run.id, str(error))
            return None
    return state.undo


state = visit.current()
run_id = st.query_params.get("run")
if run_id is None:
    st.switch_page(steps.HISTORY.path)
run = run_at(run_id)
if run is None:
    frame.lost_run()
elif not is_own(run):
    headline.draw(run)
else:
    draw(run)
