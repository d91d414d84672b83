"""`Senders`: threads that send the batches of a run, a few at a time, and look around in moments of quiet."""

import contextlib
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence

from lib.errors import WebflowUnavailable
from lib.journal import batches
from lib.journal.batches import BatchWork
from lib.model.run import Outcome
from lib.runs.assignment import Assignment
from lib.runs.batch_queue import BatchQueue
from lib.runs.delivery import Delivery
from lib.runs.lease import Lease
from lib.runs.scribe import SETTLING, Scribe
from lib.runs.signals import Halted
from lib.runs.timing import boot_seconds
from lib.webflow.client import Webflow
from lib.webflow.connection import Connection
from lib.webflow.refusal import SLOW_DOWN
from lib.webflow.retry import RetryBudget

SAME_FAILURES_TO_STOP = 3
TOO_MANY_REQUESTS = 429


class Senders:
    """`safely` runs a thread's work and tells what ended it."""

    def __init__(
        self,
        lease: Lease,
        connection: Connection,
        assignment: Assignment,
        safely: Callable[[Callable[[], None]], None],
    ) -> None:
        self._lease = lease
        self._connection = connection
        self._assignment = assignment
        self._signals = assignment.signals
        self._timing = assignment.timing
        self._safely = safely
        self._lock = threading.Lock()
        self._queue = BatchQueue(assignment.signals, lambda: assignment.guard.is_due)
        self._threads: list[threading.Thread] = []
        self._working = 0
        self._failures: list[str] = []
        self._limits: dict[
            int, RetryBudget
        ] = {}  # with the rate limit, by thread: each long wait ends what it was about
        self._patience: defaultdict[int, RetryBudget] = defaultdict(lambda: RetryBudget(self._timing.policy))

    @property
    def busy(self) -> int:
        """How many batches are under way."""
        return self._queue.busy

    def look_around(self) -> None:
        """Hold back what somebody else has edited, and line up the rest. Nothing must be under way meanwhile."""
        works = self._unfinished()
        with self._connection.open(on_event=Scribe(self._lease).hear, sleep=self._signals.wait) as webflow:
            found = self._assignment.guard.look(webflow, works)
        for work in works:
            known = {**work.outcomes, **{c.row: found[c.row] for c in work.changes if c.row in found}}
            if len(known) > len(work.outcomes):
                self._keep(work, [known[change.row] for change in work.changes if change.row in known])
        left = self._unfinished() if found else works
        self._queue.fill((work, self._settled_at(work)) for work in left)

    def send(self) -> None:
        """Send everything that is lined up, or as much as the signals allow."""
        with self._lock:
            for _ in range(min(self._timing.width, len(self._queue))):
                self._spawn()
        for thread in self._threads:  # grows meanwhile: who hires is a sender itself
            thread.join()

    def _spawn(self) -> None:
        thread = threading.Thread(target=self._safely, args=(self._send_batches,), daemon=True, name="run-sender")
        self._threads.append(thread)
        self._working += 1
        thread.start()

    def _goes_on(self, went_well: bool) -> bool:
        """Whether this sender takes another batch: while Webflow keeps up, one more comes, otherwise one leaves."""
        with self._lock:
            if went_well and len(self._queue) and self._working < self._timing.most_width:
                self._spawn()
            if went_well or self._working == 1:
                return True
            self._working -= 1
            return False

    def _send_batches(self) -> None:
        scribe = Scribe(self._lease)
        with self._connection.open(on_event=scribe.hear, sleep=self._sleep_with_batch) as webflow:
            goes_on = True
            while goes_on:
                with contextlib.suppress(Halted):
                    work = self._queue.take(self.look_around, lambda seconds: self._settle(scribe, seconds))
                    goes_on = work is not None and self._deliver(work, webflow, scribe)

    def _deliver(self, work: BatchWork, webflow: Webflow, scribe: Scribe) -> bool:
        """Send a batch that was taken; whether this sender is to go on.

        Who gets no answer takes no other batch before it is clear what became of this one.
        """
        delivery = Delivery(work, self._assignment, webflow, scribe, self._patience[work.number])
        try:
            delivery.run()
            self._limits.pop(threading.get_ident(), None)
            self._count(delivery.common_failure)
            return self._goes_on(delivery.went_well)
        except Halted:
            settled_at = self._put_back(work.number)
        finally:
            self._queue.done()
        self._settle(scribe, settled_at - boot_seconds())
        return True

    def _put_back(self, number: int) -> float:
        """The records know how far the batch came. Returns when nothing of it is under way any more."""
        (work,) = self._unfinished(number)
        settled_at = self._settled_at(work)
        self._queue.put_back((work, settled_at))
        return settled_at

    def _settled_at(self, work: BatchWork) -> float:
        """When nothing of a batch in doubt is under way any more, on our clock."""
        return boot_seconds() + self._timing.settle_seconds - work.age if work.in_doubt else 0.0

    def _settle(self, scribe: Scribe, seconds: float) -> None:
        if seconds > 0:
            if not self.busy:
                scribe.tell_waiting(SETTLING, seconds)
            self._signals.wait(seconds)

    def _sleep_with_batch(self, seconds: float) -> None:
        """After a long wait, somebody may have edited the items in hand: put them back and look first."""
        self._signals.wait(seconds)
        if self._assignment.guard.is_due:
            budget = self._limits.setdefault(threading.get_ident(), RetryBudget(self._timing.policy))
            if budget.pause(TOO_MANY_REQUESTS, str(seconds)) is None:
                error = WebflowUnavailable(SLOW_DOWN, status=TOO_MANY_REQUESTS)
                error.is_unclear = False  # nothing was sent
                raise error
            raise Halted

    def _count(self, failure: str) -> None:
        with self._lock:
            self._failures = [*self._failures, failure] if failure else []
            last = self._failures[-SAME_FAILURES_TO_STOP:]
            if len(last) == SAME_FAILURES_TO_STOP and len(set(last)) == 1:
                self._signals.stop(f"{SAME_FAILURES_TO_STOP} batches in a row failed for the same reason: {failure}")

    def _unfinished(self, number: int | None = None) -> list[BatchWork]:
        return self._lease.retry_while_unavailable(
            lambda: batches.unfinished(self._lease.db, self._lease.claim.run_id, number)
        )

    def _keep(self, work: BatchWork, outcomes: Sequence[Outcome]) -> None:
        self._lease.retry_while_unavailable(lambda: batches.keep(self._lease.db, self._lease.claim, work, outcomes))
