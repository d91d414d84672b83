"""Patience is a table, and it ends."""

import pytest

from lib.errors import WaitReason, WebflowError
from lib.webflow.no_response import NoResponse
from lib.webflow.refusal import error_from, error_without_answer
from lib.webflow.reply import Reply
from lib.webflow.retry import RetryBudget, RetryPolicy, retry_after_seconds

STEADY = RetryPolicy(jitter=lambda: 1.0)


def error(status: int | None, retry_after: str | None = None) -> WebflowError:
    if status is None:
        return error_without_answer(NoResponse.TIMEOUT, "api.webflow.com")
    return error_from(Reply(status=status, headers={"Retry-After": retry_after or ""}, body=None))


def pauses(policy: RetryPolicy, status: int | None, retry_after: str | None = None) -> list[float]:
    budget, found = RetryBudget(policy), []
    while (pause := budget.pause(error(status, retry_after))) is not None:
        found.append(pause)
    return found


@pytest.mark.parametrize("status", [None, 200, 408, 429, 500, 502, 503, 504, 520, 524, 599])
def test_passing_troubles_are_waited_out(status: int | None) -> None:
    assert RetryBudget(STEADY).pause(error(status)) is not None


@pytest.mark.parametrize("status", [300, 302, 400, 401, 403, 404, 409, 413, 422, 431, 451])
def test_a_no_is_never_asked_again(status: int) -> None:
    assert RetryBudget(STEADY).pause(error(status, "1")) is None


def test_pauses_double_up_to_a_longest_one() -> None:
    assert pauses(RetryPolicy(attempts=8, jitter=lambda: 1.0), 503) == [1, 2, 4, 8, 16, 20, 20]


def test_jitter_shortens_pauses_by_half_at_most() -> None:
    assert pauses(RetryPolicy(jitter=lambda: 0.0), 503) == [0.5, 1.0, 2.0]


def test_retry_after_counts_after_a_429_only() -> None:
    assert pauses(STEADY, 429, "7") == [7] * 9
    assert pauses(STEADY, 503, "7") == [1, 2, 4]


def test_a_busy_minute_does_not_use_up_the_patience_for_failures() -> None:
    budget = RetryBudget(STEADY)
    for _ in range(5):
        budget.pause(error(429, "1"))
    assert budget.pause(error(503)) == budget.pause(error(None)) == 1.0


def test_all_waits_together_have_an_end() -> None:
    assert sum(pauses(STEADY, 429, "120")) == 600
    assert pauses(RetryPolicy(total_seconds=5, attempts=99, jitter=lambda: 1.0), 500) == [1, 2]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("37", 37),
        ("2.5", 2.5),
        ("0", 1),
        ("-5", 1),
        ("86400", 120),
        ("inf", 120),
        ("nan", 60),
        ("", 60),
        (None, 60),
        ("soon", 60),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 60),
    ],
)
def test_odd_retry_after_headers_are_borne(text: str | None, seconds: float) -> None:
    assert retry_after_seconds(text) == seconds


@pytest.mark.parametrize(
    ("retry_after", "answered_on", "seconds"),
    [
        ("Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:27:23 GMT", 37),
        ("Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:28:00 GMT", 1),
        ("Wed, 21 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 09:00:00 GMT", 1),
        ("Thu, 21 Oct 2027 07:28:00 GMT", "Wed, 21 Oct 2026 07:28:00 GMT", 120),
        ("Wednesday, 21-Oct-26 07:28:00 GMT", "Wed, 21 Oct 2026 07:27:00 GMT", 60),
        ("Wed, 21 Oct 2026 07:28:00 GMT", "yesterday", 60),
        ("Wed, 99 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026 07:27:23 GMT", 60),
        ("37", "Wed, 21 Oct 2026 07:27:23 GMT", 37),
    ],
)
def test_a_retry_after_that_is_a_date_counts_from_the_date_of_the_answer(
    retry_after: str, answered_on: str, seconds: float
) -> None:
    assert retry_after_seconds(retry_after, answered_on) == seconds


def test_a_success_that_is_not_webflows_is_a_passing_trouble() -> None:
    found = error(200)
    assert found.verdict.retry is WaitReason.UNREADABLE
    assert RetryBudget(STEADY).pause(found) == 1.0
