"""Batches → outcomes: every change ends with exactly one. The core yields reports, whoever runs it keeps them."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from lib.errors import NotConnected, WebflowError, WebflowUnavailable
from lib.model.item import Item
from lib.model.plan import Batch, Change, SendChoices
from lib.model.run import Attempt, BatchReport, Outcome, OutcomeStatus
from lib.runs.isolate import is_about_rows, next_groups
from lib.webflow.client import Webflow
from lib.webflow.events import Answered, Event, Waiting

SAME_FAILURES_TO_STOP = 3
IN_DOUBT = (
    "Webflow gave no clear answer, so this item may or may not have been updated. Import the file again: what has "
    "landed counts as already up to date."
)
NOT_MENTIONED = "Webflow's answer does not mention this item. Import the file again to see whether it was updated."


@dataclass(frozen=True, slots=True)
class Stopped:
    """The run ends early; what follows was not sent."""

    reason: str


@dataclass(slots=True)
class Recorder:
    """Listens to the client: attempts and waits since the last batch; `tell` hears of waits at once."""

    tell: Callable[[Event], None] = lambda event: None
    answers: list[Answered] = field(default_factory=list)
    waited: float = 0.0

    def hear(self, event: Event) -> None:
        """Keep an event of the client."""
        if isinstance(event, Waiting):
            self.waited += event.seconds
        else:
            self.answers.append(event)
        self.tell(event)

    def start_batch(self) -> None:
        """Forget what belongs to earlier batches."""
        self.answers, self.waited = [], 0.0


def send(
    batches: Sequence[Batch], webflow: Webflow, recorder: Recorder, collection_id: str, choices: SendChoices
) -> Iterator[BatchReport | Stopped]:
    """Send the batches in order; one report for each, and at most one `Stopped` before those that were not sent."""
    stop = ""
    failures: list[str] = []
    for batch in batches:
        if stop:
            yield _not_sent(batch, stop)
            continue
        recorder.start_batch()
        report, stop = _send_batch(batch, webflow, recorder, collection_id, choices)
        yield report
        failures = [*failures, report.reason] if _failed_whole(report) else []
        if not stop and _repeats(failures):
            stop = f"{SAME_FAILURES_TO_STOP} batches in a row failed for the same reason: {report.reason}"
        if stop:
            yield Stopped(stop)


def _send_batch(
    batch: Batch, webflow: Webflow, recorder: Recorder, collection_id: str, choices: SendChoices
) -> tuple[BatchReport, str]:
    outcomes: dict[int, Outcome] = {}
    waiting = [batch.changes]
    sizes: list[int] = []
    stop = ""
    while waiting and not stop:
        group = waiting.pop(0)
        before = len(recorder.answers)
        try:
            answer = webflow.update_items(
                collection_id, group, live=choices.live, skip_invalid_files=choices.skip_invalid_files
            )
            outcomes |= _landed(group, answer)
        except WebflowError as error:
            groups = next_groups(group, error.details) if is_about_rows(error) else ()
            waiting = [*groups, *waiting]
            if not groups:
                outcomes |= _failed(group, error)
            stop = "" if is_about_rows(error) else str(error)
        sizes += [len(group)] * (len(recorder.answers) - before)
    for change in itertools.chain.from_iterable(waiting):
        outcomes[change.row] = _outcome(change, OutcomeStatus.NOT_SENT, stop)
    ordered = tuple(outcomes[change.row] for change in batch.changes)
    return _report(batch, ordered, recorder, sizes), stop


def _landed(group: Sequence[Change], answer: Sequence[Item]) -> dict[int, Outcome]:
    answered = {(item.id, item.cms_locale_id) for item in answer} | {(item.id, None) for item in answer}
    return {
        change.row: _outcome(change, OutcomeStatus.UPDATED)
        if (change.item_id, change.cms_locale_id) in answered
        else _outcome(change, OutcomeStatus.FAILED, NOT_MENTIONED)
        for change in group
    }


def _failed(group: Sequence[Change], error: WebflowError) -> dict[int, Outcome]:
    if isinstance(error, WebflowUnavailable) and error.status != 429:
        return {change.row: _outcome(change, OutcomeStatus.FAILED, IN_DOUBT) for change in group}
    if isinstance(error, NotConnected | WebflowUnavailable) or not is_about_rows(error):
        return {change.row: _outcome(change, OutcomeStatus.NOT_SENT, str(error)) for change in group}
    slug = error.details[0].param if error.details else ""
    return {change.row: _outcome(change, OutcomeStatus.FAILED, str(error), slug) for change in group}


def _outcome(change: Change, status: OutcomeStatus, reason: str = "", slug: str = "") -> Outcome:
    return Outcome(row=change.row, item_id=change.item_id, status=status, field=slug, reason=reason)


def _report(batch: Batch, outcomes: tuple[Outcome, ...], recorder: Recorder, sizes: Sequence[int]) -> BatchReport:
    attempts = tuple(
        Attempt(
            item_count=size,
            status=answer.status,
            seconds=answer.seconds,
            code=answer.code,
            message=answer.message,
            details=answer.details,
        )
        for answer, size in zip(recorder.answers, sizes, strict=True)
    )
    reasons = dict.fromkeys(outcome.reason for outcome in outcomes if outcome.reason)
    return BatchReport(
        number=batch.number,
        attempts=attempts,
        outcomes=outcomes,
        waited_seconds=recorder.waited,
        reason=next(iter(reasons), ""),
    )


def _not_sent(batch: Batch, reason: str) -> BatchReport:
    outcomes = tuple(_outcome(change, OutcomeStatus.NOT_SENT, f"Not sent. {reason}") for change in batch.changes)
    return BatchReport(number=batch.number, attempts=(), outcomes=outcomes, reason=f"Not sent. {reason}")


def _failed_whole(report: BatchReport) -> bool:
    return all(outcome.status is not OutcomeStatus.UPDATED for outcome in report.outcomes)


def _repeats(failures: Sequence[str]) -> bool:
    last = failures[-SAME_FAILURES_TO_STOP:]
    return len(last) == SAME_FAILURES_TO_STOP and len(set(last)) == 1
