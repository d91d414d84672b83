"""`BatchQueue`: the batches that wait for a sender, and moments of quiet in which one of them looks around.

A batch that creates is under way alone, in order, and before all that update: who comes later may refer to what
it creates, and what is in doubt about it must be settled first.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence

from lib.journal.batches import BatchWork
from lib.runs.signals import Signals
from lib.runs.timing import Clock

Waiting = tuple[BatchWork, float]  # a batch, and when nothing of it is under way any more


class BatchQueue:
    """Safe for threads. `is_look_due` says when `look` is to be called; nothing is under way then."""

    def __init__(self, signals: Signals, is_look_due: Callable[[], bool], clock: Clock) -> None:
        self._signals = signals
        self._is_look_due = is_look_due
        self._clock = clock
        self._changed = threading.Condition()
        self._waiting: deque[Waiting] = deque()
        self._is_looking = False
        self._is_closed = False
        self._is_creating = False
        self.busy = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def fill(self, waiting: Iterable[Waiting]) -> None:
        """These batches wait from now on, in this order, and no others."""
        with self._changed:
            self._waiting = deque(waiting)

    def put_back(self, waiting: Waiting) -> None:
        """A batch that was taken waits again, before all others."""
        with self._changed:
            self._waiting.appendleft(waiting)

    def take(self, look: Callable[[], None], wait: Callable[[float], None]) -> BatchWork | None:
        """The next batch, which is under way until `done`; None when there is none, or the run is over.

        While no batch is ready, `wait` is called with the seconds until the first one is. Raises `Halted` when paused
        meanwhile.
        """
        while True:
            self._signals.wait_while_paused()
            self._look_if_due(look)
            with self._changed:
                if self._is_looking:
                    continue
                if self._is_closed or self._signals.is_over or not self._waiting:
                    return None
                if not self._has_turn():
                    self._changed.wait()
                    continue
                now, waiting = self._clock.now(), self._next()
                first_at = min(at for _, at in waiting)
                if first_at <= now:
                    return self._pop(next(one for one in waiting if one[1] <= now))
            wait(first_at - now)

    def _next(self) -> Sequence[Waiting]:
        """The batches of which one may be taken: the first that creates, else any."""
        creating = [one for one in self._waiting if one[0].creates]
        return [min(creating, key=lambda one: one[0].number)] if creating else self._waiting

    def _has_turn(self) -> bool:
        """Whether one may be taken: none beside a batch that creates, and no such batch beside others."""
        return self.busy == 0 or not (self._is_creating or self._next()[0][0].creates)

    def _pop(self, ready: Waiting) -> BatchWork:
        self._waiting.remove(ready)
        self.busy += 1
        self._is_creating = ready[0].creates
        return ready[0]

    def _look_if_due(self, look: Callable[[], None]) -> None:
        if self._may_look():
            try:
                look()
            finally:
                with self._changed:
                    self._is_looking = False
                    self._changed.notify_all()

    def done(self, *, closes: bool = False) -> None:
        """Nothing is under way any more of a batch that was taken. `closes`: with it the run ends, so nothing comes
        after it, even before the signals say so."""
        with self._changed:
            self.busy -= 1
            self._is_creating = False
            self._is_closed = self._is_closed or closes
            self._changed.notify_all()

    def _may_look(self) -> bool:
        """Whether it is upon this sender to look; otherwise waits while another one does, or quiet is needed for it."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_looking and (self.busy == 0 or not self._is_look_due()))
            if self._signals.is_over or not self._waiting or not self._is_look_due():
                return False
            self._is_looking = True
            return True
