"""Runs as people see them: one in figures, a list of one's own, and everything about one."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from lib.journal import codec, stored_forms
from lib.journal.control import Claim, hold
from lib.journal.database import Database
from lib.journal.tables import attempt, batch, document, now, run
from lib.model.plan import Change
from lib.model.run import (
    WORKED_ON,
    Attempt,
    BatchLine,
    BatchState,
    Outcome,
    OutcomeStatus,
    Run,
    RunKind,
    RunState,
    Wanted,
)
from lib.model.stored_form import StoredForm

IN_DOUBT = (
    "Webflow gave no clear answer, so this item may or may not have been updated. Resume the run: it looks before it "
    "sends anything again."
)
DIFFERENCES = "differences"
LAST_REQUESTS = 20
LONGEST_START_SECONDS = 10.0
_LINE = [column for column in batch.c if column.name not in ("changes", "outcomes")]
_COUNTS = ("items", "updated", "failed", "held", "already")


def run_of(db: Database, run_id: str) -> Run | None:
    """The run as it is now, with a line for each batch; None when there is no such run."""
    with db.read() as connection:
        found = connection.execute(_with_clock().where(run.c.id == run_id)).mappings().first()
        lines = connection.execute(
            sa.select(*_LINE).where(batch.c.run_id == run_id).order_by(batch.c.number)
        ).mappings()
        requests = connection.execute(
            sa.select(attempt.c.batch, attempt.c.status, attempt.c.seconds, attempt.c.waited, attempt.c.started_at)
            .where(attempt.c.run_id == run_id)
            .order_by(attempt.c.id)
        ).all()
        of_batch: dict[int, list[Any]] = {}
        for one in requests:
            of_batch.setdefault(one.batch, []).append(one)
        batches = tuple(_line(line, of_batch.get(line["number"], [])) for line in lines.all())
    return _run(found, batches, _pace([one.started_at for one in requests[-LAST_REQUESTS:]])) if found else None


def runs_of(db: Database, person: str, limit: int = 200) -> list[Run]:
    """This person's runs, the newest first, each with all its batches in one line."""
    sums = [sa.func.coalesce(sa.func.sum(batch.c[name]), 0).label(name) for name in _COUNTS]
    asked = (
        _with_clock()
        .add_columns(*sums)
        .outerjoin(batch, batch.c.run_id == run.c.id)
        .where(run.c.person == person)
        .group_by(*run.c)
        .order_by(run.c.created_at.desc())
        .limit(limit)
    )
    with db.read() as connection:
        found = connection.execute(asked).mappings().all()
    return [_run(line, (_sum(line),)) for line in found]


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


def outcomes_of(db: Database, run_id: str, stop_reason: str = "") -> tuple[Outcome, ...]:
    """One outcome for each change of the run, in order: rows that were not reached are `NOT_SENT` or in doubt."""
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
        known = {outcome.row: outcome for outcome in codec.loaded(codec.OUTCOMES, texts)}
        outcomes += [
            known.get(change.row) or _unknown(change, change.row in in_doubt, stop_reason)
            for change in codec.loaded(codec.CHANGES, changes)
        ]
    return tuple(outcomes)


def batch_of(db: Database, run_id: str, number: int) -> tuple[tuple[Change, ...], dict[int, Outcome]]:
    """The changes of one batch, and the outcomes so far by row."""
    with db.read() as connection:
        found = connection.execute(
            sa.select(batch.c.changes, batch.c.outcomes).where(batch.c.run_id == run_id, batch.c.number == number)
        ).one()
    return codec.loaded(codec.CHANGES, found.changes), {
        outcome.row: outcome for outcome in codec.loaded(codec.OUTCOMES, found.outcomes)
    }


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


def keep_differences(
    db: Database, mine: Claim, differences: Sequence[dict[str, Any]], forms: Iterable[StoredForm]
) -> None:
    """Keep what reading back found: row, field (slug), meant, stored; and the forms of values. Raises `LostRun`."""
    found = {"run_id": mine.run_id, "name": DIFFERENCES}
    with db.write() as connection:
        hold(connection, mine)
        connection.execute(document.delete().filter_by(**found))
        connection.execute(document.insert().values(found | {"body": codec.packed(list(differences))}))
        stored_forms.write(connection, mine.run_id, forms)


def differences_of(db: Database, run_id: str) -> list[dict[str, Any]]:
    """What reading back found; [] when it found nothing or was not done."""
    with db.read() as connection:
        body = connection.scalar(
            sa.select(document.c.body).where(document.c.run_id == run_id, document.c.name == DIFFERENCES)
        )
    return list(codec.unpacked(body)) if body else []


def _with_clock() -> sa.Select[Any]:
    """A run shows as interrupted once its worker's lease is over, or when nobody ever took it."""
    is_left = sa.and_(run.c.state.in_(WORKED_ON), sa.or_(run.c.lease_until.is_(None), run.c.lease_until < now()))
    is_forgotten = sa.and_(run.c.state == RunState.QUEUED, run.c.created_at < now() - LONGEST_START_SECONDS)
    is_stale = sa.or_(is_left, is_forgotten)
    return sa.select(run, is_stale.label("is_stale"), (run.c.waiting_until - now()).label("waits"))


def _pace(moments: Sequence[float]) -> float:
    """Requests per second, from when they started."""
    span = moments[-1] - moments[0] if len(moments) > 1 else 0.0
    return (len(moments) - 1) / span if span > 0 else 0.0


def _state(state: RunState, wanted: Wanted) -> RunState:
    """What people asked for shows at once, before the worker has heard of it."""
    if state in (RunState.RUNNING, RunState.PAUSING, RunState.PAUSED) and wanted is Wanted.STOP:
        return RunState.STOPPING
    if state is RunState.RUNNING and wanted is Wanted.PAUSE:
        return RunState.PAUSING
    return RunState.RUNNING if state in (RunState.PAUSING, RunState.PAUSED) and wanted is Wanted.RUN else state


def _run(line: Any, batches: tuple[BatchLine, ...], pace: float = 0.0) -> Run:
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
        waiting=line["waiting"] if waits > 0 and not line["is_stale"] else "",
        waiting_seconds=max(waits, 0.0),
        stop_reason=line["stop_reason"],
        check_note=line["check_note"],
        requests_per_second=pace,
    )


def _line(line: Any, requests: Sequence[Any]) -> BatchLine:
    return BatchLine(
        number=line["number"],
        state=BatchState(line["state"]),
        reason=line["reason"],
        statuses=tuple(dict.fromkeys(str(one.status or "no answer") for one in requests)),
        requests=len(requests),
        seconds=sum(one.seconds for one in requests),
        waited_seconds=sum(one.waited for one in requests),
        **{name: line[name] for name in _COUNTS},
    )


def _sum(line: Any) -> BatchLine:
    counts: dict[str, Any] = {name: int(line[name]) for name in _COUNTS}
    return BatchLine(number=1, state=BatchState.DONE, **counts)


def _unknown(change: Change, is_in_doubt: bool, stop_reason: str) -> Outcome:
    status = OutcomeStatus.IN_DOUBT if is_in_doubt else OutcomeStatus.NOT_SENT
    reason = IN_DOUBT if is_in_doubt else f"Not sent. {stop_reason}".strip()
    return Outcome(row=change.row, item_id=change.item_id, status=status, reason=reason)
