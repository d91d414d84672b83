"""`Scribe`: hears what a client does for one batch and writes it down, before and after."""

from collections.abc import Sequence
from datetime import datetime

from lib.journal import batches, control
from lib.journal.batches import Answer, BatchWork
from lib.journal.control import LostRun
from lib.model.plan import Change
from lib.model.run import Outcome
from lib.model.stored_form import StoredForm
from lib.runs.lease import Lease
from lib.runs.timing import boot_seconds
from lib.webflow.events import Answered, Event, Sending, Waiting, WaitReason
from lib.webflow.exchange import READS
from lib.webflow.no_response import NEVER_ARRIVED
from lib.webflow.refusal import is_certain

WORTH_TELLING_SECONDS = 1.0
WAITS = {
    WaitReason.RATE_LIMIT: "Waiting {seconds} s: Webflow limits requests per minute. It goes on by itself.",
    WaitReason.BUSY: "Waiting {seconds} s: Webflow is busy. Then Flowsheet tries again by itself.",
    WaitReason.UNREADABLE: "Waiting {seconds} s: Webflow's answer is unreadable. Then Flowsheet tries again by itself.",
    WaitReason.NO_ANSWER: "Waiting {seconds} s: Webflow did not answer. Then Flowsheet tries again by itself.",
}
TOO_LATE = Answer(status=None, seconds=0.0, waited=0.0, code="not sent", is_certain=True)
SETTLING = (
    "Waiting {seconds} s: the last requests may still be arriving. Then Flowsheet looks at the items and sends only "
    "what is missing."
)


class Scribe:
    """One for each sender. Everything it writes needs the lease; `LostRun` forbids the request it was about to hear."""

    def __init__(self, lease: Lease) -> None:
        self._lease = lease
        self._work: BatchWork | None = None
        self._rows: tuple[int, ...] = ()
        self._since: datetime | None = None
        self._waited = 0.0
        self._told_waiting = False
        self._attempt: int | None = None
        self._good: Answer | None = None
        self.open_attempts: list[int] = []

    def begin(self, work: BatchWork) -> None:
        """What follows is about this batch."""
        self._work = work
        self.open_attempts = list(work.attempts)
        self._waited = 0.0

    def about(self, group: Sequence[Change], since: datetime | None) -> None:
        """The next requests carry this group; all of them come after `since` on Webflow's clock."""
        self._rows = tuple(change.row for change in group)
        self._since = since

    def hear(self, event: Event) -> None:
        """An event of the client."""
        if isinstance(event, Waiting):
            self._waited += event.seconds
            if event.seconds >= WORTH_TELLING_SECONDS:
                self.tell_waiting(WAITS[event.reason], event.seconds)
        elif event.method not in READS and self._work is not None:
            if isinstance(event, Sending):
                self._sending(self._work)
            else:
                self._answered(event)

    def tell_waiting(self, sentence: str, seconds: float) -> None:
        """Say on the page why nothing happens."""
        self._lease.retry_while_unavailable(
            lambda: control.say_waiting(self._lease.db, self._lease.claim, sentence, seconds)
        )
        self._told_waiting = True

    def keep(
        self, outcomes: Sequence[Outcome], *, settled: Sequence[int] = (), forms: Sequence[StoredForm] = ()
    ) -> None:
        """Write down the outcomes of the batch so far, the good answer they follow from, and the `forms` it told."""
        work, lease = self._work, self._lease
        assert work is not None
        answer = (self._attempt, self._good) if self._attempt is not None and self._good is not None else None
        closed = [*settled, *([answer[0]] if answer else [])]
        lease.retry_while_unavailable(
            lambda: batches.keep(lease.db, lease.claim, work, outcomes, settled=closed, answer=answer, forms=forms)
        )
        self._attempt, self._good = None, None
        self.open_attempts = [attempt for attempt in self.open_attempts if attempt not in closed]

    def _sending(self, work: BatchWork) -> None:
        lease = self._lease
        if self._told_waiting:
            lease.retry_while_unavailable(lambda: control.say_waiting(lease.db, lease.claim, "", 0))
            self._told_waiting = False
        written_at = boot_seconds()
        attempt = lease.retry_while_unavailable(
            lambda: batches.sending(lease.db, lease.claim, work.number, self._rows, self._since)
        )
        if not lease.may_send(written_at):
            lease.retry_while_unavailable(lambda: batches.answered(lease.db, lease.claim, attempt, TOO_LATE))
            raise LostRun
        self._attempt = attempt
        self.open_attempts.append(attempt)

    def _answered(self, event: Answered) -> None:
        """A good answer waits for its outcomes, so that a crash between the two leaves doubt instead of a wrong end."""
        attempt, lease = self._attempt, self._lease
        assert attempt is not None
        is_good = event.status is not None and event.status < 300 and not event.code
        answer = Answer(
            status=event.status,
            seconds=event.seconds,
            waited=self._waited,
            code=event.code,
            message=event.message,
            details=event.details,
            is_certain=event.code in NEVER_ARRIVED if event.status is None else is_certain(event.status),
        )
        self._waited = 0.0
        if is_good:
            self._good = answer
            return
        lease.retry_while_unavailable(lambda: batches.answered(lease.db, lease.claim, attempt, answer))
        self._attempt = None
        if answer.is_certain:
            self.open_attempts.remove(attempt)
