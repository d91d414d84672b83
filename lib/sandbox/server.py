"""`Sandbox`: the service behind a real HTTP server in a thread of its own."""

import asyncio
import socket
import threading
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from lib.sandbox import consent, hooks
from lib.sandbox.faults import Fault, FaultKind
from lib.sandbox.grants import App
from lib.sandbox.service import HungUp, Service
from lib.sandbox.worlds import add_world

METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"]
STOP_SECONDS = 5.0


class Sandbox:
    """A Webflow on loopback. `port` 0 takes any free one; `url` is what a client uses as base address."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        budget: int = 60,
        window_seconds: float = 60.0,
        latency_seconds: float = 0.0,
    ) -> None:
        self.budget = budget
        self.window_seconds = window_seconds
        self.service = Service(latency_seconds=latency_seconds)
        self._socket = socket.create_server((host, port))
        self._server = uvicorn.Server(
            uvicorn.Config(
                _app(self.service), http=_Protocol, ws="none", lifespan="off", log_level="critical", access_log=False
            )
        )
        self._thread = threading.Thread(target=self.run, daemon=True, name="sandbox")

    @property
    def root(self) -> str:
        """The address of the server, for the hooks."""
        host, port = self._socket.getsockname()[:2]
        return f"http://{host}:{port}"

    @property
    def url(self) -> str:
        """The base address of the API."""
        return f"{self.root}/v2"

    def start(self) -> None:
        """Serve in the background. The socket listens already: the first request waits, it is not refused."""
        self._thread.start()

    def run(self) -> None:
        """Serve until interrupted."""
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Stop serving and close the port."""
        self._server.should_exit = True
        self._server.force_exit = True
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)
        self._socket.close()

    def add_world(self, token: str, **options: Any) -> None:
        """Give `token` a fresh world; `options` as of `worlds.add_world`, with the server's own budget and window."""
        usual = {"budget": self.budget, "window_seconds": self.window_seconds}
        add_world(self.service, token, **usual | options)

    def register_app(self, client_id: str, *, secret: str, redirect_url: str, token: str) -> None:
        """Register an app; whoever allows it, at `{root}/oauth/authorize`, gives it the world of `token`."""
        self.service.grants.apps[client_id] = App(secret, redirect_url, token)

    def plant(self, token: str, **things: Any) -> None:
        """Store `collections` and `items` exactly as given."""
        hooks.plant(self.service, token, things)

    def order_fault(self, kind: FaultKind | str, **order: Any) -> Fault:
        """Make the next requests that fit suffer; the order, see `Fault`."""
        fault = Fault(kind=FaultKind(kind), **order)
        self.service.faults.order(fault)
        return fault


def _app(service: Service) -> ASGIApp:
    """A bare router: Starlette's own error page would answer where we mean to hang up."""

    async def api(request: Request) -> Response:
        return await service.answer(request)

    routes = [Route("/v2/{path:path}", api, methods=METHODS), *consent.routes(service), *hooks.routes(service)]
    return Router(routes=routes)


class _Protocol(H11Protocol):
    """HTTP that can close the connection without an answer when the service hangs up."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.access_log = False  # whoever else uses uvicorn in this process may have switched it on
        app = self.app

        async def hanging_up(scope: Scope, receive: Receive, send: Send) -> None:
            try:
                await app(scope, receive, send)
            except HungUp:
                transport.abort()
                await asyncio.sleep(0)  # let the protocol notice before it would answer 500

        self.app = hanging_up
