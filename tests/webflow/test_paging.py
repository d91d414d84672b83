"""Every item once, whatever the size of the pages and whoever edits meanwhile."""

from collections.abc import Callable, Generator, Sequence
from itertools import count as count_from
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.webflow import paging
from lib.webflow.paging import MOST_PASSES, offsets_for, total_of

Page = dict[str, Any]


def entries(*ids: int) -> list[dict[str, Any]]:
    return [{"id": str(number), "cmsLocaleId": "en"} for number in ids]


def pages(stored: list[dict[str, Any]], size: int, *, told: bool = True) -> Callable[[int], Page]:
    """A server that gives `size` entries a page, and tells how many there are or not."""

    def page_at(offset: int) -> Page:
        page: Page = {"items": stored[offset : offset + size]}
        return page | ({"pagination": {"total": len(stored), "limit": size, "offset": offset}} if told else {})

    return page_at


def each_entry(page_at: Callable[[int], Page], total: int | None = None) -> Generator[Page, None, None]:
    """As `paging.each_entry`, with pages fetched in the order in which they are handed out."""

    def pages_at(offsets: Sequence[int]) -> Generator[Page, None, None]:
        yield from map(page_at, offsets)

    for entry in paging.each_entry(pages_at, total):
        yield dict(entry)


@given(count=some.integers(0, 260), size=some.integers(1, 100), told=some.booleans())
def test_all_entries_come_once_whatever_the_page_size(count: int, size: int, told: bool) -> None:
    stored = entries(*range(count))
    assert list(each_entry(pages(stored, size, told=told))) == stored


def test_a_full_last_page_asks_for_no_more_when_the_total_is_told() -> None:
    asked: list[int] = []
    page_at = pages(entries(*range(200)), 50)
    list(each_entry(lambda offset: (asked.append(offset), page_at(offset))[1]))
    assert asked == [0, 50, 100, 150]


@pytest.mark.parametrize(
    ("total", "offsets"),
    [(0, [0]), (1, [0]), (100, [0]), (101, [0, 99]), (199, [0, 99]), (200, [0, 99, 198]), (298, [0, 99, 198])],
)
def test_full_pages_overlap_by_one_and_are_no_more_than_it_takes(total: int, offsets: list[int]) -> None:
    asked: list[int] = []
    page_at = pages(entries(*range(total)), 100)
    found = list(each_entry(lambda offset: (asked.append(offset), page_at(offset))[1]))
    assert asked == offsets == list(offsets_for(total))
    assert [int(entry["id"]) for entry in found] == list(range(total))


@given(
    count=some.integers(0, 450),
    known=some.none() | some.integers(0, 450),
    edits=some.lists(some.tuples(some.integers(0, 5), some.integers(0, 500), some.booleans()), max_size=6),
    order=some.randoms(),
)
def test_whoever_edits_during_the_first_pass_hides_nothing_and_doubles_nothing(
    count: int, known: int | None, edits: list[tuple[int, int, bool]], order: Any
) -> None:
    """Pages are answered in any order. Before each answer, somebody adds items at some place, or deletes some: those
    that were there all the time come once each, whatever else does."""
    stored, passes, new = entries(*range(count)), 0, count_from(1_000)
    spared = {entry["id"] for entry in stored}

    def pages_at(offsets: Sequence[int]) -> Generator[Page, None, None]:
        nonlocal passes
        passes += 0 in offsets
        answers: dict[int, Page] = {}
        for number, offset in enumerate(order.sample(list(offsets), len(offsets))):
            for when, place, is_new in edits:
                if passes == 1 and when == number:
                    if is_new:
                        stored.insert(min(place, len(stored)), entries(next(new))[0])
                    elif place < len(stored):
                        spared.discard(stored.pop(place)["id"])
            answers[offset] = pages(stored, 100)(offset)
        yield from (answers[offset] for offset in offsets)

    found = [entry["id"] for entry in paging.each_entry(pages_at, known)]
    assert len(found) == len(set(found))
    assert spared <= set(found)
    assert passes <= MOST_PASSES


def test_a_page_that_slides_between_two_others_is_noticed_though_the_total_stays() -> None:
    stored, asked = entries(*range(300)), []

    def page_at(offset: int) -> Page:
        if len(asked) == 1:  # one goes from the first page, and one comes at the end
            del stored[0]
            stored.append(entries(999)[0])
        asked.append(offset)
        return pages(stored, 100)(offset)

    assert sorted(int(entry["id"]) for entry in each_entry(page_at, 300)) == [*range(300), 999]
    assert asked == [0, 99, 198, 297, 0, 99, 198, 297]


def test_a_server_that_claims_more_than_it_has_comes_to_an_end() -> None:
    stored = entries(*range(150))
    claimed = {"pagination": {"total": 10**12}}
    assert list(each_entry(lambda offset: pages(stored, 100)(offset) | claimed)) == stored


def test_pages_are_fetched_as_they_are_taken() -> None:
    asked: list[int] = []
    page_at = pages(entries(*range(200)), 100)
    found = each_entry(lambda offset: (asked.append(offset), page_at(offset))[1])
    next(found)
    assert asked == [0]


def test_one_id_in_two_locales_is_two_entries() -> None:
    stored = [{"id": "1", "cmsLocaleId": "en"}, {"id": "1", "cmsLocaleId": "de"}]
    assert list(each_entry(pages(stored, 100))) == stored


def test_an_item_deleted_meanwhile_hides_no_other() -> None:
    stored = entries(*range(20))
    found: list[Any] = []
    for entry in each_entry(lambda offset: pages(stored, 5)(offset)):
        found.append(int(entry["id"]))
        if len(found) == 5:
            del stored[0]
    assert sorted(found) == list(range(20))


def test_an_item_deleted_and_another_added_meanwhile_hide_no_other() -> None:
    stored = entries(*range(20))
    found: list[Any] = []
    for entry in each_entry(lambda offset: pages(stored, 5)(offset)):
        found.append(int(entry["id"]))
        if len(found) == 5:
            del stored[0]
        if len(found) == 10:
            stored.append(entries(99)[0])
    assert sorted(found) == [*range(20), 99]


def test_items_added_meanwhile_come_too_and_none_twice() -> None:
    stored = entries(*range(20))
    found: list[Any] = []
    for entry in each_entry(lambda offset: pages(stored, 5)(offset)):
        found.append(int(entry["id"]))
        if len(found) == 5:
            stored[:0] = entries(98, 99)
    assert sorted(found) == [*range(20), 98, 99]


@pytest.mark.parametrize("pagination", [{}, {"pagination": {"total": 1000}}], ids=["without total", "wrong total"])
def test_a_server_that_repeats_itself_comes_to_an_end(pagination: Page) -> None:
    page = {"items": entries(1, 2)} | pagination
    assert list(each_entry(lambda offset: page)) == entries(1, 2)


@pytest.mark.parametrize(
    ("page", "total"),
    [
        ({"pagination": {"total": 7}}, 7),
        ({"pagination": {}}, None),
        ({"pagination": None}, None),
        ({"pagination": []}, None),
        ({"pagination": {"total": "7"}}, None),
        ({}, None),
    ],
)
def test_totals_may_be_missing(page: Page, total: int | None) -> None:
    assert total_of(page) == total
