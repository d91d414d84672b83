"""Several pages under way at once, handed out in order; whatever ends the reading ends all of its threads."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from lib.errors import NotConnected, WaitReason, WebflowUnavailable
from lib.runs.reading import read_live
from lib.sandbox.rate import Window
from lib.webflow.connection import Connection
from lib.webflow.exchange import Waiting
from lib.webflow.read_ahead import AT_ONCE, MOST_AHEAD, PageAt, ReadAhead, Wait
from lib.webflow.retry import RetryPolicy
from lib.webflow.wire import JSON
from lib.words.language import Language, speaking, spoken
from tests.conftest import Door
from tests.patience import until
from tests.webflow.conftest import Clock

LONGEST_SECONDS = 30
QUICK = RetryPolicy(first_seconds=0.001, longest_seconds=0.002)


class Enough(Exception):
    """The person left the page."""


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "read-ahead"]


def read_ahead(page_at: Callable[[int, Wait], JSON], pages: int, clock: Clock | None = None) -> ReadAhead:
    clock = clock or Clock()

    @contextmanager
    def reader(wait: Wait) -> Iterator[PageAt]:
        yield lambda offset: page_at(offset, wait)

    return ReadAhead(reader, range(pages), wait=clock.wait, clock=clock)


def ids(demo: Door) -> list[str]:
    with demo.client() as webflow:
        return [item.id for item in webflow.items(demo.collection_id("products"))]


def test_answers_that_overtake_each_other_are_handed_out_in_order() -> None:
    """Of eight pages under way, the last is answered first."""
    answered = [threading.Event() for _ in range(AT_ONCE * 3 + 1)]

    def page_at(offset: int, wait: Wait) -> JSON:
        if (offset + 1) % AT_ONCE:
            assert answered[offset + 1].wait(LONGEST_SECONDS)
        answered[offset].set()
        return {"page": offset}

    found = list(read_ahead(page_at, AT_ONCE * 3).pages())
    assert found == [{"page": offset} for offset in range(AT_ONCE * 3)]
    assert not threads()


def test_those_who_fetch_pages_speak_the_language_of_who_takes_them() -> None:
    with speaking(Language.GERMAN):
        assert list(read_ahead(lambda offset, wait: {"language": spoken()}, 3).pages()) == [{"language": "de"}] * 3


def test_a_slow_taker_is_not_buried_under_pages() -> None:
    """Before each page is taken, the others come as far as they may: no further, however long it takes."""
    begun, taken, pages = list[int](), [0], 60

    def page_at(offset: int, wait: Wait) -> JSON:
        begun.append(offset)
        assert offset <= taken[0] + MOST_AHEAD  # the one that is being taken may be counted already
        return {}

    for _ in read_ahead(page_at, pages).pages():
        taken[0] += 1
        most = min(pages, taken[0] + MOST_AHEAD)
        until(lambda most=most: len(begun) >= most, "as many pages are asked for as may be")  # type: ignore[misc]
        assert len(begun) == most


def test_all_rest_together_and_whoever_takes_the_pages_hears_of_it_once() -> None:
    clock, opens = Clock(), 1060.0

    def page_at(offset: int, wait: Wait) -> JSON:
        if offset >= 2 and clock.now < opens:
            wait(Waiting(seconds=opens - clock.now, reason=WaitReason.RATE_LIMIT, limit=60))
        return {"page": offset}

    assert [page["page"] for page in read_ahead(page_at, 20, clock).pages()] == list(range(20))
    assert clock.waits == [Waiting(seconds=60.0, reason=WaitReason.RATE_LIMIT, limit=60)]


def test_pages_are_asked_for_side_by_side_and_read_whole(demo: Door) -> None:
    demo.box.order_fault("slow", count=1, path="/items", token=demo.token, seconds=0.05)
    found = ids(demo)
    assert len(found) == len(set(found)) == 480
    asked = [entry["query"] for entry in demo.requests() if entry["path"].endswith("/items")]
    assert asked[0] == "limit=100&offset=0"
    assert sorted(asked[1:]) == sorted(f"limit=100&offset={offset}" for offset in (99, 198, 297, 396))
    assert not threads()


@pytest.mark.parametrize("place", [0, 150, 479], ids=["first", "middle", "last"])
@pytest.mark.parametrize("skip", [0, 1, 3])
def test_items_that_come_and_go_meanwhile_hide_no_other(demo: Door, place: int, skip: int) -> None:
    """When so many pages have been answered, one item goes and another comes."""
    collection_id = demo.collection_id("products")
    world, before = demo.box.service.worlds[demo.token], ids(demo)
    window, answers = world.window, []

    class Meddler(Window):
        def take(self) -> bool:
            answers.append(1)
            if len(answers) == skip + 2:
                gone = next(key for key in world.items[collection_id] if key[0] == before[place])
                new = world.items[collection_id].pop(gone).staged | {"id": "f" * 24, "createdOn": world.stamp()}
                world.put(collection_id, new, live=None)
            return super().take()

    world.window = Meddler(window.budget, window.seconds, demo.box.service.clock)
    found = ids(demo)
    assert len(found) == len(set(found))
    assert {*before} - {before[place]} <= {*found} <= {*before, "f" * 24}


@pytest.mark.parametrize("skip", [0, 1, 3])
def test_a_token_refused_in_the_middle_ends_the_reading_everywhere(demo: Door, skip: int) -> None:
    demo.box.order_fault("body", count=99, skip=skip, status=401, body={"message": "no"}, path="/items")
    with pytest.raises(NotConnected, match="does not accept this token"):
        ids(demo)
    assert not threads()


def test_trouble_that_does_not_pass_ends_the_reading_as_it_ends_any_request(demo: Door, clock: Clock) -> None:
    demo.box.order_fault("503", count=99, skip=2, path="/items")
    with demo.client(wait=clock.wait, clock=clock) as webflow, pytest.raises(WebflowUnavailable):
        list(webflow.items(demo.collection_id("products")))
    assert {waiting.reason for waiting in clock.waits} == {WaitReason.BUSY}
    assert not threads()


def test_whoever_breaks_a_wait_off_ends_all_threads(demo: Door) -> None:
    def leave(waiting: Waiting) -> None:
        assert waiting.reason is WaitReason.RATE_LIMIT and waiting.seconds > 30
        raise Enough

    collection_id = demo.collection_id("products")
    demo.box.service.worlds[demo.token].window = Window(3, 60.0, demo.box.service.clock)
    with demo.client(wait=leave) as webflow, pytest.raises(Enough):
        list(webflow.items(collection_id))
    assert not threads()


def test_whoever_is_told_and_leaves_ends_all_threads(demo: Door) -> None:
    def tell(number: int) -> None:
        raise Enough

    connection = Connection(token=demo.token, base_url=demo.box.url, policy=QUICK)
    with pytest.raises(Enough):
        read_live(connection, demo.collection_id("products"), tell)
    assert not threads()


def test_a_fault_of_ours_in_a_thread_is_raised_where_the_pages_are_taken() -> None:
    def page_at(offset: int, wait: Wait) -> Any:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(read_ahead(page_at, 20).pages())
    assert not threads()
