"""`Connection`: a way in to Webflow, or to the demo site."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from lib.webflow.client import Webflow
from lib.webflow.events import Event, ignore
from lib.webflow.pace import Room
from lib.webflow.retry import PATIENT, RetryPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """The token lives here, in memory, and is never shown."""

    token: str = field(repr=False)
    base_url: str
    is_demo: bool = False
    policy: RetryPolicy = PATIENT

    def open(self, on_event: Callable[[Event], None] = ignore, sleep: Callable[[float], None] = time.sleep) -> Webflow:
        """A client for this connection, to be used as a context manager.

        `on_event` hears of requests, answers and waits; `sleep` waits, and may raise to break a wait off.
        """
        return Webflow(self.token, base_url=self.base_url, on_event=on_event, sleep=sleep, policy=self.policy)

    @property
    def room(self) -> Room:
        """What this token may still ask Webflow now, as the answers so far told."""
        with self.open() as webflow:
            return webflow.room
