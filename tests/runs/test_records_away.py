"""The records are locked, full or gone while a run goes on: nothing is sent meanwhile, nothing is lost, it goes on."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from lib.journal import database as databases
from lib.journal.database import BUSY, FULL, GONE, Database
from lib.model.row_status import RowStatus
from lib.model.run_state import RunState
from lib.runs import process
from lib.runs.service.at_hand import trouble_of
from tests.conftest import Door
from tests.equipment.postgresql import PostgreSQL
from tests.patience import LONGEST_SECONDS
from tests.runs.conftest import TIMING, Desk, let_threads_end

SHORT = replace(TIMING, lease_seconds=0.5, width=3, most_width=3)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def desk(demo: Door, file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Records that say soon that they are busy."""
    monkeypatch.setattr(databases, "BUSY_SECONDS", 0.1)
    db = Database(f"sqlite:///{file}")
    yield Desk(db, demo, SHORT)
    let_threads_end()
    db.close()


def comes_true(holds: Callable[[], bool]) -> bool:
    """Wait for it, without records to watch."""
    over = threading.Event()
    for _ in range(LONGEST_SECONDS * 100):
        if holds():
            return True
        over.wait(0.01)
    return False


def goes_through(desk: Desk, run_id: str) -> None:
    """The run ends well, and everything was sent once."""
    run = desk.finished(run_id)
    assert run.state is RunState.DONE
    assert {outcome.status for outcome in desk.outcomes(run_id)} == {RowStatus.UPDATED}
    assert [entry["status"] for entry in desk.writes()].count(200) == run.change_count


def survives(desk: Desk, trouble: Any, sentence: str) -> None:
    """Start a run, let the trouble last until the run is lost to it, and see the run go on by itself."""
    run_id = desk.start(desk.changes(90), 1)
    desk.until(run_id, lambda run: run.done > 2)
    with trouble:
        assert comes_true(lambda: trouble_of(run_id) == sentence)
        sent = len(desk.writes())
        assert process.current().threads[run_id].is_alive()
        assert len(desk.writes()) == sent < 90
    goes_through(desk, run_id)
    assert trouble_of(run_id) == ""


def test_a_database_that_is_locked_for_longer_than_the_lease_stops_the_run_until_it_is_free(
    desk: Desk, file: Path
) -> None:
    @contextmanager
    def locked() -> Iterator[None]:
        other = sqlite3.connect(file, isolation_level=None, timeout=LONGEST_SECONDS)
        other.execute("begin immediate")
        yield
        other.execute("rollback")
        other.close()

    survives(desk, locked(), BUSY)


def test_a_full_disk_stops_the_run_until_there_is_room(desk: Desk) -> None:
    room = {"pages": 1_000_000}

    def limit(connection: sa.Connection) -> None:
        connection.connection.driver_connection.execute(f"pragma max_page_count={room['pages']}")  # type: ignore

    sa.event.listen(desk.db.engine, "begin", limit, insert=True)

    @contextmanager
    def full() -> Iterator[None]:
        room["pages"] = 1  # SQLite takes it as: not one more than there are
        yield
        room["pages"] = 1_000_000

    survives(desk, full(), FULL)


# A file is never gone like a server; see the locked and the full one.
@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_a_database_server_that_is_gone_for_a_while_stops_the_run_until_it_is_back(
    demo: Door, postgresql: PostgreSQL, journal_url: str
) -> None:
    @contextmanager
    def gone() -> Iterator[None]:
        postgresql.stop()
        yield
        postgresql.start()

    db = Database(journal_url)
    survives(Desk(db, demo, SHORT), gone(), GONE)
    let_threads_end()
    db.close()
