"""Telling how far a stage is, so that whoever waits can be shown it, and can end it by raising."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

TellEach = Callable[[int, int, str], None]  # how many are done, of how many, and the name of the one that comes next
Thing = TypeVar("Thing")


def untold(done: int, total: int, name: str) -> None:
    """Nobody listens."""


def each_told(things: Iterable[Thing], name: Callable[[Thing], str], tell: TellEach) -> Iterator[Thing]:
    """Each of these, told before it comes."""
    all_of_them = tuple(things)
    for number, one in enumerate(all_of_them):
        tell(number, len(all_of_them), name(one))
        yield one
