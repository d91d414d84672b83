"""Who works on a run, and what people want of it. Every change is one statement, so that nobody slips in between."""

from dataclasses import dataclass

import sqlalchemy as sa

from lib.errors import WaitReason
from lib.journal import codec
from lib.journal.database import Database
from lib.journal.locks import free_abandoned, in_the_way
from lib.journal.tables import now, run
from lib.journal.transitions import IS_UNATTENDED, ending_unattended, moving
from lib.model.run_state import LIVE, RunState, Stop, StopCause, Wanted


class LostRun(Exception):
    """Another worker has the run, or the lease ran out: nothing more may be sent or written.

    `str(error)` says what was wrong with the records, "" if they were not to blame.
    """


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a run: `fence` is newer than that of every worker before; `wanted` is what people want."""

    run_id: str
    fence: int
    wanted: Wanted = Wanted.RUN

    @property
    def is_first(self) -> bool:
        """Whether nobody has worked on the run before."""
        return self.fence == 1


def claim(db: Database, run_id: str, owner: str, lease_seconds: float) -> Claim | None:
    """Take the run for somebody who wants it to go on; None when it is worked on, or done.

    Raises `CollectionBusy` when a stopped run is resumed while another one works on its collection.
    """
    with db.read() as connection:
        mine = connection.execute(
            sa.select(run.c.lock_key, run.c.person, run.c.collection_name).where(run.c.id == run_id)
        ).first()
    if mine is None:
        return None
    free_abandoned(db, mine.lock_key, besides=run_id)
    try:
        return _taken(db, run_id, _taking(run_id, owner, lease_seconds).values(wanted=Wanted.RUN))
    except sa.exc.IntegrityError:
        raise in_the_way(db, *mine) from None


def take_over(db: Database, run_id: str, owner: str, lease_seconds: float) -> Claim | None:
    """Take the run if it goes on and its worker is gone; None otherwise. What people want of it stays."""
    return _taken(db, run_id, _taking(run_id, owner, lease_seconds).where(run.c.state.in_(LIVE)))


def is_live(db: Database, run_id: str) -> bool:
    """Whether the run is on record and has not ended."""
    with db.read() as connection:
        return connection.scalar(sa.select(run.c.state).where(run.c.id == run_id)) in LIVE


def _taking(run_id: str, owner: str, lease_seconds: float) -> sa.Update:
    """The change that makes a run ours, where nobody works on it."""
    return (
        moving(RunState.RUNNING)
        .where(run.c.id == run_id, IS_UNATTENDED)
        .values(owner=owner, fence=run.c.fence + 1, lease_until=now() + lease_seconds, waiting="", waiting_until=None)
    )


def _taken(db: Database, run_id: str, taking: sa.Update) -> Claim | None:
    with db.write() as connection:
        taken = connection.execute(taking.returning(run.c.fence, run.c.wanted)).first()
    return None if taken is None else Claim(run_id, taken.fence, Wanted(taken.wanted))


def beat(db: Database, mine: Claim, lease_seconds: float) -> Wanted:
    """Renew the lease, and hear what is wanted. Raises `LostRun`."""
    renewing = (
        run.update()
        .where(run.c.id == mine.run_id, run.c.fence == mine.fence, run.c.lease_until > now())
        .values(lease_until=now() + lease_seconds)
        .returning(run.c.wanted)
    )
    with db.write() as connection:
        wanted = connection.scalar(renewing)
    if wanted is None:
        raise LostRun
    return Wanted(wanted)


def want(db: Database, run_id: str, wanted: Wanted) -> None:
    """Ask the worker for something; any process may."""
    with db.write() as connection:
        connection.execute(run.update().where(run.c.id == run_id, run.c.state.in_(LIVE)).values(wanted=wanted))


def give_up(db: Database, run_id: str) -> bool:
    """End a run that nobody works on, so that its collection is free; False when somebody does."""
    with db.write() as connection:
        ended = connection.execute(ending_unattended(StopCause.GIVEN_UP).where(run.c.id == run_id))
    return ended.rowcount > 0


def mark(db: Database, mine: Claim, state: RunState, *, stop: Stop | None = None, note: str | None = None) -> None:
    """Say where the run is; an ended or interrupted one is given back, and only its end may be told once more.

    Raises `LostRun`, also for a state that the run cannot be in next.
    """
    is_ours = sa.or_(run.c.owner.is_not(None), run.c.state == state)
    moved = moving(state, stop).where(is_ours)
    _write(db, mine, moved if note is None else moved.values(check_note=codec.clean(note)))


def say_waiting(db: Database, mine: Claim, reason: WaitReason, seconds: float) -> None:
    """Tell whoever watches why nothing happens, for so long. Raises `LostRun`."""
    _write(db, mine, run.update().values(waiting=reason, waiting_until=now() + seconds))


def _write(db: Database, mine: Claim, change: sa.Update) -> None:
    """One statement: taking a shared lock first would let two senders wait for each other."""
    with db.write() as connection:
        written = connection.execute(change.where(run.c.id == mine.run_id, run.c.fence == mine.fence))
    if not written.rowcount:
        raise LostRun


_FENCE = sa.select(run.c.fence).where(run.c.id == sa.bindparam("of_run")).with_for_update(read=True)


def hold(connection: sa.Connection, mine: Claim) -> None:
    """Make sure within this transaction that the run is still ours; a take-over waits for its end."""
    fence = connection.scalar(_FENCE, {"of_run": mine.run_id})
    if fence != mine.fence:
        raise LostRun
