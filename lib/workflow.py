"""Use cases that join several rooms of the house: connecting, reading a collection, runs and what follows them."""

import hashlib
import secrets
import threading
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from lib.errors import FlowsheetError
from lib.journal import retention, specs, stored_forms
from lib.journal.database import Database, database
from lib.journal.records import children_of, outcomes_of
from lib.model.collection import Collection
from lib.model.plan import Change
from lib.model.run import LIVE, Outcome, Run
from lib.model.run_spec import RunSpec
from lib.model.sheet import Sheet, Source
from lib.model.site import Site
from lib.model.stored_form import Memory
from lib.runs import control, follow_up, process
from lib.runs.access import person_of
from lib.runs.clock import since_stored
from lib.runs.reading import read_updated
from lib.runs.waits import UNTOLD, Waits
from lib.sandbox import Sandbox
from lib.settings import settings
from lib.stages.batch import batched
from lib.stages.read import Told, read_sheet
from lib.webflow.connection import Connection
from lib.webflow.pace import Room

DEMO_CALLS_PER_MINUTE = 120
DEMO_LATENCY_SECONDS = 0.15

_demo_starting = threading.Lock()
_demo_servers: list[Sandbox] = []
_purged_on: dict[Database, date] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came in, and how it is to be read (None: detect)."""

    name: str
    content: bytes = field(repr=False)
    tab: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None

    def read(self, waiting: Told = lambda ahead: None) -> Sheet:
        """The sheet in this file; raises `UnreadableFile`. `waiting`: see `read_sheet`."""
        return read_sheet(
            self.name,
            self.content,
            tab=self.tab,
            header_row=self.header_row,
            encoding=self.encoding,
            delimiter=self.delimiter,
            waiting=waiting,
        )

    @property
    def as_detected(self) -> "Upload":
        """The same file, with nothing chosen."""
        return Upload(name=self.name, content=self.content)

    def chosen(self, source: Source, *, tab: str, header_row: int, encoding: str, delimiter: str) -> "Upload":
        """The same file, read as was chosen where that is not how it was read; another tab has its own header."""
        chosen = self
        if encoding != source.encoding:
            chosen = replace(chosen, encoding=encoding)
        if delimiter != source.delimiter:
            chosen = replace(chosen, delimiter=delimiter)
        if header_row != source.header_row:
            chosen = replace(chosen, header_row=header_row)
        return replace(chosen, tab=tab, header_row=None) if tab != source.tab else chosen


def connect_demo(browser: str = "") -> Connection:
    """A connection to a fresh copy of the demo site; the first call starts its server on a free loopback port.

    `browser` is the secret of the visitor's browser, which leads back to this copy after a refresh; "" for none.
    """
    with _demo_starting:
        if not _demo_servers:
            server = Sandbox(budget=DEMO_CALLS_PER_MINUTE, latency_seconds=DEMO_LATENCY_SECONDS)
            server.start()
            _demo_servers.append(server)
    token = f"demo-{secrets.token_urlsafe(24)}"
    _demo_servers[0].add_world(token, seed="demo")
    connection = Connection(token=token, base_url=_demo_servers[0].url, is_demo=True)
    process.current().remember_demo(browser, connection)
    return connection


def connect_site(token: str) -> Connection:
    """A connection to the configured Webflow address; raises `FlowsheetError` when no token was given."""
    if not token.strip():
        raise FlowsheetError("Paste your site token first. It starts the connection to your Webflow site.")
    return Connection(token=token.strip(), base_url=settings().webflow_api_url, is_demo=False)


def sites(connection: Connection, waits: Waits = UNTOLD) -> tuple[Site, ...]:
    """The sites this connection can see; raises `WebflowError` when the token is refused."""
    with waits.open(connection) as webflow:
        return webflow.sites()


def collections(connection: Connection, site: Site, waits: Waits = UNTOLD) -> tuple[Collection, ...]:
    """The site's collections, without their fields."""
    with waits.open(connection) as webflow:
        return webflow.collections(site.id)


