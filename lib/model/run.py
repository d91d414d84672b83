"""`Run`: one import, undo, retry or publish: where it stands, and what became of every change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lib.errors import Detail


class OutcomeStatus(StrEnum):
    """What became of a change.

    FAILED: Webflow refused it. IN_DOUBT: it was sent, and nobody knows yet what became of it. HELD: somebody changed
    the item after the preview, so nothing was sent. ALREADY: the item held these values before we came. NOT_SENT: the
    run ended first.
    """

    UPDATED = "updated"
    FAILED = "failed"
    IN_DOUBT = "in doubt"
    HELD = "held back"
    ALREADY = "already up to date"
    NOT_SENT = "not sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one change.

    `field` is the slug of the field to blame, "" if unknown; `reason` is a sentence. For a change that was held back,
    `now` holds the item's present values of its fields, and `is_draft` / `is_archived` its flags. `updated_on` is when
    Webflow says it stored the change, or, for one held back, when somebody else did.
    """

    row: int
    item_id: str
    status: OutcomeStatus
    field: str = ""
    reason: str = ""
    now: Mapping[str, object] | None = None
    updated_on: datetime | None = None
    is_draft: bool | None = None
    is_archived: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One request of a batch or of a part of it.

    `status` is None when no answer came or none was recorded; `seconds` without waiting, `waited_seconds` before it.
    """

    batch: int
    item_count: int
    started_on: datetime
    status: int | None = None
    seconds: float = 0.0
    waited_seconds: float = 0.0
    code: str = ""
    message: str = ""
    details: tuple[Detail, ...] = ()


class BatchState(StrEnum):
    """Where a batch is. A batch found SENDING by a new owner is in doubt: it is read back before anything is sent."""

    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    PARTLY = "partly"
    FAILED = "failed"

    @classmethod
    def of(cls, items: int, landed: int) -> "BatchState":
        """The state of a batch whose items all have an outcome."""
        if landed == items:
            return cls.DONE
        return cls.PARTLY if landed else cls.FAILED


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """A batch in figures. `reason` is the first reason why an item of it did not land."""

    number: int
    state: BatchState
    items: int
    updated: int = 0
    failed: int = 0
    held: int = 0
    already: int = 0
    reason: str = ""
    statuses: tuple[str, ...] = ()
    requests: int = 0
    seconds: float = 0.0
    waited_seconds: float = 0.0

    @property
    def done(self) -> int:
        """Items with an outcome."""
        return self.updated + self.failed + self.held + self.already


class RunKind(StrEnum):
    """What a run is for."""

    IMPORT = "import"
    UNDO = "undo"
    RETRY = "retry"
    PUBLISH = "publish"


class RunState(StrEnum):
    """Where a run is.

    CHECKING: everything is sent, and what Webflow stored is being read back. INTERRUPTED: nobody works on it (the app
    was stopped, or its records could not be written). NEEDS_TOKEN: the same, and its token is in nobody's memory, so
    it waits for its person; never on record, since memory is not. STOPPED: it ended early, and `stop_reason` says why.
    All three can be resumed.
    """

    QUEUED = "queued"
    RUNNING = "running"
    PAUSING = "pausing"
    PAUSED = "paused"
    STOPPING = "stopping"
    CHECKING = "checking"
    INTERRUPTED = "interrupted"
    NEEDS_TOKEN = "needs token"
    STOPPED = "stopped"
    DONE = "done"


LIVE = tuple(state for state in RunState if state not in (RunState.STOPPED, RunState.DONE))
IDLE = (RunState.INTERRUPTED, RunState.NEEDS_TOKEN)
WORKED_ON = tuple(state for state in LIVE if state not in (RunState.QUEUED, *IDLE))


class Wanted(StrEnum):
    """What people want of a run; only its worker acts on it."""

    RUN = "run"
    PAUSE = "pause"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as the journal has it now.

    `waiting` is a sentence with `{seconds}` in it while Webflow makes us wait, `waiting_seconds` how long from now.
    `requests_per_second` is the pace of the last requests, 0 while there is none. `check_note` says how reading back
    went, "" while it did not. `person` is the fingerprint of who made it, `who` the name they signed in with, if any.
    """

    id: str
    kind: RunKind
    parent_id: str | None
    state: RunState
    person: str
    is_demo: bool
    site_name: str
    collection_id: str
    collection_name: str
    file_name: str
    created_on: datetime
    who: str = ""
    finished_on: datetime | None = None
    batches: tuple[BatchLine, ...] = ()
    waiting: str = ""
    waiting_seconds: float = 0.0
    stop_reason: str = ""
    check_note: str = ""
    requests_per_second: float = 0.0

    @property
    def is_live(self) -> bool:
        """Whether it has not ended."""
        return self.state in LIVE

    @property
    def is_idle(self) -> bool:
        """Whether it has not ended and nobody works on it."""
        return self.state in IDLE

    @property
    def change_count(self) -> int:
        """Items that this run is to change."""
        return sum(batch.items for batch in self.batches)

    @property
    def done(self) -> int:
        """Items with an outcome."""
        return sum(batch.done for batch in self.batches)

    @property
    def updated(self) -> int:
        """Items that landed."""
        return sum(batch.updated for batch in self.batches)

    @property
    def can_resume(self) -> bool:
        """Whether nobody works on it and something is left to do."""
        return self.is_idle or (self.state is RunState.STOPPED and self.done < self.change_count)
