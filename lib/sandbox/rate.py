"""The rate limit: fixed windows that start with the first call (developers.webflow.com, "Rate Limits")."""

import math
from collections.abc import Callable


class Window:
    """Counts the calls of one token; `take()` says whether one more fits."""

    def __init__(self, budget: int, seconds: float, clock: Callable[[], float]) -> None:
        self.budget = budget
        self.seconds = seconds
        self._clock = clock
        self._ends = 0.0
        self._used = 0

    def take(self) -> bool:
        """Count one call; False when the budget of the running window is used up."""
        now = self._clock()
        if now >= self._ends:
            self._ends, self._used = now + self.seconds, 0
        if self._used >= self.budget:
            return False
        self._used += 1
        return True

    def headers(self) -> dict[str, str]:
        """The three headers that every answer carries, successes too (seen in recorded answers)."""
        return {
            "X-RateLimit-Limit": str(self.budget),
            "X-RateLimit-Remaining": str(self.budget - self._used),
            "Retry-After": str(max(math.ceil(self._ends - self._clock()), 0)),
        }
