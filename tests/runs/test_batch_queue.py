"""Batches come in order; one in doubt waits until nothing of it is under way; nothing is under way while one looks, and
nothing beside a batch that creates."""

import threading
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.journal.batches import BatchWork
from lib.model.run_state import Wanted
from lib.runs.batch_queue import BatchQueue
from lib.runs.signals import Halted, Signals
from tests.builders import a_change, a_creation
from tests.runs.fake_clock import FakeClock


class Row:
    """A queue, its clock, and whether it is time to look."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.signals = Signals(Wanted.RUN, self.clock)
        self.is_due = False
        self.waited: list[float] = []
        self.seen: list[str] = []
        self.queue = BatchQueue(self.signals, lambda: self.is_due, self.clock)

    def fill(self, *ready_in: float) -> None:
        """Batches 1, 2, 3 ..., each ready in so many seconds."""
        now = self.clock.now()
        self.queue.fill((BatchWork(number=n, changes=()), now + s) for n, s in enumerate(ready_in, 1))

    def fill_creating(self, creating: int, updating: int, *, ready_in: float = 0.0) -> None:
        """So many batches that create, the first ready in so many seconds, then so many that update."""
        changes = [a_creation()] * creating + [a_change()] * updating
        works = [BatchWork(number=number, changes=(change,)) for number, change in enumerate(changes, 1)]
        self.queue.fill((work, self.clock.now() + (ready_in if work.number == 1 else 0.0)) for work in works)

    def take_beside(self) -> tuple[threading.Thread, list[int | None]]:
        """Another sender that takes the next batch as soon as it may."""
        taken: list[int | None] = []
        other = threading.Thread(target=lambda: taken.append(self.take()), daemon=True)
        other.start()
        return other, taken

    def take(self, look: Callable[[], None] | None = None) -> int | None:
        work = self.queue.take(look or self.look, self.wait)
        return work and work.number

    def look(self) -> None:
        self.seen.append(f"looked with {self.queue.busy} under way")
        self.is_due = False

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.clock.seconds += seconds


@pytest.fixture
def row() -> Row:
    return Row()


def test_batches_come_in_order_and_one_that_is_put_back_comes_first(row: Row) -> None:
    row.fill(0, 0, 0)
    assert row.take() == 1
    row.queue.put_back((BatchWork(number=1, changes=()), 0.0))
    row.queue.done()
    assert [row.take() for _ in range(4)] == [1, 2, 3, None]
    assert (row.queue.busy, row.waited) == (3, [])


def test_a_batch_in_doubt_is_not_taken_before_nothing_of_it_is_under_way(row: Row) -> None:
    row.fill(45, 0, 30)
    assert [row.take(), row.take(), row.take()] == [2, 3, 1]
    assert row.waited == [30, 15]


@pytest.mark.parametrize("end", [lambda it: it.want(Wanted.STOP), lambda it: it.stop("no"), lambda it: it.leave()])
def test_nothing_is_taken_of_a_run_that_is_over(row: Row, end: Callable[[Signals], None]) -> None:
    row.fill(0, 0)
    row.is_due = True
    end(row.signals)
    assert (row.take(), row.seen, row.queue.busy) == (None, [], 0)


def test_somebody_looks_before_a_batch_is_taken_when_it_is_time_and_never_for_nothing(row: Row) -> None:
    row.is_due = True
    assert (row.take(), row.seen) == (None, [])
    row.fill(0)
    assert (row.take(), row.seen) == (1, ["looked with 0 under way"])


def test_a_look_waits_for_everything_that_is_under_way(row: Row) -> None:
    row.fill(0, 0)
    assert row.take() == 1
    row.is_due = True
    other = threading.Thread(target=row.take)
    other.start()
    row.seen.append("answered")
    row.queue.done()
    other.join()
    assert row.seen == ["answered", "looked with 0 under way"]


def test_nothing_is_taken_while_somebody_looks(row: Row) -> None:
    row.fill(0, 0)
    row.is_due = True
    other = threading.Thread(target=lambda: row.seen.append(f"took {row.take()}"))

    def look() -> None:
        other.start()
        row.look()

    taken = row.take(look)
    other.join()
    assert row.seen[0] == "looked with 0 under way" and {f"took {taken}", row.seen[1]} == {"took 1", "took 2"}


def test_a_look_that_is_broken_off_leaves_the_next_one_to_look(row: Row) -> None:
    def broken_off() -> None:
        raise Halted

    row.fill(0)
    row.is_due = True
    with pytest.raises(Halted):
        row.take(broken_off)
    assert (row.take(), row.seen) == (1, ["looked with 0 under way"])


def test_a_look_may_leave_nothing_to_send(row: Row) -> None:
    row.fill(0)
    row.is_due = True
    assert row.take(lambda: row.queue.fill([])) is None


def test_a_batch_that_creates_is_under_way_alone_and_before_all_that_update(row: Row) -> None:
    row.fill_creating(2, 2)
    assert row.take() == 1
    other, taken = row.take_beside()
    assert taken == []
    row.queue.done()
    other.join()
    assert taken == [2]
    another, later = row.take_beside()
    row.queue.done()
    another.join()
    assert (later, row.take(), row.queue.busy) == ([3], 4, 2)


def test_nothing_is_taken_before_a_creation_in_doubt_is_settled(row: Row) -> None:
    row.fill_creating(2, 1, ready_in=45)
    assert (row.take(), row.waited) == (1, [45])


def test_a_creation_that_is_put_back_comes_before_everything_again(row: Row) -> None:
    row.fill_creating(1, 1)
    work = row.queue.take(row.look, row.wait)
    assert work is not None and work.number == 1
    row.queue.put_back((work, row.clock.now() + 30))
    row.queue.done()
    assert (row.take(), row.waited) == (1, [30])


def test_nothing_comes_after_a_batch_with_which_the_run_ends(row: Row) -> None:
    row.fill_creating(2, 1)
    assert row.take() == 1
    other, taken = row.take_beside()
    row.queue.done(closes=True)
    other.join()
    assert (taken, row.take()) == ([None], None)


@given(
    creating=some.integers(0, 4),
    updating=some.integers(0, 4),
    steps=some.lists(some.sampled_from(["take", "done", "put back"]), max_size=40),
)
def test_whatever_happens_a_creation_is_alone_and_nobody_overtakes_it(
    creating: int, updating: int, steps: list[str]
) -> None:
    row = Row()
    row.fill_creating(creating, updating)
    under_way: list[BatchWork] = []
    ended: set[int] = set()
    for step in steps:
        if step == "take" and not any(work.creates for work in under_way):
            if (work := row.queue.take(row.look, row.wait)) is not None:
                under_way.append(work)
                is_first = set(range(1, min(work.number, creating + 1))) <= ended
                assert is_first and (len(under_way) == 1 or not any(one.creates for one in under_way))
        elif step != "take" and under_way:
            work = under_way.pop(0)
            if step == "done":
                ended.add(work.number)
            else:
                row.queue.put_back((work, 0.0))
            row.queue.done()
