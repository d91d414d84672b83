"""`Crew`: the threads that do the work of one run, in three parts: guard, send, read back."""

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from lib.errors import WebflowError
from lib.journal import batches, records, specs
from lib.journal.control import LostRun
from lib.model.run import RunKind, RunState
from lib.model.run_spec import RunSpec
from lib.runs.assignment import Assignment
from lib.runs.clock import RunClock, since_of
from lib.runs.existing_items import ExistingItems
from lib.runs.guard import Guard
from lib.runs.lease import Lease
from lib.runs.read_back import read_back
from lib.runs.scribe import Scribe
from lib.runs.senders import Senders
from lib.runs.signals import Halted, Signals
from lib.runs.timing import Timing
from lib.webflow.connection import Connection

Result = TypeVar("Result")
FAULT = (
    "Flowsheet made a mistake and stopped this run to be safe. "
    "The person who runs this app finds the details in its log."
)
NOT_CHECKED = "What Webflow stored could not be read back: {}"


class Crew:
    """Works until everything is done or `signals` say otherwise. Never raises: `lost` and `signals` tell."""

    def __init__(self, lease: Lease, connection: Connection, signals: Signals, timing: Timing) -> None:
        self._lease = lease
        self._connection = connection
        self._signals = signals
        self._timing = timing
        self._senders: Senders | None = None
        self._is_reading = False
        self._thread = threading.Thread(target=self._safely, args=(self._conduct,), daemon=True, name="run-crew")
        self.phase = RunState.RUNNING
        self.lost: LostRun | None = None
        self.is_complete = False
        self.note = ""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, so long at most; whether it has come."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _safely(self, part: Callable[[], None]) -> None:
        try:
            part()
        except Halted:
            pass
        except LostRun as lost:
            self.lost = lost
            self._signals.leave()
        except WebflowError as error:
            self._signals.stop(str(error))
        except Exception:
            logging.getLogger("flowsheet").exception("A run failed")
            self._signals.stop(FAULT)

    @property
    def busy(self) -> int:
        """How much is under way: batches, or a reading of items."""
        return self._is_reading + (self._senders.busy if self._senders else 0)

    def _conduct(self) -> None:
        db, run_id = self._lease.db, self._lease.claim.run_id
        spec = self._lease.retry_while_unavailable(lambda: specs.spec_of(db, run_id))
        if spec is None:
            raise LostRun
        if self._has_work():
            senders = Senders(self._lease, self._connection, self._assignment(spec), self._safely)
            self._senders = senders
            self._when_allowed(senders.look_around)
            senders.send()
        if self._has_work():
            return
        if not self._signals.is_over:
            self._read_back(spec)
        self.is_complete = True

    def _assignment(self, spec: RunSpec) -> Assignment:
        clock = RunClock(since_of(spec))
        return Assignment(
            spec=spec,
            signals=self._signals,
            clock=clock,
            timing=self._timing,
            guard=Guard(spec, clock, self._timing.guard_seconds),
            existing_items=ExistingItems(),
        )

    def _has_work(self) -> bool:
        return bool(
            self._lease.retry_while_unavailable(lambda: batches.unfinished(self._lease.db, self._lease.claim.run_id))
        )

    def _when_allowed(self, part: Callable[[], Result]) -> Result:
        """Do something that only reads; a pause breaks it off, and it begins anew after that."""
        while True:
            self._signals.wait_while_paused()
            self._is_reading = True
            try:
                return part()
            except Halted:
                if self._signals.is_over:
                    raise
            finally:
                self._is_reading = False

    def _read_back(self, spec: RunSpec) -> None:
        if not spec.read_back or spec.kind is RunKind.PUBLISH:
            return
        self.phase = RunState.CHECKING
        db, mine = self._lease.db, self._lease.claim
        outcomes = self._lease.retry_while_unavailable(lambda: records.outcomes_of(db, mine.run_id))
        try:
            with self._connection.open(on_event=Scribe(self._lease).hear, sleep=self._signals.wait) as webflow:
                found = self._when_allowed(lambda: read_back(webflow, spec, outcomes))
        except WebflowError as error:
            self.note = NOT_CHECKED.format(error)
        else:
            self.note = found.note
            self._lease.retry_while_unavailable(
                lambda: records.keep_differences(db, mine, found.differences, found.forms)
            )
