"""`Lease`: the right to work on a run, and the certainty that it still is ours."""

import threading
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from lib.errors import JournalUnavailable
from lib.journal import claims
from lib.journal.claims import Claim, LostRun
from lib.journal.database import Database
from lib.model.run_state import Wanted
from lib.runs.timing import Clock, Timing

Given = ParamSpec("Given")
Result = TypeVar("Result")
TRY_AGAIN_SECONDS = 0.3


class Lease:
    """Renewed by every beat; over by our own clock, whatever the database says when it cannot be asked."""

    def __init__(self, db: Database, claim: Claim, timing: Timing, clock: Clock) -> None:
        self.db = db
        self.claim = claim
        self.timing = timing
        self.clock = clock
        self._until = clock.now() + timing.lease_seconds

    def beat(self) -> Wanted:
        """Renew, and hear what is wanted; tries again while the lease may still be ours. Raises `LostRun`."""

        def renew() -> Wanted:
            started = self.clock.now()
            wanted = claims.beat(self.db, self.claim, self.timing.lease_seconds)
            self._until = started + self.timing.lease_seconds
            return wanted

        return self._insist(renew)

    def read(
        self, what: Callable[Concatenate[Database, str, Given], Result], *given: Given.args, **named: Given.kwargs
    ) -> Result:
        """Read something about the run, as `write` writes."""
        return self._insist(lambda: what(self.db, self.claim.run_id, *given, **named))

    def write(
        self, what: Callable[Concatenate[Database, Claim, Given], Result], *given: Given.args, **named: Given.kwargs
    ) -> Result:
        """Write something down, again and again while the records are away, for as long as a lease lasts.

        Raises `LostRun` after that, which says what was wrong with them, and when the run is not ours any more.
        """
        return self._insist(lambda: what(self.db, self.claim, *given, **named))

    def _insist(self, action: Callable[[], Result]) -> Result:
        deadline, pause = self.clock.now() + self.timing.lease_seconds, threading.Condition()
        while True:
            try:
                return action()
            except JournalUnavailable as error:
                if self.clock.now() >= deadline:
                    raise LostRun(str(error)) from None
                with pause:
                    self.clock.wait(pause, TRY_AGAIN_SECONDS)

    def may_send(self, written_at: float) -> bool:
        """Right before a request leaves that was written down at `written_at`: whether it is not too late for it."""
        now = self.clock.now()
        return now < self._until and now - written_at <= self.timing.margin_seconds
