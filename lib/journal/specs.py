"""Writing a run down before it starts, and reading back what it was told to do."""

import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from lib.errors import CollectionBusy
from lib.journal import codec
from lib.journal.database import Database
from lib.journal.tables import batch, document, now, run
from lib.model.collection import Collection
from lib.model.mapping import ColumnMapping
from lib.model.plan import Batch, SendChoices
from lib.model.run import LIVE, BatchState, RunKind, RunState, Wanted
from lib.model.run_spec import RunSpec
from lib.model.site import Site

# A run that nobody works on frees its collection after a while. Resuming it later is safe: it looks before it sends.
ABANDONED_SECONDS = 15 * 60
ABANDONED = "Nobody resumed this run for 15 minutes, so another one could begin. You can still resume it."


def create(
    db: Database,
    spec: RunSpec,
    batches: tuple[Batch, ...],
    *,
    key: str,
    person: str,
    scope: str,
    who: str = "",
    is_demo: bool = False,
) -> str:
    """Write the run down and return its id; the same `key` gives the run it made before.

    `person` is the fingerprint of who starts it, `who` their name if they are signed in; `scope` is what only one run
    may work on at a time. Raises `CollectionBusy` when another one does.
    """
    run_id = secrets.token_urlsafe(16)
    owner = {"key": key, "person": person, "scope": scope, "who": codec.clean(who), "is_demo": is_demo}
    free_abandoned(db, scope)
    try:
        with db.write() as connection:
            connection.execute(run.insert().values(_run_line(run_id, spec) | owner))
            if batches:
                connection.execute(batch.insert(), [_batch_line(run_id, one) for one in batches])
            connection.execute(document.insert(), [{"run_id": run_id, **one} for one in _documents(spec)])
    except sa.exc.IntegrityError:
        return _started_before(db, key) or _busy(db, spec.collection.display_name, scope, person)
    return run_id


def spec_of(db: Database, run_id: str) -> RunSpec | None:
    """What the run was told to do; None when there is no such run."""
    with db.read() as connection:
        found = connection.execute(sa.select(document.c.name, document.c.body).where(document.c.run_id == run_id)).all()
        texts = connection.scalars(
            sa.select(batch.c.changes).where(batch.c.run_id == run_id).order_by(batch.c.number)
        ).all()
    contents = {name: codec.unpacked(body) for name, body in found}
    if not contents:
        return None
    changes = [change for text in texts for change in codec.loaded(codec.CHANGES, text)]
    facts, sheet, problems = contents["order"], contents.get("sheet"), contents.get("problems")
    return RunSpec(
        **{name: adapter.validate_python(facts[name]) for name, adapter in _FACTS.items() if name in facts},
        plan=codec.plan_from_json(contents["rows"], changes),
        sheet=codec.sheet_from_json(sheet) if sheet else None,
        problems=codec.table_from_json(problems) if problems else None,
    )


def free_abandoned(db: Database, scope: str | sa.ScalarSelect[str], besides: str = "") -> None:
    """End runs that hold this scope although nobody has worked on them for a while."""
    is_old = sa.func.coalesce(run.c.lease_until, run.c.created_at) < now() - ABANDONED_SECONDS
    with db.write() as connection:
        connection.execute(
            run.update()
            .where(run.c.scope == scope, run.c.id != besides, run.c.state.in_(LIVE), is_old)
            .values(state=RunState.STOPPED, stop_reason=ABANDONED, owner=None, fence=run.c.fence + 1)
        )


_FACTS: dict[str, TypeAdapter[Any]] = {
    "kind": TypeAdapter(RunKind),
    "site": TypeAdapter(Site),
    "collection": TypeAdapter(Collection),
    "choices": TypeAdapter(SendChoices),
    "mapping": TypeAdapter(ColumnMapping | None),
    "read_back": TypeAdapter(bool),
    "parent_id": TypeAdapter(str | None),
    "sha256": TypeAdapter(str),
    "read_on": TypeAdapter(datetime | None),
    "since": TypeAdapter(datetime | None),
}


def _run_line(run_id: str, spec: RunSpec) -> dict[str, Any]:
    return {
        "id": run_id,
        "kind": spec.kind,
        "parent_id": spec.parent_id,
        "state": RunState.QUEUED,
        "wanted": Wanted.RUN,
        "created_at": now(),
        "site_name": codec.clean(spec.site.display_name),
        "collection_id": spec.collection.id,
        "collection_name": codec.clean(spec.collection.display_name),
        "file_name": codec.clean(spec.file_name),
        "file_sha256": spec.sha256,
    }


def _batch_line(run_id: str, one: Batch) -> dict[str, Any]:
    changes = codec.dumped(codec.CHANGES, one.changes)
    return {
        "run_id": run_id,
        "number": one.number,
        "state": BatchState.QUEUED,
        "items": len(one.changes),
        "changes": changes,
    }


def _documents(spec: RunSpec) -> list[dict[str, Any]]:
    facts = {name: adapter.dump_python(getattr(spec, name), mode="json") for name, adapter in _FACTS.items()}
    contents: dict[str, Any] = {"order": facts, "rows": codec.rows_to_json(spec.plan)}
    if spec.sheet is not None:
        contents["sheet"] = codec.sheet_to_json(spec.sheet)
    if spec.problems is not None:
        contents["problems"] = codec.table_to_json(spec.problems)
    return [{"name": name, "body": codec.packed(content)} for name, content in contents.items()]


def _started_before(db: Database, key: str) -> str | None:
    with db.read() as connection:
        return connection.scalar(sa.select(run.c.id).where(run.c.key == key))


def _busy(db: Database, name: str, scope: str, person: str) -> str:
    with db.read() as connection:
        held = connection.execute(
            sa.select(run.c.id, run.c.person, run.c.who, run.c.created_at).where(
                run.c.scope == scope, run.c.state.in_(LIVE)
            )
        ).first()
    if held is None:
        raise just_ended(name)
    raise busy_with(name, own_id=held.id if held.person == person else None, who=held.who, since=held.created_at)


def just_ended(name: str) -> CollectionBusy:
    """The error for a run that was in the way, and is gone by now."""
    return CollectionBusy(f"Another run of {name} has just ended. Press the button once more.")


def busy_with(name: str, *, own_id: str | None, who: str, since: float) -> CollectionBusy:
    """The error that tells who works on the collection, and since when."""
    started = datetime.fromtimestamp(since, UTC)
    is_today = started.date() == datetime.now(UTC).date()
    moment = f"{started:%H:%M}" if is_today else f"{started:%d %B %Y, %H:%M}"
    whose = "Another run of yours" if own_id else f"A run of {who or 'somebody else with access to this site'}"
    advice = "Let it end, or open it and stop it." if own_id else "Wait for it to end, then try again."
    return CollectionBusy(
        f"{whose} is updating {name} since {moment} UTC. Two at once could undo each other, so this one has not "
        f"started and nothing was sent. {advice}",
        own_id,
    )
