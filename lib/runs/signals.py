"""`Signals`: what the worker of a run tells its senders: go, pause, take no new batch, leave."""

import threading

from lib.model.run_state import Stop, Wanted
from lib.runs.timing import Clock


class Halted(Exception):
    """Go no further for now. Nothing is under way when this is raised."""


class Signals:
    """Safe for threads. `stopped` says why the run ends early, None if it does not."""

    def __init__(self, wanted: Wanted, clock: Clock) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._wanted = wanted
        self._is_leaving = False
        self.stopped: Stop | None = None

    @property
    def is_over(self) -> bool:
        """Whether no new batch is to be begun, ever."""
        return self._is_leaving or self._wanted is Wanted.STOP or self.stopped is not None

    def want(self, wanted: Wanted) -> None:
        """What people want now."""
        with self._changed:
            self._wanted = wanted
            self._changed.notify_all()

    def stop(self, why: Stop) -> None:
        """End the run early; the first cause counts."""
        with self._changed:
            self.stopped = self.stopped or why
            self._changed.notify_all()

    def leave(self) -> None:
        """The process ends, or the run belongs to somebody else."""
        with self._changed:
            self._is_leaving = True
            self._changed.notify_all()

    def check(self) -> None:
        """Between two requests of a batch: raises `Halted` when paused or leaving; a batch that is begun is ended."""
        if self._is_leaving or self._wanted is Wanted.PAUSE:
            raise Halted

    def wait(self, seconds: float) -> None:
        """Sleep; raises `Halted` as soon as there is a reason to."""
        deadline = self._clock.now() + seconds
        with self._changed:
            while not (self.is_over or self._wanted is Wanted.PAUSE):
                left = deadline - self._clock.now()
                if left <= 0:
                    return
                self._clock.wait(self._changed, left)
        raise Halted

    def wait_while_paused(self) -> None:
        """Sleep until people want something else."""
        with self._changed:
            self._changed.wait_for(lambda: self._wanted is not Wanted.PAUSE or self._is_leaving)
