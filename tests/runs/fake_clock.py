"""A clock for runs that goes on only when somebody waits, or when a test says so."""

import threading
from collections.abc import Callable

from lib.runs.timing import Clock


class FakeClock(Clock):
    """`meanwhile` happens during the waits, one after the other; a wait in which something happens ends early."""

    def __init__(self, *meanwhile: Callable[[], None]) -> None:
        self.seconds = 1000.0
        self.waits: list[float] = []
        self._meanwhile = list(meanwhile)

    def now(self) -> float:
        return self.seconds

    def wait(self, changed: threading.Condition, seconds: float) -> None:
        self.waits.append(seconds)
        if self._meanwhile:
            self._meanwhile.pop(0)()
        else:
            self.seconds += seconds
