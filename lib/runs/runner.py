"""Runs in the background: one thread for each, found by an id that nobody can guess, watched through snapshots."""

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from lib.model.plan import Batch, SendChoices
from lib.model.run import BatchReport, Outcome, OutcomeStatus, Run, RunState
from lib.runs.send import IN_DOUBT, Recorder, Stopped, send
from lib.webflow.client import Webflow
from lib.webflow.events import Event, Waiting, WaitReason

MOST_RUNS = 200
FAULT = (
    "Flowsheet made a mistake and stopped this run to be safe. "
    "The person who runs this app finds the details in its log."
)
_WAITS = {
    WaitReason.RATE_LIMIT: "Waiting {0:.0f} s: Webflow limits requests per minute.",
    WaitReason.BUSY: "Waiting {0:.0f} s: Webflow is busy, trying again.",
    WaitReason.NO_ANSWER: "Waiting {0:.0f} s: Webflow did not answer, trying again.",
}

Opener = Callable[[Callable[[Event], None]], Webflow]


class _LiveRun:
    """The one place that changes a run; everybody else sees frozen snapshots."""

    def __init__(self, run_id: str, batches: Sequence[Batch]) -> None:
        self._batches = batches
        self.snapshot = Run(
            id=run_id,
            state=RunState.RUNNING,
            batch_count=len(batches),
            change_count=sum(len(batch.changes) for batch in batches),
            started_on=datetime.now(UTC),
        )

    def hear(self, event: Event) -> None:
        waiting = _WAITS[event.reason].format(max(event.seconds, 1)) if isinstance(event, Waiting) else ""
        self.snapshot = replace(self.snapshot, waiting=waiting)

    def keep(self, report: BatchReport) -> None:
        self.snapshot = replace(self.snapshot, batches=(*self.snapshot.batches, report), waiting="")

    def stop(self, reason: str) -> None:
        self.snapshot = replace(self.snapshot, stop_reason=reason)

    def finish(self) -> None:
        state = RunState.STOPPED if self.snapshot.stop_reason else RunState.DONE
        self.snapshot = replace(self.snapshot, state=state, finished_on=datetime.now(UTC), waiting="")

    def give_up(self) -> None:
        """Account for every batch without a report: the one under way is in doubt, the others were not sent."""
        for place, batch in enumerate(self._batches[len(self.snapshot.batches) :]):
            status, reason = (OutcomeStatus.NOT_SENT, FAULT) if place else (OutcomeStatus.FAILED, IN_DOUBT)
            outcomes = tuple(
                Outcome(row=change.row, item_id=change.item_id, status=status, reason=reason)
                for change in batch.changes
            )
            self.keep(BatchReport(number=batch.number, attempts=(), outcomes=outcomes, reason=reason))
        self.stop(FAULT)


_lock = threading.Lock()
_runs: OrderedDict[str, _LiveRun] = OrderedDict()
_ids_by_key: dict[str, str] = {}


def start(key: str, opener: Opener, collection_id: str, batches: Sequence[Batch], choices: SendChoices) -> str:
    """Start sending in the background and return the run's id; the same `key` gives the run it started before."""
    with _lock:
        if key in _ids_by_key:
            return _ids_by_key[key]
        run_id = secrets.token_urlsafe(16)
        live = _runs[run_id] = _LiveRun(run_id, batches)
        _ids_by_key[key] = run_id
        _forget_old()
    arguments = (live, opener, collection_id, batches, choices)
    threading.Thread(target=_work, args=arguments, daemon=True, name="run").start()
    return run_id


def snapshot(run_id: str) -> Run | None:
    """The run as it is now; None when this process does not know it."""
    live = _runs.get(run_id)
    return live.snapshot if live else None


def _forget_old() -> None:
    for run_id in [run_id for run_id, live in _runs.items() if live.snapshot.state is not RunState.RUNNING]:
        if len(_runs) <= MOST_RUNS:
            return
        del _runs[run_id]
        for key in [key for key, value in _ids_by_key.items() if value == run_id]:
            del _ids_by_key[key]


def _work(live: _LiveRun, opener: Opener, collection_id: str, batches: Sequence[Batch], choices: SendChoices) -> None:
    recorder = Recorder(tell=live.hear)
    try:
        with opener(recorder.hear) as webflow:
            for fact in send(batches, webflow, recorder, collection_id, choices):
                if isinstance(fact, Stopped):
                    live.stop(fact.reason)
                else:
                    live.keep(fact)
    except Exception:
        logging.getLogger("flowsheet").exception("A run failed")
        live.give_up()
    finally:
        live.finish()
