"""What is set aside is not searched at every click, and goes all the same."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from lib.garbage import SEARCH_ALL_SECONDS, SetAside


@pytest.fixture(autouse=True)
def nothing_stays_set_aside() -> Iterator[None]:
    """Or other tests would find the objects of these out of every search."""
    yield
    gc.unfreeze()


class Node:
    def __init__(self) -> None:
        self.itself: Node | None = None


def a_circle() -> "weakref.ref[Node]":
    """An object that only itself holds, once this returns."""
    node = Node()
    node.itself = node
    return weakref.ref(node)


def test_a_search_passes_over_what_was_set_aside_until_all_is_searched() -> None:
    now = [0.0]
    set_aside = SetAside(lambda: now[0])
    circle = a_circle()
    set_aside()
    gc.collect()
    assert circle() is not None
    now[0] = SEARCH_ALL_SECONDS
    set_aside()
    assert circle() is None


def test_what_nobody_holds_goes_at_once() -> None:
    node = Node()
    held = weakref.ref(node)
    SetAside()()
    del node
    assert held() is None


def test_other_circles_are_found_as_ever() -> None:
    SetAside()()
    circle = a_circle()
    gc.collect()
    assert circle() is None
