"""The demo site: a server of our own in this process, and a fresh copy of its data for each visitor."""

import secrets
import threading

from lib.runs import process
from lib.sandbox import Sandbox
from lib.webflow.connection import Connection

DEMO_CALLS_PER_MINUTE = 120
DEMO_LATENCY_SECONDS = 0.15

_starting = threading.Lock()
_servers: list[Sandbox] = []


def demo_server() -> Sandbox:
    """The server of the demo sites; the first call starts it on a free loopback port."""
    with _starting:
        if not _servers:
            server = Sandbox(budget=DEMO_CALLS_PER_MINUTE, latency_seconds=DEMO_LATENCY_SECONDS)
            server.start()
            _servers.append(server)
    return _servers[0]


def connect_demo(browser: str = "") -> Connection:
    """A connection to a fresh copy of the demo site.

    `browser` is the secret of the visitor's browser, which leads back to this copy after a refresh; "" for none.
    """
    server, token = demo_server(), f"demo-{secrets.token_urlsafe(24)}"
    server.add_world(token, seed="demo")
    connection = Connection(token=token, base_url=server.url, is_demo=True)
    process.current().remember_demo(browser, connection)
    return connection
