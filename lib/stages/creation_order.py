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
    """References, from row to row, without which there are no circles.

    Every reference is followed once. Those that lead back to a row on the way to their own row close a circle.
    """
    ends: list[tuple[int, int]] = []
    seen: set[int] = set()
    for start in sorted(waits):
        way = {start: iter(sorted(waits[start]))} if start not in seen else {}  # with what is still to be followed
        seen.add(start)
        while way:
            row = next(reversed(way))
            other = next(way[row], None)
            if other is None:
                way.popitem()
            elif other in way:
                ends.append((row, other))
            elif other in waits and other not in seen:
                seen.add(other)
                way[other] = iter(sorted(waits[other]))
    return sorted(ends)
