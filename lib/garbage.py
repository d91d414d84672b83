"""Python's search for objects that only hold each other: seldom, and not among what is there to stay.

It looks at every object there is. Streamlit asks for it after each run of a page (script_runner.py, `gc.collect(2)`),
so that every click of everybody would cost .2 s for each 100,000 items that anybody holds.
"""

import gc
import threading
import time
from collections.abc import Callable

COLLECT_AFTER = (50_000, 20, 20)  # objects, and rounds of the younger generations
SEARCH_ALL_SECONDS = 120.0  # so long, circles that visitors left behind may take up memory


def collect_rarely() -> None:
    """Have Python search less often by itself."""
    gc.set_threshold(*COLLECT_AFTER)


class SetAside:
    """Keeps what is alive out of the searches. It still goes as soon as nobody holds it; circles wait longer."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._searched_at, self._lock = clock, clock(), threading.Lock()

    def __call__(self) -> None:
        """Set aside what is alive now; all that was set aside is searched first if that is long ago."""
        with self._lock:
            if self._clock() - self._searched_at >= SEARCH_ALL_SECONDS:
                self._searched_at = self._clock()
                gc.unfreeze()
                gc.collect()
            gc.freeze()


set_aside = SetAside()
