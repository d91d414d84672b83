"""All my runs, the newest first: what they did, and where each one stands."""

import pandas as pd
import streamlit as st

from lib import workflow
from lib.journal import records, retention
from lib.model.run import Run, RunKind, RunState
from lib.runs import control
from pages.shared import frame, steps, tables, visit
from pages.shared.plain import count
from pages.shared.records import ask_for_token, journal, signed_in
from pages.shared.run_words import KINDS, STATES

MEGABYTE = 1_000_000

state = visit.current()
db = journal()
st.title("Your runs")
if state.connection is None:
    st.markdown("Runs are shown to whoever made them. Connect with the token you used, or open the address of a run.")
    if ask_for_token("Show my runs", "history"):
        st.rerun()
    st.stop()
person = workflow.person_of(db, state.connection, signed_in())
runs = control.runs_of(db, person)
undone = records.children_of(db, [run.id for run in runs], RunKind.UNDO)


def line(run: Run) -> dict[str, object]:
    """A run as a line of the table."""
    return {
        "Run": run.id,
        "Who": run.who,
        "When": f"{run.created_on:%Y-%m-%d %H:%M}",
        "What": KINDS[run.kind],
        "Site": run.site_name,
        "Collection": run.collection_name,
        "File": run.file_name,
        "Items": run.change_count,
        "Landed": run.updated,
        "State": STATES[run.state],
        "Undo": undo_state(run),
    }


def undo_state(run: Run) -> str:
    """Whether a run was taken back."""
    states = [state for _, state in undone.get(run.id, [])]
    if RunState.DONE in states:
        return "Undone"
    return "Begun" if states else ""


@frame.in_words()
def delete() -> None:
    """Delete the person's runs that have ended."""
    retention.forget(db, person)


if not runs:
    st.info("No runs yet. Import a file, and it appears here.")
else:
    table = pd.DataFrame([line(run) for run in runs])
    st.caption("Tick a run to open it.")
    unknown = ["Who"] if (table["Who"] == "").all() else []
    chosen = tables.choice(table.drop(columns=["Run", *unknown]), alt="Your runs", key="runs")
    if chosen is not None:
        st.switch_page(steps.RESULTS.path, query_params={"run": table["Run"].iloc[chosen]})
ended = sum(not run.is_live for run in runs)
st.caption(
    f"Runs are kept for {retention.days_kept()} days. All records of this app take "
    f"{retention.size_bytes(db) / MEGABYTE:.1f} MB on disk. Times are in UTC."
)
if ended:
    with st.popover(f"Delete {count(ended, 'run')}…", icon=":material/delete:"):
        st.markdown("Deleted runs cannot be opened or undone any more. The items in Webflow stay as they are.")
        st.button(f"Delete {count(ended, 'run')} for good", key="purge", on_click=delete)
