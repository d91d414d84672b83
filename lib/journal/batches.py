"""What a worker writes while it sends: intent before effect, and what became of it in one transaction with the rest."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from lib.errors import Detail
from lib.journal import codec, stored_forms
from lib.journal.claims import Claim, LostRun, hold
from lib.journal.database import Database
from lib.journal.tables import COUNTED, attempt, batch, now
from lib.model.plan import Change
from lib.model.row_status import LANDED, RowStatus
from lib.model.run import BatchState, Outcome
from lib.model.stored_form import StoredForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a request came to. `is_certain`: it is known that it changed nothing."""

    status: int | None
    seconds: float
    waited: float
    code: str = ""
    message: str = ""
    details: tuple[Detail, ...] = ()
    is_certain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchWork:
    """A batch that is not done: its changes, the outcomes so far by row, and the rows in doubt.

    Rows are in doubt when a request with them was begun and nobody knows its end. `attempts` are those requests,
    `since` the earliest moment on Webflow's clock that precedes them, `age` the seconds since the last of them began.
    """

    number: int
    changes: tuple[Change, ...]
    outcomes: Mapping[int, Outcome] = field(default_factory=dict)
    in_doubt: frozenset[int] = frozenset()
    attempts: tuple[int, ...] = ()
    since: datetime | None = None
    age: float = 0.0

    @property
    def creates(self) -> bool:
        """Whether it makes items, or languages of them; a batch that does updates none."""
        return any(change.creates for change in self.changes)


# Built once: each batch of a run needs all of them.
_IS_OPEN = batch.c.state.in_([BatchState.QUEUED, BatchState.SENDING])
_THE_BATCH = sa.and_(batch.c.run_id == sa.bindparam("of_run"), batch.c.number == sa.bindparam("of_number"))
_SEND = batch.update().where(_THE_BATCH, _IS_OPEN).values(state=BatchState.SENDING)
_BEGIN = attempt.insert().values(started_at=now()).returning(attempt.c.id)
_KEEP = batch.update().where(_THE_BATCH)
_CLOSE = attempt.update().where(attempt.c.id == sa.bindparam("of_attempt"))
_SETTLE = attempt.update().where(attempt.c.id.in_(sa.bindparam("of_attempts", expanding=True))).values(settled=True)


def is_unfinished(db: Database, run_id: str) -> bool:
    """Whether there are batches that still have rows without an outcome."""
    with db.read() as connection:
        return bool(connection.scalar(sa.select(sa.exists().where(batch.c.run_id == run_id, _IS_OPEN))))


def unfinished(db: Database, run_id: str, number: int | None = None) -> list[BatchWork]:
    """The batches that still have rows without an outcome, in order; with `number` only that one."""
    open_batches = [batch.c.run_id == run_id, _IS_OPEN]
    open_batches += [batch.c.number == number] if number is not None else []
    open_attempts = (attempt.c.run_id == run_id, sa.not_(attempt.c.settled))
    with db.read() as connection:
        found = connection.execute(
            sa.select(batch.c.number, batch.c.changes, batch.c.outcomes).where(*open_batches).order_by(batch.c.number)
        ).all()
        begun = connection.execute(
            sa.select(
                attempt.c.id, attempt.c.batch, attempt.c.rows, attempt.c.since, (now() - attempt.c.started_at)
            ).where(*open_attempts)
        ).all()
    works = []
    for number, changes, outcomes in found:
        known = codec.outcomes_by_row(outcomes)
        mine = [one for one in begun if one[1] == number]
        doubt = {row for one in mine for row in codec.loaded(codec.ROWS, one[2])} - set(known)
        moments = [datetime.fromisoformat(one[3]) if one[3] else None for one in mine]
        works.append(
            BatchWork(
                number=number,
                changes=codec.loaded(codec.CHANGES, changes),
                outcomes=known,
                in_doubt=frozenset(doubt),
                attempts=tuple(one[0] for one in mine),
                since=None if None in moments else min(filter(None, moments), default=None),
                age=min((float(one[4]) for one in mine), default=0.0),
            )
        )
    return works


def sending(db: Database, mine: Claim, number: int, rows: Iterable[int], since: datetime | None) -> int:
    """Write down that these rows are about to be sent, and return the attempt's id. Raises `LostRun`."""
    with db.write() as connection:
        hold(connection, mine)
        moved = connection.execute(_SEND, {"of_run": mine.run_id, "of_number": number})
        if not moved.rowcount:
            raise LostRun
        values = {
            "run_id": mine.run_id,
            "batch": number,
            "fence": mine.fence,
            "rows": codec.dumped(codec.ROWS, tuple(rows)),
            "since": since.isoformat() if since else None,
            "settled": False,
        }
        return int(connection.execute(_BEGIN, values).scalar_one())


def answered(db: Database, mine: Claim, attempt_id: int, answer: Answer) -> None:
    """Write down what a request came to. Rows stay in doubt unless the answer is certain. Raises `LostRun`."""
    with db.write() as connection:
        hold(connection, mine)
        _close(connection, attempt_id, answer)


def keep(
    db: Database,
    mine: Claim,
    work: BatchWork,
    outcomes: Sequence[Outcome],
    *,
    settled: Iterable[int] = (),
    answer: tuple[int, Answer] | None = None,
    forms: Iterable[StoredForm] = (),
) -> None:
    """Write down the outcomes of a batch so far, with the answer they follow from, all or nothing.

    `settled` are attempts whose rows are known now: they landed, or they surely did not; `forms` is what Webflow made
    of the values that landed. Raises `LostRun`.
    """
    counts = Counter(outcome.status for outcome in outcomes)
    landed = sum(counts[status] for status in (*LANDED, RowStatus.UNCHANGED))
    is_done = len(outcomes) == len(work.changes)
    reasons = (outcome.reason for outcome in outcomes if outcome.reason and outcome.status is not RowStatus.UNCHANGED)
    values = {
        "state": BatchState.of(len(outcomes), landed) if is_done else BatchState.SENDING,
        "reason": codec.clean(next(reasons, "")),
        "outcomes": codec.dumped(codec.OUTCOMES, tuple(outcomes)),
    } | {name: counts[status] for name, status in COUNTED.items()}
    with db.write() as connection:
        hold(connection, mine)
        connection.execute(_KEEP, values | {"of_run": mine.run_id, "of_number": work.number})
        if answer is not None:
            _close(connection, answer[0], answer[1])
        if settled := list(settled):
            connection.execute(_SETTLE, {"of_attempts": settled})
        stored_forms.write(connection, mine.run_id, forms)


def _close(connection: sa.Connection, attempt_id: int, answer: Answer) -> None:
    told = {
        "status": answer.status,
        "seconds": answer.seconds,
        "waited": answer.waited,
        "code": codec.clean(answer.code),
        "message": codec.clean(answer.message),
        "details": codec.dumped(codec.DETAILS, answer.details),
        "settled": answer.is_certain,
    }
    connection.execute(_CLOSE, told | {"of_attempt": attempt_id})
