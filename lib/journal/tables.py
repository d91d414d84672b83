"""The tables. Times are seconds since 1970 on the clock of the database, which all processes share."""

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from lib.model.row_status import RowStatus
from lib.model.run_state import LIVE

metadata = sa.MetaData()
NOTHING = sa.text("''")


class now(sa.sql.functions.FunctionElement[float]):  # noqa: N801 - reads like the SQL function it stands for
    """The database's clock: the clocks of several processes are never compared."""

    type = sa.Float()
    inherit_cache = True
    name = "now"


@compiles(now, "sqlite")
def _sqlite_now(element: now, compiler: SQLCompiler, **options: object) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(now, "postgresql")
def _postgresql_now(element: now, compiler: SQLCompiler, **options: object) -> str:
    return "extract(epoch from clock_timestamp())::float8"


def _text(name: str, **options: object) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=NOTHING, **options)  # type: ignore[arg-type]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=sa.text("0"))


def _of_run() -> sa.Column[str]:
    return sa.Column("run_id", sa.Text, sa.ForeignKey("run.id", ondelete="CASCADE"), nullable=False)


# `wanted` is what people asked for, `state` what is; only the worker that holds the lease moves `state`. `fence` rises
# with every owner, so that an earlier one can write nothing any more. `lock_key` is what only one run may work on.
run = sa.Table(
    "run",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("parent_id", sa.Text),
    sa.Column("person", sa.Text, nullable=False, index=True),
    _text("who"),
    sa.Column("lock_key", sa.Text, nullable=False),
    sa.Column("is_demo", sa.Boolean, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("wanted", sa.Text, nullable=False),
    sa.Column("owner", sa.Text),
    _number("fence"),
    sa.Column("lease_until", sa.Float),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("finished_at", sa.Float),
    _text("site_name"),
    _text("collection_id"),
    _text("collection_name"),
    _text("file_name"),
    _text("file_sha256"),
    _text("waiting"),
    sa.Column("waiting_until", sa.Float),
    _text("check_note"),
    _text("stop_cause"),
    _text("stop_detail"),
)
_live = run.c.state.in_([state.value for state in LIVE])
sa.Index("one_live_run", run.c.lock_key, unique=True, sqlite_where=_live, postgresql_where=_live)

batch = sa.Table(
    "batch",
    metadata,
    _of_run(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    _number("items"),
    _number("updated"),
    _number("created"),
    _number("failed"),
    _number("held"),
    _number("already"),
    _text("reason"),
    _text("changes"),
    _text("outcomes"),
    sa.PrimaryKeyConstraint("run_id", "number"),
)

# The columns of a batch that count its items, by what became of them.
COUNTED = {
    "updated": RowStatus.UPDATED,
    "created": RowStatus.CREATED,
    "failed": RowStatus.FAILED,
    "held": RowStatus.HELD_BACK,
    "already": RowStatus.UNCHANGED,
}

# One line for each request, written before it is sent. `settled`: it is known what became of its rows; until then they
# are in doubt. `since` is a moment on Webflow's clock that is surely earlier than the request.
attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _of_run(),
    sa.Column("batch", sa.Integer, nullable=False),
    sa.Column("fence", sa.Integer, nullable=False),
    sa.Column("started_at", sa.Float, nullable=False),
    _text("rows"),
    sa.Column("since", sa.Text),
    sa.Column("status", sa.Integer),
    sa.Column("seconds", sa.Float, nullable=False, server_default=sa.text("0")),
    sa.Column("waited", sa.Float, nullable=False, server_default=sa.text("0")),
    _text("code"),
    _text("message"),
    _text("details"),
    sa.Column("settled", sa.Boolean, nullable=False),
    sa.Index("attempt_of_run", "run_id", "batch"),
)

document = sa.Table(
    "document",
    metadata,
    _of_run(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.PrimaryKeyConstraint("run_id", "name"),
)

# Digests of what was sent and of what Webflow then held, for fields where the two differ: no values.
stored_form = sa.Table(
    "stored_form",
    metadata,
    sa.Column("lock_key", sa.Text, nullable=False),
    sa.Column("item_id", sa.Text, nullable=False),
    _text("locale"),
    sa.Column("field_slug", sa.Text, nullable=False),
    sa.Column("sent", sa.Text, nullable=False),
    sa.Column("stored", sa.Text, nullable=False),
    sa.Column("seen_at", sa.Float, nullable=False),
    sa.PrimaryKeyConstraint("lock_key", "item_id", "locale", "field_slug"),
)

setting = sa.Table(
    "setting", metadata, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False)
)

# How files with the same columns were matched, by owner and collection. `body` holds names of columns and texts.
mapping = sa.Table(
    "mapping",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("lock_key", sa.Text, nullable=False),
    sa.Column("columns", sa.Text, nullable=False),
    _text("name"),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("saved_at", sa.Float, nullable=False),
    sa.UniqueConstraint("person", "lock_key", "columns"),
)

# Imports that were begun and not sent: what is shown of each in a list, all that was done, and the file as it came in.
draft = sa.Table(
    "draft",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, nullable=False, index=True),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("work", sa.LargeBinary, nullable=False),
    sa.Column("file", sa.LargeBinary, nullable=False),
    sa.Column("file_bytes", sa.Integer, nullable=False),
    sa.Column("saved_at", sa.Float, nullable=False),
)
