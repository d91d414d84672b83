"""`Run`: one import, undo, retry or publish: where it stands, and what became of every change."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from lib.errors import Detail, WaitReason
from lib.model.row_status import RowStatus
from lib.model.run_state import IDLE, LIVE, RunState, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one change.

    `item_id` is the item's; of one that was to be created it is its `lib.model.new_item` id until there is an item.
    `field` is the slug of the field to blame, "" if unknown; `reason` is a sentence. For a change that was held back,
    `now` holds the item's present values of its fields, and `is_draft` / `is_archived` its flags. `updated_on` is when
    Webflow says it stored the change, or, for one held back, when somebody else did. `without` are the slugs of images
    and files that were refused while the rest of the change was stored.
    """

    row: int
    item_id: str
    status: RowStatus
    field: str = ""
    reason: str = ""
    now: Mapping[str, object] | None = None
    updated_on: datetime | None = None
    is_draft: bool | None = None
    is_archived: bool | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell that holds something else than its change meant; `field` is a slug, the values are Webflow's JSON."""

    row: int
    item: str
    field: str
    meant: object
    stored: object


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
    """A batch in figures: `counts` of its `items` that have an outcome; `reason` is the first why one did not land."""

    number: int
    state: BatchState
    items: int
    counts: Counter[RowStatus] = field(default_factory=Counter)
    reason: str = ""
    statuses: tuple[str, ...] = ()
    requests: int = 0
    seconds: float = 0.0
    waited_seconds: float = 0.0

    @property
    def done(self) -> int:
        """Items with an outcome."""
        return self.counts.total()


class RunKind(StrEnum):
    """What a run is for."""

    IMPORT = "import"
    UNDO = "undo"
    RETRY = "retry"
    PUBLISH = "publish"
    ARCHIVE = "archive"


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run as the journal has it now.

    `waiting` is why nothing goes on, None while something does, and `waiting_seconds` how long from now. `stop` is why
    it ended early, None if it did not. `check_note` says how reading back went, "" while it did not. `person` is the
    fingerprint of who made it, `who` the name they signed in with, if any.
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
    waiting: WaitReason | None = None
    waiting_seconds: float = 0.0
    stop: Stop | None = None
    check_note: str = ""

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

    @cached_property
    def counts(self) -> Counter[RowStatus]:
        """Items with an outcome, by what became of them."""
        return sum((batch.counts for batch in self.batches), Counter())

    @property
    def done(self) -> int:
        """Items with an outcome."""
        return self.counts.total()

    @property
    def updated(self) -> int:
        """Items that were changed."""
        return self.counts[RowStatus.UPDATED]

    @property
    def created(self) -> int:
        """Items that were made."""
        return self.counts[RowStatus.CREATED]

    @property
    def landed(self) -> int:
        """Items that hold now what was meant because of this run."""
        return self.updated + self.created

    @property
    def can_resume(self) -> bool:
        """Whether nobody works on it and something is left to do."""
        return self.is_idle or (self.state is RunState.STOPPED and self.done < self.change_count)
