"""What stops the work, as one short tree. A wrong row is never an exception: it is a `Problem` or an `Outcome`.

FlowsheetError
├── UnreadableFile        the bytes are not a table we can read
│   └── ReadingCancelled  somebody did not want to wait for it
├── NotSignedIn           this app has a sign-in, and this visitor has not passed it, or no longer
├── JournalUnavailable    the records of runs cannot be read or written
├── CollectionBusy        another run is updating this collection
└── WebflowError          Webflow said no, or could not be reached; carries status, code, message, details, verdict
    ├── NotConnected      the token is missing, wrong, or lacks a permission (401, 403)
    ├── NotFound          the site, collection or item is not there, or not for this token (404)
    ├── RequestRefused    Webflow understood and said no (400, 409 and other 4xx): never sent again unchanged
    └── WebflowUnavailable  too busy, failing or out of reach, after patience ran out (429, 5xx, no answer)

Every message is made of whole sentences for a person: what happened, where, what to do next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lib.words.say import later, say


class FlowsheetError(Exception):
    """The work cannot go on; `str(error)` is shown to the person as it is."""


class UnreadableFile(FlowsheetError):
    """The file cannot be read as a table."""


class ReadingCancelled(UnreadableFile):
    """The reading of the file was ended by whoever waited for it."""


class NotSignedIn(FlowsheetError):
    """This app has a sign-in, and this visitor has not passed it, or does so no longer."""


class JournalUnavailable(FlowsheetError):
    """The records of runs cannot be read or written: the disk is full, the database is busy or gone."""


class CollectionBusy(FlowsheetError):
    """Another run is updating this collection since `since`; None when it has ended just now.

    `run_id` leads to it if it is the person's own, else None; `who` is the name of who made it, "" if unknown.
    """

    def __init__(
        self, collection: str, *, since: datetime | None = None, who: str = "", run_id: str | None = None
    ) -> None:
        self.since = since
        self.run_id = run_id
        if not since:
            sentence = later("Another run of {collection} has just ended. Press the button once more.")
        elif run_id:
            sentence = later(
                "Another run of yours is updating {collection}. Two at once could undo each other, so this one has not "
                "started and nothing was sent. Let it end, or open it and stop it."
            )
        elif who:
            sentence = later(
                "A run of {who} is updating {collection}. Two at once could undo each other, so this one has not "
                "started and nothing was sent. Wait for it to end, then try again."
            )
        else:
            sentence = later(
                "A run of somebody else with access to this site is updating {collection}. Two at once could undo each "
                "other, so this one has not started and nothing was sent. Wait for it to end, then try again."
            )
        super().__init__(say(sentence, who=who, collection=collection))


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One entry of an answer's `details`: `param` is a field slug or "", `description` is Webflow's text."""

    param: str
    description: str


class Certainty(StrEnum):
    """Whether a request has changed anything."""

    LANDED = "landed"
    NOT = "not"
    UNCLEAR = "unclear"


class Scope(StrEnum):
    """Whom an answer is about: some rows of the request, or the token, the site, the collection, Webflow itself."""

    ROW = "row"
    RUN = "run"


class WaitReason(StrEnum):
    """Why the next request waits. SETTLING: requests of which nobody knows the end may still be arriving."""

    RATE_LIMIT = "rate limit"
    BUSY = "busy"
    NO_ANSWER = "no answer"
    UNREADABLE = "unreadable"
    SETTLING = "settling"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a request after its answer, or without one; see the table in `lib.webflow.verdict`.

    `retry` is why it is worth another try, None when it is not. `is_late`: the work may go on after the talk has ended.
    """

    certainty: Certainty
    scope: Scope = Scope.RUN
    retry: WaitReason | None = None
    is_late: bool = False


class WebflowError(FlowsheetError):
    """Webflow refused or could not be reached.

    `status` is the HTTP status, or None when there was no answer; `code` and `remote_message` are Webflow's own
    words; `details` name fields, never items. `retry_after` is how many seconds Webflow asks everybody to wait, None
    when it does not. A write whose `verdict` is unclear may have changed something: look before sending it again.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        code: str = "",
        remote_message: str = "",
        details: Sequence[Detail] = (),
        verdict: Verdict = Verdict(Certainty.UNCLEAR),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.remote_message = remote_message
        self.details = tuple(details)
        self.verdict = verdict
        self.retry_after = retry_after


class NotConnected(WebflowError):
    """The token is missing, wrong, revoked, or lacks a permission."""


class NotFound(WebflowError):
    """The site, collection, item or locale variant is not there, or this token may not see it."""


class RequestRefused(WebflowError):
    """Webflow understood the request and said no; sending it again unchanged is pointless."""


class WebflowUnavailable(WebflowError):
    """Webflow is too busy, failing, or out of reach, and patience ran out."""
