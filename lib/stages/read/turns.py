"""Whose turn it is: a few read at once, the others wait in line and are told so."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lib.errors import UnreadableFile
from lib.stages.read.limits import READERS_AT_ONCE
from lib.words.say import later, say

LOOK_SECONDS = 0.5  # whoever waits may have left: telling them is how that is noticed
BEING_READ = {
    1: later("One other file is being read"),
    2: later("Two other files are being read"),
    3: later("Three other files are being read"),
}
MANY_BEING_READ = later("{number} other files are being read")

Told = Callable[[int], None]


class Turns:
    """A line in which the first `at_once` have their turn, and `most_waiting` may stand behind them (None: any)."""

    def __init__(self, at_once: int, most_waiting: int | None = None) -> None:
        self.at_once = at_once
        self.most_waiting = most_waiting
        self._line: list[object] = []
        self._moved = threading.Condition()

    @contextmanager
    def turn(self, waiting: Told) -> Iterator[None]:
        """Wait for a turn and have it; `waiting(ahead)` is called again and again until then, with the number of those
        who wait before us. What it raises leaves the line. Raises `UnreadableFile` where too many wait already."""
        ticket = object()
        with self._moved:
            if self.most_waiting is not None and len(self._line) >= self.at_once + self.most_waiting:
                raise UnreadableFile(say("Too many files are waiting to be read at the moment. Try again in a minute."))
            self._line.append(ticket)
        try:
            while (ahead := self._ahead(ticket)) >= 0:
                waiting(ahead)
                with self._moved:
                    self._moved.wait_for(lambda: self._line.index(ticket) < self.at_once, LOOK_SECONDS)
            yield
        finally:
            with self._moved:
                self._line.remove(ticket)
                self._moved.notify_all()

    def _ahead(self, ticket: object) -> int:
        with self._moved:
            return self._line.index(ticket) - self.at_once


def waiting_words(ahead: int) -> str:
    """What somebody reads who waits behind `ahead` others."""
    others = say(BEING_READ.get(READERS_AT_ONCE, MANY_BEING_READ), number=READERS_AT_ONCE)
    if ahead == 0:
        return say("{others}; yours is next", others=others)
    return say("{others}, and {ahead} more before yours", others=others, ahead=ahead)
