"""Times of contenders that take turns, and the ratios between them, round by round."""

import gc
import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median

Seconds = Mapping[str, float]
Contender = Callable[[], Seconds]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Something measured several times; `unit` is s, MB, requests, …"""

    what: str
    samples: tuple[float, ...]
    unit: str = "s"

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.samples)


@dataclass(frozen=True, kw_only=True)
class Goal(Figure):
    """A figure with what it must be at most, and what we want; `number` is its place in the list of goals."""

    number: str
    must: float
    want: float | None = None
    unit: str = "×"

    @property
    def is_met(self) -> bool:
        """Whether it is as small as it must be."""
        return self.middle <= self.must


@dataclass(kw_only=True)
class Result:
    """What one measure found; `notes` say what was not run, and what else there is to know."""

    figures: list[Figure] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the command line asked for; `rows` and `peers` are those to measure, None: the usual ones."""

    runs: int = 5
    rows: tuple[int, ...] | None = None
    peers: tuple[str, ...] | None = None
    is_quick: bool = False


class Rounds:
    """Contenders that take turns, so that a busy moment hits all of them; the first round warms up and is dropped."""

    def __init__(self, contenders: Mapping[str, Contender], runs: int) -> None:
        self.rounds: list[dict[str, float]] = []
        for number in range(runs + 1):
            found: dict[str, float] = {}
            for contender in contenders.values():
                gc.collect()
                found |= contender()
            if number:
                self.rounds.append(found)

    def samples(self, name: str) -> tuple[float, ...]:
        """The seconds of this name, by round."""
        return tuple(one[name] for one in self.rounds)

    def has(self, name: str) -> bool:
        """Whether it was measured."""
        return name in self.rounds[0]

    def ratio(self, name: str, to: str) -> tuple[float, ...]:
        """The ratio of two names, by round."""
        return tuple(one[name] / one[to] for one in self.rounds)

    def figures(self, heading: str) -> list[Figure]:
        """A figure for each name."""
        return [Figure(what=f"{heading}: {name}", samples=self.samples(name)) for name in self.rounds[0]]


_clock = {"is wall": True}


def use_cpu() -> None:
    """From now on count computing time, of this process and of its children: on a machine that others use as well."""
    _clock["is wall"] = False


def is_wall() -> bool:
    """Whether times are those of a clock on the wall."""
    return _clock["is wall"]


def now() -> float:
    """Seconds of the clock that is in use."""
    if is_wall():
        return time.perf_counter()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def timed(name: str, work: Callable[[], object]) -> Contender:
    """A contender of one time."""

    def run() -> Seconds:
        began = now()
        work()
        return {name: now() - began}

    return run
