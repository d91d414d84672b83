"""Use cases that join several rooms of the house: connecting, reading a collection, sending a plan."""

import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lib.errors import FlowsheetError
from lib.model.collection import Collection, Field, FieldType
from lib.model.item import Item
from lib.model.plan import Plan, SendChoices
from lib.model.sheet import Sheet
from lib.model.site import Site
from lib.runs import runner
from lib.sandbox import Sandbox
from lib.stages.batch import batched
from lib.stages.read import read_sheet
from lib.webflow.address import api_url
from lib.webflow.client import Webflow
from lib.webflow.events import Event, ignore

DEMO_CALLS_PER_MINUTE = 120
DEMO_LATENCY_SECONDS = 0.15
PRIMARY_ONLY: tuple[None, ...] = (None,)
REFERENCES = (FieldType.REFERENCE, FieldType.MULTI_REFERENCE)

_demo_starting = threading.Lock()
_demo_servers: list[Sandbox] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A way in to Webflow, or to the demo site. The token lives here, in memory, and is never shown."""

    token: str = field(repr=False)
    base_url: str
    is_demo: bool

    def open(self, on_event: Callable[[Event], None] = ignore) -> Webflow:
        """A client for this connection, to be used as a context manager; `on_event` hears of answers and waits."""
        return Webflow(self.token, base_url=self.base_url, on_event=on_event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came in, and how it is to be read (None: detect)."""

    name: str
    content: bytes = field(repr=False)
    tab: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None

    def read(self) -> Sheet:
        """The sheet in this file; raises `UnreadableFile`."""
        return read_sheet(
            self.name,
            self.content,
            tab=self.tab,
            header_row=self.header_row,
            encoding=self.encoding,
            delimiter=self.delimiter,
        )


def connect_demo() -> Connection:
    """A connection to a fresh copy of the demo site; the first call starts its server on a free loopback port."""
    with _demo_starting:
        if not _demo_servers:
            server = Sandbox(budget=DEMO_CALLS_PER_MINUTE, latency_seconds=DEMO_LATENCY_SECONDS)
            server.start()
            _demo_servers.append(server)
    token = f"demo-{secrets.token_urlsafe(24)}"
    _demo_servers[0].add_world(token, seed="demo")
    return Connection(token=token, base_url=_demo_servers[0].url, is_demo=True)


def connect_site(token: str) -> Connection:
    """A connection to the configured Webflow address; raises `FlowsheetError` when no token was given."""
    if not token.strip():
        raise FlowsheetError("Paste your site token first. It starts the connection to your Webflow site.")
    return Connection(token=token.strip(), base_url=api_url(), is_demo=False)


def sites(connection: Connection) -> tuple[Site, ...]:
    """The sites this connection can see; raises `WebflowError` when the token is refused."""
    with connection.open() as webflow:
        return webflow.sites()


def collections(connection: Connection, site: Site) -> tuple[Collection, ...]:
    """The site's collections, without their fields."""
    with connection.open() as webflow:
        return webflow.collections(site.id)


def open_collection(connection: Connection, collection_id: str, locale: str | None) -> tuple[Collection, int]:
    """The collection with its fields, and how many items it holds in this language (None: the only one)."""
    with connection.open() as webflow:
        return webflow.collection(collection_id), webflow.item_count(collection_id, cms_locale_id=locale)


def load_items(
    connection: Connection,
    collection_id: str,
    tell: Callable[[int], None] = lambda count: None,
    locales: Sequence[str] = (),
) -> tuple[Item, ...]:
    """All items of a collection in these languages (none: the primary one).

    `tell` hears how many have been read so far, about once a page.
    """
    loaded: list[Item] = []
    with connection.open() as webflow:
        for locale in locales or PRIMARY_ONLY:
            for item in webflow.items(collection_id, cms_locale_id=locale):
                loaded.append(item)
                if len(loaded) % 100 == 0:
                    tell(len(loaded))
    return tuple(loaded)


def load_targets(
    connection: Connection, fields: Sequence[Field], known: Mapping[str, tuple[Item, ...]], locales: Sequence[str] = ()
) -> dict[str, tuple[Item, ...]]:
    """The items of every collection that these fields refer to, by collection id; `known` ones are not read again."""
    wanted = {f.target_collection_id for f in fields if f.type in REFERENCES and f.target_collection_id}
    missing = {target: load_items(connection, target, locales=locales) for target in sorted(wanted - set(known))}
    return {**known, **missing}


def calls_per_minute(connection: Connection) -> int | None:
    """The token's limit, as Webflow's answers so far told; None before the first one."""
    with connection.open() as webflow:
        return webflow.calls_per_minute


def start_run(connection: Connection, collection: Collection, plan: Plan, choices: SendChoices, key: str) -> str:
    """Send the plan in the background and return the run's id; the same `key` never starts a second run."""
    return runner.start(key, connection.open, collection.id, batched(plan.changes), choices)
