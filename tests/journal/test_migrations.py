"""Records of every version are brought up to date, and say what they said."""

from collections.abc import Mapping

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from lib.journal import stored_forms, views
from lib.journal.database import MIGRATIONS, Database
from lib.journal.tables import metadata
from lib.model.run import Run
from lib.model.run_state import RunState, Stop, StopCause
from lib.model.words import why_stopped

Lines = Mapping[str, Mapping[str, object]]


def revisions() -> list[str]:
    return [one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]


def a_line(table: sa.Table) -> dict[str, object]:
    """A value for every column that needs one, whatever the version of the table."""
    needed = [column for column in table.columns if not column.nullable and column.server_default is None]
    return {column.name: "x" if isinstance(column.type, sa.Text | sa.String) else 1 for column in needed}


def brought_up_to_date(url: str, revision: str, lines: Lines) -> Database:
    """Records that a version wrote: a line in each of these tables."""
    engine = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    config = Config(attributes={})
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for name, values in lines.items():
            table = sa.Table(name, sa.MetaData(), autoload_with=connection)
            connection.execute(table.insert().values(a_line(table) | dict(values)))
    engine.dispose()
    return Database(url)


def the_run(db: Database) -> Run:
    found = views.run_of(db, "x")
    db.close()
    assert found is not None
    return found


def test_the_migrations_make_exactly_the_tables_of_the_code(journal: Database) -> None:
    with journal.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.parametrize("revision", revisions())
def test_records_of_every_version_are_brought_up_to_date(journal_url: str, revision: str) -> None:
    run = {"kind": "import", "state": "done", "wanted": "run"}
    assert the_run(brought_up_to_date(journal_url, revision, {"run": run})).state is RunState.DONE


BY_HAND = "It was stopped by hand. What was not sent can still be sent: resume the run."
ABANDONED = "Nobody resumed this run for 15 minutes, so another one could begin. You can still resume it."
GIVEN_UP = "It was given up. What was not sent can still be sent: resume the run."
OLD_ABANDONED = "Nobody resumed this run for a day, so it gave its collection free. You can still resume it."
SAME = "3 batches in a row failed for the same reason: Price is no {number}."


@pytest.mark.parametrize("revision", ["0001", "0002"])
@pytest.mark.parametrize(
    ("sentence", "stop", "told"),
    [
        (BY_HAND, Stop(StopCause.BY_PERSON), BY_HAND),
        (GIVEN_UP, Stop(StopCause.GIVEN_UP), GIVEN_UP),
        (OLD_ABANDONED, Stop(StopCause.ABANDONED), ABANDONED),
        (ABANDONED, Stop(StopCause.ABANDONED), ABANDONED),
        (SAME, Stop(StopCause.REFUSED, SAME), SAME),
    ],
)
def test_why_an_old_run_stopped_is_still_told(
    journal_url: str, revision: str, sentence: str, stop: Stop, told: str
) -> None:
    old = {"kind": "import", "state": "stopped", "wanted": "run", "stop_reason": sentence, "lease_until": 1e9}
    run = the_run(brought_up_to_date(journal_url, revision, {"run": old}))
    assert run.stop == stop
    assert run.finished_on is not None and run.finished_on.timestamp() == 1e9
    assert why_stopped(run.stop) == told


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_an_old_wait_is_over(journal_url: str, revision: str) -> None:
    old = {
        "kind": "import",
        "state": "running",
        "wanted": "run",
        "waiting": "Waiting {seconds} s",
        "waiting_until": 9e9,
    }
    run = the_run(brought_up_to_date(journal_url, revision, {"run": old | {"lease_until": 9e9}}))
    assert (run.state, run.waiting) == (RunState.RUNNING, None)


def test_old_stored_forms_and_locks_go_on_under_their_key(journal_url: str) -> None:
    old = {"kind": "import", "state": "running", "wanted": "run", "scope": "products"}
    form = {"scope": "products", "item_id": "i", "field_slug": "price", "sent": "a", "stored": "b"}
    db = brought_up_to_date(journal_url, "0002", {"run": old, "stored_form": form})
    assert stored_forms.remembered(db, "products")["i", ""]["price"].stored == "b"
    with db.read() as connection:
        assert connection.exec_driver_sql("select lock_key from run").scalars().all() == ["products"]
    db.close()


def test_batches_from_before_anything_was_created_count_what_they_did(journal_url: str) -> None:
    run = {"id": "x", "kind": "import", "state": "done", "wanted": "run"}
    batch = {"run_id": "x", "number": 1, "state": "done", "items": 3, "updated": 2, "failed": 1}
    run_of = the_run(brought_up_to_date(journal_url, "0005", {"run": run, "batch": batch}))
    assert (run_of.updated, run_of.created, run_of.landed, run_of.done) == (2, 0, 2, 3)
