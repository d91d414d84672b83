"""In which order items are created that refer to each other: each after those that it waits for, by their rows."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

Waits = Mapping[int, Collection[int]]  # the rows that each row refers to


def levels(waits: Waits) -> Iterator[list[int]]:
    """The rows that wait for nobody, then those that wait for these only, and so on; without those in a circle, and
    those that wait for one."""
    sorter = TopologicalSorter(waits)
    with suppress(CycleError):  # it gives all others nevertheless
        sorter.prepare()
    while ready := sorter.get_ready():
        yield sorted(ready)
        sorter.done(*ready)


def circle_ends(waits: Waits) -> list[tuple[int, int]]:
    """References, from row to row, without which there are no circles."""
    ends: list[tuple[int, int]] = []
    open_waits = {row: set(others) for row, others in waits.items()}
    while stuck := open_waits.keys() - {row for level in levels(open_waits) for row in level}:
        open_waits = {row: open_waits[row] & stuck for row in stuck}
        for row, other in _closing(open_waits):
            open_waits[row].remove(other)
            ends.append((row, other))
    return sorted(ends)


def _closing(waits: Mapping[int, set[int]]) -> list[tuple[int, int]]:
    """From every row along its first reference, as long as that leads to rows not seen yet: where it leads back to this
    way, there is a circle. Each row waits for another one."""
    seen: set[int] = set()
    found = []
    for start in sorted(waits):
        way: dict[int, None] = {}
        row = start
        while row not in seen:
            seen.add(row)
            way[row] = None
            row = min(waits[row])
        if row in way:
            found.append((next(reversed(way)), row))
    return found
