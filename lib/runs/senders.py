"""`Senders`: threads that send the batches of a run, a few at a time, and look around in moments of quiet."""

import contextlib
import threading
from collections import defaultdict
from collections.abc import Callable
from contextvars import copy_context

from lib.errors import WaitReason
from lib.journal import batches
from lib.journal.batches import BatchWork
from lib.model.run_state import SAME_FAILURES_TO_STOP, Stop, StopCause
from lib.runs.batch_queue import BatchQueue
from lib.runs.delivery import Delivery
from lib.runs.run_context import RunContext
from lib.runs.signals import Halted
from lib.webflow.client import Webflow
from lib.webflow.retry import RetryBudget


def width_after(width: int, went_well: bool, waiting: int, most: int) -> int:
    """How many senders work on after a batch: one more while Webflow keeps up and others wait, otherwise one less."""
    if went_well:
        return width + 1 if waiting and width < most else width
    return max(width - 1, 1)


class Senders:
    """`safely` runs a thread's work and tells what ended it."""

    def __init__(self, context: RunContext, safely: Callable[[Callable[[], None]], None]) -> None:
        self._context = context
        self._lease = context.lease
        self._signals = context.signals
        self._timing = context.lease.timing
        self._clock = context.lease.clock
        self._safely = safely
        self._lock = threading.Lock()
        self._queue = BatchQueue(context.signals, lambda: context.guard.is_due, self._clock)
        self._threads: list[threading.Thread] = []
        self._working = 0
        self._failures: list[str] = []
        # The patience with one batch, however often it is put back.
        self._budgets: defaultdict[int, RetryBudget] = defaultdict(lambda: RetryBudget(self._timing.policy))

    @property
    def busy(self) -> int:
        """How many batches are under way."""
        return self._queue.busy

    def look_around(self) -> None:
        """Hold back what somebody else has edited, and line up the rest. Nothing must be under way meanwhile."""
        works = self._lease.read(batches.unfinished)
        with self._context.open() as webflow:
            found = self._context.guard.look(webflow, works)
        for work in works:
            known = {**work.outcomes, **{c.row: found[c.row] for c in work.changes if c.row in found}}
            if len(known) > len(work.outcomes):
                self._lease.write(batches.keep, work, [known[c.row] for c in work.changes if c.row in known])
        self._context.new_items.learn(found.values())
        left = self._lease.read(batches.unfinished) if found else works
        self._queue.fill((work, self._settled_at(work)) for work in left)

    def send(self) -> None:
        """Send everything that is lined up, or as much as the signals allow."""
        with self._lock:
            for _ in range(min(self._timing.width, len(self._queue))):
                self._spawn()
        for thread in self._threads:  # grows meanwhile: who hires is a sender itself
            thread.join()

    def _spawn(self) -> None:
        context = copy_context()
        thread = threading.Thread(
            target=context.run, args=(self._safely, self._send_batches), daemon=True, name="run-sender"
        )
        self._threads.append(thread)
        self._working += 1
        thread.start()

    def _goes_on(self, went_well: bool) -> bool:
        """Whether this sender takes another batch; one more may come beside it."""
        with self._lock:
            width = width_after(self._working, went_well, len(self._queue), self._timing.most_width)
            if width > self._working:
                self._spawn()
                return True
            goes_on, self._working = width == self._working, width
            return goes_on

    def _send_batches(self) -> None:
        with self._context.open() as webflow:
            goes_on = True
            while goes_on:
                with contextlib.suppress(Halted):
                    work = self._queue.take(self.look_around, self._settle)
                    goes_on = work is not None and self._deliver(work, webflow)

    def _deliver(self, work: BatchWork, webflow: Webflow) -> bool:
        """Send a batch that was taken; whether this sender is to go on.

        Who gets no answer takes no other batch before it is clear what became of this one.
        """
        delivery = Delivery(work, self._context, webflow, self._budgets[work.number])
        is_the_end, settled_at = True, None
        try:
            delivery.run()
            self._count(delivery.common_failure)
            is_the_end = False
        except Halted:
            settled_at = self._put_back(work.number)
            is_the_end = False
        finally:
            self._queue.done(closes=is_the_end)
        if settled_at is None:
            return self._goes_on(delivery.went_well)
        self._settle(settled_at - self._clock.now())
        return True

    def _put_back(self, number: int) -> float:
        """The records know how far the batch came. Returns when nothing of it is under way any more."""
        (work,) = self._lease.read(batches.unfinished, number)
        settled_at = self._settled_at(work)
        self._queue.put_back((work, settled_at))
        return settled_at

    def _settled_at(self, work: BatchWork) -> float:
        """When nothing of a batch in doubt is under way any more, on our clock."""
        return self._clock.now() + self._timing.settle_seconds - work.age if work.in_doubt else 0.0

    def _settle(self, seconds: float) -> None:
        if seconds > 0:
            if not self.busy:
                self._context.tell_waiting(WaitReason.SETTLING, seconds)
            self._signals.wait(seconds)

    def _count(self, failure: str) -> None:
        with self._lock:
            self._failures = [*self._failures, failure] if failure else []
            last = self._failures[-SAME_FAILURES_TO_STOP:]
            if len(last) == SAME_FAILURES_TO_STOP and len(set(last)) == 1:
                self._signals.stop(Stop(StopCause.SAME_FAILURES, failure))
