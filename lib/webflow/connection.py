"""`Connection`: a way in to Webflow, or to the demo site."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Never

from lib.webflow.client import Webflow
from lib.webflow.exchange import Waiting, asleep
from lib.webflow.pace import Room
from lib.webflow.retry import PATIENT, RetryPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """The token lives here, in memory, and is never shown, pickled or copied.

    `account` is the Webflow user who allowed this app to act for them; "" where a token was pasted.
    """

    token: str = field(repr=False)
    base_url: str
    is_demo: bool = False
    policy: RetryPolicy = PATIENT
    account: str = field(default="", repr=False)

    def open(self, wait: Callable[[Waiting], None] = asleep) -> Webflow:
        """A client for this connection, to be used as a context manager; `wait` may raise to break a wait off."""
        return Webflow(self.token, base_url=self.base_url, wait=wait, policy=self.policy)

    def __reduce__(self) -> Never:
        raise TypeError("a token is never pickled")

    @property
    def room(self) -> Room:
        """What this token may still ask Webflow now, as the answers so far told."""
        with self.open() as webflow:
            return webflow.exchange.room
