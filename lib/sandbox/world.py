"""`World`: everything one token can see. Stored JSON is never changed in place, so that copies can share it."""

import hashlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import NamedTuple

from lib.sandbox.answers import JSON, not_found
from lib.sandbox.behaviour import Behaviour
from lib.sandbox.rate import Window

ALL_SCOPES = frozenset({"sites:read", "sites:write", "cms:read", "cms:write", "authorized_user:read"})
LOG_LENGTH = 20_000
Key = tuple[str, str]  # item id, CMS locale id


class Variant(NamedTuple):
    """One item in one locale: what the editor holds, and what visitors see (None: not published)."""

    staged: JSON
    live: JSON | None


def timestamp(moment: datetime) -> str:
    """A time as the API writes it: UTC, milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(slots=True, kw_only=True)
class World:
    """Sites, collections and items of one token, its rate window, what it asked for, and when it last did.

    `taken_bytes` is how much it was sent so far.
    `items` are kept by collection, then by id and locale.
    """

    site: JSON
    window: Window
    now: Callable[[], datetime]
    collections: dict[str, JSON] = field(default_factory=dict)
    items: dict[str, dict[Key, Variant]] = field(default_factory=dict)
    scopes: frozenset[str] = ALL_SCOPES
    site_window: Window | None = None
    requests: deque[JSON] = field(default_factory=lambda: deque(maxlen=LOG_LENGTH))
    ids_made: int = 0
    behaviour: Behaviour = field(default_factory=Behaviour)
    unpublished_fields: frozenset[tuple[str, str]] = frozenset()  # collection id and slug: added since the last publish
    used_at: float = 0.0
    taken_bytes: int = 0

    def new_id(self, digits: int = 24) -> str:
        """An id that nothing else in this world has; the same in every copy."""
        self.ids_made += 1
        seed = f"{self.site['id']}-{self.ids_made}".encode()
        return hashlib.sha256(seed).hexdigest()[:digits]

    def stamp(self) -> str:
        """Now, as the API writes it."""
        return timestamp(self.now())

    @property
    def locales(self) -> frozenset[str]:
        """The CMS locale ids of all languages of the site."""
        localised = self.site["locales"]
        others = localised["secondary"] if localised else ()
        return frozenset((self.primary_locale, *(str(one["cmsLocaleId"]) for one in others)))

    @property
    def primary_locale(self) -> str:
        """The CMS locale id that is meant when none is named; items have one even without localisation."""
        locales = self.site["locales"]
        return str(locales["primary"]["cmsLocaleId"] if locales else self.site["id"][::-1])

    def collection(self, collection_id: str) -> JSON:
        """The collection; refuses when there is none."""
        if collection_id not in self.collections:
            raise not_found("collection")
        return self.collections[collection_id]

    def add_collection(self, collection: JSON) -> None:
        """Add or replace a collection."""
        self.collections[collection["id"]] = collection
        self.items.setdefault(collection["id"], {})

    def put(self, collection_id: str, staged: JSON, *, live: JSON | None) -> None:
        """Store an item as it is, replacing the same id and locale."""
        self.items[collection_id][(staged["id"], staged["cmsLocaleId"])] = Variant(staged, live)

    def copy(self, window: Window, site_window: Window) -> "World":
        """A world of its own that holds the same."""
        return replace(
            self,
            site=dict(self.site),
            window=window,
            site_window=site_window,
            collections=dict(self.collections),
            items={collection: dict(variants) for collection, variants in self.items.items()},
            requests=deque(maxlen=LOG_LENGTH),
        )
