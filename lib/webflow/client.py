"""`Webflow`: the calls an importer needs, within the rate limit; readings with patience, writes once."""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Never, Self, TypeVar
from urllib.parse import quote

from lib.errors import WaitReason, WebflowUnavailable
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.site import Site
from lib.settings import settings
from lib.webflow import paging, wire
from lib.webflow.exchange import Exchange, Waiting, asleep
from lib.webflow.plain_words import why_not_published
from lib.webflow.read_ahead import PageAt, ReadAhead
from lib.webflow.retry import PATIENT, RetryPolicy
from lib.webflow.verdict import UNREADABLE
from lib.webflow.wire import JSON
from lib.words.say import later, say

MOST_ITEMS = paging.PAGE  # per request, for lists and for updates (developers.webflow.com, "Update Items")
OK = 200
NOT_UNDERSTOOD = later(
    "The server at the configured address did not answer like Webflow: something is missing from its answer. "
    "Ask the person who runs this app to check the address."
)
Noun = TypeVar("Noun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """`on`: when an item of a collection was last updated, by Webflow's own clock, None when nothing is known; `total`:
    how many items there are, None when the answer does not say."""

    on: datetime | None
    total: int | None


class Webflow:
    """A client for one token: one session, connections reused, errors from `lib.errors`.

    `wait` waits, and may raise to break a wait off. `exchange` knows how its requests went, waits for their turn, and
    rests between tries. Not for several threads at once; pacing is shared between all clients of the same token.
    Raises `NotConnected` for a token that cannot be one.
    """

    def __init__(
        self,
        token: str,
        *,
        base_url: str | None = None,
        wait: Callable[[Waiting], None] = asleep,
        policy: RetryPolicy = PATIENT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.base_url = base_url or settings().webflow_api_url
        self.exchange = Exchange(token, self.base_url, wait=wait, policy=policy, clock=clock)
        self._clock = clock
        self._another: Callable[[Callable[[Waiting], None]], Webflow] = lambda wait: Webflow(
            token, base_url=self.base_url, wait=wait, policy=policy, clock=clock
        )

    def __repr__(self) -> str:
        return f"Webflow({self.base_url!r})"

    def __reduce__(self) -> Never:
        raise TypeError("a client holds a token and is never pickled")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.exchange.close()

    def account_id(self) -> str:
        """The id of the Webflow user whose token this is; it stays the same, whatever they are called."""
        return _understood(wire.account_from_json, self.exchange.read("/token/authorized_by"))

    def sites(self) -> tuple[Site, ...]:
        """The sites this token can see; the best test of a token."""
        return self._list("/sites", "sites", wire.site_from_json)

    def collections(self, site_id: str) -> tuple[Collection, ...]:
        """The site's collections, without their fields."""
        return self._list(f"/sites/{_id(site_id)}/collections", "collections", wire.collection_from_json)

    def collection(self, collection_id: str) -> Collection:
        """One collection with its fields."""
        return _understood(wire.collection_from_json, self.exchange.read(f"/collections/{_id(collection_id)}"))

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

    def newest_update(self, collection_id: str, *, cms_locale_id: str | None = None) -> Newest:
        """When an item of the collection was last updated, and how many there are. One request.

        A server that does not sort tells of any item; so later updates may be there, but never is it a later moment.
        """
        query = {"limit": "1", "sortBy": "lastUpdated", "sortOrder": "desc"}  # developers.webflow.com, "List Items"
        if cms_locale_id:
            query["cmsLocaleId"] = cms_locale_id
        page = self.exchange.read(f"/collections/{_id(collection_id)}/items", query)
        found = [_understood(wire.item_from_json, entry) for entry in _understood(wire.entries_of, page, "items")]
        newest = max((item.last_updated for item in found if item.last_updated), default=None)
        return Newest(on=newest, total=paging.total_of(page))

    def items(
        self,
        collection_id: str,
        *,
        cms_locale_id: str | None = None,
        updated_since: datetime | None = None,
        total: int | None = None,
        live: bool = False,
    ) -> Iterator[Item]:
        """The items as the editor holds them, each once. Many pages are fetched ahead, several at once.

        All of them, or those that were updated at `updated_since` or later. `total` is how many there are, where that
        is known already. `live`: the items as visitors see them, without those that are not published.
        """

        def page_of(webflow: Webflow) -> PageAt:
            return lambda offset: webflow._page(
                collection_id, offset, MOST_ITEMS, cms_locale_id, updated_since, live=live
            )

        @contextmanager
        def reader(wait: Callable[[Waiting], None]) -> Iterator[PageAt]:
            with self._another(wait) as webflow:
                yield page_of(webflow)

        def pages_at(offsets: Sequence[int]) -> Generator[JSON, None, None]:
            if len(offsets) > 1:
                yield from ReadAhead(reader, offsets, wait=self.exchange.stand_still, clock=self._clock).pages()
            else:
                yield from map(page_of(self), offsets)

        for entry in paging.each_entry(pages_at, total):
            yield _understood(wire.item_from_json, entry)

    def write_items(self, collection_id: str, changes: Sequence[Change], *, live: bool = False) -> tuple[Item, ...]:
        """Update, create, or add a language to 1 to 100 items in one request, all or none (seen in the wild, not
        documented); all `changes` are of one sort.

        `live` also changes what visitors see; what is created is staged all the same. Returns the items as Webflow
        answered them, in no promised order: the page address of a new item may have got an ending where it was taken
        (seen once), and since the call that adds languages is hardly described, look whether its items are those that
        were meant. Sent once. There is no idempotency key: what creates creates twice when it is sent twice, and an
        error with an unclear `verdict` may have changed some all the same. So look before sending again.
        Raises `ValueError`, and sends nothing, for another number of items or a value that JSON cannot hold.
        """
        query = {"skipInvalidFiles": "false"}  # Webflow's own default drops bad images without a word
        path = _items_path(collection_id, changes)
        method, ending, body = wire.writing(changes, live=live)
        answer = self.exchange.write(method, f"{path}{ending}", body, query)
        return tuple(_understood(wire.item_from_json, entry) for entry in wire.written_entries(answer))

    def publish_items(self, collection_id: str, keys: Sequence[tuple[str, str | None]]) -> dict[str, str]:
        """Publish 1 to 100 items, each named by its id and CMS locale id (None: the primary one). Sent once.

        The answer is a success even if nothing was published (seen in recorded answers). Returns, by id, "" for items
        that were, and why not for those that were not; some may not be mentioned.
        """
        path = f"{_items_path(collection_id, keys)}/publish"
        done, errors = _understood(wire.published, self.exchange.write("POST", path, wire.publish_body(keys)))
        refused = {item_id: next((text for text in errors if item_id in text), "") for item_id, _ in keys}
        told = {item_id: why_not_published(text) for item_id, text in refused.items() if text}
        return dict.fromkeys(done, "") | told

    def _page(
        self,
        collection_id: str,
        offset: int,
        limit: int,
        cms_locale_id: str | None,
        updated_since: datetime | None = None,
        *,
        live: bool = False,
    ) -> JSON:
        query = {"limit": str(limit), "offset": str(offset)}
        if updated_since:
            query["lastUpdated[gte]"] = wire.moment_to_text(updated_since)
        if cms_locale_id:
            query["cmsLocaleId"] = cms_locale_id
        page = self.exchange.read(f"/collections/{_id(collection_id)}/items{'/live' if live else ''}", query)
        _understood(wire.entries_of, page, "items")
        return page

    def _list(self, path: str, name: str, read: Callable[[JSON], Noun]) -> tuple[Noun, ...]:
        entries = _understood(wire.entries_of, self.exchange.read(path), name)
        return tuple(_understood(read, entry) for entry in entries)


def _understood(read: Callable[..., Noun], *what: object) -> Noun:
    """What `read` makes of a good answer; one without the essentials, such as an id, is not Webflow's."""
    try:
        return read(*what)
    except (KeyError, TypeError, AttributeError):
        code = WaitReason.UNREADABLE
        raise WebflowUnavailable(say(NOT_UNDERSTOOD), status=OK, code=code, verdict=UNREADABLE) from None


def _items_path(collection_id: str, named: Sequence[object]) -> str:
    """Where items are written; raises `ValueError` for another number of them than a request takes."""
    if not 1 <= len(named) <= MOST_ITEMS:
        raise ValueError(f"a request takes 1 to {MOST_ITEMS} items, not {len(named)}")
    return f"/collections/{_id(collection_id)}/items"


def _id(text: str) -> str:
    """An id as one part of a path, whatever it holds."""
    return quote(text, safe="")
