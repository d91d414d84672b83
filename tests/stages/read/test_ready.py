"""A reader stands ready for the next file, reads that one, and is nobody's otherwise."""

import sys
from collections.abc import Iterator
from subprocess import PIPE, Popen

import pytest

from lib.stages.read import get_ready, read_sheet
from lib.stages.read.ready import Ready, end

COMMAND = (sys.executable, "-c", "input()")


@pytest.fixture
def started() -> Iterator[list[Popen[bytes]]]:
    processes: list[Popen[bytes]] = []
    yield processes
    for process in processes:
        end(process)


@pytest.fixture
def ready(started: list[Popen[bytes]]) -> Ready:
    def start() -> Popen[bytes]:
        started.append(Popen(COMMAND, stdin=PIPE, stdout=PIPE, stderr=PIPE))
        return started[-1]

    return Ready(start)


def test_the_one_that_is_ready_is_taken_once(ready: Ready, started: list[Popen[bytes]]) -> None:
    ready.prepare()
    ready.prepare()
    assert len(started) == 1
    assert ready.take(COMMAND) is started[0]
    assert ready.take(COMMAND) is started[1]


def test_one_that_has_died_is_not_taken(ready: Ready, started: list[Popen[bytes]]) -> None:
    ready.prepare()
    started[0].kill()
    started[0].wait()
    assert ready.take(COMMAND) is started[1]


def test_one_that_would_run_something_else_is_ended(ready: Ready, started: list[Popen[bytes]]) -> None:
    ready.prepare()
    assert ready.take(("other",)) is started[1]
    assert started[0].poll() is not None


def test_one_that_nobody_took_ends_with_us(ready: Ready, started: list[Popen[bytes]]) -> None:
    ready.prepare()
    ready.stop()
    assert started[0].poll() is not None


def test_files_are_read_one_after_the_other() -> None:
    get_ready()
    assert [read_sheet("a.csv", b"A,B\n1,%d\n" % number).frame.at[2, "B"] for number in range(3)] == ["0", "1", "2"]
