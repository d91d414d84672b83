"""Whose a run is, and who may do what with it: everything, or only see how far it is."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from lib.journal import retention
from lib.journal.database import Database
from lib.model.run import Run
from lib.webflow.connection import Connection


class Access(StrEnum):
    """What somebody with the address of a run may do.

    EVERYTHING: see its values, take its files, pause, stop, resume, publish, undo. HEADLINE: see that it exists and
    how far it is: no name, no value, no file, no button. NOTHING: not even that, since its person signed in.
    """

    EVERYTHING = "everything"
    HEADLINE = "headline"
    NOTHING = "nothing"


def access_to(run: Run, persons: Collection[str]) -> Access:
    """What somebody who is all of these `persons` (fingerprints of a signed-in name or of tokens) may do.

    The address alone is no proof of anything: it is copied, shared, and kept in histories.
    """
    if run.person in persons:
        return Access.EVERYTHING
    return Access.NOTHING if run.who else Access.HEADLINE


def may_control(run: Run, persons: Collection[str]) -> bool:
    """Whether they may see the run's values and control it."""
    return access_to(run, persons) is Access.EVERYTHING


def person_of(db: Database, connection: Connection, who: str = "") -> str:
    """Whose runs a visitor's are: a keyed fingerprint of the name they signed in with, or else of the token."""
    return _signed_in(db, who) if who else retention.fingerprint(db, connection.token)


def persons_of(db: Database, connections: Iterable[Connection], who: str = "") -> frozenset[str]:
    """Everybody that a visitor is for the runs on record: the name they signed in with, and each of their tokens."""
    known = {person_of(db, connection) for connection in connections}
    return frozenset(known | {_signed_in(db, who)} if who else known)


def _signed_in(db: Database, who: str) -> str:
    return retention.fingerprint(db, f"signed in: {who}")
