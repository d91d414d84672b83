"""Writing a run down before it starts, and reading back what it was told to do."""

import secrets
from typing import Any, get_type_hints

import sqlalchemy as sa
from pydantic import TypeAdapter

from lib.journal import codec
from lib.journal.database import Database
from lib.journal.locks import free_abandoned, in_the_way
from lib.journal.tables import batch, document, now, run
from lib.model.plan import Batch
from lib.model.run import BatchState
from lib.model.run_spec import RunSpec
from lib.model.run_state import RunState, Wanted
from lib.words.language import Language


def create(
    db: Database,
    spec: RunSpec,
    batches: tuple[Batch, ...],
    *,
    key: str,
    person: str,
    lock_key: str,
    who: str = "",
    is_demo: bool = False,
) -> str:
    """Write the run down and return its id; the same `key` gives the run it made before.

    `person` is the fingerprint of who starts it, `who` their name if they are signed in; `lock_key` is what only
    one run may work on at a time. Raises `CollectionBusy` when another one does.
    """
    run_id = secrets.token_urlsafe(16)
    owner = {"key": key, "person": person, "lock_key": lock_key, "who": codec.clean(who), "is_demo": is_demo}
    free_abandoned(db, lock_key)
    try:
        with db.write() as connection:
            connection.execute(run.insert().values(_run_line(run_id, spec) | owner))
            if batches:
                connection.execute(batch.insert(), [_batch_line(run_id, one) for one in batches])
            connection.execute(document.insert(), [{"run_id": run_id, **one} for one in _documents(spec)])
    except sa.exc.IntegrityError:
        started_before = _started_before(db, key)
        if started_before is None:
            raise in_the_way(db, lock_key, person, spec.collection.display_name) from None
        return started_before
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


# All of an order but its tables, which have documents of their own.
_FACTS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(kind)
    for name, kind in get_type_hints(RunSpec).items()
    if name not in ("plan", "sheet", "problems")
}


def language_of(db: Database, run_id: str) -> Language:
    """The language that the run's records are written in."""
    order = sa.select(document.c.body).where(document.c.run_id == run_id, document.c.name == "order")
    with db.read() as connection:
        body = connection.scalar(order)
    return Language(codec.unpacked(body).get("language", Language.ENGLISH)) if body else Language.ENGLISH


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
    place = {"run_id": run_id, "number": one.number}
    return place | {"state": BatchState.QUEUED, "items": len(one.changes), "changes": changes}


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
