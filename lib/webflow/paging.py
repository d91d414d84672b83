"""Page after page until the end, whatever the size of the pages and whoever edits meanwhile."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from typing import Any

from lib.webflow.wire import JSON

MOST_PASSES = 2
PAGE = 100  # entries that a page holds at most (developers.webflow.com, "List Items")
STEP = PAGE - 1  # each page begins with the entry that ends the one before: a seam

PagesAt = Callable[[Sequence[int]], Generator[JSON, None, None]]
Key = tuple[Any, Any]


def each_entry(pages_at: PagesAt, total: int | None = None) -> Iterator[JSON]:
    """Every entry of `items` once, told apart by id and locale.

    `pages_at` gives the pages at these offsets, in this order; it may fetch them in any. `total` is how many entries
    there are, where that is known already; then not even the first page is waited for before the others are fetched.

    When items are added or deleted while we read, those behind them move to other pages: some come twice, some not at
    all. A seam that does not fit tells, or a total that changes. Then everything is read once more, and what was missed
    follows.
    """
    seen: set[Key] = set()
    for _ in range(MOST_PASSES):
        totals, fits = yield from _pass(pages_at, total, seen)
        if fits and len(totals) < 2 and all(len(seen) >= total for total in totals):
            return
        total = None


def offsets_for(total: int) -> range:
    """Where the pages begin that hold so many entries."""
    return range(0, max(total - 1, 1), STEP)


def total_of(page: JSON) -> int | None:
    """How many entries all pages have together; None when the page does not say."""
    pagination = page.get("pagination")
    total = pagination.get("total") if isinstance(pagination, dict) else None
    return total if isinstance(total, int) else None


def _pass(pages_at: PagesAt, total: int | None, seen: set[Key]) -> Generator[JSON, None, tuple[set[int], bool]]:
    """One walk over all pages; returns the different totals that the pages told, and whether all seams fitted."""
    with closing(pages_at([0] if total is None else offsets_for(total))) as pages:
        first = next(pages)
        told = total_of(first)
        if told is not None and len(_entries(first)) == min(told, PAGE):
            with closing(pages if total is not None else pages_at(offsets_for(told)[1:])) as others:
                return (yield from _seamed(chain([first], others), seen))
    return (yield from _one_after_the_other(pages_at, first, seen)), True


def _seamed(pages: Iterable[JSON], seen: set[Key]) -> Generator[JSON, None, tuple[set[int], bool]]:
    """Full pages, each of which begins with the entry that ends the one before."""
    totals: set[int] = set()
    seam: Key | None = None
    fits = True
    for page in pages:
        entries, total = _entries(page), total_of(page)
        if total is not None:
            totals.add(total)
        if not entries:
            return totals, seam is None
        fits = fits and seam in (None, _key(entries[0]))
        seam = _key(entries[-1])
        yield from _unseen(entries, seen)
    return totals, fits


def _one_after_the_other(pages_at: PagesAt, page: JSON, seen: set[Key]) -> Generator[JSON, None, set[int]]:
    """Pages of another size than we asked for, or that do not tell how many there are."""
    totals: set[int] = set()
    offset = 0
    while True:
        entries, total, known = _entries(page), total_of(page), len(seen)
        yield from _unseen(entries, seen)
        offset += len(entries)
        if total is not None:
            totals.add(total)
        is_last = offset >= total if total is not None else len(seen) == known
        if is_last or not entries:
            return totals
        with closing(pages_at([offset])) as pages:
            page = next(pages)


def _unseen(entries: Iterable[JSON], seen: set[Key]) -> Iterator[JSON]:
    for entry in entries:
        if _key(entry) not in seen:
            seen.add(_key(entry))
            yield entry


def _entries(page: JSON) -> Sequence[JSON]:
    return page.get("items") or []


def _key(entry: JSON) -> Key:
    return entry.get("id"), entry.get("cmsLocaleId")
