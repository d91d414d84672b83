"""`Waits`: why a reading stands still, in words, second by second, for whoever watches."""

import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from lib.errors import WaitReason
from lib.webflow.client import Webflow
from lib.webflow.connection import Connection
from lib.webflow.exchange import Waiting

WORTH_TELLING_SECONDS = 1.0
REASONS = {
    WaitReason.RATE_LIMIT: "Webflow allows {limit} requests a minute",
    WaitReason.BUSY: "Webflow is busy",
    WaitReason.NO_ANSWER: "Webflow did not answer",
    WaitReason.UNREADABLE: "Webflow's answer is unreadable",
}


class Waits:
    """`tell` hears a sentence once a second while the client waits, and "" when it goes on."""

    def __init__(
        self, tell: Callable[[str], None] = lambda sentence: None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._tell = tell
        self._sleep = sleep

    def open(self, connection: Connection) -> AbstractContextManager[Webflow]:
        """A client whose waits are told."""
        return connection.open(self.wait)

    def wait(self, waiting: Waiting) -> None:
        """Sleep, and tell how long it still takes."""
        seconds = waiting.seconds
        if seconds < WORTH_TELLING_SECONDS:
            self._sleep(seconds)
            return
        why = REASONS[waiting.reason].format(limit=waiting.limit or "only so many")
        while seconds > 0:
            self._tell(f"{why}; going on in {math.ceil(seconds)} s")
            step = min(seconds, 1.0)
            self._sleep(step)
            seconds -= step
        self._tell("")


UNTOLD = Waits()
