"""A line of the log is one JSON object that says what happened, to which run, and whom by; nothing else comes in."""

import json
import logging
import sys
from datetime import datetime
from enum import StrEnum
from typing import Any

import pytest

from lib import log
from lib.log import Event

CELL = "marked-cell ünïcode\nand a line"


class Why(StrEnum):
    TIRED = "tired"


def lines_of(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(log.line(record)) for record in caplog.records]


@pytest.fixture(autouse=True)
def everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "flowsheet")


def test_a_line_says_when_what_which_run_who_and_how_much(caplog: pytest.LogCaptureFixture) -> None:
    log.tell(Event.RUN_ENDED, run="abcdefgh-more", who="0123456789abcdef", why=Why.TIRED, figures=[(Why.TIRED, 3)])
    (told,) = lines_of(caplog)
    assert datetime.fromisoformat(told.pop("at")).tzinfo is not None and told.pop("process")
    assert told == {
        "level": "info",
        "what": "run ended",
        "run": "abcdefgh",
        "who": "0123456789ab",
        "why": "tired",
        "tired": 3,
    }


def test_what_nobody_knows_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    log.tell(Event.PAGE_FAILED)
    assert set(lines_of(caplog)[0]) == {"at", "level", "process", "what"}


def test_of_an_error_the_kinds_and_the_lines_of_code_are_told_and_nothing_it_says(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        try:
            int(CELL)
        except ValueError as error:
            raise RuntimeError(CELL) from error
    except RuntimeError:
        log.tell_failure(Event.PAGE_FAILED)
    (told,) = lines_of(caplog)
    assert [error["kind"] for error in told["errors"]] == ["RuntimeError", "ValueError"]
    assert all(line.startswith("tests/test_log.py:") for error in told["errors"] for line in error["lines"])
    assert "marked" not in json.dumps(told) and told["level"] == "error"


def test_a_line_stays_one_line(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("flowsheet").error("Nobody can sign in: %s", "a\nb")
    assert "\n" not in log.line(caplog.records[0]) and lines_of(caplog)[0]["what"] == "Nobody can sign in: a\nb"


def test_it_is_written_to_stderr_once_however_often_it_is_set_up(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("flowsheet"), "handlers", [])
    for _ in range(3):
        log.set_up()
    log.tell(Event.DRAFT_OPENED)
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["what"] == "draft opened"


@pytest.mark.filterwarnings("ignore")
def test_a_log_that_cannot_be_written_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def write(self, text: str) -> None:
            raise BrokenPipeError

    monkeypatch.setattr(logging.getLogger("flowsheet"), "handlers", [log.ToStderr()])
    monkeypatch.setattr(sys, "stderr", Gone())
    monkeypatch.setattr(logging, "raiseExceptions", False)
    log.tell(Event.DRAFT_OPENED)
