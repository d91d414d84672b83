"""One batch on its way: sent, taken apart when refused, looked after when in doubt. Every row ends with one outcome."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from lib.errors import Certainty, NotFound, Scope, WebflowError
from lib.journal import batches
from lib.journal.batches import Answer, BatchWork
from lib.journal.claims import LostRun
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.row_status import LANDED, RowStatus
from lib.model.run import Outcome
from lib.runs.compare import Key, updated_since
from lib.runs.guard import judged
from lib.runs.isolate import Group, next_groups
from lib.runs.refused import failed, refers_to_nothing
from lib.runs.refused_files import RefusedFiles
from lib.runs.requesting import not_mentioned, request
from lib.runs.run_context import RunContext
from lib.runs.signals import Halted
from lib.runs.stored_forms import forms_of
from lib.runs.variants import NOT_SENT
from lib.webflow.client import Webflow
from lib.webflow.plain_words import lacks_room
from lib.webflow.retry import RetryBudget
from lib.webflow.unpublished import explained
from lib.words.say import say

TOO_LATE = Answer(status=None, seconds=0.0, waited=0.0, code="not sent", is_certain=True)


class Delivery:
    """Sends one batch with one client. `budget` is all the patience there is with its requests.

    `run` raises `Halted` when paused, leaving or in doubt, `LostRun` when the run is not ours any more, and
    `WebflowError` when the whole run must stop; the records then say exactly how far it came. `went_well`: every answer
    so far was clear.
    """

    def __init__(self, work: BatchWork, context: RunContext, webflow: Webflow, budget: RetryBudget) -> None:
        self._work = work
        self._context = context
        self._spec = context.spec
        self._lease = context.lease
        self._webflow = webflow
        self._exchange = webflow.exchange
        self._budget = budget
        self._changes = context.new_items.resolved(work.changes)
        self._outcomes = dict(work.outcomes)
        self._refused_files = RefusedFiles(context.spec)
        self._open = list(work.attempts)  # requests of which nobody knows what became of their rows
        self._began_at = self._told_at = webflow.exchange.waited
        self.went_well = True

    def run(self) -> None:
        """Send what has no outcome yet; what is in doubt is looked at first."""
        doubtful = tuple(change for change in self._changes if change.row in self._work.in_doubt)
        missing = self._look(doubtful, self._work.since) if doubtful else ()
        known = {*self._outcomes, *self._work.in_doubt}
        fresh = self._without_unable(change for change in self._changes if change.row not in known)
        groups = [group for group in (missing + fresh,) if group]
        while groups:
            self._context.signals.check()
            groups = self._step(groups[0]) + groups[1:]

    @property
    def common_failure(self) -> str:
        """The first reason, if every item of the batch was sent and failed; else ""."""
        failed = [outcome.reason for outcome in self._outcomes.values() if outcome.status is RowStatus.FAILED]
        is_common = len(failed) == len(self._work.changes) and failed[0] != say(NOT_SENT)
        return failed[0] if is_common else ""

    def _without_unable(self, changes: Iterable[Change]) -> Group:
        """The changes without those that cannot be made after what came of others: these fail without being sent."""
        told = [(change, self._context.variants.why_not(change)) for change in changes]
        told = [(change, outcome or refers_to_nothing(change, self._spec.collection)) for change, outcome in told]
        if failures := [outcome for _, outcome in told if outcome is not None]:
            self._keep(failures)
        return tuple(change for change, outcome in told if outcome is None)

    def _step(self, group: Group) -> list[Group]:
        """Send a group; returns what is to be sent instead if it did not land."""
        since = self._context.moments.earlier()
        try:
            unmentioned = self._send(group, since)
        except WebflowError as error:
            if error.verdict.certainty is not Certainty.NOT or error.verdict.retry is not None:
                return self._try_again(group, since, error)
            self._budget.renew()  # a clear no is progress too: what it makes of the group is smaller
            return self._refused(group, error)
        self._budget.renew()
        missing = self._look(unmentioned, since) if unmentioned else ()
        if missing:
            self._keep([not_mentioned(change) for change in missing])
        return []

    def _send(self, group: Group, since: datetime | None) -> Group:
        """One request: take a turn, write the attempt down, send once, write the answer down with what it told.

        Returns the changes that the answer does not mention; they are in doubt still.
        """
        with self._exchange.turn():
            if self._exchange.waited > self._began_at and self._context.guard.is_due:
                raise Halted  # it was a long wait: somebody may have edited the items in hand, so look first
            attempt = self._begin(group, since)
            try:
                outcomes, items = request(self._webflow, self._spec, group)
            except WebflowError as error:
                self._fail(attempt, error)
                raise
        self._context.moments.saw(item.last_updated for item in items.values())
        told = {outcome.row for outcome in outcomes}
        unmentioned = tuple(change for change in group if change.row not in told)
        self._keep(outcomes, items, settled=() if unmentioned else (attempt,), answer=(attempt, self._answer()))
        return unmentioned

    def _begin(self, group: Group, since: datetime | None) -> int:
        """Write down that a group is about to leave, after `since` on Webflow's clock. From now on it is in doubt.

        Raises `LostRun` if that took too long for it to leave.
        """
        written_at = self._lease.clock.now()
        attempt = self._lease.write(batches.sending, self._work.number, [change.row for change in group], since)
        if not self._lease.may_send(written_at):
            self._lease.write(batches.answered, attempt, TOO_LATE)
            raise LostRun
        self._open.append(attempt)
        return attempt

    def _fail(self, attempt: int, error: WebflowError) -> None:
        answer = self._answer(error)
        self._lease.write(batches.answered, attempt, answer)
        if answer.is_certain:
            self._open.remove(attempt)

    def _answer(self, error: WebflowError | None = None) -> Answer:
        """The last answer for the records. A good one waits for its outcomes and is kept with them, so that a crash
        between the two leaves doubt instead of a wrong end."""
        last, waited = self._exchange.answered, self._exchange.waited - self._told_at
        assert last is not None
        self._told_at = self._exchange.waited
        return Answer(
            status=last.status,
            seconds=last.seconds,
            waited=waited,
            code=error.code if error else "",
            message=error.remote_message if error else "",
            details=error.details if error else (),
            is_certain=error is not None and error.verdict.certainty is Certainty.NOT,
        )

    def _refused(self, group: Group, error: WebflowError) -> list[Group]:
        """What is to be sent instead of a refused group; what is surely to blame fails."""
        if error.verdict.scope is Scope.RUN:
            raise explained(error, self._webflow, self._spec.collection.id) from None
        if lacks_room(error.remote_message, error.details):
            self._keep([failed(change, error) for change in group])
            return []
        if told := self._refused_files.leave_out(group, error):
            rest, failures = told
            self._changes = self._refused_files.rest_of(self._changes)
            self._keep(failures)
            return [rest] if rest else []
        absent: Group = ()
        if isinstance(error, NotFound) and len(group) > 1 and not group[0].creates:
            absent = self._context.existing_items.absent(self._webflow, self._spec.collection.id, group)
        if absent:
            self._keep([failed(change, error) for change in absent])
            rest = tuple(change for change in group if change not in absent)
            return [rest] if rest else []
        parts = next_groups(group, error.details)
        if not parts:
            self._keep([failed(group[0], error)])
        return list(parts)

    def _try_again(self, group: Group, since: datetime | None, error: WebflowError) -> list[Group]:
        """What is to be sent after a wait: the group if it surely did not land, else what is missing of it.

        A creation that may still come is never raced: sent twice, it creates twice.
        """
        verdict = error.verdict
        is_late = verdict.is_late or group[0].creates
        self.went_well = self.went_well and verdict.certainty is Certainty.NOT
        seconds = self._budget.pause(error)
        if seconds is None:
            raise error
        self._exchange.rest(seconds, error)
        if verdict.certainty is Certainty.NOT:
            return [group]
        missing = self._look(group, since, is_final=not is_late)
        if missing and is_late:
            raise Halted  # the batch is in doubt, and comes again when nothing of it is under way any more
        return [missing] if missing else []

    def _look(self, group: Group, since: datetime | None, *, is_final: bool = True) -> Group:
        """Read the items of a group that is in doubt, keep what landed, and return what did not.

        Unless `is_final`, what did not land stays in doubt.
        """
        items = updated_since(self._webflow, self._spec.collection.id, group, since)
        found = judged(self._spec, group, items, self._context.new_items, since, in_doubt=True)
        known = [outcome for outcome in found.values() if outcome is not None]
        self._keep(known, items, settled=self._open if is_final else ())
        return tuple(change for change in group if found[change.row] is None)

    def _keep(
        self,
        outcomes: Sequence[Outcome],
        items: Mapping[Key, Item] | None = None,
        *,
        settled: Sequence[int] = (),
        answer: tuple[int, Answer] | None = None,
    ) -> None:
        """Write outcomes down; `items` as they were seen tell what Webflow made of the values that landed."""
        outcomes = [self._refused_files.told(outcome) for outcome in outcomes]
        self._outcomes |= {outcome.row: outcome for outcome in outcomes}
        self._context.guard.landed(self._changes, self._outcomes)
        ordered = [self._outcomes[change.row] for change in self._changes if change.row in self._outcomes]
        landed = {outcome.row: outcome.item_id for outcome in outcomes if outcome.status in LANDED}
        stored = (replace(change, item_id=landed[change.row]) for change in self._changes if change.row in landed)
        forms = tuple(forms_of(stored, items or {}))
        self._lease.write(batches.keep, self._work, ordered, settled=settled, answer=answer, forms=forms)
        self._context.new_items.learn(outcomes)
        self._context.variants.learn(outcomes)
        self._open = [attempt for attempt in self._open if attempt not in settled]
