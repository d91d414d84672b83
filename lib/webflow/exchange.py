"""One request and its answer: paced, patient, told to whoever listens, and without the token in any error."""

import json
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

import requests

from lib.errors import WebflowError, WebflowUnavailable
from lib.settings import LOOPBACK, settings
from lib.webflow import refusal
from lib.webflow.bearer_auth import BearerAuth
from lib.webflow.deadline import WholeAnswerTimeout
from lib.webflow.events import Answered, Event, Sending, Waiting, WaitReason, ignore
from lib.webflow.no_response import NEVER_ARRIVED, NoResponse, no_response_of, sentence
from lib.webflow.pace import Room, number, pacer_of
from lib.webflow.reply import Reply, read_reply
from lib.webflow.retry import PATIENT, RetryBudget, RetryPolicy
from lib.webflow.wire import JSON, http_date

CONNECT_SECONDS = 5.0
# Servers close connections that nobody uses. A write on one that is just being closed would be left in doubt.
LONGEST_IDLE_SECONDS = 15.0
READS = ("GET",)


class Exchange:
    """A session for one token; `ask` takes its turn, tries as often as the policy wants, and returns JSON.

    `clock` is a monotonic clock in seconds, the same for all exchanges of a token in a process.
    """

    def __init__(
        self,
        token: str,
        base_url: str,
        *,
        on_event: Callable[[Event], None] = ignore,
        policy: RetryPolicy = PATIENT,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.base_url = base_url
        self.pacer = pacer_of(token, base_url)
        self.told_on: datetime | None = None  # Webflow's own clock in the last answer
        self._on_event = on_event
        self._policy = policy
        self._sleep = sleep
        self._clock = clock
        self._read_seconds = settings().webflow_timeout_seconds
        self._used_at = clock()
        self._session = _Session()
        self._session.auth = BearerAuth(token)
        self._session.headers.update({"Accept": "application/json", "User-Agent": "Flowsheet"})
        # A proxy in the environment is for the network, and would take the demo site away from this computer.
        self._session.trust_env = urlsplit(base_url).hostname not in LOOPBACK

    def room(self) -> Room:
        """What the token may still ask now."""
        return self.pacer.room(self._clock())

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def ask(self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: JSON | None = None) -> JSON:
        """The JSON object of a good answer.

        What only reads is tried again after any trouble; what writes, only when it surely changed nothing: a write
        without a clear answer is for the caller to look at first.
        Raises `WebflowError` for anything else, and `ValueError` for a body that JSON cannot hold, such as NaN.
        """
        data = None if body is None else _encoded(body)
        budget = RetryBudget(self._policy)
        while True:
            self._take_turn()
            answer = self._send(method, path, query, data)
            if isinstance(answer, NoResponse):
                error: WebflowError = self._silent(answer)
                pause = budget.pause(None, None)
            elif answer.status < 300 and isinstance(answer.body, dict):
                return answer.body
            else:
                error = refusal.error_from(answer)
                pause = budget.pause(answer.status, answer.headers.get("Retry-After"), answer.headers.get("Date"))
            if pause is None or (error.is_unclear and method not in READS):
                raise error
            self._rest(*pause)

    def _take_turn(self) -> None:
        now = self._clock()
        while (opens := self.pacer.enter(now)) is not None:
            self._wait(opens - now, WaitReason.RATE_LIMIT)
            now = max(self._clock(), opens)

    def _rest(self, seconds: float, reason: WaitReason) -> None:
        if reason is WaitReason.RATE_LIMIT:
            self.pacer.hold(self._clock() + seconds)  # for everybody with this token; waited for on the next turn
        else:
            self._wait(seconds, reason)

    def _wait(self, seconds: float, reason: WaitReason) -> None:
        self._on_event(Waiting(seconds=seconds, reason=reason))
        self._sleep(seconds)

    def _send(self, method: str, path: str, query: Mapping[str, str] | None, data: bytes | None) -> Reply | NoResponse:
        """One request. The library's errors hold the request with its token, so they end here."""
        started = self._clock()
        if started - self._used_at > LONGEST_IDLE_SECONDS:
            self._session.close()
        headers: Mapping[str, str] = {}
        answer: Reply | NoResponse = NoResponse.BROKEN_OFF
        try:
            self._on_event(Sending(method=method, path=path))
            response = self._session.request(
                method,
                self.base_url + path,
                params=query,
                data=data,
                headers={"Content-Type": "application/json"} if data else None,
                timeout=(CONNECT_SECONDS, self._read_seconds),
                allow_redirects=False,
                stream=True,
            )
            headers = response.headers
            self.told_on = http_date(headers.get("Date"))
            answer = read_reply(response)
        except (requests.RequestException, OSError) as error:
            answer = no_response_of(error)
        finally:
            self._used_at = self._clock()
            self.pacer.leave(headers, self._used_at, self._used_at - started)
        self._on_event(_answered(method, path, answer, self._clock() - started))
        return answer

    def _silent(self, no_response: NoResponse) -> WebflowUnavailable:
        error = WebflowUnavailable(
            sentence(no_response, urlsplit(self.base_url).hostname or self.base_url), code=no_response
        )
        error.is_unclear = no_response not in NEVER_ARRIVED
        return error


class _Session(requests.Session):
    """Connections that follow no redirect, not even to read where it leads: the library would read it whole."""

    def __init__(self) -> None:
        super().__init__()
        for scheme in ("http://", "https://"):
            self.mount(scheme, WholeAnswerTimeout())

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def _encoded(body: JSON) -> bytes:
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _answered(method: str, path: str, answer: Reply | NoResponse, seconds: float) -> Answered:
    if isinstance(answer, NoResponse):
        return Answered(method=method, path=path, status=None, seconds=seconds, code=answer)
    code, message, details = refusal.words(answer) if answer.status >= 300 else (_trouble(answer), "", ())
    return Answered(
        method=method,
        path=path,
        status=answer.status,
        seconds=seconds,
        code=code,
        message=message,
        details=details,
        limit=number(answer.headers, "X-RateLimit-Limit"),
        remaining=number(answer.headers, "X-RateLimit-Remaining"),
    )


def _trouble(answer: Reply) -> str:
    """What is wrong with a success: "" for nothing, as it is with every answer of Webflow's."""
    return "" if isinstance(answer.body, dict) else WaitReason.UNREADABLE
