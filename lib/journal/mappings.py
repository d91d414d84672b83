"""How a person matched files, kept for the next file with the same columns. The oldest make room for new ones."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from lib.journal.codec import clean, dumped, moment
from lib.journal.database import Database
from lib.journal.tables import mapping, now
from lib.model.collection import FieldType
from lib.model.mapping import ColumnMapping
from lib.model.remembered import Remembered, signature
from lib.model.settled import Settled

MOST = 100  # of one person
LONGEST_NAME = 100  # characters
KEPT = TypeAdapter(tuple[ColumnMapping, dict[str, FieldType], tuple[Settled, ...]])


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose they are, and the `lock_key` of the collection that they are for (see `specs.create`)."""

    person: str
    lock_key: str


def save(
    db: Database,
    owner: Owner,
    name: str,
    matched: ColumnMapping,
    types: Mapping[str, FieldType],
    settled: Iterable[Settled],
) -> None:
    """Keep this instead of what was kept for the same columns; `name` is used where nothing was, and may be changed."""
    columns = _columns(matched)
    body = clean(dumped(KEPT, (matched, dict(types), tuple(settled))))
    same = sa.and_(_is_of(owner), mapping.c.columns == columns)
    with db.write() as connection:
        if connection.execute(mapping.update().where(same).values(body=body, saved_at=now())).rowcount:
            return
        line = {
            "id": secrets.token_hex(8),
            "person": owner.person,
            "lock_key": owner.lock_key,
            "columns": columns,
            "name": _name(name),
            "body": body,
        }
        connection.execute(mapping.insert().values(**line, saved_at=now()))
        own = mapping.c.person == owner.person
        kept = sa.select(mapping.c.id).where(own).order_by(mapping.c.saved_at.desc()).limit(MOST)
        connection.execute(mapping.delete().where(own, mapping.c.id.not_in(kept)))


def of(db: Database, owner: Owner) -> tuple[Remembered, ...]:
    """All of them, the latest first. One that another version wrote and nobody understands any more is passed over."""
    asked = sa.select(mapping).where(_is_of(owner)).order_by(mapping.c.saved_at.desc(), mapping.c.id)
    with db.read() as connection:
        lines = connection.execute(asked).all()
    return tuple(found for line in lines if (found := _remembered(line)))


def rename(db: Database, owner: Owner, id: str, name: str) -> None:
    """Call it something else."""
    with db.write() as connection:
        connection.execute(mapping.update().where(_is_of(owner), mapping.c.id == id).values(name=_name(name)))


def forget(db: Database, owner: Owner, id: str) -> None:
    """Keep it no longer."""
    with db.write() as connection:
        connection.execute(mapping.delete().where(_is_of(owner), mapping.c.id == id))


def forget_columns(db: Database, owner: Owner, matched: ColumnMapping) -> None:
    """Keep nothing for the columns of this mapping."""
    with db.write() as connection:
        connection.execute(mapping.delete().where(_is_of(owner), mapping.c.columns == _columns(matched)))


def _is_of(owner: Owner) -> sa.ColumnElement[bool]:
    return sa.and_(mapping.c.person == owner.person, mapping.c.lock_key == owner.lock_key)


def _columns(matched: ColumnMapping) -> str:
    return signature(match.column for match in matched.matches)


def _name(name: str) -> str:
    return clean(" ".join(name.split()))[:LONGEST_NAME]


def _remembered(line: sa.Row[tuple[object, ...]]) -> Remembered | None:
    try:
        matched, types, settled = KEPT.validate_json(line.body)
    except ValidationError:
        return None
    return Remembered(
        id=line.id, name=line.name, mapping=matched, types=types, settled=settled, saved_on=moment(line.saved_at)
    )
