"""Imports that were begun and not sent, by owner: bounded in number, size and age, the oldest making room."""

import zlib
from dataclasses import replace

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from lib.journal.codec import clean, moment
from lib.journal.database import Database
from lib.journal.tables import draft, now
from lib.model.draft import Draft, Work

MOST = 10  # of one person
MOST_BYTES = 25_000_000  # of one file, compressed
MOST_BYTES_OF_ALL = 500_000_000  # of everybody's files together
DAYS_KEPT = 14
SECONDS_PER_DAY = 86_400
ABOUT = TypeAdapter(Draft)
WORK = TypeAdapter(Work)


def save(db: Database, person: str, about: Draft, work: Work, file: bytes) -> bool:
    """Keep a draft as it is now; False where its file is too large to be kept.

    The file of a draft never changes, so it is written once. A draft of somebody else is left alone.
    """
    line = {
        "about": clean(ABOUT.dump_json(about).decode()),
        "work": zlib.compress(WORK.dump_json(work), level=1),
        "saved_at": now(),
    }
    own = sa.and_(draft.c.id == about.id, draft.c.person == person)
    with db.write() as connection:
        if connection.execute(draft.update().where(own).values(**line)).rowcount:
            return True
    packed = zlib.compress(file, level=1)
    if len(packed) > MOST_BYTES:
        return False
    with db.write() as connection:
        told = {"id": about.id, "person": person, "file": packed, "file_bytes": len(packed)}
        connection.execute(draft.insert().values(**told, **line))
        _make_room(connection, person)
    return True


def of(db: Database, person: str) -> tuple[Draft, ...]:
    """What a person has begun, the latest first. What nobody understands any more is passed over."""
    asked = sa.select(draft.c.about, draft.c.saved_at).where(draft.c.person == person)
    with db.read() as connection:
        lines = connection.execute(asked.order_by(draft.c.saved_at.desc(), draft.c.id)).all()
    return tuple(found for line in lines if (found := _about(line.about, line.saved_at)))


def opened(db: Database, person: str, id: str) -> tuple[Draft, Work, bytes] | None:
    """A draft with its work and its file; None where this person has no such draft."""
    asked = sa.select(draft).where(draft.c.person == person, draft.c.id == id)
    with db.read() as connection:
        line = connection.execute(asked).one_or_none()
    if line is None or (about := _about(line.about, line.saved_at)) is None:
        return None
    try:
        work = WORK.validate_json(zlib.decompress(line.work))
    except ValidationError:
        return None
    return about, work, zlib.decompress(line.file)


def forget(db: Database, person: str, id: str) -> None:
    """Keep it no longer."""
    with db.write() as connection:
        connection.execute(draft.delete().where(draft.c.person == person, draft.c.id == id))


def purge(db: Database) -> None:
    """Delete everybody's drafts that nobody worked on for `DAYS_KEPT`."""
    with db.write() as connection:
        connection.execute(draft.delete().where(draft.c.saved_at < now() - DAYS_KEPT * SECONDS_PER_DAY))


def _make_room(connection: sa.Connection, person: str) -> None:
    own, latest = draft.c.person == person, draft.c.saved_at.desc()
    kept = sa.select(draft.c.id).where(own).order_by(latest).limit(MOST)
    connection.execute(draft.delete().where(own, draft.c.id.not_in(kept)))
    total, too_many = 0, []
    for id, size in connection.execute(sa.select(draft.c.id, draft.c.file_bytes).order_by(latest)).all():
        total += size
        if total > MOST_BYTES_OF_ALL:
            too_many.append(id)
    if too_many:
        connection.execute(draft.delete().where(draft.c.id.in_(too_many)))


def _about(text: str, saved_at: float) -> Draft | None:
    try:
        about = ABOUT.validate_json(text)
    except ValidationError:
        return None
    return replace(about, saved_on=moment(saved_at))
