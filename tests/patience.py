"""Waiting for another thread or process in a test: until something holds, and never for ever."""

import threading
import time
from collections.abc import Callable

LONGEST_SECONDS = 90
A_MOMENT = 0.005


def until(holds: Callable[[], object], why: str, seconds: float = LONGEST_SECONDS) -> None:
    """Look again and again; what does not come about in that time fails the test, which says `why` it waited."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not holds():
        assert time.monotonic() < deadline, f"waited {seconds:g} seconds in vain: {why}"
        pause.wait(A_MOMENT)
