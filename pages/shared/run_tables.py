"""Batches, requests and items of a run as tables."""

import pandas as pd

from lib.journal import records
from lib.journal.database import Database
from lib.model.run import Attempt, BatchState, Run
from pages.shared import tables
from pages.shared.run_words import BATCHES


def batches(run: Run, *, key: str) -> None:
    """One line for each batch."""
    table = pd.DataFrame(
        {
            "Batch": [batch.number for batch in run.batches],
            "State": [BATCHES[batch.state] for batch in run.batches],
            "Items": [batch.items for batch in run.batches],
            "Updated": [batch.updated for batch in run.batches],
            "Failed": [batch.failed for batch in run.batches],
            "Held back": [batch.held for batch in run.batches],
            "Answers": [", ".join(batch.statuses) for batch in run.batches],
            "Requests": [batch.requests for batch in run.batches],
            "Seconds": [round(batch.seconds, 1) for batch in run.batches],
            "Waited": [round(batch.waited_seconds, 1) for batch in run.batches],
            "Reason": [batch.reason for batch in run.batches],
        }
    )
    tables.grid(table, alt="Batches of this run", key=key)


def items(db: Database, run: Run, number: int, *, key: str) -> None:
    """The items of one batch, each with where it is."""
    changes, outcomes = records.batch_of(db, run.id, number)
    state = next(batch.state for batch in run.batches if batch.number == number)
    waiting = "→ sending" if state is BatchState.SENDING else "· queued"
    known = [outcomes.get(change.row) for change in changes]
    table = pd.DataFrame(
        {
            "Row": [change.row for change in changes],
            "Item": [change.item_name for change in changes],
            "State": [outcome.status.value if outcome else waiting for outcome in known],
            "Why": [outcome.reason if outcome else "" for outcome in known],
        }
    )
    tables.grid(table, alt=f"Items of batch {number}", key=key)


def requests(attempts: tuple[Attempt, ...]) -> None:
    """Every request, with Webflow's own words."""
    table = pd.DataFrame(
        {
            "Batch": [one.batch for one in attempts],
            "At": [f"{one.started_on:%H:%M:%S}" for one in attempts],
            "Items": [one.item_count for one in attempts],
            "Answer": [str(one.status or "no answer") for one in attempts],
            "Seconds": [round(one.seconds, 2) for one in attempts],
            "Waited": [round(one.waited_seconds, 1) for one in attempts],
            "Code": [one.code for one in attempts],
            "Message": [one.message for one in attempts],
            "Details": ["; ".join(f"{d.param}: {d.description}" for d in one.details) for one in attempts],
        }
    )
    tables.grid(table, alt="Requests of this run", key="requests")
