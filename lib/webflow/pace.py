"""Keeps the calls of a token within its limit: bursts while there is room, then waits for as long as it takes."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

MOST_PACERS = 500
WINDOW_SECONDS = 60.0
LONGEST_WINDOW_SECONDS = 120.0  # windows last 60 s; whatever says more is not believed
NEWS_WEIGHT = 0.2  # of the last answer in how long an answer takes
SAME_WINDOW_SECONDS = 30.0  # ends of a window as told by two answers differ by less, those of two windows by more
TOLERANCE_SECONDS = 2.0  # by which the end of one window may seem to move


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a token may still ask: `left` of `limit` calls in the window that ends in `ends_in` seconds, and how long an
    answer takes. None: no answer has told yet, or the last window is over."""

    limit: int | None = None
    left: int | None = None
    ends_in: float = 0.0
    answer_seconds: float | None = None


class Pacer:
    """Counts calls against the window that the rate headers describe (developers.webflow.com, "Rate Limits").

    A window is fixed, 60 s long, and starts with its first call; `Retry-After` comes with every answer and tells the
    seconds to its end (seen in recorded answers). Where that end moves along with time, there is no window: what a
    minute allows then comes back call by call (not documented, not seen; other services limit so).
    Safe for threads; `now` is in seconds, of one clock for all callers.
    """

    def __init__(self) -> None:
        self.limit: int | None = None
        self._answer_seconds: float | None = None
        self._lock = threading.Lock()
        self._left: float | None = None  # None: nothing is known about the window
        self._window_ends = 0.0
        self._ends_by: float | None = None  # the earliest moment that the present window was told to end by
        self._refills = False
        self._filled_at = 0.0
        self._held_until = 0.0
        self._under_way = 0
        self._entered = 0  # calls that the unknown window may count

    def enter(self, now: float) -> float | None:
        """None: go ahead, the call counts as under way until `leave`. Else the moment at which to ask again."""
        with self._lock:
            self._pass_time(now)
            opens = max(self._held_until, self._opens(now))
            if opens > now:
                return opens
            if self._left is None:
                self._entered += 1
            else:
                self._left -= 1
            self._under_way += 1
            return None

    def leave(self, headers: Mapping[str, str], now: float, seconds: float | None = None) -> None:
        """A call that took so many seconds ended, with these headers; none when no answer came."""
        limit, remaining = number(headers, "X-RateLimit-Limit"), number(headers, "X-RateLimit-Remaining")
        ends_in = number(headers, "Retry-After")
        with self._lock:
            self._under_way -= 1
            self.limit = limit or self.limit
            if headers and seconds is not None:
                last = seconds if self._answer_seconds is None else self._answer_seconds
                self._answer_seconds = last + (seconds - last) * NEWS_WEIGHT
            if remaining is not None and ends_in is not None:
                ends = now + min(ends_in, LONGEST_WINDOW_SECONDS)
                self._see_end(ends - (seconds or 0.0) - 1, ends)
                if self._refills:
                    self._refill(remaining, now, seconds or 0.0)
                else:
                    self._learn(remaining, ends)

    def _opens(self, now: float) -> float:
        if self._left is None or self._left >= 1:
            return now
        return now + (1 - self._left) / self._per_second if self._refills else self._window_ends

    @property
    def _per_second(self) -> float:
        return (self.limit or 1) / WINDOW_SECONDS

    def _pass_time(self, now: float) -> None:
        """A window ends, or calls come back one by one."""
        if self._refills and self._left is not None:
            self._left = min(self._left + (now - self._filled_at) * self._per_second, self.limit or 1)
            self._filled_at = now
        elif now >= self._window_ends and self._left is not None:
            self._left, self._entered = None, self._under_way

    def _see_end(self, earliest: float, latest: float) -> None:
        """An answer told in whole seconds when its window ends: not before `earliest`, and by `latest`."""
        if self._ends_by is None or earliest > self._ends_by + SAME_WINDOW_SECONDS:
            self._ends_by, self._refills = latest, False
        elif earliest > self._ends_by + TOLERANCE_SECONDS:
            self._ends_by, self._refills = latest, self.limit is not None
        elif latest > self._ends_by - SAME_WINDOW_SECONDS:
            self._ends_by = min(self._ends_by, latest)

    def _refill(self, remaining: int, now: float, seconds: float) -> None:
        """Our own count, within what the answer says: calls under way may be counted in it, and some came back since
        it was given."""
        if self._left is None:
            self._left, self._filled_at = float(remaining - self._under_way), now
        self._pass_time(now)
        most = remaining + seconds * self._per_second
        self._left = min(max(self._left, remaining - self._under_way), most)

    def _learn(self, remaining: int, ends: float) -> None:
        """Answers may overtake each other, and tell the end of their window to within a second or two."""
        if self._left is None or ends > self._window_ends + SAME_WINDOW_SECONDS:
            # A new window. Calls under way may or may not be counted in `remaining`: assume they are still to come.
            entered = self._entered if self._left is None else self._under_way + 1
            budget = remaining if self.limit is None else self.limit
            self._left = max(min(remaining, budget - entered), 0)
            self._window_ends = ends
        elif ends > self._window_ends - SAME_WINDOW_SECONDS:
            self._left = min(self._left, remaining)
            self._window_ends = min(self._window_ends, ends)

    def room(self, now: float) -> Room:
        """What may still be asked now."""
        with self._lock:
            known = self._left if now < self._window_ends and not self._refills else None
            ends = max(self._held_until, 0.0 if known is None else self._window_ends)
            left = 0 if self._held_until > now else None if known is None else int(known)
            return Room(limit=self.limit, left=left, ends_in=max(ends - now, 0.0), answer_seconds=self._answer_seconds)

    def hold(self, until: float) -> None:
        """Nobody calls before `until`: Webflow said 429."""
        with self._lock:
            self._held_until = max(self._held_until, until)


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
    text = headers.get(name, "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else None
