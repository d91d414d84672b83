"""`ExistingItems`: which items there are, asked once in a run at most, and only where that beats searching."""

import threading

from lib.model.plan import Change
from lib.webflow.client import MOST_ITEMS, Webflow

# A refusal because of an unknown item does not say which. Halves find one among 100 with 14 requests more.
MOST_PAGES = 10


class ExistingItems:
    """Safe for threads. Webflow has no list of given ids, so all items of the collection are read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._present: dict[str | None, frozenset[str] | None] = {}

    def absent(self, webflow: Webflow, collection_id: str, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """The changes whose item does not exist in their language; () when there are too many items to ask for."""
        return tuple(
            change
            for change in changes
            if (present := self._of(webflow, collection_id, change.cms_locale_id)) is not None
            and change.item_id not in present
        )

    def _of(self, webflow: Webflow, collection_id: str, locale: str | None) -> frozenset[str] | None:
        with self._lock:
            if locale not in self._present:
                self._present[locale] = _ids(webflow, collection_id, locale)
            return self._present[locale]


def _ids(webflow: Webflow, collection_id: str, locale: str | None) -> frozenset[str] | None:
    if webflow.item_count(collection_id, cms_locale_id=locale) > MOST_PAGES * MOST_ITEMS:
        return None
    return frozenset(item.id for item in webflow.items(collection_id, cms_locale_id=locale))
