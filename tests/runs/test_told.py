"""What is logged of a run by whoever controls it and whoever works on it."""

import json
import logging
from typing import Any

import pytest

from lib import log
from lib.errors import JournalUnavailable
from lib.journal import views
from lib.log import Event
from lib.model.run_state import Wanted
from lib.runs import told
from tests.patience import until
from tests.runs.conftest import Desk


def lines_of(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(log.line(record)) for record in caplog.records if record.name == "flowsheet"]


@pytest.fixture(autouse=True)
def everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "flowsheet")


def test_pausing_is_told_when_it_is_asked_for_and_when_it_is_reached(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.door.box.order_fault("slow", count=99, seconds=0.02, method="PATCH", token=desk.door.token)
    run_id = desk.start(desk.changes(30), 2)
    desk.until(run_id, lambda run: run.done > 0)
    desk.runs.want(run_id, Wanted.PAUSE)
    until(lambda: "run paused" in caplog.messages, "the run pauses")
    desk.runs.want(run_id, Wanted.RUN)
    desk.finished(run_id)
    lines = lines_of(caplog)
    assert [line["what"] for line in lines] == [
        "run started",
        "pause asked",
        "run paused",
        "resume asked",
        "run resumed",
        "run ended",
    ]
    assert {line["run"] for line in lines} == {run_id[: log.RUN_LETTERS]} and {line["who"] for line in lines} == {"me"}
    assert lines[-1]["updated"] == 30


def test_a_run_that_is_stopped_ends_with_a_reason(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.door.box.order_fault("slow", count=99, seconds=0.02, method="PATCH", token=desk.door.token)
    run_id = desk.start(desk.changes(30), 2)
    desk.until(run_id, lambda run: run.done > 0)
    desk.runs.want(run_id, Wanted.STOP)
    desk.finished(run_id)
    asked, ended = lines_of(caplog)[1:]
    assert asked["what"] == "stop asked" and (ended["what"], ended["why"]) == ("run ended", "by person")
    assert 0 < ended["updated"] < 30


def test_a_line_is_written_while_the_records_are_away(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*given: object) -> None:
        raise JournalUnavailable("gone")

    monkeypatch.setattr(views, "run_of", away)
    told.tell(desk.db, Event.PAUSE_ASKED, "run-with-an-id")
    assert [(line["what"], line["run"]) for line in lines_of(caplog)] == [("pause asked", "run-with")]
