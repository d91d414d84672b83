"""`Crew`: the threads that do the work of one run, in three parts: guard, send, read back."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeVar

from lib.errors import WebflowError
from lib.journal import batches, orders, records
from lib.journal.batches import BatchWork
from lib.journal.control import LostRun
from lib.model.order import Order
from lib.model.run import Outcome, RunKind, RunState
from lib.runs.clock import RunClock, before_reading
from lib.runs.delivery import Delivery
from lib.runs.guard import guard
from lib.runs.lease import Lease
from lib.runs.read_back import read_back
from lib.runs.scribe import SETTLING, Scribe
from lib.runs.signals import Halted, Signals
from lib.runs.timing import Timing, boot_seconds
from lib.webflow.client import Webflow
from lib.webflow.connection import Connection

Result = TypeVar("Result")
SAME_FAILURES_TO_STOP = 3
FAULT = (
    "Flowsheet made a mistake and stopped this run to be safe. "
    "The person who runs this app finds the details in its log."
)
NOT_CHECKED = "What Webflow stored could not be read back: {}"


class Crew:
    """Works until everything is done or `signals` say otherwise. Never raises: `is_lost` and `signals` tell."""

    def __init__(self, lease: Lease, connection: Connection, signals: Signals, timing: Timing) -> None:
        self._lease = lease
        self._connection = connection
        self._signals = signals
        self._timing = timing
        self._lock = threading.Lock()
        self._queue: deque[tuple[BatchWork, float]] = deque()
        self._failures: list[str] = []
        self._senders: list[threading.Thread] = []
        self._working = 0
        self._thread = threading.Thread(target=self._safely, args=(self._conduct,), daemon=True, name="run-crew")
        self.phase = RunState.RUNNING
        self.busy = 0
        self.is_lost = False
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
        except LostRun:
            self.is_lost = True
            self._signals.leave()
        except WebflowError as error:
            self._signals.stop(str(error))
        except Exception:
            logging.getLogger("flowsheet").exception("A run failed")
            self._signals.stop(FAULT)

    def _conduct(self) -> None:
        db, run_id = self._lease.db, self._lease.claim.run_id
        order = self._lease.insist(lambda: orders.order_of(db, run_id))
        if order is None:
            raise LostRun
        works = self._lease.insist(lambda: batches.unfinished(db, run_id))
        clock = RunClock(before_reading(order.read_on, [change.seen_on for change in order.plan.changes]))
        if works:
            with self._open(Scribe(self._lease)) as webflow:
                self._when_allowed(lambda: self._guard(webflow, order, works))
            works = self._lease.insist(lambda: batches.unfinished(db, run_id))
        self._send(order, works, clock)
        if self._lease.insist(lambda: batches.unfinished(db, run_id)):
            return
        if not self._signals.is_over:
            self._read_back(order)
        self.is_complete = True

    def _open(self, scribe: Scribe) -> Webflow:
        return self._connection.open(on_event=scribe.hear, sleep=self._signals.wait)

    def _when_allowed(self, part: Callable[[], Result]) -> Result:
        """Do something that only reads; a pause breaks it off, and it begins anew after that."""
        while True:
            self._signals.wait_while_paused()
            try:
                return part()
            except Halted:
                if self._signals.is_over:
                    raise

    def _guard(self, webflow: Webflow, order: Order, works: Sequence[BatchWork]) -> None:
        found = guard(webflow, order, works)
        for work in works:
            known = {**work.outcomes, **{c.row: found[c.row] for c in work.changes if c.row in found}}
            if len(known) > len(work.outcomes):
                self._keep(work, [known[change.row] for change in work.changes if change.row in known])

    def _keep(self, work: BatchWork, outcomes: Sequence[Outcome]) -> None:
        self._lease.insist(lambda: batches.keep(self._lease.db, self._lease.claim, work, outcomes))

    def _send(self, order: Order, works: Sequence[BatchWork], clock: RunClock) -> None:
        for work in sorted(works, key=lambda work: bool(work.in_doubt)):
            self._queue.append((work, self._settled_at(work)))
        with self._lock:
            for _ in works[: self._timing.width]:
                self._hire(order, clock)
        for sender in self._senders:  # grows meanwhile: who hires is a sender itself
            sender.join()

    def _hire(self, order: Order, clock: RunClock) -> None:
        sender = threading.Thread(
            target=self._safely, args=(lambda: self._send_batches(order, clock),), daemon=True, name="run-sender"
        )
        self._senders.append(sender)
        self._working += 1
        sender.start()

    def _goes_on(self, order: Order, clock: RunClock, went_well: bool) -> bool:
        """Whether this sender takes another batch: while Webflow keeps up, one more comes, otherwise one leaves."""
        with self._lock:
            if went_well and self._queue and self._working < self._timing.most_width:
                self._hire(order, clock)
            if went_well or self._working == 1:
                return True
            self._working -= 1
            return False

    def _settled_at(self, work: BatchWork) -> float:
        """When nothing of a batch in doubt is under way any more, on our clock."""
        return boot_seconds() + self._timing.settle_seconds - work.age if work.in_doubt else 0.0

    def _send_batches(self, order: Order, clock: RunClock) -> None:
        scribe = Scribe(self._lease)
        with self._open(scribe) as webflow:
            while (taken := self._take()) is not None:
                work, settled_at = taken
                delivery = Delivery(work, order, webflow, scribe, self._signals, clock, self._timing)
                try:
                    self._settle(scribe, settled_at)
                    delivery.run()
                    self._count(delivery.common_failure)
                    if not self._goes_on(order, clock, delivery.went_well):
                        return
                except Halted:
                    self._put_back(work.number)
                finally:
                    with self._lock:
                        self.busy -= 1

    def _take(self) -> tuple[BatchWork, float] | None:
        self._signals.wait_while_paused()
        with self._lock:
            if self._signals.is_over or not self._queue:
                self._working -= 1
                return None
            self.busy += 1
            return self._queue.popleft()

    def _put_back(self, number: int) -> None:
        """The records know how far the batch came."""
        db, run_id = self._lease.db, self._lease.claim.run_id
        for work in self._lease.insist(lambda: batches.unfinished(db, run_id)):
            if work.number == number:
                with self._lock:
                    self._queue.appendleft((work, self._settled_at(work)))

    def _settle(self, scribe: Scribe, settled_at: float) -> None:
        seconds = settled_at - boot_seconds()
        if seconds > 0:
            scribe.tell_waiting(SETTLING, seconds)
            self._signals.wait(seconds)

    def _count(self, failure: str) -> None:
        with self._lock:
            self._failures = [*self._failures, failure] if failure else []
            last = self._failures[-SAME_FAILURES_TO_STOP:]
            if len(last) == SAME_FAILURES_TO_STOP and len(set(last)) == 1:
                self._signals.stop(f"{SAME_FAILURES_TO_STOP} batches in a row failed for the same reason: {failure}")

    def _read_back(self, order: Order) -> None:
        if not order.read_back or order.kind is RunKind.PUBLISH:
            return
        self.phase = RunState.CHECKING
        db, run_id = self._lease.db, self._lease.claim.run_id
        outcomes = self._lease.insist(lambda: records.outcomes_of(db, run_id))
        try:
            with self._open(Scribe(self._lease)) as webflow:
                cells, self.note = self._when_allowed(lambda: read_back(webflow, order, outcomes))
        except WebflowError as error:
            self.note = NOT_CHECKED.format(error)
        else:
            self._lease.insist(lambda: records.keep_differences(db, run_id, cells))
