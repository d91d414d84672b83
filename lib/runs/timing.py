"""How long things may take, in one place."""

import threading
import time
from dataclasses import dataclass, field

from lib.settings import settings
from lib.webflow.retry import RetryPolicy
from lib.webflow.session import CONNECT_SECONDS

SEND_MARGIN_SECONDS = 10.0


def _settle_seconds() -> float:
    return CONNECT_SECONDS + settings().webflow_timeout_seconds + SEND_MARGIN_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """`lease_seconds`: a worker that shows no sign of life for so long has lost its run. `beat_seconds`: how often it
    shows one and hears what is wanted. A request leaves within `margin_seconds` after it was written down, or never;
    so `settle_seconds` after that, nothing of it is under way any more and the items can be read back.
    `stand_by_seconds`: how often a process that holds the token of a run looks whether its worker is gone.
    `guard_seconds`: how often a run looks whether somebody else edits its items. `policy` is the patience with one
    batch. `width` requests are under way at first, then one more for each that goes well, up to `most_width`, and one
    less for each that does not."""

    lease_seconds: float = 15.0
    beat_seconds: float = 0.5
    stand_by_seconds: float = 5.0
    guard_seconds: float = 15.0
    margin_seconds: float = SEND_MARGIN_SECONDS
    settle_seconds: float = field(default_factory=_settle_seconds)
    policy: RetryPolicy = field(default_factory=RetryPolicy)
    width: int = 4
    most_width: int = 8


class Clock:
    """Time that goes on while the computer sleeps, where there is such a clock: a lease must not outlive a nap."""

    def now(self) -> float:
        """Seconds since the computer was started."""
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))

    def wait(self, changed: threading.Condition, seconds: float) -> None:
        """Wait for a change, so long at most; the caller holds the condition."""
        changed.wait(seconds)
