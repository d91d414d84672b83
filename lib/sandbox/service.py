"""One request from start to end: token, address, rate, ids, scope, existence, body, then the call itself."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from lib.sandbox import calls
from lib.sandbox.answers import (
    Refusal,
    internal,
    malformed,
    missing_scope,
    not_authorized,
    route_not_found,
    site_full,
    site_put_away,
    too_many,
    unavailable,
)
from lib.sandbox.faults import Fault, FaultKind, Faults
from lib.sandbox.grants import Grants
from lib.sandbox.world import World

_REFUSALS = {FaultKind.TOO_MANY: too_many, FaultKind.INTERNAL: internal, FaultKind.UNAVAILABLE: unavailable}
NOT_CARRIED_OUT = 499  # in the log


LOOKS_SECONDS = 0.02
MOST_REMEMBERED = 2_000


class HungUp(Exception):
    """The connection is to be closed without an answer."""


@dataclass(slots=True)
class Service:
    """All worlds by token, the tokens of those that were put away, the ordered faults, what apps were granted, and how
    slow the server is.

    `most_bytes`: how much each world takes in; None: any amount.
    """

    clock: Callable[[], float] = time.monotonic
    latency_seconds: float = 0.0
    worlds: dict[str, World] = field(default_factory=dict)
    put_away: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_REMEMBERED))
    faults: Faults = field(default_factory=Faults)
    grants: Grants = field(default_factory=Grants)
    most_bytes: int | None = None

    async def answer(self, request: Request) -> Response:
        """The answer to a request below /v2."""
        token = _token(request)
        world = self.worlds.get(token)
        if world is None:
            refusal = site_put_away() if token in self.put_away else not_authorized()
            return JSONResponse(refusal.body, refusal.status)
        began = world.used_at = self.clock()
        path = request.url.path.removeprefix("/v2")
        fault = self.faults.next(token, request.method, path)
        body = await request.body()
        # From here on the request is carried out, whether or not the client still waits for the answer.
        await asyncio.sleep(self.latency_seconds)
        if fault and fault.kind is FaultKind.SLOW:
            await _slow(fault)
        done, response = self._handled(world, request, path, body, fault)
        status = NOT_CARRIED_OUT if _answers_only(fault) else done
        entry = {"method": request.method, "path": path, "status": status, "at": self.clock()}
        told = {
            "began": began,
            "query": request.url.query,
            "items": _ids_in(body),
            "fault": fault.kind if fault else None,
        }
        world.requests.append(entry | told)
        if fault and fault.kind in (FaultKind.DROPPED, FaultKind.LOST):
            raise HungUp
        return response

    def _handled(
        self, world: World, request: Request, path: str, body: bytes, fault: Fault | None
    ) -> tuple[int, Response]:
        """The status of what was really done, and the answer, which may tell another one."""
        if fault and fault.kind is FaultKind.DROPPED:
            return NOT_CARRIED_OUT, Response()
        found = calls.find_call(request.method, path)
        if found is None:
            return 404, JSONResponse(route_not_found(request.url.path), 404)
        try:
            status, content = self._called(world, request, *found, body, fault)
        except Refusal as refusal:
            status, content = refusal.status, refusal.body
        headers = _headers(world, found[0], status)
        if fault and fault.kind is FaultKind.BODY:
            return status, _ordered(fault, headers)
        if content is None:
            return 204, Response(status_code=204, headers=headers)
        return status, JSONResponse(content, status, headers)

    def _called(
        self, world: World, request: Request, call: calls.Call, ids: dict[str, str], body: bytes, fault: Fault | None
    ) -> calls.Answer:
        if not world.window.take():
            raise too_many()
        if fault and fault.kind in _REFUSALS:
            raise _REFUSALS[fault.kind]()
        if fault and _answers_only(fault):
            return fault.status, None
        self._take_in(world, len(body))
        calls.check_ids(ids)
        if call.scope and call.scope not in self.grants.scopes.get(_token(request), world.scopes):
            raise missing_scope(call.scope)
        calls.check_existence(world, ids)
        return call.answer(calls.Asked(world, ids, dict(request.query_params), lambda: _parsed(body)))

    def _take_in(self, world: World, size: int) -> None:
        """Refuses what would make a world hold too much; nothing of it is kept."""
        if size and self.most_bytes is not None and world.taken_bytes + size > self.most_bytes:
            raise site_full()
        world.taken_bytes += size


def _token(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ").strip()


def _parsed(body: bytes) -> Any:
    """The JSON of a body, in which everything can be written again: no NaN, no half characters."""
    try:
        found = json.loads(body)
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise malformed() from None
    return found


async def _slow(fault: Fault) -> None:
    """Wait as long as was ordered, or until another thread withdraws the order."""
    clock = asyncio.get_running_loop().time
    until = clock() + fault.seconds
    while (left := until - clock()) > 0 and not fault.is_over:
        await asyncio.sleep(min(left, LOOKS_SECONDS))


def _answers_only(fault: Fault | None) -> bool:
    """Whether a request gets an ordered answer and is not carried out."""
    return fault is not None and fault.kind is FaultKind.BODY and not fault.applied


def _ordered(fault: Fault, headers: dict[str, str]) -> Response:
    if isinstance(fault.body, str):
        return Response(fault.body, fault.status, headers, media_type="text/html")
    return JSONResponse(fault.body, fault.status, headers)


def _headers(world: World, call: calls.Call, status: int) -> dict[str, str]:
    """Publishing a site has a limit of its own and names the end of its window (seen in recorded answers)."""
    if call.answer is not calls.publish_site or world.site_window is None or status not in (202, 429):
        return world.window.headers()
    own = world.site_window.headers()
    return own if status == 429 else {name: own[name] for name in own if name != "Retry-After"}


def _name_of(entry: dict[str, Any]) -> str:
    if "id" not in entry:
        return str(entry["fieldData"]["slug"])
    locales = [entry.get("cmsLocaleId", ""), *entry.get("cmsLocaleIds", ())]
    return " ".join([str(entry["id"]), *filter(None, locales)])


def _ids_in(body: bytes) -> list[str]:
    """The items that a bulk request names, for the log: by id and the locales that are named, or, new ones, by the slug
    that they are to have."""
    try:
        return [_name_of(entry) for entry in json.loads(body)["items"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
