"""One request and its answer: paced, told as an error from `lib.errors` where it is none, and without the token in it.

What only reads is tried again after any trouble; a write is sent once.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from lib.errors import Certainty, WaitReason, WebflowError
from lib.settings import settings
from lib.webflow import refusal
from lib.webflow.bearer_auth import BearerAuth
from lib.webflow.no_response import NoResponse
from lib.webflow.pace import Room, pacer_of
from lib.webflow.retry import PATIENT, RetryBudget, RetryPolicy
from lib.webflow.session import Session
from lib.webflow.verdict import verdict_of
from lib.webflow.wire import JSON, http_date

# Servers close connections that nobody uses. A write on one that is just being closed would be left in doubt.
LONGEST_IDLE_SECONDS = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The client is about to wait; `limit` is the token's requests per minute, None while no answer has told."""

    seconds: float
    reason: WaitReason
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The last request: its status, None when no answer came, how long it took, and the time on Webflow's clock."""

    status: int | None
    seconds: float
    told_on: datetime | None = None


def asleep(waiting: Waiting) -> None:
    """Wait, and tell nobody."""
    time.sleep(waiting.seconds)


class Exchange:
    """A session for one token. `wait` waits, and may raise to break a wait off: nothing is under way meanwhile.

    `clock` is a monotonic clock in seconds, the same for all exchanges of a token in a process. `answered` is the last
    request, None before the first; `waited` are the seconds waited so far.
    """

    def __init__(
        self,
        token: str,
        base_url: str,
        *,
        wait: Callable[[Waiting], None] = asleep,
        policy: RetryPolicy = PATIENT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.base_url = base_url
        self.pacer = pacer_of(token, base_url)
        self.answered: Answered | None = None
        self.waited = 0.0
        self._wait = wait
        self._policy = policy
        self._clock = clock
        self._read_seconds = settings().webflow_timeout_seconds
        self._used_at = clock()
        self._has_turn = False
        self._session = Session(base_url, BearerAuth(token))

    @property
    def room(self) -> Room:
        """What the token may still ask now, as far as answers have told."""
        return self.pacer.room(self._clock())

    @property
    def told_on(self) -> datetime | None:
        """Webflow's own clock in the last answer, in whole seconds; None when that did not tell."""
        return self.answered.told_on if self.answered else None

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def read(self, path: str, query: Mapping[str, str] | None = None) -> JSON:
        """The JSON object of a good answer, after as many tries as the policy allows. Raises `WebflowError`."""
        budget = RetryBudget(self._policy)
        while True:
            try:
                with self.turn():
                    return self._send("GET", path, query, None)
            except WebflowError as error:
                seconds = budget.pause(error)
                if seconds is None:
                    raise
                self.rest(seconds, error)

    def write(self, method: str, path: str, body: JSON, query: Mapping[str, str] | None = None) -> JSON:
        """The JSON object of a good answer. Sent once: what became of it without one is for the caller to find out.

        Raises `WebflowError`, and `ValueError` for a body that JSON cannot hold, such as NaN; then nothing was sent.
        """
        data = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        with self.turn():
            return self._send(method, path, query, data)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until the rate limit leaves room for one request, which is made within; a write without it waits too."""
        if self._has_turn:
            yield
            return
        now = self._clock()
        while (opens := self.pacer.enter(now)) is not None:
            self._rest(opens - now, WaitReason.RATE_LIMIT)
            now = max(self._clock(), opens)
        self._has_turn = True
        try:
            yield
        finally:
            if self._has_turn:
                self._leave({}, None)

    def rest(self, seconds: float, error: WebflowError) -> None:
        """Wait before the next try; after a 429 everybody with this token waits, on the next turn."""
        reason = error.verdict.retry
        if reason is not None and reason is not WaitReason.RATE_LIMIT:
            self._rest(seconds, reason)

    def stand_still(self, waiting: Waiting) -> None:
        """Wait, and count it."""
        self._wait(waiting)
        self.waited += waiting.seconds

    def _rest(self, seconds: float, reason: WaitReason) -> None:
        self.stand_still(Waiting(seconds=seconds, reason=reason, limit=self.pacer.limit))

    def _leave(self, headers: Mapping[str, str], seconds: float | None) -> None:
        self._has_turn = False
        self.pacer.leave(headers, self._clock(), seconds)

    def _send(self, method: str, path: str, query: Mapping[str, str] | None, data: bytes | None) -> JSON:
        """One request, and the JSON of a good answer."""
        started = self._clock()
        if started - self._used_at > LONGEST_IDLE_SECONDS:
            self._session.close()
        headers, answer = self._session.answer_to(
            method, self.base_url + path, seconds=self._read_seconds, query=query, data=data
        )
        self._used_at = self._clock()
        seconds = self._used_at - started
        self._leave(headers, seconds)
        if isinstance(answer, NoResponse):
            self.answered = Answered(status=None, seconds=seconds)
            raise refusal.error_without_answer(answer, urlsplit(self.base_url).hostname or self.base_url)
        self.answered = Answered(status=answer.status, seconds=seconds, told_on=http_date(headers.get("Date")))
        if verdict_of(answer).certainty is Certainty.LANDED:
            body: JSON = answer.body
            return body
        error = refusal.error_from(answer)
        if error.retry_after is not None:
            self.pacer.hold(self._clock() + error.retry_after)
        raise error
