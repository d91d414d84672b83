"""Runs in the background: started once, watched safely, never lost."""

import threading
from datetime import timedelta

import pytest

from lib.model.plan import SendChoices
from lib.model.run import OutcomeStatus, Run, RunState
from lib.runs import runner
from lib.runs.progress import seconds_left
from lib.stages.batch import batched
from tests.conftest import Door
from tests.runs.test_send import changes_of


def finished(run_id: str) -> Run:
    for thread in threading.enumerate():
        if thread.name == "run":
            thread.join(20)
    run = runner.snapshot(run_id)
    assert run is not None
    return run


def start(door: Door, key: str, count: int = 30) -> str:
    batches = batched(changes_of(door, count), 10)
    return runner.start(
        key, lambda hear: door.client(on_event=hear), door.collection_id("products"), batches, SendChoices()
    )


def test_a_run_ends_with_every_change_accounted_for(demo: Door) -> None:
    run = finished(start(demo, "one"))
    assert (run.state, run.stop_reason, len(run.outcomes), run.change_count) == (RunState.DONE, "", 30, 30)
    assert run.finished_on is not None and run.finished_on >= run.started_on


def test_pressing_three_times_starts_one_run(demo: Door) -> None:
    ids = {start(demo, "two") for _ in range(3)}
    (run_id,) = ids
    finished(run_id)
    assert sum(entry["method"] == "PATCH" for entry in demo.requests()) == 3


def test_ids_cannot_be_guessed_and_unknown_ones_find_nothing(demo: Door) -> None:
    assert len(start(demo, "three")) >= 20
    assert runner.snapshot("something") is None


def test_a_fault_of_ours_ends_the_run_and_says_so(demo: Door, caplog: pytest.LogCaptureFixture) -> None:
    def broken(hear: object) -> object:
        raise RuntimeError("bang")

    batches = batched(changes_of(demo, 25), 10)
    run = finished(runner.start("four", broken, "c", batches, SendChoices()))  # type: ignore[arg-type]
    statuses = [outcome.status for outcome in run.outcomes]
    assert run.state is RunState.STOPPED
    assert "Flowsheet made a mistake" in run.stop_reason
    assert statuses == [OutcomeStatus.FAILED] * 10 + [OutcomeStatus.NOT_SENT] * 15
    assert demo.token not in caplog.text


def test_time_left_follows_the_pace_so_far(demo: Door) -> None:
    run = finished(start(demo, "five"))
    assert seconds_left(run) is None
    running = Run(
        id="x",
        state=RunState.RUNNING,
        batch_count=3,
        change_count=30,
        started_on=run.started_on,
        batches=run.batches[:1],
    )
    assert seconds_left(running, run.started_on + timedelta(seconds=5)) == pytest.approx(10)
