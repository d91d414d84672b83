"""When it is time to look at the items again."""

import pytest

from lib.errors import WebflowError
from lib.journal.batches import BatchWork
from lib.model.run import RunKind
from lib.runs.clock import RunClock
from lib.runs.guard import Guard
from lib.webflow.retry import RetryPolicy
from tests.runs.conftest import Desk
from tests.runs.fake_clock import FakeClock

EVERY = 15.0


class Ticking(FakeClock):
    """Whoever asks twice finds that so many seconds have passed."""

    tick = 0.0

    def now(self) -> float:
        self.seconds += self.tick
        return self.seconds


def guard_of(desk: Desk, clock: FakeClock, kind: RunKind = RunKind.IMPORT) -> tuple[Guard, list[BatchWork]]:
    changes = desk.changes(2)
    guard = Guard(desk.spec(changes, kind=kind), RunClock(None), EVERY, clock)
    return guard, [BatchWork(number=1, changes=tuple(changes))]


@pytest.mark.parametrize(("kind", "later"), [(RunKind.IMPORT, True), (RunKind.PUBLISH, False)])
def test_it_is_time_before_the_first_batch_and_every_so_often_unless_a_run_only_publishes(
    desk: Desk, kind: RunKind, later: bool
) -> None:
    clock = FakeClock()
    guard, works = guard_of(desk, clock, kind)
    assert guard.is_due
    with desk.connection.open() as webflow:
        guard.look(webflow, works)
    clock.seconds += EVERY - 0.1
    assert not guard.is_due
    clock.seconds += 0.1
    assert guard.is_due is later


def test_a_look_that_takes_long_is_not_due_again_at_once(desk: Desk) -> None:
    clock = Ticking()
    guard, works = guard_of(desk, clock)
    clock.tick = 4 * EVERY
    with desk.connection.open() as webflow:
        guard.look(webflow, works)
    clock.tick = 0.0
    clock.seconds += EVERY - 0.1
    assert not guard.is_due


def test_only_a_look_that_came_to_its_end_counts(desk: Desk) -> None:
    guard, works = guard_of(desk, FakeClock())
    desk.door.box.order_fault("500", method="GET", token=desk.door.token)
    with desk.door.client(policy=RetryPolicy(attempts=1)) as webflow:
        with pytest.raises(WebflowError):
            guard.look(webflow, works)
        assert guard.is_due
        guard.look(webflow, works)
    assert not guard.is_due
