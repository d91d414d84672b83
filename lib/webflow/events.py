"""What a client tells whoever listens: each request, each answer, and each wait before it happens."""

from dataclasses import dataclass
from enum import StrEnum

from lib.errors import Detail


class WaitReason(StrEnum):
    """Why the next request waits."""

    RATE_LIMIT = "rate limit"
    BUSY = "busy"
    NO_ANSWER = "no answer"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One request and its answer. `status` is None when no answer came; `limit` and `remaining` are requests per
    window as the headers say, None when they do not. A success that is not Webflow's has the code `UNREADABLE`."""

    method: str
    path: str
    status: int | None
    seconds: float
    code: str = ""
    message: str = ""
    details: tuple[Detail, ...] = ()
    limit: int | None = None
    remaining: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A request is about to leave. Whoever listens may still forbid it by raising an exception."""

    method: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The client is about to wait."""

    seconds: float
    reason: WaitReason


Event = Sending | Answered | Waiting


def ignore(event: Event) -> None:
    """Listen to nothing."""
