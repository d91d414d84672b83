"""Who works on a run, and what people want of it. Every change is one statement, so that nobody slips in between."""

from dataclasses import dataclass

import sqlalchemy as sa

from lib.errors import CollectionBusy
from lib.journal import codec
from lib.journal.database import Database
from lib.journal.specs import busy_with, free_abandoned, just_ended
from lib.journal.tables import now, run
from lib.model.run import LIVE, RunState, Wanted


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


def claim(db: Database, run_id: str, owner: str, lease_seconds: float) -> Claim | None:
    """Take the run for somebody who wants it to go on; None when it is worked on, or done.

    Raises `CollectionBusy` when a stopped run is resumed while another one works on its collection.
    """
    free_abandoned(db, sa.select(run.c.scope).where(run.c.id == run_id).scalar_subquery(), besides=run_id)
    taking = _taking(run_id, owner, lease_seconds).where(run.c.state != RunState.DONE)
    try:
        return _taken(db, run_id, taking.values(wanted=Wanted.RUN, stop_reason="", finished_at=None))
    except sa.exc.IntegrityError:
        raise _busy(db, run_id) from None


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
        run.update()
        .where(run.c.id == run_id, sa.or_(run.c.owner.is_(None), run.c.lease_until < now()))
        .values(owner=owner, fence=run.c.fence + 1, lease_until=now() + lease_seconds)
        .values(state=RunState.RUNNING, waiting="", waiting_until=None)
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


def give_up(db: Database, run_id: str, reason: str) -> bool:
    """End a run that nobody works on, so that its collection is free; False when somebody does."""
    is_free = sa.or_(run.c.owner.is_(None), run.c.lease_until < now())
    with db.write() as connection:
        ended = connection.execute(
            run.update()
            .where(run.c.id == run_id, run.c.state.in_(LIVE), is_free)
            .values(state=RunState.STOPPED, stop_reason=reason, owner=None, fence=run.c.fence + 1, finished_at=now())
        )
    return ended.rowcount > 0


def mark(db: Database, mine: Claim, state: RunState, *, reason: str = "", note: str | None = None) -> None:
    """Say where the run is; ended and interrupted runs give their lease back. Raises `LostRun`."""
    values: dict[str, object] = {"state": state}
    if state in (RunState.DONE, RunState.STOPPED, RunState.INTERRUPTED):
        values |= {"owner": None, "lease_until": now(), "waiting": "", "stop_reason": codec.clean(reason)}
    if state in (RunState.DONE, RunState.STOPPED):
        values["finished_at"] = now()
    if note is not None:
        values["check_note"] = codec.clean(note)
    _write(db, mine, values)


def say_waiting(db: Database, mine: Claim, sentence: str, seconds: float) -> None:
    """Tell whoever watches why nothing happens; "" takes it back. Raises `LostRun`."""
    _write(db, mine, {"waiting": sentence, "waiting_until": now() + seconds})


def _write(db: Database, mine: Claim, values: dict[str, object]) -> None:
    """One statement: taking a shared lock first would let two senders wait for each other."""
    with db.write() as connection:
        written = connection.execute(
            run.update().where(run.c.id == mine.run_id, run.c.fence == mine.fence).values(values)
        )
    if not written.rowcount:
        raise LostRun


def hold(connection: sa.Connection, mine: Claim) -> None:
    """Make sure within this transaction that the run is still ours; a take-over waits for its end."""
    fence = connection.scalar(sa.select(run.c.fence).where(run.c.id == mine.run_id).with_for_update(read=True))
    if fence != mine.fence:
        raise LostRun


def _busy(db: Database, run_id: str) -> CollectionBusy:
    mine, other = run.alias(), run.alias()
    with db.read() as connection:
        held = connection.execute(
            sa.select(
                other.c.id, other.c.created_at, other.c.who, other.c.collection_name, other.c.person == mine.c.person
            )
            .join(mine, sa.and_(mine.c.scope == other.c.scope, mine.c.id == run_id))
            .where(other.c.state.in_(LIVE), other.c.id != run_id)
        ).first()
    if held is None:
        return just_ended("this collection")
    own_id, since, who, name, is_own = held
    return busy_with(name, own_id=own_id if is_own else None, who=who, since=since)
