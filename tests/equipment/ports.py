"""Ports for servers that cannot choose one themselves."""

import random
import socket

# Below the ports that systems hand out to connections: one of those could be taken before the server listens.
FIRST, LAST = 15_000, 30_000


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    while True:
        port = random.SystemRandom().randint(FIRST, LAST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
