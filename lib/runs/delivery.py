"""One batch on its way: sent, taken apart when refused, looked after when in doubt. Every row ends with one outcome."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lib.errors import Certainty, NotFound, RequestRefused, Scope, WebflowError
from lib.journal import batches
from lib.journal.batches import Answer, BatchWork
from lib.journal.claims import LostRun
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.row_status import RowStatus
from lib.model.run import Outcome, RunKind
from lib.runs.compare import Key, updated_since
from lib.runs.guard import judged
from lib.runs.isolate import Group, next_groups
from lib.runs.run_context import RunContext
from lib.runs.signals import Halted
from lib.runs.stored_forms import forms_of
from lib.webflow.client import Webflow
from lib.webflow.plain_words import explain
from lib.webflow.retry import RetryBudget
from lib.webflow.unpublished import explained

NOT_MENTIONED = "Webflow said that all is well, but left this item as it was. Try it again."
HELD_IN_DOUBT = (
    "Held back: after an unclear answer this item holds neither the old values nor the new ones. Somebody may have "
    "changed it, or Webflow stored the values differently."
)
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
        self._outcomes = dict(work.outcomes)
        self._open = list(work.attempts)  # requests of which nobody knows what became of their rows
        self._began_at = self._told_at = webflow.exchange.waited
        self.went_well = True

    def run(self) -> None:
        """Send what has no outcome yet; what is in doubt is looked at first."""
        doubtful = tuple(change for change in self._work.changes if change.row in self._work.in_doubt)
        missing = self._look(doubtful, self._work.since) if doubtful else ()
        known = {*self._outcomes, *self._work.in_doubt}
        fresh = tuple(change for change in self._work.changes if change.row not in known)
        groups = [group for group in (missing + fresh,) if group]
        while groups:
            self._context.signals.check()
            groups = self._step(groups[0]) + groups[1:]

    @property
    def common_failure(self) -> str:
        """The first reason, if every item of the batch failed; else ""."""
        failed = [outcome.reason for outcome in self._outcomes.values() if outcome.status is RowStatus.FAILED]
        return failed[0] if len(failed) == len(self._work.changes) else ""

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
            self._keep([_outcome(change, RowStatus.FAILED, NOT_MENTIONED) for change in missing])
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
                outcomes, items = self._publish(group) if self._spec.kind is RunKind.PUBLISH else self._update(group)
            except WebflowError as error:
                self._fail(attempt, error)
                raise
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

    def _update(self, group: Group) -> tuple[list[Outcome], Mapping[Key, Item]]:
        """What an update came to, and the items as the answer tells them, by the names that the group has for them."""
        choices = self._spec.choices
        answer = self._webflow.update_items(
            self._spec.collection.id, group, live=choices.live, skip_invalid_files=choices.skip_invalid_files
        )
        self._context.moments.saw(item.last_updated for item in answer)
        items: dict[Key, Item] = {(item.id, item.cms_locale_id): item for item in answer}
        named = {change.key for change in group}
        # Whoever names no locale means the primary one, and hears its id.
        items |= {(item.id, None): item for key, item in items.items() if key not in named}
        told = [(change, items.get(change.key)) for change in group]
        landed = RowStatus.UPDATED
        return [_outcome(change, landed, updated_on=item.last_updated) for change, item in told if item], items

    def _publish(self, group: Group) -> tuple[list[Outcome], Mapping[Key, Item]]:
        keys = [change.key for change in group]
        told = self._webflow.publish_items(self._spec.collection.id, keys)
        reasons = [(change, told.get(change.item_id, NOT_MENTIONED)) for change in group]
        failed, landed = RowStatus.FAILED, RowStatus.UPDATED
        return [_outcome(change, failed if reason else landed, reason) for change, reason in reasons], {}

    def _refused(self, group: Group, error: WebflowError) -> list[Group]:
        """What is to be sent instead of a refused group; what is surely to blame fails."""
        if error.verdict.scope is Scope.RUN:
            raise explained(error, self._webflow, self._spec.collection.id) from None
        absent: Group = ()
        if isinstance(error, NotFound) and len(group) > 1:
            absent = self._context.existing_items.absent(self._webflow, self._spec.collection.id, group)
        if absent:
            self._keep([_failed(change, error) for change in absent])
            rest = tuple(change for change in group if change not in absent)
            return [rest] if rest else []
        parts = next_groups(group, error.details)
        if not parts:
            self._keep([_failed(group[0], error)])
        return list(parts)

    def _try_again(self, group: Group, since: datetime | None, error: WebflowError) -> list[Group]:
        """What is to be sent after a wait: the group if it surely did not land, else what is missing of it."""
        verdict = error.verdict
        self.went_well = self.went_well and verdict.certainty is Certainty.NOT
        seconds = self._budget.pause(error)
        if seconds is None:
            raise error
        self._exchange.rest(seconds, error)
        if verdict.certainty is Certainty.NOT:
            return [group]
        missing = self._look(group, since, is_final=not verdict.is_late)
        if missing and verdict.is_late:
            raise Halted  # the batch is in doubt, and comes again when nothing of it is under way any more
        return [missing] if missing else []

    def _look(self, group: Group, since: datetime | None, *, is_final: bool = True) -> Group:
        """Read the items of a group that is in doubt, keep what landed, and return what did not.

        Unless `is_final`, what did not land stays in doubt.
        """
        items = updated_since(self._webflow, self._spec.collection.id, group, since)
        found = judged(self._spec, group, items, HELD_IN_DOUBT, landed=RowStatus.UPDATED)
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
        self._outcomes |= {outcome.row: outcome for outcome in outcomes}
        self._context.guard.landed(self._work.changes, self._outcomes)
        ordered = [self._outcomes[change.row] for change in self._work.changes if change.row in self._outcomes]
        landed = {outcome.row for outcome in outcomes if outcome.status is RowStatus.UPDATED}
        forms = tuple(forms_of((change for change in self._work.changes if change.row in landed), items or {}))
        self._lease.write(batches.keep, self._work, ordered, settled=settled, answer=answer, forms=forms)
        self._open = [attempt for attempt in self._open if attempt not in settled]


def _outcome(change: Change, status: RowStatus, reason: str = "", **more: Any) -> Outcome:
    return Outcome(row=change.row, item_id=change.item_id, status=status, reason=reason, **more)


def _failed(change: Change, error: WebflowError) -> Outcome:
    slug = error.details[0].param if error.details else ""
    return _outcome(change, RowStatus.FAILED, _reason(change, error), field=slug)


def _reason(change: Change, error: WebflowError) -> str:
    """The refusal in words. It names no file (matched by clients of others), so the address comes from the row."""
    if not isinstance(error, RequestRefused) or not error.details:
        return str(error)
    files = {slug: _addresses(value) for slug, value in change.after.items()}
    return explain(error.details, error.remote_message, files)


def _addresses(value: object) -> str:
    """The addresses of the files in a value, "" for values of other kinds."""
    files = value if isinstance(value, list) else [value]
    urls = [str(file["url"]) for file in files if isinstance(file, dict) and "url" in file]
    return urls[0] if len(urls) == 1 else f"(one of {', '.join(urls)})" if urls else ""
