"""Page after page until the end, whatever the size of the pages and whoever edits meanwhile."""

from collections.abc import Callable, Generator, Iterator
from typing import Any

from lib.webflow.wire import JSON

MOST_PASSES = 2


def each_entry(page_at: Callable[[int], JSON]) -> Iterator[JSON]:
    """Every entry of `items` once, told apart by id and locale; `page_at` fetches the page at an offset.

    When items are added or deleted while we read, those behind them move to other pages: some come twice, some not at
    all. Then everything is read once more, and what was missed follows.
    """
    seen: set[tuple[Any, Any]] = set()
    for _ in range(MOST_PASSES):
        totals = yield from _pass(page_at, seen)
        if len(totals) < 2 and all(len(seen) >= total for total in totals):
            return


def _pass(page_at: Callable[[int], JSON], seen: set[tuple[Any, Any]]) -> Generator[JSON, None, set[int]]:
    """One walk over all pages; returns the different totals that the pages told."""
    totals: set[int] = set()
    offset = 0
    while True:
        page = page_at(offset)
        entries, total, known = page.get("items") or [], total_of(page), len(seen)
        for entry in entries:
            if _key(entry) not in seen:
                seen.add(_key(entry))
                yield entry
        offset += len(entries)
        if total is not None:
            totals.add(total)
        is_last = offset >= total if total is not None else len(seen) == known
        if is_last or not entries:
            return totals


def total_of(page: JSON) -> int | None:
    """How many entries all pages have together; None when the page does not say."""
    pagination = page.get("pagination")
    total = pagination.get("total") if isinstance(pagination, dict) else None
    return total if isinstance(total, int) else None


def _key(entry: JSON) -> tuple[Any, Any]:
    return entry.get("id"), entry.get("cmsLocaleId")
