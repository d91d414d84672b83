"""Batches, requests and items of a run as tables, and the cells that Webflow stored differently from what was sent."""

import pandas as pd
import streamlit as st

from lib.model.row_status import RowStatus
from lib.model.run import Attempt, BatchLine, BatchState, Run
from lib.model.run_state import RunState
from lib.reports.deeds import USUAL
from lib.reports.run_report import RunReport
from lib.words.say import later, say
from pages.runs.words import BATCHES, labels_of
from pages.shared import tables
from pages.shared.own_runs import runs
from pages.shared.times import clock

TO_BE_LOOKED_UP = later("? To be looked up")
NOT_SENT = later("· Not sent")
COUNTED = (RowStatus.UPDATED, RowStatus.CREATED, RowStatus.UNCHANGED, RowStatus.FAILED, RowStatus.HELD_BACK)
PAUSED = later("‖ Paused")


def batches(run: Run, *, key: str) -> None:
    """One line for each batch: where it is and what became of its items."""
    lines = run.batches
    labels = labels_of(run.kind)
    figures = {labels[status]: [batch.counts[status] for batch in lines] for status in COUNTED}
    always = labels[RowStatus.CREATED if run.created and not run.updated else RowStatus.UPDATED]
    table = pd.DataFrame(
        {
            say("Batch"): [batch.number for batch in lines],
            say("State"): [say(_state(batch, run)) for batch in lines],
            say("Items"): [batch.items for batch in lines],
        }
        | {name: _known(numbers, lines) for name, numbers in figures.items() if name == always or any(numbers)}
    )
    if any(batch.reason for batch in lines):
        table[say("Reason")] = [batch.reason for batch in lines]
    tables.grid(table, alt=say("Batches of this run"), key=key)


def _state(batch: BatchLine, run: Run) -> str:
    """A batch that was being sent when the run was left is looked up first."""
    if batch.state is BatchState.SENDING and (run.is_idle or not run.is_live):
        return TO_BE_LOOKED_UP
    if batch.state is BatchState.SENDING and run.state is RunState.PAUSED:
        return PAUSED
    return NOT_SENT if batch.state is BatchState.QUEUED and not run.is_live else BATCHES[batch.state]


def _known(numbers: list[int], lines: tuple[BatchLine, ...]) -> pd.Series:
    """Blank for batches of which nothing is known yet."""
    is_open = [batch.state in (BatchState.QUEUED, BatchState.SENDING) and not batch.done for batch in lines]
    known = [None if unknown else number for number, unknown in zip(numbers, is_open, strict=True)]
    return pd.Series(known, dtype="Int64")


def proof(report: RunReport) -> None:
    """One line for each batch, and all its requests inside."""
    st.header(say("Batches"))
    batches(report.run, key="batches")
    _for_developers(report.run, report.attempts)


def _for_developers(run: Run, attempts: tuple[Attempt, ...]) -> None:
    """Answers, times and every request, with Webflow's own words."""
    with st.expander(say("For developers"), icon=":material/code:"):
        table = pd.DataFrame(
            {
                say("Batch"): [batch.number for batch in run.batches],
                say("Answers"): [", ".join(batch.statuses) for batch in run.batches],
                say("Requests"): [batch.requests for batch in run.batches],
                say("Seconds"): [round(batch.seconds, 1) for batch in run.batches],
                say("Waited"): [round(batch.waited_seconds, 1) for batch in run.batches],
            }
        )
        tables.grid(table, alt=say("Requests of each batch"), key="batch_requests")
        _requests(attempts)


def differences(report: RunReport) -> None:
    """Cells that hold something else than what was sent."""
    if not report.differences:
        return
    st.header(say("Stored differently ({number:,})", number=len(report.differences)))
    st.markdown(
        say("Webflow tidies rich text and may leave out images it cannot fetch; somebody may also have edited since.")
    )
    sent = say("In your file") if report.spec.sheet else say("Sent")
    names = {"row": say("Row"), "item": say("Item"), "field": say("Field"), "sent": sent, "stored": say("Stored")}
    tables.grid(report.stored.rename(columns=names), alt=say("Cells that were stored differently"), key="differences")


def items(run: Run, number: int, *, key: str) -> None:
    """The items of one batch, each with where it is."""
    changes, outcomes = runs().batch(run, number)
    state = next(batch.state for batch in run.batches if batch.number == number)
    is_sending = state is BatchState.SENDING and run.state is not RunState.PAUSED
    waiting = say("→ sending") if is_sending else say("· queued")
    known = [outcomes.get(change.row) for change in changes]
    words = {status: say(status.value) for status in RowStatus} | {RowStatus.UPDATED: say(USUAL[run.kind].value)}
    table = pd.DataFrame(
        {
            say("Row"): [change.row for change in changes],
            say("Item"): [change.item_name for change in changes],
            say("State"): [words[one.status] if one else waiting for one in known],
            say("Why"): [outcome.reason if outcome else "" for outcome in known],
        }
    )
    tables.grid(table, alt=say("Items of batch {number}", number=number), key=key)


def _requests(attempts: tuple[Attempt, ...]) -> None:
    unanswered = say("no answer")
    table = pd.DataFrame(
        {
            say("Batch"): [one.batch for one in attempts],
            say("At"): [clock(one.started_on) for one in attempts],
            say("Items"): [one.item_count for one in attempts],
            say("Answer"): [str(one.status or unanswered) for one in attempts],
            say("Seconds"): [round(one.seconds, 2) for one in attempts],
            say("Waited"): [round(one.waited_seconds, 1) for one in attempts],
            say("Code"): [one.code for one in attempts],
            say("Message"): [one.message for one in attempts],
            say("Details"): ["; ".join(f"{d.param}: {d.description}" for d in one.details) for one in attempts],
        }
    )
    tables.grid(table, alt=say("Requests of this run"), key="requests")
