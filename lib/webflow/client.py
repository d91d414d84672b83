"""`Webflow`: the calls an importer needs, with patience and within the rate limit."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self

import requests

from lib.errors import Detail, WebflowUnavailable
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.site import Site
from lib.webflow import refusal, wire
from lib.webflow.address import api_url
from lib.webflow.events import Answered, Event, Waiting, WaitReason, ignore
from lib.webflow.pace import number, pacer_of
from lib.webflow.retry import PATIENT, RetryPolicy

MOST_ITEMS = 100  # per request, for lists and for updates (developers.webflow.com, "Update Items")
CONNECT_SECONDS = 5.0
READ_SECONDS = 60.0
NOT_WEBFLOW = (
    "The server at the configured address did not answer like Webflow. "
    "Ask the person who runs this app to check the address."
)


class _Bearer(requests.auth.AuthBase):
    """Sets the header itself, so that a .netrc file on the server cannot replace it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Webflow:
    """A client for one token: one session, connections reused, errors from `lib.errors`.

    `on_event` hears of every answer and every wait. Not for several threads at once; pacing is shared between all
    clients of the same token.
    """

    def __init__(
        self,
        token: str,
        *,
        base_url: str | None = None,
        on_event: Callable[[Event], None] = ignore,
        policy: RetryPolicy = PATIENT,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.base_url = base_url or api_url()
        self._on_event = on_event
        self._policy = policy
        self._sleep = sleep
        self._clock = clock
        self._pacer = pacer_of(token, self.base_url)
        self._session = requests.Session()
        self._session.auth = _Bearer(token)
        self._session.headers.update({"Accept": "application/json", "User-Agent": "Flowsheet"})

    def __repr__(self) -> str:
        return f"Webflow({self.base_url!r})"

    def __reduce__(self) -> Any:
        raise TypeError("a client holds a token and is never pickled")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    @property
    def calls_per_minute(self) -> int | None:
        """The token's limit as the last answers said; None before the first one."""
        return self._pacer.limit

    def sites(self) -> tuple[Site, ...]:
        """The sites this token can see; the best test of a token."""
        return tuple(wire.site_from_json(entry) for entry in self._list("/sites", "sites"))

    def collections(self, site_id: str) -> tuple[Collection, ...]:
        """The site's collections, without their fields."""
        entries = self._list(f"/sites/{site_id}/collections", "collections")
        return tuple(wire.collection_from_json(entry) for entry in entries)

    def collection(self, collection_id: str) -> Collection:
        """One collection with its fields."""
        return wire.collection_from_json(self._call("GET", f"/collections/{collection_id}"))

    def item_count(self, collection_id: str, *, cms_locale_id: str | None = None) -> int:
        """How many items the collection holds in this locale (None: the primary one)."""
        page = self._page(collection_id, 0, 1, cms_locale_id)
        total = (page.get("pagination") or {}).get("total")
        return int(total) if total is not None else len(page.get("items") or [])

    def items(self, collection_id: str, *, cms_locale_id: str | None = None) -> Iterator[Item]:
        """All items as the editor holds them, page after page; one that moved between pages comes once."""
        seen: set[tuple[str, str | None]] = set()
        offset = 0
        while True:
            page = self._page(collection_id, offset, MOST_ITEMS, cms_locale_id)
            entries = page.get("items") or []
            for item in map(wire.item_from_json, entries):
                if (item.id, item.cms_locale_id) not in seen:
                    seen.add((item.id, item.cms_locale_id))
                    yield item
            offset += len(entries)
            total = (page.get("pagination") or {}).get("total")
            if not entries or (total is not None and offset >= total) or (total is None and len(entries) < MOST_ITEMS):
                return

    def update_items(
        self, collection_id: str, changes: Sequence[Change], *, live: bool = False, skip_invalid_files: bool = False
    ) -> tuple[Item, ...]:
        """Update 1 to 100 items in one request, all or none; raises `ValueError` for more.

        `live` also changes what visitors see. Returns the items as Webflow answered them, in no promised order.
        """
        if not 1 <= len(changes) <= MOST_ITEMS:
            raise ValueError(f"a request takes 1 to {MOST_ITEMS} items, not {len(changes)}")
        path = f"/collections/{collection_id}/items{'/live' if live else ''}"
        query = {"skipInvalidFiles": "true" if skip_invalid_files else "false"}
        answer = self._call("PATCH", path, query=query, body=wire.update_body(changes))
        return tuple(wire.item_from_json(entry) for entry in answer.get("items") or [])

    def _page(self, collection_id: str, offset: int, limit: int, cms_locale_id: str | None) -> dict[str, Any]:
        query = {"limit": str(limit), "offset": str(offset)}
        if cms_locale_id:
            query["cmsLocaleId"] = cms_locale_id
        return self._call("GET", f"/collections/{collection_id}/items", query=query)

    def _list(self, path: str, name: str) -> list[dict[str, Any]]:
        entries = self._call("GET", path).get(name)
        if not isinstance(entries, list):
            raise WebflowUnavailable(NOT_WEBFLOW)
        return entries

    def _call(
        self, method: str, path: str, *, query: dict[str, str] | None = None, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        data = None if body is None else json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
        attempt = 1
        while True:
            self._wait(self._pacer.pause(), WaitReason.RATE_LIMIT)
            response = self._send(method, path, query, data)
            status = response.status_code if response is not None else None
            if response is not None and response.ok:
                return _content(response)
            retry_after = response.headers.get("Retry-After") if response is not None else None
            pause = self._policy.wait(status, attempt, retry_after)
            if pause is None:
                raise refusal.error_from(response) if response is not None else _unreachable()
            if status == 429:
                self._pacer.hold(pause[0])
            else:
                self._wait(*pause)
            attempt += 1

    def _wait(self, seconds: float, reason: WaitReason) -> None:
        if seconds > 0:
            self._on_event(Waiting(seconds=seconds, reason=reason))
            self._sleep(seconds)

    def _send(
        self, method: str, path: str, query: dict[str, str] | None, data: bytes | None
    ) -> requests.Response | None:
        """One request; None when no answer came. The library's errors carry the token, so they end here."""
        started = self._clock()
        try:
            response = self._session.request(
                method,
                self.base_url + path,
                params=query,
                data=data,
                headers={"Content-Type": "application/json"} if data else None,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
            )
        except (requests.RequestException, OSError):
            response = None
        self._tell(method, path, response, self._clock() - started)
        return response

    def _tell(self, method: str, path: str, response: requests.Response | None, seconds: float) -> None:
        if response is None:
            self._on_event(Answered(method=method, path=path, status=None, seconds=seconds))
            return
        self._pacer.learn(response.headers)
        no_words: tuple[str, str, tuple[Detail, ...]] = ("", "", ())
        code, message, details = no_words if response.ok else refusal.words(response)
        self._on_event(
            Answered(
                method=method,
                path=path,
                status=response.status_code,
                seconds=seconds,
                code=code,
                message=message,
                details=details,
                limit=number(response.headers, "X-RateLimit-Limit"),
                remaining=number(response.headers, "X-RateLimit-Remaining"),
            )
        )


def _content(response: requests.Response) -> dict[str, Any]:
    body = refusal.parsed(response)
    if response.status_code >= 300:
        raise refusal.error_from(response)
    if not isinstance(body, dict):
        raise WebflowUnavailable(NOT_WEBFLOW, status=response.status_code)
    return body


def _unreachable() -> WebflowUnavailable:
    return WebflowUnavailable(
        "Webflow cannot be reached: no answer came, several times. Check the internet connection of the computer "
        "that runs this app, then try again."
    )
