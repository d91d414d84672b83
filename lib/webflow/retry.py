"""How long patience lasts: pauses, how many, and how long altogether."""

import math
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from lib.errors import WaitReason, WebflowError
from lib.webflow.wire import http_date

LONGEST_RETRY_AFTER_SECONDS = 120.0
DEFAULT_RETRY_AFTER_SECONDS = 60.0  # a whole window (developers.webflow.com, "Rate Limits")


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How patient we are with one reading, or with one batch.

    `attempts` are for failures of one kind, `rate_limit_attempts` for 429; together they wait `total_seconds` at most.
    Pauses after failures double from `first_seconds` to `longest_seconds`, shortened by up to half by `jitter`.
    """

    attempts: int = 4
    rate_limit_attempts: int = 10
    total_seconds: float = 600.0
    first_seconds: float = 1.0
    longest_seconds: float = 20.0
    jitter: Callable[[], float] = field(default=random.random, repr=False)


PATIENT = RetryPolicy()


class RetryBudget:
    """What is left of a policy, until `renew`. Kinds of trouble are counted apart: a busy minute is no failure."""

    def __init__(self, policy: RetryPolicy) -> None:
        self._policy = policy
        self._tries: Counter[WaitReason] = Counter()
        self._waited = 0.0

    def pause(self, error: WebflowError) -> float | None:
        """Seconds to wait after this error before the next try; None: give up."""
        reason = error.verdict.retry
        if reason is None:
            return None
        self._tries[reason] += 1
        seconds = error.retry_after if error.retry_after is not None else self._doubled(reason)
        is_limited = reason is WaitReason.RATE_LIMIT
        attempts = self._policy.rate_limit_attempts if is_limited else self._policy.attempts
        if self._tries[reason] >= attempts or self._waited + seconds > self._policy.total_seconds:
            return None
        self._waited += seconds
        return seconds

    def renew(self) -> None:
        """Something went well: begin anew."""
        self._tries.clear()
        self._waited = 0.0

    def _doubled(self, reason: WaitReason) -> float:
        doubled = self._policy.first_seconds * 2.0 ** (self._tries[reason] - 1)
        return min(doubled, self._policy.longest_seconds) * (0.5 + self._policy.jitter() / 2)


def retry_after_seconds(text: str | None, answered_on: str | None = None) -> float:
    """A `Retry-After` header, 1 to 120 s: a number of seconds, or a date (RFC 9110), which counts from the date of the
    answer on the server's own clock. 60 s when it is missing or neither. It comes with every answer, so it counts
    after a 429 only (seen in recorded answers)."""
    try:
        seconds = float(text or "")
    except ValueError:
        seconds = _seconds_between(answered_on, text)
    if math.isnan(seconds):
        return DEFAULT_RETRY_AFTER_SECONDS
    return min(max(seconds, 1.0), LONGEST_RETRY_AFTER_SECONDS)


def _seconds_between(start: str | None, end: str | None) -> float:
    """Seconds from one HTTP date to another; NaN when one is none."""
    first, last = http_date(start), http_date(end)
    return (last - first).total_seconds() if first and last else math.nan
