"""`Background`: work in a thread of its own, watched by whoever waits for it, ended when nobody wants it any more."""

import threading
import time
import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

from lib.garbage import set_aside
from lib.runs.waits import Waits
from lib.words.language import Language, speak, spoken

Result = TypeVar("Result")
Clock = Callable[[], float]


class NotWanted(Exception):
    """Raised within the work: it is to end here."""


class Progress:
    """How far the work is, as it tells: `number` of `total` (0: nobody knows), in its own `words` where it has some.
    `waiting` is a sentence while it stands still.

    Telling is also how it hears that nobody wants it any more; then `NotWanted` is raised.
    """

    def __init__(self) -> None:
        self.number = self.total = 0
        self.words = self.waiting = ""
        self.is_awaited = False
        self.waits = Waits(self.wait, self.sleep)
        self._stopped = threading.Event()
        self._end: Callable[[], None] = lambda: None

    def tell(self, number: int, total: int = 0, words: str = "") -> None:
        """So many are done."""
        self.number, self.total, self.words = number, total, words
        self.sleep(0)

    def wait(self, sentence: str) -> None:
        """It stands still; "": it goes on."""
        self.waiting = sentence
        self.sleep(0)

    def sleep(self, seconds: float) -> None:
        """Rest, as long as the work is wanted."""
        if self._stopped.wait(seconds):
            raise NotWanted

    def ends_by(self, end: Callable[[], None]) -> None:
        """What ends the work where it cannot listen, called by whoever wants it no more."""
        self._end = end
        if self._stopped.is_set():
            end()

    def stop(self) -> None:
        """Nobody wants it any more."""
        self._stopped.set()
        self._end()


class _Outcome(Generic[Result]):
    """What came of it; `ended_at` is on the clock of the work."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.ended_at = 0.0
        self.result: list[Result] = []
        self.error: BaseException = NotWanted("ended before it was done")


class Background(Generic[Result]):
    """The work begins when this is made, and ends by itself, by `stop`, or when nobody holds this any more.

    It is not ended in the middle of a request: it makes no other, and what it found is forgotten. It speaks the
    language of whoever began it. `clock` in seconds.
    """

    def __init__(self, work: Callable[[Progress], Result], name: str, clock: Clock = time.monotonic) -> None:
        self._progress, self._outcome, self._clock = Progress(), _Outcome[Result](), clock
        # The thread must not hold this object: its end is what ends the thread.
        weakref.finalize(self, self._progress.stop)
        told = (work, self._progress, self._outcome, clock, spoken())
        self.thread = threading.Thread(target=_work, args=told, daemon=True, name=name)
        with _counting:
            _at_work.add(self.thread)
        self.thread.start()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return self._progress

    @property
    def number(self) -> int:
        """How many of whatever it counts are done."""
        return self._progress.number

    @property
    def is_over(self) -> bool:
        """Whether it has ended, in whatever way."""
        return self._outcome.ended.is_set()

    @property
    def age(self) -> float:
        """Seconds since it came to its end; 0 before."""
        return self._clock() - self._outcome.ended_at if self.is_over else 0.0

    @property
    def has_failed(self) -> bool:
        """Whether it has ended without a result."""
        return self.is_over and not self._outcome.result

    def wait(self, seconds: float | None) -> bool:
        """Wait for its end, so long at most (None: as long as it takes); whether it has come.

        The work knows from now on that somebody waits.
        """
        self._progress.is_awaited = True
        return self._outcome.ended.wait(seconds)

    def result(self) -> Result:
        """What came of it, once it is over; raises what it raised."""
        self.wait(None)
        if not self._outcome.result:
            raise self._outcome.error
        return self._outcome.result[0]

    def stop(self) -> None:
        """It is not wanted any more."""
        self._progress.stop()


def at_work() -> int:
    """How many of them this process has at work."""
    with _counting:
        return len(_at_work)


def _work(
    work: Callable[[Progress], Result],
    progress: Progress,
    outcome: _Outcome[Result],
    clock: Clock,
    language: Language,
) -> None:
    speak(language)
    try:
        outcome.result.append(work(progress))
    except BaseException as error:  # whoever waits is told, whatever it is
        outcome.error = error
    finally:
        set_aside()  # what takes long makes much, and it stays a while
        outcome.ended_at = clock()
        with _counting:
            _at_work.discard(threading.current_thread())
        outcome.ended.set()


_at_work: set[threading.Thread] = set()
_counting = threading.Lock()
