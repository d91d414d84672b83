"""Imports that were begun and not sent, by owner: bounded in number, size and age.

Somebody's oldest make room for their newest. Where all together take too much, whoever holds most makes room: nobody
pushes out the drafts of those who hold less, however many browsers they come with.
"""

import zlib
from dataclasses import replace

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError

from lib.journal.codec import clean, moment
from lib.journal.database import Database
from lib.journal.tables import draft, now
from lib.model.draft import Draft, Work
from lib.settings import SHARES, settings

MOST = 10  # of one person
MOST_BYTES = 25_000_000  # of one file, compressed, and of what was done with it
MEGABYTE = 1_000_000
DAYS_KEPT = 14
SECONDS_PER_DAY = 86_400
ABOUT = TypeAdapter(Draft)
WORK = TypeAdapter(Work)


def save(db: Database, person: str, about: Draft, work: Work, file: bytes) -> bool:
    """Keep a draft as it is now; False where it is too large to be kept, or there is no room for it.

    The file of a draft never changes, so it is written once. A draft of somebody else is left alone.
    """
    done = zlib.compress(WORK.dump_json(work), level=1)
    if len(done) > MOST_BYTES:
        return False
    line = {"about": clean(ABOUT.dump_json(about).decode()), "work": done, "saved_at": now()}
    own = sa.and_(draft.c.id == about.id, draft.c.person == person)
    with db.write() as connection:
        if connection.execute(draft.update().where(own).values(**line)).rowcount:
            return len(done) < MEGABYTE or about.id not in _make_room(connection, person)
    packed = zlib.compress(file, level=1)
    if len(packed) > MOST_BYTES:
        return False
    with db.write() as connection:
        told = {"id": about.id, "person": person, "file": packed, "file_bytes": len(packed)}
        connection.execute(draft.insert().values(**told, **line))
        return about.id not in _make_room(connection, person)


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


def _make_room(connection: sa.Connection, person: str) -> set[str]:
    """Delete drafts until what is left is within bounds; which they were. `person` has just brought one."""
    size = draft.c.file_bytes + sa.func.length(draft.c.work)
    lines = connection.execute(sa.select(draft.c.id, draft.c.person, size).order_by(draft.c.saved_at)).all()
    held: dict[str, list[tuple[int, str]]] = {}
    for id, owner, taken in lines:
        held.setdefault(owner, []).append((taken, id))
    gone = {held[person].pop(0)[1] for _ in range(len(held[person]) - MOST)} | _too_much(held, person)
    if gone:
        connection.execute(draft.delete().where(draft.c.id.in_(gone)))
    return gone


def _too_much(held: dict[str, list[tuple[int, str]]], person: str) -> set[str]:
    """Which drafts, by size and the oldest first, are more than a person may hold, or all together: of who holds most.

    Among equals it is the one who has just come.
    """
    most, gone = settings().drafts_mb * MEGABYTE, set()
    sums = {owner: sum(size for size, _ in drafts) for owner, drafts in held.items()}
    while sums and (sums[person] > most / SHARES or sum(sums.values()) > most):
        whose = person if sums[person] > most / SHARES else max(sums, key=lambda one: (sums[one], one == person))
        size, id = held[whose].pop(0)
        sums[whose] -= size
        gone.add(id)
    return gone


def _about(text: str, saved_at: float) -> Draft | None:
    try:
        about = ABOUT.validate_json(text)
    except ValidationError:
        return None
    return replace(about, saved_on=moment(saved_at))
