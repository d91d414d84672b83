"""`Lease`: the right to work on a run, and the certainty that it still is ours."""

import time
from collections.abc import Callable
from typing import TypeVar

from lib.errors import JournalUnavailable
from lib.journal import control
from lib.journal.control import Claim, LostRun
from lib.journal.database import Database
from lib.model.run import Wanted
from lib.runs.timing import Timing, boot_seconds

Result = TypeVar("Result")
TRY_AGAIN_SECONDS = 0.3


class Lease:
    """Renewed by every beat; over by our own clock, whatever the database says when it cannot be asked."""

    def __init__(self, db: Database, claim: Claim, timing: Timing) -> None:
        self.db = db
        self.claim = claim
        self.timing = timing
        self._until = boot_seconds() + timing.lease_seconds

    def beat(self) -> Wanted:
        """Renew, and hear what is wanted; tries again while the lease may still be ours. Raises `LostRun`."""

        def renew() -> Wanted:
            started = boot_seconds()
            wanted = control.beat(self.db, self.claim, self.timing.lease_seconds)
            self._until = started + self.timing.lease_seconds
            return wanted

        return self.retry_while_unavailable(renew)

    def retry_while_unavailable(self, action: Callable[[], Result]) -> Result:
        """Do something with the records, again and again while they are away, for as long as a lease lasts.

        Raises `LostRun` after that, which says what was wrong with them.
        """
        deadline = boot_seconds() + self.timing.lease_seconds
        while True:
            try:
                return action()
            except JournalUnavailable as error:
                if boot_seconds() >= deadline:
                    raise LostRun(str(error)) from None
                time.sleep(TRY_AGAIN_SECONDS)

    def may_send(self, written_at: float) -> bool:
        """Right before a request leaves that was written down at `written_at`: whether it is not too late for it."""
        now = boot_seconds()
        return now < self._until and now - written_at <= self.timing.margin_seconds
