"""After publishing: what visitors see now, read on wish and held against what was meant."""

import pandas as pd
import streamlit as st

from lib.errors import FlowsheetError
from lib.model.run import RunKind
from lib.reports.run_report import RunReport
from lib.reports.stored import stored_table
from lib.runs.service import publishing
from lib.runs.service.seen_by_visitors import SeenByVisitors
from lib.webflow.connection import Connection
from lib.words.say import later, say, say_many
from pages.runs import follow
from pages.shared import frame, steps, tables, visit, waits
from pages.shared.own_runs import runs
from pages.shared.times import clock

PERHAPS_LATER = later(
    "This is what Webflow gives out; browsers and caches may show older pages for a few minutes more."
)


def draw(report: RunReport, connection: Connection | None) -> None:
    """The button, and what came of it; nothing for runs that changed nothing for visitors."""
    run, state = report.run, visit.current()
    went_live = run.kind is RunKind.PUBLISH or report.spec.choices.live
    if connection is None or not (went_live and run.updated):
        return
    seen = state.seen if state.seen and state.seen.run_id == run.id else None
    if st.button(say("Look at what visitors see now"), key="look_live", icon=":material/visibility:"):
        seen = state.seen = _look(report, connection)
    if seen:
        _told(seen)


def _look(report: RunReport, connection: Connection) -> SeenByVisitors | None:
    """Read the live items; None when they cannot be had, which is told."""
    run, own = report.run, runs()
    try:
        return waits.do(
            lambda work: publishing.look_at_live(own, connection, run.id, work.waits, work.tell),
            waits.back_to(steps.RESULTS.path, run=run.id),
            say("Reading the published items, up to 100 with each request"),
        )
    except follow.REFUSALS as error:
        visit.current().refuse(run.id, str(error))
        st.rerun()
    except FlowsheetError as error:
        frame.stopped(str(error))
    return None


def _told(seen: SeenByVisitors) -> None:
    """How many are as they were meant, and the others."""
    total = len(seen.changes)
    told = say_many(
        total,
        "{part:,} of {number:,} published item shows what was meant, at {time}.",
        "{part:,} of {number:,} published items show what was meant, at {time}.",
        part=seen.as_meant,
        time=clock(seen.looked_on),
    )
    told = f"{told} {say(PERHAPS_LATER)}"
    if seen.as_meant == total:
        st.success(told, icon=":material/check_circle:")
        return
    st.warning(told, icon=":material/warning:")
    if seen.missing:
        _missing(seen)
    if seen.differences:
        st.markdown(say("Webflow tidies rich text and images; somebody may also have published something else since."))
        names = {"row": say("Row"), "item": say("Item"), "field": say("Field")}
        names |= {"sent": say("Meant"), "stored": say("Visitors see")}
        cells = stored_table(seen.spec, seen.differences).rename(columns=names)
        tables.grid(cells, alt=say("Cells that visitors see otherwise"), key="seen_otherwise")


def _missing(seen: SeenByVisitors) -> None:
    """Items that visitors do not see at all."""
    st.markdown(
        say_many(
            len(seen.missing),
            "{number:,} item is not among the published ones: somebody may have unpublished or deleted it since.",
            "{number:,} items are not among the published ones: somebody may have unpublished or deleted them since.",
        )
    )
    table = pd.DataFrame([(one.row, one.item_name) for one in seen.missing], columns=[say("Row"), say("Item")])
    tables.grid(table, alt=say("Items that visitors do not see"), key="not_seen")
