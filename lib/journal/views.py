"""Runs as people see them: one in figures, a list of one's own, and everything about one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from lib.errors import WaitReason
from lib.journal import codec, stored_forms
from lib.journal.claims import Claim, hold
from lib.journal.database import Database
from lib.journal.tables import COUNTED, attempt, batch, document, now, run
from lib.model.plan import Change
from lib.model.row_status import RowStatus
from lib.model.run import Attempt, BatchLine, BatchState, Difference, Outcome, Run, RunKind
from lib.model.run_state import WORKED_ON, RunState, Stop, StopCause, Wanted
from lib.model.stored_form import StoredForm
from lib.words.say import later

DIFFERENCES = "differences"
LONGEST_START_SECONDS = 10.0
_LINE = [column for column in batch.c if column.name not in ("changes", "outcomes")]


def run_of(db: Database, run_id: str) -> Run | None:
    """The run as it is now, with a line for each batch; None when there is no such run."""
    requests = (
        sa.select(attempt.c.batch, attempt.c.status)
        .add_columns(sa.func.count().label("number"), sa.func.sum(attempt.c.seconds).label("seconds"))
        .add_columns(sa.func.sum(attempt.c.waited).label("waited"))
        .where(attempt.c.run_id == run_id)
        .group_by(attempt.c.batch, attempt.c.status)
        .order_by(sa.func.min(attempt.c.id))
    )
    with db.read() as connection:
        found = connection.execute(_with_clock().where(run.c.id == run_id)).mappings().first()
        lines = connection.execute(sa.select(*_LINE).where(batch.c.run_id == run_id).order_by(batch.c.number)).all()
        of_batch: dict[int, list[Any]] = {}
        for one in connection.execute(requests):
            of_batch.setdefault(one.batch, []).append(one)
    batches = tuple(_line(line, of_batch.get(line.number, [])) for line in lines)
    return _run(found, batches) if found else None


def runs_of(db: Database, person: str, limit: int = 200) -> list[Run]:
    """This person's runs, the newest first, each with all its batches in one line."""
    return _in_one_line(db, _summed().where(run.c.person == person).order_by(run.c.created_at.desc()).limit(limit))


def descendants_of(db: Database, run_id: str) -> list[Run]:
    """The runs that came out of this one, and out of those, the oldest first, each with all its batches in one line."""
    family = sa.select(run.c.id).where(run.c.parent_id == run_id).cte("family", recursive=True)
    family = family.union(sa.select(run.c.id).join(family, run.c.parent_id == family.c.id))
    return _in_one_line(db, _summed().where(run.c.id.in_(sa.select(family.c.id))).order_by(run.c.created_at))


def children_of(db: Database, run_ids: Iterable[str], kind: RunKind) -> dict[str, list[tuple[str, RunState]]]:
    """The runs of this kind that came out of these: parent → id and state of each, the oldest first."""
    asked = sa.select(run.c.parent_id, run.c.id, run.c.state).where(
        run.c.parent_id.in_(list(run_ids)), run.c.kind == kind
    )
    children: dict[str, list[tuple[str, RunState]]] = {}
    with db.read() as connection:
        for parent, child, state in connection.execute(asked.order_by(run.c.created_at)):
            children.setdefault(parent, []).append((child, RunState(state)))
    return children


def outcomes_of(db: Database, run_id: str) -> tuple[Outcome, ...]:
    """One outcome for each change of the run, in order: rows that were not reached are not sent or in doubt."""
    with db.read() as connection:
        found = connection.execute(
            sa.select(batch.c.changes, batch.c.outcomes).where(batch.c.run_id == run_id).order_by(batch.c.number)
        ).all()
        doubts = connection.scalars(
            sa.select(attempt.c.rows).where(attempt.c.run_id == run_id, sa.not_(attempt.c.settled))
        ).all()
    in_doubt = {row for rows in doubts for row in codec.loaded(codec.ROWS, rows)}
    outcomes: list[Outcome] = []
    for changes, texts in found:
        known = codec.outcomes_by_row(texts)
        outcomes += [
            known.get(change.row) or _unreached(change, change.row in in_doubt)
            for change in codec.loaded(codec.CHANGES, changes)
        ]
    return tuple(outcomes)


def batch_of(db: Database, run_id: str, number: int) -> tuple[tuple[Change, ...], dict[int, Outcome]]:
    """The changes of one batch, and the outcomes so far by row."""
    with db.read() as connection:
        found = connection.execute(
            sa.select(batch.c.changes, batch.c.outcomes).where(batch.c.run_id == run_id, batch.c.number == number)
        ).one()
    return codec.loaded(codec.CHANGES, found.changes), codec.outcomes_by_row(found.outcomes)


