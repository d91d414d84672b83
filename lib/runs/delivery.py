"""One batch on its way: sent, taken apart when refused, looked after when in doubt. Every row ends with one outcome."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lib.errors import NotFound, RequestRefused, WebflowError
from lib.journal.batches import BatchWork
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.run import Outcome, OutcomeStatus, RunKind
from lib.runs.assignment import Assignment
from lib.runs.compare import Key, updated_since
from lib.runs.guard import judged
from lib.runs.isolate import Group, is_about_rows, next_groups
from lib.runs.scribe import WAITS, Scribe
from lib.runs.signals import Halted
from lib.runs.stored_forms import forms_of
from lib.runs.unpublished import explained
from lib.webflow.client import Webflow
from lib.webflow.plain_words import explain
from lib.webflow.retry import RetryBudget

NOT_MENTIONED = "Webflow said that all is well, but left this item as it was. Try it again."
HELD_IN_DOUBT = (
    "Held back: after an unclear answer this item holds neither the old values nor the new ones. Somebody may have "
    "changed it, or Webflow stored the values differently."
)


class Delivery:
    """Sends one batch with one client.

    `run` raises `Halted` when paused, leaving or in doubt, `LostRun` when the run is not ours any more, and
    `WebflowError` when the whole run must stop; the records then say exactly how far it came. `went_well`: every answer
    so far was clear.
    """

    def __init__(
        self,
        work: BatchWork,
        assignment: Assignment,
        webflow: Webflow,
        scribe: Scribe,
        budget: RetryBudget,
    ) -> None:
        self._work = work
        self._assignment = assignment
        self._order = assignment.spec
        self._signals = assignment.signals
        self._clock = assignment.clock
        self._webflow = webflow
        self._scribe = scribe
        self._patience = budget
        self._outcomes = dict(work.outcomes)
        self.went_well = True

    def run(self) -> None:
        """Send what has no outcome yet; what is in doubt is looked at first."""
        self._scribe.begin(self._work)
        groups = self._first_groups()
        while groups:
            self._signals.check()
            groups = self._step(groups[0]) + groups[1:]

    @property
    def common_failure(self) -> str:
        """The first reason, if every item of the batch failed; else ""."""
        failed = [outcome.reason for outcome in self._outcomes.values() if outcome.status is OutcomeStatus.FAILED]
        return failed[0] if len(failed) == len(self._work.changes) else ""

    def _first_groups(self) -> list[Group]:
        doubtful = tuple(change for change in self._work.changes if change.row in self._work.in_doubt)
        missing = self._look(doubtful, self._work.since) if doubtful else ()
        fresh = tuple(
            change
            for change in self._work.changes
            if change.row not in self._outcomes and change.row not in self._work.in_doubt
        )
        return [group for group in (missing + fresh,) if group]

    def _step(self, group: Group) -> list[Group]:
        """Send a group; returns what is to be sent instead if it did not land."""
        since = self._clock.earlier()
        self._scribe.about(group, since)
        try:
            if self._order.kind is RunKind.PUBLISH:
                self._keep(self._publish(group))
            else:
                self._keep_and_look(group, self._update(group), since)
            self._patience.renew()
        except WebflowError as error:
            if error.is_unclear:
                missing = self._wait_and_look(group, since, error)
                return [missing] if missing else []
            if not is_about_rows(error):
                raise explained(error, self._webflow, self._order.collection.id) from None
            return self._take_apart(group, error)
        return []

    def _take_apart(self, group: Group, error: WebflowError) -> list[Group]:
        """What is to be sent instead of a refused group; what is surely to blame fails."""
        absent: Group = ()
        if isinstance(error, NotFound) and len(group) > 1:
            absent = self._assignment.existing_items.absent(self._webflow, self._order.collection.id, group)
        if absent:
            self._keep([_failed(change, error) for change in absent])
            rest = tuple(change for change in group if change not in absent)
            return [rest] if rest else []
        parts = next_groups(group, error.details)
        if not parts:
            self._keep([_failed(group[0], error)])
        return list(parts)

    def _update(self, group: Group) -> dict[Key, Item]:
        """Send a group; the items as the answer tells them, by the names that the group has for them."""
        choices = self._order.choices
        answer = self._webflow.update_items(
            self._order.collection.id, group, live=choices.live, skip_invalid_files=choices.skip_invalid_files
        )
        self._clock.saw(item.last_updated for item in answer)
        items: dict[Key, Item] = {(item.id, item.cms_locale_id): item for item in answer}
        named = {(change.item_id, change.cms_locale_id) for change in group}
        # Whoever names no locale means the primary one, and hears its id.
        return items | {(item.id, None): item for key, item in items.items() if key not in named}

    def _keep_and_look(self, group: Group, items: Mapping[Key, Item], since: datetime | None) -> None:
        """Keep what a good answer told; items that it does not mention are looked at."""
        told = [change for change in group if (change.item_id, change.cms_locale_id) in items]
        stored_on = {change.row: items[change.item_id, change.cms_locale_id].last_updated for change in told}
        self._keep([_outcome(c, OutcomeStatus.UPDATED, updated_on=stored_on[c.row]) for c in told], items=items)
        unmentioned = tuple(change for change in group if change.row not in stored_on)
        missing = self._look(unmentioned, since) if unmentioned else ()
        if missing:
            self._keep([_outcome(change, OutcomeStatus.FAILED, NOT_MENTIONED) for change in missing])

    def _publish(self, group: Group) -> list[Outcome]:
        keys = [(change.item_id, change.cms_locale_id) for change in group]
        done, errors = self._webflow.publish_items(self._order.collection.id, keys)
        refused = {change.item_id: next((e for e in errors if change.item_id in e), "") for change in group}
        return [
            _outcome(change, OutcomeStatus.UPDATED)
            if change.item_id in done and not refused[change.item_id]
            else _outcome(change, OutcomeStatus.FAILED, _publish_reason(refused[change.item_id]))
            for change in group
        ]

    def _wait_and_look(self, group: Group, since: datetime | None, error: WebflowError) -> Group:
        self.went_well = False
        pause = self._patience.pause(error.status, None)
        if pause is None:
            raise error
        seconds, reason = pause
        self._scribe.tell_waiting(WAITS[reason], seconds)
        self._signals.wait(seconds)
        may_come = _may_still_be_at_work(error)
        missing = self._look(group, since, is_final=not may_come)
        if missing and may_come:
            raise Halted  # the batch is in doubt, and comes again when nothing of it is under way any more
        return missing

    def _look(self, group: Group, since: datetime | None, *, is_final: bool = True) -> Group:
        """Read the items of a group that is in doubt, keep what landed, and return what did not.

        Unless `is_final`, what did not land stays in doubt.
        """
        items = updated_since(self._webflow, self._order.collection.id, group, since)
        found = judged(self._order, group, items, HELD_IN_DOUBT, landed=OutcomeStatus.UPDATED)
        known = [outcome for outcome in found.values() if outcome is not None]
        self._keep(known, settled=self._scribe.open_attempts if is_final else (), items=items)
        return tuple(change for change in group if found[change.row] is None)

    def _keep(
        self, outcomes: Sequence[Outcome], settled: Sequence[int] = (), items: Mapping[Key, Item] | None = None
    ) -> None:
        """Write outcomes down; `items` as they were seen tell what Webflow made of the values that landed."""
        self._outcomes |= {outcome.row: outcome for outcome in outcomes}
        self._assignment.guard.landed(self._work.changes, self._outcomes)
        ordered = [self._outcomes[change.row] for change in self._work.changes if change.row in self._outcomes]
        landed = {outcome.row for outcome in outcomes if outcome.status is OutcomeStatus.UPDATED}
        forms = forms_of((change for change in self._work.changes if change.row in landed), items or {})
        self._scribe.keep(ordered, settled=settled, forms=tuple(forms))


def _outcome(change: Change, status: OutcomeStatus, reason: str = "", **more: Any) -> Outcome:
    return Outcome(row=change.row, item_id=change.item_id, status=status, reason=reason, **more)


def _failed(change: Change, error: WebflowError) -> Outcome:
    slug = error.details[0].param if error.details else ""
    return _outcome(change, OutcomeStatus.FAILED, _reason(change, error), field=slug)


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


def _may_still_be_at_work(error: WebflowError) -> bool:
    """Whether the work may have gone on after the talk had ended: no answer, one of a gateway (408, 502, 504), or a
    success that is not Webflow's, such as a web page."""
    return error.status is None or error.status < 300 or error.status in (408, 502, 504)


def _publish_reason(text: str) -> str:
    """Webflow's sentence about an item that it did not publish (the two known ones were seen in recorded answers)."""
    if "is archived" in text:
        return "The item is archived and cannot be published."
    if "not found" in text:
        return "The item does not exist any more, or not in this language."
    return f"Webflow did not publish it and said: “{text[:300]}”." if text else NOT_MENTIONED
