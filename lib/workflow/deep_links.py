"""Where people wanted to go before they signed in: a provider leads everybody back to the first page."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

MOST = 1_000
MOST_LETTERS = 2_000
SECONDS = 900.0  # whoever takes longer to sign in starts on the first page
Place = tuple[str, dict[str, str]]


@dataclass
class DeepLinks:
    """The page and the query that each browser, told by its secret, asked for last; taken once, and not kept long."""

    clock: Callable[[], float] = time.monotonic
    _wanted: OrderedDict[str, tuple[float, Place]] = field(default_factory=OrderedDict)

    def keep(self, browser: str, page: str, query: Mapping[str, str]) -> None:
        """Remember it; not for a browser without a secret, nor an address that is longer than any of ours."""
        if not browser or sum(len(name) + len(value) for name, value in query.items()) > MOST_LETTERS:
            return
        self._wanted.pop(browser, None)
        self._wanted[browser] = (self.clock(), (page, dict(query)))
        while len(self._wanted) > MOST:
            self._wanted.popitem(last=False)

    def take(self, browser: str) -> Place | None:
        """Where this browser wanted to go, and no longer does."""
        kept_at, place = self._wanted.pop(browser, (0.0, None))
        return place if place and self.clock() - kept_at < SECONDS else None


DEEP_LINKS = DeepLinks()