def open_collection(
    connection: Connection, collection_id: str, locale: str | None, waits: Waits = UNTOLD
) -> tuple[Collection, int]:
    """The collection with its fields, and how many items it holds in this language (None: the only one)."""
    with waits.open(connection) as webflow:
        return webflow.collection(collection_id), webflow.item_count(collection_id, cms_locale_id=locale)


def room(connection: Connection) -> Room:
    """What this token may still ask Webflow now, as the answers so far told."""
    with connection.open() as webflow:
        return webflow.room


def records(url: str | None = None) -> Database:
    """The records of runs, opened once in this process, and rid of old runs once a day.

    Raises `JournalUnavailable`.
    """
    db, today = database(url), datetime.now(UTC).date()
    if _purged_on.get(db) != today:
        retention.purge(db, settings().journal_days)
        _purged_on[db] = today
    return db


def start_run(db: Database, connection: Connection, spec: RunSpec, key: str, who: str = "") -> str:
    """Start a run in the background and return its id; the same `key` never starts a second one.

    `who` is the name that the person signed in with, if any. Raises `CollectionBusy` while another run works on the
    collection.
    """
    person = person_of(db, connection, who)
    scope = _scope(person, connection, spec.collection)
    batches = batched(spec.plan.changes)
    return control.start(db, connection, spec, batches, key=key, person=person, scope=scope, who=who)


def remembered(db: Database, connection: Connection, collection: Collection, who: str = "") -> Memory:
    """What Webflow made of the values that runs on this collection have sent."""
    return stored_forms.remembered(db, _scope(person_of(db, connection, who), connection, collection))


def _scope(person: str, connection: Connection, collection: Collection) -> str:
    """Each visitor of the demo has a copy of their own, so nobody is in anybody's way there."""
    return f"{person}/{collection.id}" if connection.is_demo else collection.id


def start_follow_up(db: Database, connection: Connection, spec: RunSpec, who: str = "") -> str:
    """Start a run that follows another one; pressing again before it has ended starts no second one."""
    parent = spec.parent_id or ""
    earlier = children_of(db, [parent], spec.kind).get(parent, [])
    told = repr((parent, spec.kind, sum(state not in LIVE for _, state in earlier), spec.plan.changes))
    return start_run(db, connection, spec, hashlib.sha256(told.encode("utf-8", "replace")).hexdigest(), who)


def resume_run(db: Database, connection: Connection, run: Run) -> bool:
    """Go on with a run that nobody works on. Raises `WebflowError` when this token cannot see the collection."""
    with connection.open() as webflow:
        webflow.collection(run.collection_id)
    return control.carry_on(db, connection, run.id)


def preview_undo(db: Database, connection: Connection, run_id: str, waits: Waits = UNTOLD) -> RunSpec:
    """The order that would undo a run, made from the items as they are now. Raises `WebflowError`."""
    spec, outcomes = _ended(db, run_id)
    changes, since = follow_up.to_undo(spec, outcomes), since_stored(spec, outcomes)
    with waits.open(connection) as webflow:
        found = read_updated(webflow, spec.collection.id, changes, since)
    return follow_up.undo(run_id, spec, outcomes, found)


def retry(db: Database, run_id: str, corrected: Mapping[int, Mapping[str, object]]) -> RunSpec:
    """The order that tries again what failed or was not sent."""
    return follow_up.retry(run_id, *_ended(db, run_id), corrected)


def overwrite(db: Database, run_id: str, cells: Mapping[int, Container[str]]) -> RunSpec:
    """The order that sends what was held back after all: of these rows these fields (by slug)."""
    return follow_up.overwrite(run_id, *_ended(db, run_id), cells, datetime.now(UTC))


def publish(db: Database, run_id: str) -> RunSpec:
    """The order that publishes what a staged run stored."""
    return follow_up.publish(run_id, *_ended(db, run_id))


def changes_of(db: Database, run_id: str) -> tuple[Change, ...]:
    """All changes that a run was to make."""
    return _ended(db, run_id)[0].plan.changes


def _ended(db: Database, run_id: str) -> tuple[RunSpec, tuple[Outcome, ...]]:
    spec = specs.spec_of(db, run_id)
    if spec is None:
        raise FlowsheetError("This run is not on record any more.")
    return spec, outcomes_of(db, run_id)
