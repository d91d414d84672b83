"""The announced time is true within a fifth: held against the real pacer, on a clock of the test's own."""

import heapq
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from lib.sandbox.rate import Window
from lib.stages.cost import Part, import_parts, in_words, seconds_for, sending
from lib.webflow.pace import Pacer, Room

TRUE_WITHIN = 0.2
SLACK_SECONDS = 2.0  # ends of windows are told in whole seconds


@dataclass
class Minute:
    """A token at Webflow: the window that counts its calls, our pacer, and a clock that we move."""

    limit: int
    answer_seconds: float
    now: float = 0.0
    pacer: Pacer = field(default_factory=Pacer)
    refused: int = 0

    def __post_init__(self) -> None:
        self._window = Window(self.limit, 60.0, lambda: self.now)
        self._places = itertools.count()

    def ask(self, part: Part) -> None:
        """Ask all of it, so many at once; everybody comes again as soon as the pacer lets them.

        Nothing is under way during a look, as in a run.
        """
        to_ask, looked, quiet_until = part.requests, self.now, self.now
        coming: list[tuple[float, int, dict[str, str] | None]] = []
        for _ in range(min(part.at_once, to_ask)):
            heapq.heappush(coming, (self.now, next(self._places), None))
        while coming:
            self.now, _, headers = heapq.heappop(coming)
            if headers is not None:
                self.pacer.leave(headers, self.now, self.answer_seconds)
            is_look = part.is_guarded and self.now - looked >= 15
            under_way = [moment for moment, _, told in coming if told is not None]
            if not to_ask:
                continue
            opens = quiet_until if self.now < quiet_until else max(under_way) if is_look and under_way else None
            opens = self.pacer.enter(self.now) if opens is None else opens
            if opens is not None:
                heapq.heappush(coming, (opens, next(self._places), None))
                continue
            if is_look:
                looked, quiet_until = self.now, self.now + self.answer_seconds
            to_ask -= not is_look
            self.refused += not self._window.take()
            heapq.heappush(coming, (self.now + self.answer_seconds, next(self._places), self._window.headers()))

    def seconds_of(self, parts: Sequence[Part]) -> float:
        began = self.now
        for part in parts:
            self.ask(part)
        return self.now - began


def is_true(said: float, took: float) -> bool:
    return abs(said - took) <= max(TRUE_WITHIN * took, SLACK_SECONDS)


def runs() -> Iterator[tuple[Part, ...]]:
    for batches in (1, 3, 20, 59, 60, 61, 98, 150, 400):
        yield import_parts(batches, batches)
        yield import_parts(batches, 0)
    yield (sending(37),)
    yield (Part(requests=100),)
    yield (Part(requests=0),)


@pytest.mark.parametrize("limit", [60, 120])
@pytest.mark.parametrize("answer_seconds", [0.0, 0.15, 0.5, 1.5, 4.0])
@pytest.mark.parametrize(("used", "ago"), [(0, 0), (1, 5), (30, 20), (60, 1), (60, 45), (120, 30), (60, 70)])
def test_the_time_is_true_within_a_fifth_whatever_the_limit_the_latency_and_what_is_used(
    limit: int, answer_seconds: float, used: int, ago: float
) -> None:
    for parts in runs():
        minute = Minute(limit, answer_seconds)
        minute.ask(Part(requests=1))
        minute.ask(Part(requests=max(min(used, limit) - 1, 0), at_once=1000))
        minute.now += ago
        room = minute.pacer.room(minute.now)
        said, took = seconds_for(parts, room), minute.seconds_of(parts)
        assert is_true(said, took), (parts, room, said, took)
        assert minute.refused == 0


@example(requests=[126, 300], at_once=5, limit=120, answer_seconds=0.25, used=1, ago=56.5)
@example(requests=[61], at_once=3, limit=60, answer_seconds=2.0, used=2, ago=56.0)
@given(
    requests=some.lists(some.integers(0, 300), min_size=1, max_size=3),
    at_once=some.integers(1, 8),
    limit=some.sampled_from([60, 120, 600]),
    answer_seconds=some.floats(0.01, 5),
    used=some.integers(1, 600),
    ago=some.floats(0, 90),
)
def test_the_time_is_true_for_any_parts(
    requests: list[int], at_once: int, limit: int, answer_seconds: float, used: int, ago: float
) -> None:
    parts = [Part(requests=one, at_once=at_once) for one in requests]
    minute = Minute(limit, answer_seconds)
    minute.ask(Part(requests=1))
    minute.ask(Part(requests=min(used, limit) - 1, at_once=1000))
    minute.now += ago
    room = minute.pacer.room(minute.now)
    took = minute.seconds_of(parts)
    # The end of a window is told in whole seconds, so a round of requests more or less may fit in before it.
    ends = [max(room.ends_in + late, 0.0) for late in (0.0, -SLACK_SECONDS, SLACK_SECONDS)]
    assert any(is_true(seconds_for(parts, replace(room, ends_in=end)), took) for end in ends)


def test_what_is_not_known_is_taken_to_be_what_webflow_allows_at_least() -> None:
    assert seconds_for([Part(requests=60)], Room(answer_seconds=0.0)) == 0
    assert seconds_for([Part(requests=61)], Room(answer_seconds=0.0)) == 60
    assert seconds_for([Part(requests=1)], Room()) == 0.5
    assert seconds_for([Part(requests=1)], Room(left=0, ends_in=38, answer_seconds=1.0)) == 39
    assert seconds_for([], Room()) == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "about 1 second"),
        (7.4, "about 7 seconds"),
        (43, "about 45 seconds"),
        (104, "about 105 seconds"),
        (105, "about 2 minutes"),
        (150, "about 2½ minutes"),
        (200, "about 3½ minutes"),
        (240, "about 4 minutes"),
        (285, "about 5 minutes"),
        (3600, "about 60 minutes"),
    ],
)
def test_times_are_said_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
