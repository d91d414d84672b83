"""`Waits`: why a reading stands still, in words, second by second, for whoever watches."""

import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from lib.errors import WaitReason
from lib.webflow.client import Webflow
from lib.webflow.connection import Connection
from lib.webflow.exchange import Waiting
from lib.words.say import later, say

WORTH_TELLING_SECONDS = 1.0
REASONS = {
    WaitReason.RATE_LIMIT: later("Webflow allows {limit} requests a minute; going on in {seconds} s"),
    WaitReason.BUSY: later("Webflow is busy; going on in {seconds} s"),
    WaitReason.NO_ANSWER: later("Webflow did not answer; going on in {seconds} s"),
    WaitReason.UNREADABLE: later("Webflow's answer is unreadable; going on in {seconds} s"),
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
        limit = waiting.limit or say("only so many")
        while seconds > 0:
            self._tell(say(REASONS[waiting.reason], limit=limit, seconds=math.ceil(seconds)))
            step = min(seconds, 1.0)
            self._sleep(step)
            seconds -= step
        self._tell("")


UNTOLD = Waits()
