"""Senders hear at once what people want, also while they wait."""

from collections.abc import Callable

import pytest

from lib.model.run_state import Stop, StopCause, Wanted
from lib.runs.signals import Halted, Signals
from tests.runs.fake_clock import FakeClock

PAUSE, STOP = Wanted.PAUSE, Wanted.STOP
WHY = Stop(StopCause.REFUSED, "no")


def signals(clock: FakeClock | None = None) -> Signals:
    return Signals(Wanted.RUN, clock or FakeClock())


def test_a_wait_lasts_its_seconds_however_often_it_is_woken() -> None:
    clock = FakeClock(lambda: None, lambda: None)
    signals(clock).wait(7.0)
    assert clock.waits == [7.0, 7.0, 7.0] and clock.now() == 1007.0


@pytest.mark.parametrize(
    "happens",
    [lambda it: it.want(PAUSE), lambda it: it.want(STOP), lambda it: it.stop(WHY), lambda it: it.leave()],
    ids=["paused", "stopped", "ended early", "leaving"],
)
def test_a_wait_is_broken_off_as_soon_as_there_is_a_reason(happens: Callable[[Signals], None]) -> None:
    clock = FakeClock(lambda: happens(mine))
    mine = signals(clock)
    with pytest.raises(Halted):
        mine.wait(7.0)
    assert clock.waits == [7.0] and clock.now() == 1000.0
    with pytest.raises(Halted):
        mine.wait(7.0)
    assert clock.waits == [7.0]


@pytest.mark.parametrize(
    ("happens", "is_over", "halts"),
    [
        (lambda it: None, False, False),
        (lambda it: it.want(PAUSE), False, True),
        (lambda it: it.want(STOP), True, False),
        (lambda it: it.stop(WHY), True, False),
        (lambda it: it.leave(), True, True),
    ],
    ids=["going on", "paused", "stopped", "ended early", "leaving"],
)
def test_a_batch_that_is_begun_is_ended_unless_paused_or_leaving(
    happens: Callable[[Signals], None], is_over: bool, halts: bool
) -> None:
    mine = signals()
    happens(mine)
    assert mine.is_over is is_over
    if halts:
        with pytest.raises(Halted):
            mine.check()
    else:
        mine.check()


def test_the_first_reason_to_end_counts() -> None:
    mine = signals()
    mine.stop(Stop(StopCause.REFUSED, "first"))
    mine.stop(Stop(StopCause.FAULT))
    assert mine.stopped == Stop(StopCause.REFUSED, "first")
