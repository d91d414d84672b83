"""`Database`: an engine with its transactions, brought up to date when it is opened."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError

from lib.errors import JournalUnavailable
from lib.journal.privacy import make_private
from lib.settings import settings
from lib.words.say import later, say

ROOT = Path(__file__).parent.parent.parent
MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 10
# A server or a network that falls silent is noticed within seconds; hosts' poolers keep no prepared statements.
POSTGRESQL = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 10_000,
    "prepare_threshold": None,
}
MIGRATION_LOCK = 740_211  # any number, the same in every process
FULL = later(
    "The disk that keeps Flowsheet's records is full, so Flowsheet sends nothing more. Free some space (the Runs page "
    "can delete old runs), then try again. A run that was going on goes on by itself."
)
BUSY = later("Flowsheet's records are in use by something else. Nothing is lost; try again in a few seconds.")
GONE = later(
    "Flowsheet's records cannot be reached, so nothing more is sent and nothing is lost. Ask the person who runs this "
    "app to look at the database in JOURNAL_URL, then try again."
)
NEWER = later(
    "Flowsheet's records were written by a newer version of this app. Ask the person who runs it to install that one."
)


class Database:
    """The records at `url`: SQLite in a file, or PostgreSQL. Raises `JournalUnavailable` wherever they cannot serve."""

    def __init__(self, url: str) -> None:
        address = sa.make_url(_with_driver(url))
        if address.get_backend_name() == "sqlite" and address.database and address.database != ":memory:":
            make_private(Path(address.database))
        is_postgresql = address.get_backend_name() == "postgresql"
        self.engine = sa.create_engine(
            address, pool_pre_ping=True, hide_parameters=True, connect_args=POSTGRESQL if is_postgresql else {}
        )
        if self.is_sqlite:
            sa.event.listen(self.engine, "connect", _set_up_sqlite)
            sa.event.listen(self.engine, "begin", _begin_sqlite)
        elif is_postgresql:
            sa.event.listen(self.engine, "connect", _set_up_postgresql)
        try:
            self._migrate()
        except BaseException:
            self.close()
            raise

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that may change things."""
        with _in_words(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that only looks, and never waits for a writer."""
        with _in_words(), self.engine.execution_options(only_reads=True).begin() as connection:
            yield connection

    def ask(self) -> None:
        """Have the database answer, however little."""
        with self.read() as connection:
            connection.exec_driver_sql("select 1")

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def _migrate(self) -> None:
        """Bring the tables up to date; two processes that start at once take turns."""
        with self.write() as connection:
            if not self.is_sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(MIGRATIONS))
            try:
                command.upgrade(config, "head")
            except CommandError:
                raise JournalUnavailable(say(NEWER)) from None


_lock = threading.Lock()
_open: dict[str, Database] = {}


def database(url: str | None = None) -> Database:
    """The one open database of this process at `url` (None: where the settings say).

    Raises `JournalUnavailable` when it does not open, and `FlowsheetError` for settings that cannot be used.
    """
    url = url or settings().journal_url or f"sqlite:///{ROOT / 'data' / 'journal.db'}"
    with _lock:
        if url not in _open:
            try:
                _open[url] = Database(url)
            except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError, OSError):
                raise JournalUnavailable(say(GONE)) from None
        return _open[url]


def _with_driver(url: str) -> str:
    """Hosts hand out postgres:// and postgresql://; the driver we bring is psycopg."""
    scheme, mark, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if mark and scheme in ("postgres", "postgresql") else url


def _set_up_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    # auto_vacuum is for new files: room can be given back without copying the whole file.
    pragmas = ("auto_vacuum=incremental", "journal_mode=wal", "synchronous=full", "foreign_keys=on")
    for pragma in (f"busy_timeout={BUSY_SECONDS * 1000:.0f}", *pragmas):
        connection.execute(f"pragma {pragma}")


def _set_up_postgresql(connection: Any, record: object) -> None:
    """A process that freezes in the middle of a transaction must not keep its locks for good."""
    for name in ("idle_in_transaction_session_timeout", "lock_timeout"):
        connection.execute(f"set {name} = '{BUSY_SECONDS}s'")
    connection.commit()


def _begin_sqlite(connection: sa.Connection) -> None:
    """A writer takes the lock at once: waiting in the middle of a transaction would fail without patience."""
    only_reads = connection.get_execution_options().get("only_reads")
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


@contextmanager
def _in_words() -> Iterator[None]:
    """What a database says about itself, for a person; never with the values of a statement."""
    try:
        yield
    except (sa.exc.IntegrityError, sa.exc.DataError, sa.exc.ProgrammingError, sa.exc.NotSupportedError):
        raise  # what a database refuses for good is our mistake, and no trouble that passes
    except sa.exc.DBAPIError as error:
        said = str(error.orig).lower()
        is_full = "disk is full" in said or "no space left" in said
        is_busy = "locked" in said or "lock timeout" in said
        trouble = FULL if is_full else BUSY if is_busy else GONE
        raise JournalUnavailable(say(trouble)) from None
    except sa.exc.TimeoutError:
        raise JournalUnavailable(say(BUSY)) from None
