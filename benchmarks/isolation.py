"""How many requests it takes to find k bad rows in a batch of 100: `python -m benchmarks.isolation`.

Webflow names the value for page addresses only. For images, files, lengths and required fields it names the field.
"""

import random
from collections.abc import Callable

from lib.errors import Detail
from lib.model.plan import Change
from lib.runs.isolate import Group, next_groups

BATCH = 100
BAD_ROWS = (1, 2, 5, 20)
DRAWS = 200
Details = tuple[Detail, ...]


def batch(size: int = BATCH) -> Group:
    """Changes with an address of their own, a reference they share, and an image from one shop."""
    return tuple(_change(row, f"https://shop.example/photos/{row:04}.jpg") for row in range(2, size + 2))


def with_bad_images(rows: set[int], size: int = BATCH) -> Group:
    """The same, with pictures that no browser shows in these rows."""
    bad = "https://old.example/scans/{:04}.tiff"
    return tuple(_change(one.row, bad.format(one.row)) if one.row in rows else one for one in batch(size))


def _change(row: int, image: str) -> Change:
    after = {"slug": f"s-{row}", "author": "x", "image": {"url": image}}
    return Change(row=row, item_id=f"{row:024x}", cms_locale_id=None, item_name="", after=after)


def by_value(change: Change) -> Details:
    """An answer that names the value."""
    return (Detail(param="slug", description=f"Unique value is already in database: '{change.after['slug']}'"),)


def by_field(change: Change) -> Details:
    """An answer that names only a field, which all rows carry."""
    return (Detail(param="author", description="Referenced item not found"),)


def by_image(change: Change) -> Details:
    """An answer that names only a field, in which bad rows are alike."""
    return (Detail(param="image", description="Remote file failed to import"),)


def by_nothing(change: Change) -> Details:
    """An answer that names nothing: plain halving."""
    return ()


def isolate(changes: Group, bad: set[int], details: Callable[[Change], Details]) -> tuple[set[int], int]:
    """Rows that end up alone and refused, and the requests it took, against a server that refuses whole groups."""
    alone: set[int] = set()
    requests, waiting = 0, [changes]
    while waiting:
        group = waiting.pop(0)
        requests += 1
        culprit = next((change for change in group if change.row in bad), None)
        if culprit is not None:
            groups = next_groups(group, details(culprit))
            waiting = [*groups, *waiting]
            alone |= set() if groups else {change.row for change in group}
    return alone, requests


def requests_for(count: int, details: Callable[[Change], Details]) -> int:
    """The requests for `count` bad rows at random places, on average."""
    chance = random.Random(count)
    rows = range(2, BATCH + 2)
    draws = [set(chance.sample(rows, count)) for _ in range(DRAWS)]
    return round(sum(isolate(with_bad_images(bad), bad, details)[1] for bad in draws) / DRAWS)


def table() -> list[tuple[int, int, int, int]]:
    """For each number of bad rows: requests when the answer names the value, when it names the field and bad values are
    alike, and by plain halving."""
    return [
        (count, requests_for(count, by_value), requests_for(count, by_image), requests_for(count, by_nothing))
        for count in BAD_ROWS
    ]


if __name__ == "__main__":
    print("bad rows  value named  field named, values alike  plain halving")
    for count, named, alike, halved in table():
        print(f"{count:8}  {named:11}  {alike:25}  {halved:13}")
