"""What to do after an answer: a table from status to action, and how long patience lasts."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from lib.webflow.events import WaitReason

NO_ANSWER = 0  # stands for a timeout or a dropped connection in the table
ACTIONS: dict[int, WaitReason] = {
    429: WaitReason.RATE_LIMIT,
    NO_ANSWER: WaitReason.NO_ANSWER,
    500: WaitReason.BUSY,
    502: WaitReason.BUSY,
    503: WaitReason.BUSY,
    504: WaitReason.BUSY,
}
LONGEST_RETRY_AFTER_SECONDS = 120.0
DEFAULT_RETRY_AFTER_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How patient a client is: `attempts` for failures; rate limits are waited out up to `rate_limit_attempts`."""

    attempts: int = 4
    rate_limit_attempts: int = 10
    first_seconds: float = 1.0
    longest_seconds: float = 20.0
    jitter: Callable[[], float] = field(default=random.random, repr=False)

    def wait(self, status: int | None, attempt: int, retry_after: str | None) -> tuple[float, WaitReason] | None:
        """Seconds to wait after the `attempt`th try (from 1) and why; None: give up.

        `Retry-After` comes with every answer, so it is looked at after a 429 only (seen in recorded answers).
        """
        reason = ACTIONS.get(status or NO_ANSWER)
        if reason is None:
            return None
        if reason is WaitReason.RATE_LIMIT:
            return (_seconds(retry_after), reason) if attempt < self.rate_limit_attempts else None
        if attempt >= self.attempts:
            return None
        pause = min(self.first_seconds * 2 ** (attempt - 1), self.longest_seconds)
        return pause * (0.5 + self.jitter() / 2), reason


PATIENT = RetryPolicy()


def _seconds(retry_after: str | None) -> float:
    try:
        return min(max(float(retry_after or ""), 1.0), LONGEST_RETRY_AFTER_SECONDS)
    except ValueError:
        return DEFAULT_RETRY_AFTER_SECONDS
