"""`Run`: what was sent, what came back, and what became of every change."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lib.errors import Detail


class OutcomeStatus(StrEnum):
    """What became of a change: it landed, Webflow refused it, or it was never sent."""

    UPDATED = "updated"
    FAILED = "failed"
    NOT_SENT = "not sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one change. `field` is the slug of the field to blame, "" if unknown; `reason` is a sentence."""

    row: int
    item_id: str
    status: OutcomeStatus
    field: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One request of a batch or of a part of it. `status` is None when no answer came; `seconds` without waiting."""

    item_count: int
    status: int | None
    seconds: float
    code: str = ""
    message: str = ""
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReport:
    """How one batch went: all its requests in order, and the outcomes of its changes.

    `waited_seconds` is time spent on rate limits and retries; `reason` is one plain sentence, "" when all landed.
    """

    number: int
    attempts: tuple[Attempt, ...]
    outcomes: tuple[Outcome, ...]
    waited_seconds: float = 0.0
    reason: str = ""


class RunState(StrEnum):
    """Where a run is. STOPPED: it ended early, and `stop_reason` says why."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A snapshot of a run. `waiting` is a sentence while Webflow makes us wait, else ""."""

    id: str
    state: RunState
    batch_count: int
    change_count: int
    started_on: datetime
    finished_on: datetime | None = None
    batches: tuple[BatchReport, ...] = field(default=())
    waiting: str = ""
    stop_reason: str = ""

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes of all batches so far, in the order of the plan's batches."""
        return tuple(outcome for batch in self.batches for outcome in batch.outcomes)
