"""`Webflow`: the calls an importer needs, with patience and within the rate limit."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from types import TracebackType
from typing import Never, Self, TypeVar
from urllib.parse import quote

from lib.errors import WebflowUnavailable
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.site import Site
from lib.settings import settings
from lib.webflow import paging, wire
from lib.webflow.events import Event, ignore
from lib.webflow.exchange import Exchange
from lib.webflow.pace import Room
from lib.webflow.retry import PATIENT, RetryPolicy
from lib.webflow.wire import JSON

MOST_ITEMS = 100  # per request, for lists and for updates (developers.webflow.com, "Update Items")
OK = 200
NOT_UNDERSTOOD = (
    "The server at the configured address did not answer like Webflow: something is missing from its answer. "
    "Ask the person who runs this app to check the address."
)
Noun = TypeVar("Noun")


class Webflow:
    """A client for one token: one session, connections reused, errors from `lib.errors`.

    `on_event` hears of every answer and every wait. Not for several threads at once; pacing is shared between all
    clients of the same token. Raises `NotConnected` for a token that cannot be one.
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
        self.base_url = base_url or settings().webflow_api_url
        self._exchange = Exchange(token, self.base_url, on_event=on_event, policy=policy, sleep=sleep, clock=clock)

    def __repr__(self) -> str:
        return f"Webflow({self.base_url!r})"

    def __reduce__(self) -> Never:
        raise TypeError("a client holds a token and is never pickled")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._exchange.close()

    @property
    def calls_per_minute(self) -> int | None:
        """The token's limit as the last answers said; None before the first one."""
        return self._exchange.pacer.limit

    @property
    def told_on(self) -> datetime | None:
        """Webflow's own clock in the last answer, in whole seconds; None when that did not tell."""
        return self._exchange.told_on

    @property
    def room(self) -> Room:
        """What the token may still ask in this minute, as far as answers have told."""
        return self._exchange.room()

    def sites(self) -> tuple[Site, ...]:
        """The sites this token can see; the best test of a token."""
        return self._list("/sites", "sites", wire.site_from_json)

    def collections(self, site_id: str) -> tuple[Collection, ...]:
        """The site's collections, without their fields."""
        return self._list(f"/sites/{_id(site_id)}/collections", "collections", wire.collection_from_json)

    def collection(self, collection_id: str) -> Collection:
        """One collection with its fields."""
        return _understood(wire.collection_from_json, self._exchange.ask("GET", f"/collections/{_id(collection_id)}"))

    def item_count(
        self, collection_id: str, *, cms_locale_id: str | None = None, updated_since: datetime | None = None
    ) -> int:
        """How many items the collection holds in this locale (None: the primary one). One request, as a rule.

        All of them, or those that were updated at `updated_since` or later.
        """
        total = paging.total_of(self._page(collection_id, 0, 1, cms_locale_id, updated_since))
        if total is not None:
            return total
        return sum(1 for _ in self.items(collection_id, cms_locale_id=cms_locale_id, updated_since=updated_since))

    def newest_update(self, collection_id: str, *, cms_locale_id: str | None = None) -> datetime | None:
        """When an item of the collection was last updated, by Webflow's own clock. One request.

        A server that does not sort tells of any item; so later updates may be there, but never is it a later moment.
        """
        query = {"limit": "1", "sortBy": "lastUpdated", "sortOrder": "desc"}  # developers.webflow.com, "List Items"
        if cms_locale_id:
            query["cmsLocaleId"] = cms_locale_id
        page = self._exchange.ask("GET", f"/collections/{_id(collection_id)}/items", query=query)
        found = [_understood(wire.item_from_json, entry) for entry in _understood(wire.entries_of, page, "items")]
        return max((item.last_updated for item in found if item.last_updated), default=None)

    def items(
        self, collection_id: str, *, cms_locale_id: str | None = None, updated_since: datetime | None = None
    ) -> Iterator[Item]:
        """The items as the editor holds them, each once, page after page as they are taken.

        All of them, or those that were updated at `updated_since` or later.
        """

        def page_at(offset: int) -> JSON:
            return self._page(collection_id, offset, MOST_ITEMS, cms_locale_id, updated_since)

        for entry in paging.each_entry(page_at):
            yield _understood(wire.item_from_json, entry)

    def update_items(
        self, collection_id: str, changes: Sequence[Change], *, live: bool = False, skip_invalid_files: bool = False
    ) -> tuple[Item, ...]:
        """Update 1 to 100 items in one request, all or none (seen in the wild, not documented).

        `live` also changes what visitors see. Returns the items as Webflow answered them, in no promised order.
        An error with `is_unclear` may have changed some all the same: look before sending them again.
        Raises `ValueError`, and sends nothing, for another number of items or a value that JSON cannot hold.
        """
        if not 1 <= len(changes) <= MOST_ITEMS:
            raise ValueError(f"a request takes 1 to {MOST_ITEMS} items, not {len(changes)}")
        path = f"/collections/{_id(collection_id)}/items{'/live' if live else ''}"
        query = {"skipInvalidFiles": "true" if skip_invalid_files else "false"}
        answer = self._exchange.ask("PATCH", path, query=query, body=wire.update_body(changes))
        return tuple(_understood(wire.item_from_json, entry) for entry in wire.updated_entries(answer))

    def publish_items(
        self, collection_id: str, keys: Sequence[tuple[str, str | None]]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Publish 1 to 100 items, each named by its id and CMS locale id (None: the primary one).

        The answer is a success even if nothing was published (seen in recorded answers). Returns the ids of the items
        that were, and Webflow's sentences about those that were not.
        """
        if not 1 <= len(keys) <= MOST_ITEMS:
            raise ValueError(f"a request takes 1 to {MOST_ITEMS} items, not {len(keys)}")
        path = f"/collections/{_id(collection_id)}/items/publish"
        answer = self._exchange.ask("POST", path, body=wire.publish_body(keys))
        return _understood(wire.published, answer)

    def _page(
        self,
        collection_id: str,
        offset: int,
        limit: int,
        cms_locale_id: str | None,
        updated_since: datetime | None = None,
    ) -> JSON:
        query = {"limit": str(limit), "offset": str(offset)}
        if updated_since:
            query["lastUpdated[gte]"] = wire.moment_to_text(updated_since)
        if cms_locale_id:
            query["cmsLocaleId"] = cms_locale_id
        page = self._exchange.ask("GET", f"/collections/{_id(collection_id)}/items", query=query)
        _understood(wire.entries_of, page, "items")
        return page

    def _list(self, path: str, name: str, read: Callable[[JSON], Noun]) -> tuple[Noun, ...]:
        entries = _understood(wire.entries_of, self._exchange.ask("GET", path), name)
        return tuple(_understood(read, entry) for entry in entries)


def _understood(read: Callable[..., Noun], *what: object) -> Noun:
    """What `read` makes of a good answer; one without the essentials, such as an id, is not Webflow's."""
    try:
        return read(*what)
    except (KeyError, TypeError, AttributeError):
        raise WebflowUnavailable(NOT_UNDERSTOOD, status=OK) from None


def _id(text: str) -> str:
    """An id as one part of a path, whatever it holds."""
    return quote(text, safe="")
