"""One pacer per token: bursts while there is room, then waits for the window's end."""

import heapq
import itertools
import math
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.webflow import pace
from lib.webflow.pace import Pacer, number, pacer_of


def rate(remaining: int, ends_in: float, limit: int = 60) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(remaining),
        "Retry-After": str(math.ceil(ends_in)),
    }


def test_calls_burst_while_there_is_room() -> None:
    pacer = Pacer()
    for remaining in (59, 58, 57):
        assert pacer.enter(0.0) is None
        pacer.leave(rate(remaining, 60), 0.0)
    assert pacer.limit == 60


def test_a_used_up_window_is_waited_out_and_then_forgotten() -> None:
    pacer = Pacer()
    pacer.enter(0.0)
    pacer.leave(rate(0, 21), 0.0)
    assert pacer.enter(5.0) == 21.0
    assert pacer.enter(21.0) is None
    assert pacer.enter(21.0) is None


def test_calls_under_way_count_before_they_are_answered() -> None:
    pacer = Pacer()
    pacer.enter(0.0)
    pacer.leave(rate(2, 60), 0.0)
    assert [pacer.enter(1.0), pacer.enter(1.0), pacer.enter(1.0)] == [None, None, 60.0]


def test_threads_never_share_the_last_call_of_a_window() -> None:
    pacer = Pacer()
    pacer.enter(0.0)
    pacer.leave(rate(500, 60, limit=501), 0.0)
    with ThreadPoolExecutor(8) as threads:
        opens = list(threads.map(lambda _: pacer.enter(1.0), range(2000)))
    assert opens.count(None) == 500


def test_a_429_holds_everybody() -> None:
    pacer = Pacer()
    pacer.enter(0.0)
    pacer.leave({}, 0.0)
    pacer.hold(30.0)
    pacer.hold(10.0)
    assert pacer.enter(29.0) == 30.0
    assert pacer.enter(30.0) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-RateLimit-Remaining": "0"},
        {"X-RateLimit-Remaining": "none", "Retry-After": "60"},
        {"X-RateLimit-Remaining": "0", "Retry-After": "soon"},
        {"X-RateLimit-Remaining": "-1", "Retry-After": "9" * 5000},
    ],
    ids=["none", "no end", "no number", "odd end", "huge"],
)
def test_headers_that_do_not_tell_the_windows_end_stop_nobody(headers: dict[str, str]) -> None:
    pacer = Pacer()
    pacer.enter(0.0)
    pacer.leave(headers, 0.0)
    assert pacer.enter(0.0) is None


def test_no_header_makes_anybody_wait_for_hours() -> None:
    pacer = Pacer()
    pacer.enter(0.0)
    pacer.leave(rate(0, 86_400), 0.0)
    assert pacer.enter(0.0) == 120.0


def test_an_answer_of_an_earlier_window_is_too_late_to_count() -> None:
    pacer = Pacer()
    for _ in range(2):
        pacer.enter(0.0)
    pacer.leave(rate(50, 60), 10.0)
    pacer.leave(rate(0, 1), 10.5)
    assert pacer.enter(11.0) is None


def test_a_call_that_outlasts_its_window_may_count_in_the_next() -> None:
    pacer = Pacer()
    for _ in range(2):
        pacer.enter(0.0)
    pacer.leave(rate(1, 60, limit=3), 0.0)
    assert pacer.enter(60.0) is None  # beside the one that is still without an answer
    pacer.leave(rate(2, 60, limit=3), 60.0)
    assert [pacer.enter(61.0), pacer.enter(61.0)] == [None, 120.0]


@dataclass
class Minute:
    """A server with fixed windows of 60 s that start with their first call."""

    budget: int
    ends: float = 0.0
    used: int = 0
    refused: int = 0
    served: list[float] = field(default_factory=list)

    def take(self, now: float) -> dict[str, str]:
        if now >= self.ends:
            self.ends, self.used = now + 60, 0
        if self.used < self.budget:
            self.used += 1
            self.served.append(now)
        else:
            self.refused += 1
        return rate(self.budget - self.used, self.ends - now, self.budget)


@dataclass
class Bucket:
    """A server that gives calls back one by one, `budget` a minute and at most."""

    budget: int
    level: float = math.inf
    seen: float = 0.0
    refused: int = 0
    served: list[float] = field(default_factory=list)

    def take(self, now: float) -> dict[str, str]:
        self.level = min(self.level + (now - self.seen) * self.budget / 60, self.budget)
        self.seen = now
        if self.level >= 1:
            self.level -= 1
            self.served.append(now)
        else:
            self.refused += 1
        return rate(int(self.level), max(1 - self.level, 0) * 60 / self.budget, self.budget)