def attempts_of(db: Database, run_id: str) -> tuple[Attempt, ...]:
    """Every request of the run, in order of batches."""
    with db.read() as connection:
        found = connection.execute(
            sa.select(attempt).where(attempt.c.run_id == run_id).order_by(attempt.c.batch, attempt.c.id)
        ).all()
    return tuple(
        Attempt(
            batch=one.batch,
            item_count=len(codec.loaded(codec.ROWS, one.rows)),
            started_on=codec.moment(one.started_at),
            status=one.status,
            seconds=one.seconds,
            waited_seconds=one.waited,
            code=one.code,
            message=one.message,
            details=codec.loaded(codec.DETAILS, one.details),
        )
        for one in found
    )


def keep_differences(db: Database, mine: Claim, differences: Sequence[Difference], forms: Iterable[StoredForm]) -> None:
    """Keep what reading back found, and the forms of values. Raises `LostRun`."""
    found = {"run_id": mine.run_id, "name": DIFFERENCES}
    with db.write() as connection:
        hold(connection, mine)
        connection.execute(document.delete().filter_by(**found))
        connection.execute(
            document.insert().values(found | {"body": codec.packed([asdict(one) for one in differences])})
        )
        stored_forms.write(connection, mine.run_id, forms)


def differences_of(db: Database, run_id: str) -> list[Difference]:
    """What reading back found; [] when it found nothing or was not done."""
    with db.read() as connection:
        body = connection.scalar(
            sa.select(document.c.body).where(document.c.run_id == run_id, document.c.name == DIFFERENCES)
        )
    return [Difference(**one) for one in codec.unpacked(body)] if body else []


def _with_clock() -> sa.Select[Any]:
    """A run shows as interrupted once its worker's lease is over, or when nobody ever took it."""
    is_left = sa.and_(run.c.state.in_(WORKED_ON), sa.or_(run.c.lease_until.is_(None), run.c.lease_until < now()))
    is_forgotten = sa.and_(run.c.state == RunState.QUEUED, run.c.created_at < now() - LONGEST_START_SECONDS)
    is_stale = sa.or_(is_left, is_forgotten)
    return sa.select(run, is_stale.label("is_stale"), (run.c.waiting_until - now()).label("waits"))


def _summed() -> sa.Select[Any]:
    sums = [sa.func.coalesce(sa.func.sum(batch.c[name]), 0).label(name) for name in ("items", *COUNTED)]
    return _with_clock().add_columns(*sums).outerjoin(batch, batch.c.run_id == run.c.id).group_by(*run.c)


def _in_one_line(db: Database, asked: sa.Select[Any]) -> list[Run]:
    with db.read() as connection:
        found = connection.execute(asked).mappings().all()
    return [
        _run(line, (BatchLine(number=1, state=BatchState.DONE, items=int(line["items"]), counts=_counts(line)),))
        for line in found
    ]


def _counts(line: Any) -> Counter[RowStatus]:
    return Counter({status: int(line[name]) for name, status in COUNTED.items() if line[name]})


def _state(state: RunState, wanted: Wanted) -> RunState:
    """What people asked for shows at once, before the worker has heard of it."""
    if state in (RunState.RUNNING, RunState.PAUSING, RunState.PAUSED) and wanted is Wanted.STOP:
        return RunState.STOPPING
    if state is RunState.RUNNING and wanted is Wanted.PAUSE:
        return RunState.PAUSING
    return RunState.RUNNING if state in (RunState.PAUSING, RunState.PAUSED) and wanted is Wanted.RUN else state


def _run(line: Any, batches: tuple[BatchLine, ...]) -> Run:
    waits = float(line["waits"] or 0)
    return Run(
        id=line["id"],
        kind=RunKind(line["kind"]),
        parent_id=line["parent_id"],
        state=RunState.INTERRUPTED if line["is_stale"] else _state(RunState(line["state"]), Wanted(line["wanted"])),
        person=line["person"],
        is_demo=line["is_demo"],
        site_name=line["site_name"],
        collection_id=line["collection_id"],
        collection_name=line["collection_name"],
        file_name=line["file_name"],
        created_on=codec.moment(line["created_at"]),
        who=line["who"],
        finished_on=codec.moment(line["finished_at"]) if line["finished_at"] else None,
        batches=batches,
        waiting=WaitReason(line["waiting"]) if line["waiting"] and waits > 0 and not line["is_stale"] else None,
        waiting_seconds=max(waits, 0.0),
        stop=Stop(StopCause(line["stop_cause"]), line["stop_detail"]) if line["stop_cause"] else None,
        check_note=line["check_note"],
    )


def _line(line: Any, requests: Sequence[Any]) -> BatchLine:
    return BatchLine(
        number=line.number,
        state=BatchState(line.state),
        items=line.items,
        counts=_counts(line._mapping),
        reason=line.reason,
        statuses=tuple(str(one.status or later("no answer")) for one in requests),
        requests=sum(one.number for one in requests),
        seconds=sum(one.seconds for one in requests),
        waited_seconds=sum(one.waited for one in requests),
    )


def _unreached(change: Change, is_in_doubt: bool) -> Outcome:
    status = RowStatus.IN_DOUBT if is_in_doubt else RowStatus.NOT_SENT
    return Outcome(row=change.row, item_id=change.item_id, status=status)
