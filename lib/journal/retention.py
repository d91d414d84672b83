"""How long records are kept, how much room they take, and whose they are."""

import contextlib
import hashlib
import hmac
import secrets
import sqlite3
from typing import Any

import sqlalchemy as sa

from lib.journal.database import Database
from lib.journal.tables import mapping, metadata, now, run, setting, stored_form
from lib.model.run_state import LIVE

SECONDS_PER_DAY = 86_400
FINGERPRINT_KEY = "fingerprint key"


def purge(db: Database, days: int) -> int:
    """Delete everybody's runs that ended, or were worked on last, longer ago than that; how many they were.

    What Webflow made of sent values is forgotten with them, and so are mappings that nobody used for so long.
    """
    long_ago = now() - days * SECONDS_PER_DAY
    with db.write() as connection:
        connection.execute(stored_form.delete().where(stored_form.c.seen_at < long_ago))
        connection.execute(mapping.delete().where(mapping.c.saved_at < long_ago))
    is_old = sa.func.coalesce(run.c.finished_at, run.c.lease_until, run.c.created_at) < long_ago
    return _delete(db, is_old)


def forget(db: Database, person: str, run_id: str | None = None) -> int:
    """Delete this person's runs that have ended, or one of them; how many they were."""
    mine = sa.and_(run.c.person == person, run.c.state.not_in(LIVE))
    return _delete(db, mine if run_id is None else sa.and_(mine, run.c.id == run_id))


def _delete(db: Database, which: sa.ColumnElement[bool]) -> int:
    with db.write() as connection:
        count = connection.execute(run.delete().where(which)).rowcount
    if count and db.is_sqlite:
        _shrink(db)
    return count


def _shrink(db: Database) -> None:
    """Give the room back to the disk, without copying the whole file, which would keep every run waiting."""
    with db.engine.connect() as connection, contextlib.suppress(sqlite3.OperationalError):
        # By the driver itself, whose `execute` would stop after the first page. Busy: the next purge tries again.
        raw: Any = connection.connection.driver_connection
        raw.executescript("pragma incremental_vacuum")


def size_bytes(db: Database) -> int:
    """The room that the records take on disk."""
    with db.read() as connection:
        if db.is_sqlite:
            pages = connection.exec_driver_sql("pragma page_count").scalar_one()
            return int(pages) * int(connection.exec_driver_sql("pragma page_size").scalar_one())
        sizes = [sa.func.pg_total_relation_size(name) for name in metadata.tables]
        return sum(int(size) for size in connection.execute(sa.select(*sizes)).one())


def fingerprint(db: Database, token: str) -> str:
    """Tells whose a run is without telling the token: keyed, so that records of two apps cannot be matched."""
    return hmac.new(_key(db).encode(), token.encode(), hashlib.sha256).hexdigest()


def _key(db: Database) -> str:
    asked = sa.select(setting.c.value).where(setting.c.name == FINGERPRINT_KEY)
    with db.read() as connection:
        found = connection.scalar(asked)
    if found:
        return str(found)
    try:
        with db.write() as connection:
            connection.execute(setting.insert().values(name=FINGERPRINT_KEY, value=secrets.token_hex(32)))
    except sa.exc.IntegrityError:
        pass  # another process was faster
    with db.read() as connection:
        return str(connection.execute(asked).scalar_one())
