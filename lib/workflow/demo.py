"""The demo site: a server of our own in this process, and a fresh copy of its data for each visitor."""

import secrets
import threading

from lib.errors import FlowsheetError
from lib.runs import process
from lib.sandbox import Sandbox, worlds
from lib.webflow.connection import Connection
from lib.words.say import say

DEMO_CALLS_PER_MINUTE = 120
DEMO_LATENCY_SECONDS = 0.15
MOST_OF_A_BROWSER = 5
IN_USE_SECONDS = 600.0  # whoever asked something so lately is at work in it
MOST_BYTES = 5_000_000  # that a demo site takes in: all its products some twenty times
LOG_LENGTH = 500

_starting = threading.Lock()
_servers: list[Sandbox] = []


def demo_server() -> Sandbox:
    """The server of the demo sites; the first call starts it on a free loopback port."""
    with _starting:
        if not _servers:
            server = Sandbox(budget=DEMO_CALLS_PER_MINUTE, latency_seconds=DEMO_LATENCY_SECONDS)
            server.service.most_bytes = MOST_BYTES
            server.start()
            _servers.append(server)
    return _servers[0]


def connect_demo(browser: str = "") -> Connection:
    """A connection to a fresh copy of the demo site.

    `browser` is who is signed in, or else the secret of the visitor's browser: it leads back to this copy after a
    refresh; "" for none. The oldest of its copies make room for this one. Raises `FlowsheetError` where there is no
    room, since all that there are were used just now.
    """
    server, token = demo_server(), f"demo-{secrets.token_urlsafe(24)}"
    with _starting:
        _make_room(server, browser)
        server.add_world(token, seed="demo", log_length=LOG_LENGTH)
    connection = Connection(token=token, base_url=server.url, is_demo=True)
    process.current().remember_demo(browser, connection)
    return connection


def _make_room(server: Sandbox, browser: str) -> None:
    """Put away what this browser has too many of; nobody's copy that is in use makes room for a stranger's."""
    service = server.service
    for connection in process.current().demo_sites_of(browser)[MOST_OF_A_BROWSER - 1 :]:
        worlds.put_away(service, connection.token)
    if len(service.worlds) < worlds.MOST_WORLDS:
        return
    if service.clock() - service.worlds[worlds.idlest(service)].used_at < IN_USE_SECONDS:
        raise FlowsheetError(
            say(
                "All {sites} demo sites of this app are in use. Try again in some minutes, or connect your own site.",
                sites=worlds.MOST_WORLDS,
            )
        )
