"""`RunClock`: the latest moment that Webflow's own clock has told a run, in whichever answer."""

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta

SKEW = timedelta(minutes=1)  # Webflow has many servers, and their clocks differ a little, from ours too


class RunClock:
    """Safe for threads. Whatever is sent from now on is stored later than `earlier()`."""

    def __init__(self, start: datetime | None) -> None:
        self._latest = start
        self._lock = threading.Lock()

    def saw(self, moments: Iterable[datetime | None]) -> None:
        """An answer told these moments."""
        told = [moment for moment in moments if moment]
        with self._lock:
            self._latest = max([*told, self._latest] if self._latest else told, default=None)

    def earlier(self) -> datetime | None:
        """A moment before everything that is sent from now on; None when nothing is known."""
        with self._lock:
            return self._latest - SKEW if self._latest else None


def before_reading(read_on: datetime | None, seen: Iterable[datetime | None]) -> datetime | None:
    """A moment before the items of a plan were read: `read_on` by our clock, and no later than the newest of them."""
    newest = max((moment for moment in seen if moment), default=None)
    known = [moment for moment in (read_on, newest) if moment]
    return min(known) - SKEW if newest else None
