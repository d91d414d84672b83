"""Nothing leaves after the lease has ended by our own clock; records that are away are asked again as long as that."""

from collections.abc import Callable

import pytest

from lib.errors import JournalUnavailable
from lib.journal import claims, specs
from lib.journal.claims import Claim, LostRun
from lib.journal.database import Database
from lib.model.run_state import Wanted
from lib.runs.lease import TRY_AGAIN_SECONDS, Lease
from lib.runs.timing import Timing
from lib.stages.batch import batched
from tests.runs.conftest import Desk
from tests.runs.fake_clock import FakeClock

TIMING = Timing(lease_seconds=15.0, margin_seconds=10.0)


def lease(db: Database, clock: FakeClock, claim: Claim | None = None) -> Lease:
    return Lease(db, claim or Claim("a run", 1), TIMING, clock)


def claimed(desk: Desk) -> Claim:
    spec = desk.spec(desk.changes(1))
    run_id = specs.create(
        desk.db, spec, batched(spec.plan.changes, spec.collection), key="k", person="me", lock_key="products"
    )
    claim = claims.claim(desk.db, run_id, "me", 60.0)
    assert claim is not None
    return claim


def unavailable(times: int, then: Callable[[], None] = lambda: None) -> Callable[[Database, str], str]:
    left = [JournalUnavailable("The records are away.")] * times

    def read(db: Database, run_id: str) -> str:
        if left:
            raise left.pop()
        then()
        return run_id

    return read


@pytest.mark.parametrize(
    ("lease_age", "written_ago", "may"),
    [(0, 0, True), (14.9, 0, True), (15, 0, False), (600, 0, False), (10, 10, True), (10, 10.1, False)],
)
def test_a_request_leaves_within_the_lease_and_soon_after_it_was_written_down(
    journal: Database, lease_age: float, written_ago: float, may: bool
) -> None:
    clock = FakeClock()
    mine = lease(journal, clock)
    clock.seconds += lease_age
    assert mine.may_send(clock.now() - written_ago) is may


def test_a_sign_of_life_counts_from_when_it_was_begun_and_brings_what_people_want(desk: Desk) -> None:
    clock = FakeClock()
    mine = lease(desk.db, clock, claim := claimed(desk))
    clock.seconds += 14
    assert mine.beat() is Wanted.RUN
    claims.want(desk.db, claim.run_id, Wanted.PAUSE)
    clock.seconds += 14
    assert mine.may_send(clock.now()) and mine.beat() is Wanted.PAUSE
    clock.seconds += 15
    assert not mine.may_send(clock.now())


def test_a_run_that_somebody_else_has_is_lost_at_once(desk: Desk) -> None:
    claim = claimed(desk)
    clock = FakeClock()
    mine = lease(desk.db, clock, Claim(claim.run_id, claim.fence - 1))
    with pytest.raises(LostRun):
        mine.beat()
    assert clock.waits == []


def test_records_that_are_away_are_asked_again_until_they_are_back(journal: Database) -> None:
    clock = FakeClock()
    assert lease(journal, clock).read(unavailable(3)) == "a run"
    assert clock.waits == [TRY_AGAIN_SECONDS] * 3


def test_records_that_stay_away_for_as_long_as_a_lease_lose_the_run_and_say_why(journal: Database) -> None:
    clock = FakeClock()
    with pytest.raises(LostRun, match="The records are away"):
        lease(journal, clock).read(unavailable(999))
    assert 1015 <= clock.now() < 1015 + 2 * TRY_AGAIN_SECONDS
