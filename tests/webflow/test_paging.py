"""Every item once, whatever the size of the pages and whoever edits meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.webflow.paging import each_entry, total_of

Page = dict[str, Any]


def entries(*ids: int) -> list[dict[str, Any]]:
    return [{"id": str(number), "cmsLocaleId": "en"} for number in ids]


def pages(stored: list[dict[str, Any]], size: int, *, told: bool = True) -> Callable[[int], Page]:
    """A server that gives `size` entries a page, and tells how many there are or not."""

    def page_at(offset: int) -> Page:
        page: Page = {"items": stored[offset : offset + size]}
        return page | ({"pagination": {"total": len(stored), "limit": size, "offset": offset}} if told else {})

    return page_at


@given(count=some.integers(0, 260), size=some.integers(1, 100), told=some.booleans())
def test_all_entries_come_once_whatever_the_page_size(count: int, size: int, told: bool) -> None:
    stored = entries(*range(count))
    assert list(each_entry(pages(stored, size, told=told))) == stored


def test_a_full_last_page_asks_for_no_more_when_the_total_is_told() -> None:
    asked: list[int] = []
    page_at = pages(entries(*range(200)), 100)
    list(each_entry(lambda offset: (asked.append(offset), page_at(offset))[1]))
    assert asked == [0, 100]


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
