"""`Executor`: the threads that do the work of one run, in three parts: guard, send, read back."""

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import TypeVar

from lib import log
from lib.errors import WebflowError
from lib.journal import batches, specs, views
from lib.journal.claims import LostRun
from lib.log import Event
from lib.model.run import RunKind
from lib.model.run_state import RunState, Stop, StopCause
from lib.runs.clock import RunClock, since_of
from lib.runs.existing_items import ExistingItems
from lib.runs.guard import Guard
from lib.runs.lease import Lease
from lib.runs.new_items import NewItems, as_known
from lib.runs.read_back import ReadBack, read_back
from lib.runs.run_context import RunContext
from lib.runs.senders import Senders
from lib.runs.signals import Halted, Signals
from lib.runs.variants import Variants
from lib.webflow.connection import Connection
from lib.words.say import later, say

Result = TypeVar("Result")
NOT_CHECKED = later("What Webflow stored could not be read back: {error}")


class Executor:
    """Works until everything is done or `signals` say otherwise. Never raises: `lost` and `signals` tell."""

    def __init__(self, lease: Lease, connection: Connection, signals: Signals) -> None:
        self._lease = lease
        self._connection = connection
        self._signals = signals
        self._senders: Senders | None = None
        self._is_reading = False
        self._thread = threading.Thread(
            target=copy_context().run, args=(self._safely, self._execute), daemon=True, name="run-executor"
        )
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

    @property
    def busy(self) -> int:
        """How much is under way: batches, or a reading of items."""
        return self._is_reading + (self._senders.busy if self._senders else 0)

    def _safely(self, part: Callable[[], None]) -> None:
        try:
            part()
        except Halted:
            pass
        except LostRun as lost:
            self.lost = lost
            self._signals.leave()
        except WebflowError as error:
            self._signals.stop(Stop(StopCause.REFUSED, str(error)))
        except Exception:
            log.tell_failure(Event.RUN_FAILED, run=self._lease.claim.run_id)
            self._signals.stop(Stop(StopCause.FAULT))

    def _execute(self) -> None:
        context = self._context()
        if self._has_work():
            senders = self._senders = Senders(context, self._safely)
            self._when_allowed(senders.look_around)
            senders.send()
        if self._has_work():
            return
        if not self._signals.is_over:
            self._read_back(context)
        self.is_complete = True

    def _context(self) -> RunContext:
        spec = self._lease.read(specs.spec_of)
        if spec is None:
            raise LostRun
        moments = RunClock(since_of(spec))
        creates = any(change.creates for change in spec.plan.changes)
        outcomes = self._lease.read(views.outcomes_of) if creates else ()
        new_items = NewItems(spec, outcomes)
        return RunContext(
            spec=spec,
            lease=self._lease,
            connection=self._connection,
            signals=self._signals,
            moments=moments,
            guard=Guard(spec, moments, self._lease.timing.guard_seconds, self._lease.clock, new_items),
            existing_items=ExistingItems(),
            new_items=new_items,
            variants=Variants(spec, outcomes),
        )

    def _has_work(self) -> bool:
        return self._lease.read(batches.is_unfinished)

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

    def _read_back(self, context: RunContext) -> None:
        spec = context.spec
        if not spec.read_back or spec.kind is RunKind.PUBLISH:
            return
        self.phase = RunState.CHECKING
        outcomes = self._lease.read(views.outcomes_of)
        try:
            with context.open() as webflow:
                self._when_allowed(lambda: self._keep(read_back(webflow, as_known(spec, outcomes), outcomes)))
        except WebflowError as error:
            self.note = say(NOT_CHECKED, error=error)

    def _keep(self, found: ReadBack) -> None:
        self.note = found.note
        self._lease.write(views.keep_differences, found.differences, found.forms)
