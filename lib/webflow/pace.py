"""Keeps the calls of a token within its limit: bursts while the window has room, waits for its end when it has none."""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

MOST_PACERS = 500


class Pacer:
    """Learns from the rate headers of every answer (developers.webflow.com, "Rate Limits"). Safe for threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._free_at = 0.0
        self.limit: int | None = None

    def pause(self) -> float:
        """Seconds to wait before the next call."""
        with self._lock:
            return max(self._free_at - self._clock(), 0.0)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Remember what an answer's headers say: with nothing remaining, the window's end is the next chance."""
        limit, remaining = number(headers, "X-RateLimit-Limit"), number(headers, "X-RateLimit-Remaining")
        with self._lock:
            self.limit = limit or self.limit
            ends_in = number(headers, "Retry-After")
            if remaining == 0 and ends_in is not None:
                self._free_at = self._clock() + ends_in

    def hold(self, seconds: float) -> None:
        """Nobody calls for so long: Webflow said 429."""
        with self._lock:
            self._free_at = max(self._free_at, self._clock() + seconds)


_pacers: OrderedDict[str, Pacer] = OrderedDict()
_pacers_lock = threading.Lock()


def pacer_of(token: str, base_url: str) -> Pacer:
    """The one pacer of this token in this process; kept under a fingerprint, never under the token itself."""
    fingerprint = hashlib.sha256(f"{base_url}\n{token}".encode()).hexdigest()
    with _pacers_lock:
        pacer = _pacers.pop(fingerprint, None) or Pacer()
        _pacers[fingerprint] = pacer
        while len(_pacers) > MOST_PACERS:
            _pacers.popitem(last=False)
        return pacer


def number(headers: Mapping[str, str], name: str) -> int | None:
    """A header as a whole number; None when it is missing or something else."""
    text = headers.get(name, "")
    return int(text) if text.isdecimal() else None
