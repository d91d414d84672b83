"""A run moves only as its table allows, and every ending leaves the same marks."""

from itertools import product

import pytest
import sqlalchemy as sa

from lib.journal import claims, locks, views
from lib.journal.claims import LostRun
from lib.journal.database import Database
from lib.journal.tables import now, run
from lib.model.run import Run
from lib.model.run_state import ENDED, LIVE, NEXT, WORKED_ON, RunState, Stop, StopCause, Wanted, leading_to
from tests.journal.test_journal import LEASE, claimed, start

ON_RECORD = tuple(state for state in RunState if state is not RunState.NEEDS_TOKEN)


def seen(db: Database, run_id: str) -> Run:
    found = views.run_of(db, run_id)
    assert found is not None
    return found


def test_every_state_has_its_line_in_the_table() -> None:
    assert set(NEXT) == set(RunState) == {*LIVE, *ENDED}
    assert leading_to(RunState.QUEUED) == ()
    assert set(leading_to(RunState.DONE)) == set(WORKED_ON)


@pytest.mark.parametrize(("state", "following"), list(product(ON_RECORD, ON_RECORD)))
def test_a_run_moves_only_where_it_may(journal: Database, state: RunState, following: RunState) -> None:
    run_id = start(journal)
    mine = claimed(journal, run_id)
    with journal.write() as connection:
        connection.execute(run.update().values(state=state))
    if following in NEXT[state] or following is state:
        claims.mark(journal, mine, following)
        state = following
    else:
        with pytest.raises(LostRun):
            claims.mark(journal, mine, following)
    with journal.read() as connection:
        assert connection.scalar(sa.select(run.c.state)) == state


@pytest.mark.parametrize("end", [RunState.DONE, RunState.STOPPED])
def test_whoever_has_ended_a_run_starts_it_no_more_but_may_repeat_the_end(journal: Database, end: RunState) -> None:
    run_id = start(journal)
    mine = claimed(journal, run_id)
    for _ in range(2):
        claims.mark(journal, mine, end, stop=Stop(StopCause.FAULT) if end is RunState.STOPPED else None)
    with pytest.raises(LostRun):
        claims.mark(journal, mine, RunState.RUNNING)
    assert seen(journal, run_id).state is end


def left_behind(db: Database, run_id: str) -> None:
    with db.write() as connection:
        is_it = run.c.id == run_id
        connection.execute(run.update().where(is_it).values(lease_until=now() - locks.ABANDONED_SECONDS - 1))


def test_every_ending_is_dated_and_gives_its_cause(journal: Database) -> None:
    stopped, given_up, abandoned = (start(journal, key=key, lock_key=key) for key in ("s", "g", "a"))
    mine = claimed(journal, stopped)
    claims.want(journal, stopped, Wanted.STOP)
    claims.mark(journal, mine, RunState.STOPPED, stop=Stop(StopCause.REFUSED, "No {such} field."))
    claims.mark(journal, claimed(journal, given_up), RunState.INTERRUPTED)
    claims.give_up(journal, given_up)
    claims.mark(journal, claimed(journal, abandoned), RunState.INTERRUPTED)
    left_behind(journal, abandoned)
    start(journal, key="next", lock_key="a")
    ends = [seen(journal, run_id) for run_id in (stopped, given_up, abandoned)]
    assert [one.state for one in ends] == [RunState.STOPPED] * 3
    assert all(one.finished_on for one in ends)
    causes = [Stop(StopCause.REFUSED, "No {such} field."), Stop(StopCause.GIVEN_UP), Stop(StopCause.ABANDONED)]
    assert [one.stop for one in ends] == causes
    with journal.read() as connection:
        ended = sa.select(run.c.owner, run.c.waiting, run.c.waiting_until).where(run.c.state == RunState.STOPPED)
        assert connection.execute(ended).all() == [(None, "", None)] * 3


def test_a_run_that_is_abandoned_twice_has_ended_twice(journal: Database) -> None:
    """What was shown of the first end must not stand for the second one."""
    run_id, ends = start(journal), []
    for key in ("second", "third"):
        left_behind(journal, run_id)
        other = start(journal, key=key)
        ends.append(seen(journal, run_id).finished_on)
        claims.mark(journal, claimed(journal, other), RunState.DONE)
        assert claims.claim(journal, run_id, "me", LEASE) is not None
        assert (seen(journal, run_id).finished_on, seen(journal, run_id).stop) == (None, None)
    assert None not in ends and ends[0] != ends[1]
