"""`Drafts`: what a person has begun and not sent."""

import secrets
from dataclasses import dataclass

from lib.journal import drafts, retention
from lib.journal.database import Database
from lib.model.draft import Draft, Work
from lib.model.person import Person

MOST, MOST_BYTES, DAYS_KEPT = drafts.MOST, drafts.MOST_BYTES, drafts.DAYS_KEPT


@dataclass(frozen=True, slots=True)
class Drafts:
    """Those of one person. Everything raises `JournalUnavailable` when the records cannot be had."""

    db: Database
    person: str

    def all(self) -> tuple[Draft, ...]:
        """All of them, the latest first."""
        return drafts.of(self.db, self.person)

    def save(self, about: Draft, work: Work, file: bytes) -> bool:
        """Keep it as it is now; False where it is too large to be kept, or there is no room for it."""
        return drafts.save(self.db, self.person, about, work, file)

    def opened(self, id: str) -> tuple[Draft, Work, bytes] | None:
        """A draft with its work and its file; None where this person has no such draft."""
        return drafts.opened(self.db, self.person, id)

    def forget(self, id: str) -> None:
        """Keep it no longer."""
        drafts.forget(self.db, self.person, id)


def new_id() -> str:
    """An id for a draft, which nobody can guess."""
    return secrets.token_urlsafe(12)


def drafts_of(db: Database, visitor: Person | None, browser: str) -> Drafts | None:
    """The drafts of who is signed in, or else of the browser with this secret; None without both."""
    if visitor is None and not browser:
        return None
    return Drafts(db, retention.fingerprint(db, f"signed in: {visitor.key}" if visitor else f"browser: {browser}"))
