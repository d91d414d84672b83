"""Addresses, lists and the ways in which other tools write them."""

from collections.abc import Mapping
from typing import Any

import pytest

from lib.model.problem import Severity
from tests.builders import an_id
from tests.cases.things import a_cell, bring, holding


@pytest.mark.parametrize("separator", [",", ";", ", ", "; ", "|", "\n", " "])
@pytest.mark.parametrize("field", ["Main image", "Website"])
def test_several_addresses_where_one_belongs_are_held(field: str, separator: str) -> None:
    text = separator.join(["https://x.com/1.jpg", "https://x.com/2.jpg"])
    assert a_cell(field, text).is_held(2)


def test_an_address_may_hold_a_comma() -> None:
    assert a_cell("Website", "https://x.com/a,b").after(2) == {"website": "https://x.com/a,b"}


KEPT = [
    {"fileId": "1", "url": "https://cdn.x/1.jpg", "alt": "Red chair"},
    {"fileId": "2", "url": "https://cdn.x/2.jpg", "alt": "Blue chair"},
]


@pytest.mark.parametrize(
    ("text", "order"),
    [("https://cdn.x/1.jpg; https://cdn.x/2.jpg; https://cdn.x/3.jpg", "123"), ("https://cdn.x/2.jpg", "2")],
)
def test_kept_images_of_a_gallery_keep_their_alt_texts(text: str, order: str) -> None:
    after = a_cell("Gallery", text, live=holding(gallery=KEPT)).after(2)
    assert after is not None
    images: Any = after["gallery"]
    alts = {"1": "Red chair", "2": "Blue chair", "3": None}
    assert [image["url"] for image in images] == [f"https://cdn.x/{number}.jpg" for number in order]
    assert [image.get("alt") for image in images] == [alts[number] for number in order]


@pytest.mark.parametrize(
    ("field", "text", "after"),
    [
        ("Available", "checked", {"available": True}),
        ("Available", "☑", {"available": True}),
        ("Main image", "oak.jpg (https://x.com/oak.jpg)", {"main-image": {"url": "https://x.com/oak.jpg"}}),
        ("Tags", '"Smith, Jones",Sale', {"tags": [an_id(112), an_id(111)]}),
        ("Tags", "Sale, New", {"tags": [an_id(111), an_id(113)]}),
    ],
)
def test_cells_of_other_tools_are_read_right(field: str, text: str, after: Mapping[str, object]) -> None:
    assert a_cell(field, text).after(2) == after


def test_a_blank_tick_box_changes_nothing() -> None:
    brought = bring("slug,Available\r\noak-table,checked\r\ncafe-chair,\r\n")
    assert brought.after(3) is None


def test_a_link_without_its_beginning_gets_one_and_that_is_told() -> None:
    brought = a_cell("Website", "www.example.com/shop")
    assert brought.after(2) == {"website": "https://www.example.com/shop"}
    assert brought.told(2)


def test_a_list_with_another_separator_is_not_an_item_that_is_gone() -> None:
    brought = a_cell("Tags", "Sale / New", live=holding(tags=[an_id(111)]))
    assert brought.told(2, Severity.ERROR) == ["No such item"]
