"""Runs as a list of links, a page of them at a time, and as one table."""

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd
import streamlit as st

from lib.model.row_status import RowStatus
from lib.model.run import Run
from lib.model.run_state import RunState
from lib.words.say import later, say
from pages.runs.words import STATES, any_of, done, out_of
from pages.shared import steps, tables
from pages.shared.own_runs import runs as door
from pages.shared.plain import plain
from pages.shared.run_kinds import KINDS
from pages.shared.times import short_moment, zone_name

LINKS_PER_PAGE = 20


def draw(runs: Sequence[Run]) -> None:
    """A link to each of the runs, and all of them as a table."""
    st.caption(say("Times are in {zone}.", zone=zone_name()))
    table = _table(runs)
    lines = table.to_dict("index")
    pages = -(-len(runs) // LINKS_PER_PAGE)
    page = st.pagination(pages, key="page_of_runs") if pages > 1 else 1
    for run in runs[(page - 1) * LINKS_PER_PAGE : page * LINKS_PER_PAGE]:
        _link(run, lines[run.id])
    with st.expander(say("All runs as a table, with their figures"), icon=":material/table_rows:"):
        tables.runs(table, key="runs")


def _table(runs: Sequence[Run]) -> pd.DataFrame:
    """The columns that say most in front, their names not said yet; its index is the run's id."""
    undos = door().undos_of(runs)
    files = {run.id: run.file_name for run in runs}
    table = pd.DataFrame(
        {
            later("State"): [_state(run, undos.get(run.id, [])) for run in runs],
            later("When"): [short_moment(run.created_on) for run in runs],
            later("What"): [say(KINDS[run.kind]) for run in runs],
            later("File"): [run.file_name or _origin(run, files) for run in runs],
            later("Collection"): [run.collection_name for run in runs],
            later("Items"): [run.change_count for run in runs],
            later("Updated"): [run.updated for run in runs],
            later("Created"): [run.created for run in runs],
            later("Failed"): [run.counts[RowStatus.FAILED] for run in runs],
            later("Held back"): [run.counts[RowStatus.HELD_BACK] for run in runs],
            later("Site"): [run.site_name for run in runs],
            later("Who"): [run.who for run in runs],
        },
        index=[run.id for run in runs],
    )
    return table.drop(columns=[name for name in ("Created", "Who") if not any(table[name])])


def _state(run: Run, undos: Sequence[RunState]) -> str:
    """Where it stands, with what somebody may have to look at."""
    told = [say(STATES[run.state])]
    failures = run.counts[RowStatus.FAILED]
    if failures and not run.is_live:
        told.append(say("{number:,} failed", number=failures))
    if undos:
        told.append(say("undo done") if RunState.DONE in undos else say("undo begun"))
    return ", ".join(told)


def _origin(run: Run, files: Mapping[str, str]) -> str:
    """`Undo of prices.csv`, for a run that no file was brought for."""
    file = files.get(run.parent_id or "", "")
    kind = say(KINDS[run.kind])
    return say("{kind} of {file}", kind=kind, file=file) if file else say("{kind} of an earlier run", kind=kind)


def _link(run: Run, line: Mapping[Hashable, str]) -> None:
    """One run: where it leads, and where it stands."""
    name = say("{kind} of {file}", kind=line["What"], file=line["File"]) if run.file_name else line["File"]
    with st.container(horizontal=True, vertical_alignment="center", key=f"run_{run.id}"):
        st.page_link(
            steps.RESULTS.path,
            label=plain(name),
            icon=":material/arrow_forward:",
            query_params={"run": run.id},
            width="content",
        )
        items = say("{items} {done}", items=out_of(run.landed, run.change_count), done=any_of(done(run)))
        where = say("{collection} on {site}", collection=plain(line["Collection"]), site=plain(line["Site"]))
        told = (line["When"], where, line["State"], items)
        st.caption(" · ".join(told), width="content")
