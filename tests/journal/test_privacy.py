"""The records' file is readable by its owner only."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.journal.database import Database

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of this kind are POSIX's")


@pytest.fixture(autouse=True)
def lax_umask() -> Iterator[None]:
    """As on many machines that serve: everybody may read and write whatever is made."""
    before = os.umask(0)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_and_look(file: Path) -> dict[str, int]:
    """The rights of all that lies in the folder while the records are open."""
    database = Database(f"sqlite:///{file}")
    with database.write() as connection:
        connection.exec_driver_sql("create table if not exists proof (x)")
    found = {path.name: rights(path) for path in file.parent.iterdir()}
    database.close()
    return found


def test_what_is_made_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / "journal.db"
    assert open_and_look(file) == dict.fromkeys(("journal.db", "journal.db-wal", "journal.db-shm"), 0o600)
    assert rights(file.parent) == 0o700


def test_what_was_there_before_is_closed_too(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    for ending in ("", "-wal", "-shm"):
        (folder / f"journal.db{ending}").touch(0o666)
    assert set(open_and_look(folder / "journal.db").values()) == {0o600}
    assert rights(folder) == 0o700


def test_a_folder_with_other_things_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "somebody's file").touch()
    found = open_and_look(folder / "journal.db")
    assert (found["journal.db"], rights(folder), found["somebody's file"]) == (0o600, 0o777, 0o666)


def test_records_in_memory_make_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Database("sqlite:///:memory:").close()
    assert not list(tmp_path.iterdir())
