"""A server that answers what a test tells it to, for answers the sandbox would never give."""

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from lib.webflow.client import Webflow
from lib.webflow.exchange import Waiting
from lib.webflow.retry import RetryPolicy


@dataclass
class Clock:
    """Time that passes only when somebody sleeps."""

    now: float = 1000.0
    sleeps: list[float] = field(default_factory=list)
    waits: list[Waiting] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def wait(self, waiting: Waiting) -> None:
        self.waits.append(waiting)
        self.sleeps.append(waiting.seconds)
        self.now += waiting.seconds


@dataclass
class Script:
    """Answers to give, one after the other; the last one again and again. None hangs up."""

    url: str
    answers: list[tuple[int, Any, dict[str, str]] | None] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    def answer(self, status: int = 200, body: Any = None, **headers: str) -> None:
        self.answers.append((status, body, {name.replace("_", "-"): value for name, value in headers.items()}))

    def hang_up(self) -> None:
        self.answers.append(None)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def script() -> Iterator[Script]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            script.asked.append((self.command, self.path, dict(self.headers), body))
            given = script.answers.pop(0) if len(script.answers) > 1 else script.answers[0]
            if given is None:
                self.connection.close()
                return
            status, content, headers = given
            data = content.encode() if isinstance(content, str) else json.dumps(content).encode()
            (self.send_response_only if "Date" in headers else self.send_response)(status)
            for name, value in (headers | {"Content-Length": str(len(data))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_PATCH = do_POST = answer  # noqa: N815 - the standard library's names

        def log_message(self, *arguments: Any) -> None:
            pass

        def handle(self) -> None:
            with contextlib.suppress(ValueError, OSError):
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    script = Script(f"http://127.0.0.1:{server.server_port}/v2")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield script
    server.shutdown()
    server.server_close()


@pytest.fixture
def client(script: Script, clock: Clock) -> Iterator[Webflow]:
    policy = RetryPolicy(jitter=lambda: 1.0)
    with Webflow("secret-token", base_url=script.url, wait=clock.wait, clock=clock, policy=policy) as webflow:
        yield webflow