def work(server: Minute | Bucket, workers: int, calls: int, chance: random.Random, slowest: float = 1.5) -> None:
    """Workers that call as soon as the pacer lets them; answers take their time and overtake each other.

    What is refused is called again, when everybody has waited as the answer says.
    """
    pacer, count, left = Pacer(), itertools.count(), calls
    events: list[tuple[float, int, str, float, dict[str, str]]] = []

    def later(when: float, what: str, seconds: float = 0.0, headers: dict[str, str] | None = None) -> None:
        heapq.heappush(events, (when, next(count), what, seconds, headers or {}))

    for _ in range(workers):
        later(0.0, "ask")
    while events:
        now, _, what, seconds, headers = heapq.heappop(events)
        if what == "ask" and left:
            opens = pacer.enter(now)
            if opens is not None:
                later(opens, "ask")
                continue
            left -= 1
            there, back = chance.uniform(0.01, slowest), chance.uniform(0.01, slowest)
            later(now + there, "serve", there + back)
        elif what == "serve":
            refused = server.refused
            later(now + seconds / 2, "answer", seconds, server.take(now))
            if server.refused > refused:
                left += 1
                pacer.hold(now + 1)
        elif what == "answer":
            pacer.leave(headers, now, seconds)
            later(now, "ask")


@given(budget=some.integers(20, 120), workers=some.integers(1, 16), seed=some.integers(0, 2**16))
def test_no_call_is_too_much_and_hardly_any_room_is_left_unused(budget: int, workers: int, seed: int) -> None:
    server = Minute(budget)
    work(server, workers, budget * 3, random.Random(seed))
    windows = math.ceil(max(server.served) / 60)
    assert server.refused == 0
    assert len(server.served) == budget * 3
    # Three windows' worth of calls; slow workers may be the limit, not the windows.
    assert windows <= max(4, math.ceil(budget * 3 * 3.0 / workers / 60) + 1)


@given(budget=some.sampled_from([60, 120]), workers=some.integers(4, 8), seed=some.integers(0, 2**16))
def test_a_limit_that_refills_call_by_call_is_used_up_and_hardly_ever_passed(
    budget: int, workers: int, seed: int
) -> None:
    server, calls = Bucket(budget), budget * 5 // 2
    work(server, workers, calls, random.Random(seed), slowest=0.5)
    least = (calls - budget) * 60 / budget + 0.5
    assert len(server.served) == calls
    assert server.served[-1] <= 1.08 * least
    assert server.refused <= workers * 2


def test_a_window_is_told_from_a_limit_that_refills_by_its_end_which_stays() -> None:
    pacer = Pacer()
    for now in (0.0, 1.0, 2.0, 3.0, 4.0):
        pacer.enter(now)
        pacer.leave(rate(0, 0, limit=60), now)
    assert pacer.enter(4.0) == 5.0  # one call a second comes back
    assert pacer.enter(5.0) is None
    assert pacer.enter(5.0) == 6.0
    pacer.leave(rate(59, 60, limit=60), 60.0)  # a window after all
    assert pacer.room(60.0).left is not None


def test_a_slow_answer_does_not_make_a_window_seem_to_move() -> None:
    pacer = Pacer()
    for _ in range(2):
        pacer.enter(0.0)
    pacer.leave(rate(58, 60), 0.1, 0.1)
    pacer.leave(rate(0, 60), 25.0, 25.0)
    assert pacer.enter(59.0) == 60.1


@pytest.fixture
def few_pacers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = dict(pace._pacers)
    monkeypatch.setattr(pace, "MOST_PACERS", 3)
    pace._pacers.clear()
    yield
    pace._pacers.clear()
    pace._pacers.update(before)


def test_clients_of_a_token_share_a_pacer() -> None:
    assert pacer_of("one", "https://a") is pacer_of("one", "https://a")
    assert pacer_of("one", "https://a") is not pacer_of("two", "https://a")
    assert pacer_of("one", "https://a") is not pacer_of("one", "https://b")


def test_the_registry_never_holds_a_token_and_stays_small(few_pacers: None) -> None:
    kept = pacer_of("token-0", "https://a")
    for place in range(9):
        pacer_of(f"token-{place}", "https://a")
        assert pacer_of("token-0", "https://a") is kept
    assert len(pace._pacers) == 3
    assert "token" not in str(pace._pacers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("60", 60), (" 60 ", 60), ("0", 0), ("", None), ("6.5", None), ("²", None), ("9" * 5000, None)],
)
def test_headers_are_read_as_whole_numbers_or_not_at_all(text: str, expected: int | None) -> None:
    assert number({"X-RateLimit-Limit": text}, "X-RateLimit-Limit") == expected
