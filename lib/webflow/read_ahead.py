"""`ReadAhead`: pages fetched by several threads and handed out in order, as fast as the rate limit allows."""

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager
from contextvars import copy_context

from lib.webflow.exchange import Waiting
from lib.webflow.wire import JSON

AT_ONCE = 8
MOST_AHEAD = 2 * AT_ONCE  # pages that are under way or wait to be taken: a slow taker is not buried under them

PageAt = Callable[[int], JSON]
Wait = Callable[[Waiting], None]


class _NotWanted(Exception):
    """Nobody takes the pages any more."""


class ReadAhead:
    """The pages at `offsets`, for one thread to take; up to `AT_ONCE` others fetch them, and end before the iteration.

    `open_reader` gives each of them a client of its own, as a function that fetches the page at an offset. Where that
    has to wait, `wait` is called by the thread that takes the pages, as soon as it is that page's turn; what `wait`
    raises ends the reading, and so does the first error of any page. `clock` is a monotonic clock in seconds.
    """

    def __init__(
        self,
        open_reader: Callable[[Wait], AbstractContextManager[PageAt]],
        offsets: Sequence[int],
        *,
        wait: Wait,
        clock: Callable[[], float],
    ) -> None:
        self._open_reader = open_reader
        self._offsets = offsets
        self._wait = wait
        self._clock = clock
        self._changed = threading.Condition()
        self._begun = 0
        self._taken = 0
        self._pages: dict[int, JSON] = {}  # by place in `offsets`, as everything here
        self._resting: dict[int, tuple[Waiting, float]] = {}  # what for, and until when
        self._error: BaseException | None = None
        self._is_over = False

    def pages(self) -> Generator[JSON, None, None]:
        """Each page as soon as it and all before it are there. Raises what a client raises."""
        count = min(AT_ONCE, len(self._offsets))
        threads = [
            threading.Thread(target=copy_context().run, args=(self._fetch,), daemon=True, name="read-ahead")
            for _ in range(count)
        ]
        for thread in threads:
            thread.start()
        try:
            for place in range(len(self._offsets)):
                yield self._take(place)
        finally:
            with self._changed:
                self._is_over = True
                self._changed.notify_all()
            for thread in threads:  # for no longer than answers take that are under way
                thread.join()

    def _take(self, place: int) -> JSON:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._error or place in self._pages or place in self._resting)
                if self._error:
                    raise self._error
                if place in self._pages:
                    self._taken = place + 1
                    self._wake(self._clock())
                    return self._pages.pop(place)
                waiting, until = self._resting[place]
            left = until - self._clock()
            if left > 0:
                self._wait(Waiting(seconds=left, reason=waiting.reason, limit=waiting.limit))
            with self._changed:
                self._wake(max(until, self._clock()))

    def _wake(self, now: float) -> None:
        """Let those go on whose rest is over."""
        self._resting = {place: rest for place, rest in self._resting.items() if rest[1] > now}
        self._changed.notify_all()

    def _fetch(self) -> None:
        """What each thread does."""
        place = 0

        def wait(waiting: Waiting) -> None:
            self._rest(place, waiting)

        try:
            with self._open_reader(wait) as page_at:
                while (begun := self._begin()) is not None:
                    place = begun
                    page = page_at(self._offsets[place])
                    with self._changed:
                        self._pages[place] = page
                        self._changed.notify_all()
        except _NotWanted:
            pass
        except BaseException as error:
            with self._changed:
                self._error = self._error or error
                self._changed.notify_all()

    def _begin(self) -> int | None:
        """The place of the page to fetch next; None when there is none."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or self._begun - self._taken < MOST_AHEAD)
            if self._is_over or self._error or self._begun == len(self._offsets):
                return None
            self._begun += 1
            return self._begun - 1

    def _rest(self, place: int, waiting: Waiting) -> None:
        with self._changed:
            self._resting[place] = waiting, self._clock() + waiting.seconds
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._is_over or place not in self._resting)
            if self._is_over:
                raise _NotWanted
