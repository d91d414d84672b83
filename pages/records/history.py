"""All my runs, the newest first: what they did, and where each one stands."""

import pandas as pd
import streamlit as st

from lib.journal import records, retention
from lib.model.run import Run, RunKind, RunState
from lib.runs import control
from lib.runs.access import person_of
from lib.settings import settings
from pages.shared import frame, steps, tables, tokens, visit
from pages.shared.plain import count, plain
from pages.shared.records import journal, signed_in
from pages.shared.run_words import DONE_WORDS, KINDS, STATES, failures
from pages.shared.times import short_moment, zone_name

MEGABYTE = 1_000_000
LINKS_PER_PAGE = 20


def list_of(runs: list[Run]) -> pd.DataFrame:
    """The runs as a table, the columns that say most in front; its index is the run's id."""
    undone = records.children_of(db, [run.id for run in runs], RunKind.UNDO)
    files = {run.id: run.file_name for run in runs}
    table = pd.DataFrame(
        {
            "State": [state_of(run, [state for _, state in undone.get(run.id, [])]) for run in runs],
            "When": [short_moment(run.created_on) for run in runs],
            "What": [KINDS[run.kind] for run in runs],
            "File": [run.file_name or origin(run, files) for run in runs],
            "Collection": [run.collection_name for run in runs],
            "Items": [run.change_count for run in runs],
            "Updated": [run.updated for run in runs],
            "Failed": [failures(run) for run in runs],
            "Held back": [sum(batch.held for batch in run.batches) for run in runs],
            "Site": [run.site_name for run in runs],
            "Who": [run.who for run in runs],
        },
        index=[run.id for run in runs],
    )
    return table if any(table["Who"]) else table.drop(columns="Who")


def state_of(run: Run, undone: list[RunState]) -> str:
    """Where it stands, with what somebody may have to look at."""
    failed = f", {failures(run):,} failed" if not run.is_live and failures(run) else ""
    taken_back = ", undo done" if RunState.DONE in undone else ", undo begun" if undone else ""
    return f"{STATES[run.state]}{failed}{taken_back}"


def origin(run: Run, files: dict[str, str]) -> str:
    """`Undo of prices.csv`, for a run that no file was brought for."""
    file = files.get(run.parent_id or "", "")
    return f"{KINDS[run.kind]} of {file}" if file else f"{KINDS[run.kind]} of an earlier run"


def show(runs: list[Run]) -> None:
    """A link to each of the runs, a page of them at a time, and all of them as a table."""
    st.caption(f"Times are in {zone_name()}.")
    table = list_of(runs)
    pages = -(-len(runs) // LINKS_PER_PAGE)
    page = st.pagination(pages, key="page_of_runs") if pages > 1 else 1
    for run in runs[(page - 1) * LINKS_PER_PAGE : page * LINKS_PER_PAGE]:
        link(run, table.loc[run.id])
    with st.expander("All runs as a table, with their figures", icon=":material/table_rows:"):
        tables.runs(table, key="runs")


def link(run: Run, line: pd.Series) -> None:
    """One run: where it leads, and where it stands."""
    name = f"{line['What']} of {line['File']}" if run.file_name else line["File"]
    with st.container(horizontal=True, vertical_alignment="center", key=f"run_{run.id}"):
        st.page_link(
            steps.RESULTS.path,
            label=plain(name),
            icon=":material/arrow_forward:",
            query_params={"run": run.id},
            width="content",
        )
        done = f"{run.updated:,} of {count(run.change_count, 'item')} {DONE_WORDS[run.kind]}"
        told = (line["When"], f"{plain(line['Collection'])} on {plain(line['Site'])}", line["State"], done)
        st.caption(" · ".join(told), width="content")


@frame.in_words()
def delete() -> None:
    """Delete the person's runs that have ended."""
    retention.forget(db, person)


def offer_to_delete(runs: list[Run]) -> None:
    """Delete all that have ended, after asking."""
    ended = count(sum(not run.is_live for run in runs), "run")
    with st.popover(f"Delete {ended}…", icon=":material/delete:"):
        st.markdown("Deleted runs cannot be opened or undone any more. The items in Webflow stay as they are.")
        st.button(f":red[Delete {ended} for good]", key="purge", on_click=delete)


state = visit.current()
db = journal()
st.title("Your runs")
if state.connection is None:
    st.markdown("Runs are shown to whoever made them. Connect with the token you used, or open the address of a run.")
    if tokens.ask("Show my runs", "history"):
        st.rerun()
    if st.button("Start an import", key="to_start"):
        st.switch_page(steps.CONNECT.path)
    st.stop()
if state.connection.is_demo:
    st.markdown("These are the runs of this visit's demo site. Runs on a site of your own appear with its token.")
person = person_of(db, state.connection, signed_in())
runs = control.runs_of(db, person)
if runs:
    show(runs)
else:
    st.info("No runs yet. Import a file, and it appears here.")
    on = steps.furthest() or steps.CONNECT
    if st.button("Go on with the import" if state.collection else "Start an import", key="to_start", type="primary"):
        st.switch_page(on.path)
if any(not run.is_live for run in runs):
    offer_to_delete(runs)
size = f"{retention.size_bytes(db) / MEGABYTE:.1f} MB on disk"
st.caption(f"Runs are kept for {settings().journal_days} days. All records of this app take {size}.")
