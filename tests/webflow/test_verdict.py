"""Did it land, whom is it about, is it worth another try? One answer for each status, for silence, and for words."""

from typing import Any

import pytest

from lib.errors import Certainty, Scope, Verdict, WaitReason
from lib.webflow.no_response import NoResponse
from lib.webflow.refusal import error_from
from lib.webflow.reply import Reply
from lib.webflow.verdict import verdict_of

NOT, UNCLEAR = Certainty.NOT, Certainty.UNCLEAR
ROW, RUN = Scope.ROW, Scope.RUN


def reply(status: int, body: Any = None) -> Reply:
    return Reply(status=status, headers={}, body=body)


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ((NoResponse.UNKNOWN_NAME, NoResponse.NOT_LISTENING), Verdict(NOT, RUN, WaitReason.NO_ANSWER)),
        ((NoResponse.CERTIFICATE, NoResponse.PROXY), Verdict(NOT, RUN, WaitReason.NO_ANSWER)),
        ((NoResponse.TIMEOUT, NoResponse.BROKEN_OFF, 408), Verdict(UNCLEAR, RUN, WaitReason.NO_ANSWER, is_late=True)),
        ((200, 202, 204), Verdict(UNCLEAR, RUN, WaitReason.UNREADABLE, is_late=True)),
        ((300, 302, 307, 399, 101, 600), Verdict(UNCLEAR, RUN, is_late=True)),
        ((401, 403), Verdict(NOT, RUN)),
        ((429,), Verdict(NOT, RUN, WaitReason.RATE_LIMIT)),
        ((400, 404, 409, 413, 418, 422, 431, 451, 499), Verdict(NOT, ROW)),
        ((502, 504), Verdict(UNCLEAR, RUN, WaitReason.BUSY, is_late=True)),
        ((500, 501, 503, 505, 520, 524, 599), Verdict(UNCLEAR, RUN, WaitReason.BUSY)),
    ],
)
def test_every_status_and_every_silence_has_its_verdict(
    outcomes: tuple[int | NoResponse, ...], verdict: Verdict
) -> None:
    for outcome in outcomes:
        assert verdict_of(outcome if isinstance(outcome, NoResponse) else reply(outcome)) == verdict


@pytest.mark.parametrize("status", [200, 202])
def test_only_a_success_that_is_webflows_has_landed(status: int) -> None:
    assert verdict_of(reply(status, {"items": []})) == Verdict(Certainty.LANDED)


SITE_WIDE = (
    "Conflict: The collection structure changed since the last publish",
    "Conflict: Collection structure changed since the last publish",
    "The site is not published",
    "THE SITE HASN'T BEEN PUBLISHED",
    "Site hasn’t been published",
    "Conflict: Site has never been published.",
    "Conflict: Conflict with server data: this site was not published yet",
    "Site is published to multiple domains at different times",
    "Cannot publish an unpublished site",
    "Conflict: items cannot be updated since the structure of their collection changed",
    "Conflict",
    "",
)
ABOUT_ITEMS = (
    "Conflict: Conflict with server data: Live PATCH updates can't be applied to items that have never been published",
    "Live PATCH updates can't be applied to Items that have never been published",
    "Conflict: This item is still being used by: Oat mug",
)


def refusal(message: str = "", *details: tuple[str, str], status: int = 409) -> Reply:
    entries = [{"param": param, "description": description} for param, description in details]
    return reply(status, {"message": message, "code": "conflict", "details": entries})


@pytest.mark.parametrize(
    ("answer", "scope"),
    [
        (refusal("", ("slug", "Field is required"), status=400), ROW),
        (refusal("Requested resource not found", status=404), ROW),
        (refusal("Requested resource not found: The collection cannot be found", status=404), RUN),
        (refusal("Conflict: Collection structure changed since the last publish", status=400), RUN),
        (refusal("", ("a", "Field not described in schema: undefined"), status=400), RUN),
        (refusal("Bad Request: The site is not published", status=400), RUN),
        *((refusal(text), RUN) for text in SITE_WIDE),
        *((refusal(text), ROW) for text in ABOUT_ITEMS),
        (refusal("", ("slug", "Unique value is already in database: 'a'")), ROW),
        (refusal("", ("slug", "Unique value is already in database: 'site-not-published'"), status=400), ROW),
        (refusal("invalid_scope", status=400), RUN),
        (refusal("Route not found: /x", status=404), RUN),
        (reply(400, None), RUN),
        (reply(404, None), RUN),
        (reply(413, None), ROW),
        (refusal("Forbidden: Item limit reached", status=403), ROW),
    ],
)
def test_what_is_wrong_with_everything_is_not_about_rows(answer: Reply, scope: Scope) -> None:
    error = error_from(answer)
    assert error.verdict == Verdict(NOT, scope)
