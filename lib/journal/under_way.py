"""How many runs are being worked on."""

from dataclasses import dataclass

import sqlalchemy as sa

from lib.journal.database import Database
from lib.journal.tables import now, run
from lib.model.run_state import WORKED_ON


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """In all processes that share the records: of one person, of the demo, and of everybody."""

    own: int
    demo: int
    all: int


def under_way(db: Database, person: str) -> UnderWay:
    """The runs that somebody works on now."""
    is_worked_on = sa.and_(run.c.state.in_(WORKED_ON), run.c.lease_until > now())
    with db.read() as connection:
        lines = connection.execute(sa.select(run.c.person, run.c.is_demo).where(is_worked_on)).all()
    return UnderWay(
        own=sum(line.person == person for line in lines), demo=sum(line.is_demo for line in lines), all=len(lines)
    )


def is_known(db: Database, key: str) -> bool:
    """Whether a run was begun with this key."""
    with db.read() as connection:
        return connection.scalar(sa.select(run.c.id).where(run.c.key == key)) is not None
