"""Only one run works on a collection at a time: who is in the way, and who is not any more."""

import sqlalchemy as sa

from lib.errors import CollectionBusy
from lib.journal import codec
from lib.journal.database import Database
from lib.journal.tables import now, run
from lib.journal.transitions import ending_unattended
from lib.model.run_state import LIVE, StopCause

# A run that nobody works on frees its collection after a while. Resuming it later is safe: it looks before it sends.
ABANDONED_SECONDS = 15 * 60


def free_abandoned(db: Database, lock_key: str, besides: str = "") -> None:
    """End runs that hold this lock although nobody has worked on them for a while."""
    is_old = sa.func.coalesce(run.c.lease_until, run.c.created_at) < now() - ABANDONED_SECONDS
    with db.write() as connection:
        connection.execute(
            ending_unattended(StopCause.ABANDONED).where(run.c.lock_key == lock_key, run.c.id != besides, is_old)
        )


def in_the_way(db: Database, lock_key: str, person: str, collection_name: str) -> CollectionBusy:
    """The error that tells this person who holds the lock."""
    with db.read() as connection:
        held = connection.execute(
            sa.select(run.c.id, run.c.person, run.c.who, run.c.created_at).where(
                run.c.lock_key == lock_key, run.c.state.in_(LIVE)
            )
        ).first()
    if held is None:
        return CollectionBusy(collection_name)
    run_id = held.id if held.person == person else None
    return CollectionBusy(collection_name, since=codec.moment(held.created_at), who=held.who, run_id=run_id)
