"""What publishing would do to each item, and which references lead to nothing: tables, told by items at hand."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.model.collection import FieldType
from lib.model.item import Item
from lib.model.new_item import NewItem, new_item_id
from lib.model.plan import Change
from lib.model.publishing import Place
from lib.model.site import Site
from lib.runs.publishable import is_stale, places
from lib.runs.unseen_references import unseen_references
from tests.builders import a_change, a_collection, a_creation, a_field, an_id, an_item

STORED = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = STORED + timedelta(minutes=5)
AUTHORS, POSTS = an_id(0xA), an_id(0xB)
WITH_REFERENCES = a_collection(
    a_field("author", FieldType.REFERENCE, display_name="Author", validations={"collectionId": AUTHORS}),
    a_field("related", FieldType.MULTI_REFERENCE, display_name="Related", validations={"collectionId": POSTS}),
    a_field("title"),
)


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ({"last_updated": STORED}, Place.READY),
        ({"last_updated": STORED, "is_draft": True}, Place.READY),
        ({"last_updated": STORED, "is_archived": True}, Place.ARCHIVED),
        ({"last_updated": LATER, "is_archived": True}, Place.ARCHIVED),
        ({"last_updated": LATER}, Place.CHANGED),
        ({"last_updated": LATER, "last_published": STORED}, Place.CHANGED),
        ({"last_updated": LATER, "last_published": LATER}, Place.PUBLISHED),
        ({"last_updated": LATER, "last_published": LATER, "is_draft": True}, Place.CHANGED),
        (None, Place.GONE),
    ],
)
def test_each_item_has_one_place_before_publishing(item: Mapping[str, object] | None, place: Place) -> None:
    change = a_change(2, {}, item_id=an_id(1), seen_on=STORED)
    items = {} if item is None else {change.key: an_item(1, **item)}
    assert places([change], items) == {2: place}


@pytest.mark.parametrize(
    ("changed_on", "published_on", "stale"),
    [
        (STORED, LATER, False),
        (STORED, STORED, False),
        (LATER, STORED, True),
        (None, STORED, False),
        (LATER, None, False),  # never published, or not told: another sentence
    ],
)
def test_a_collection_is_stale_when_it_changed_after_the_site_was_published(
    changed_on: datetime | None, published_on: datetime | None, stale: bool
) -> None:
    site = Site(id=an_id(9), display_name="Shop", short_name="shop", time_zone="UTC", published_on=published_on)
    assert is_stale(site, a_collection(last_updated=changed_on)) is stale


def named(number: int, name: str, *, published: bool = False, locale: str | None = None) -> Item:
    return an_item(number, {"name": name}, last_published=STORED if published else None, cms_locale_id=locale)


TARGETS = {
    AUTHORS: (named(1, "Ann"), named(2, "Bob", published=True), an_item(3, {"name": "", "slug": "no-name"})),
    POSTS: (named(11, "One"), named(12, "Two", published=True), NewItem(row=7, name="New", slug="new").as_item()),
}


@pytest.mark.parametrize(
    ("after", "shown_too", "told"),
    [
        ({"title": "x"}, (), []),
        ({"author": an_id(1)}, (), [("Author", "Ann")]),
        ({"author": an_id(2)}, (), []),
        ({"author": an_id(3)}, (), [("Author", "no-name")]),
        ({"author": an_id(1)}, (an_id(1),), []),  # it is published along
        ({"author": an_id(99)}, (), []),  # nobody knows it
        ({"author": None, "related": []}, (), []),
        ({"related": None}, (), []),
        ({"related": [an_id(11), an_id(12)]}, (), [("Related", "One")]),
        ({"related": [an_id(11)], "author": an_id(1)}, (), [("Author", "Ann"), ("Related", "One")]),
        ({"related": [new_item_id(7)]}, (), [("Related", "New")]),  # created by the same import, and not shown by it
        ({"title": an_id(1)}, (), []),  # a text, whatever it looks like
        ({"author": {"id": an_id(1)}}, (), []),
    ],
)
def test_references_to_what_was_never_published_are_told(
    after: Mapping[str, object], shown_too: Sequence[str], told: list[tuple[str, str]]
) -> None:
    found = unseen_references([a_change(2, after)], WITH_REFERENCES, TARGETS, shown_too)
    assert [(one.field, one.target) for one in found] == told
    assert all((one.row, one.item) == (2, a_change(2).item_name) for one in found)


def test_of_an_item_that_is_only_created_nothing_is_told_since_nobody_sees_it() -> None:
    assert not unseen_references([a_creation(2, {"author": an_id(1)})], WITH_REFERENCES, TARGETS)


def test_each_language_has_its_own_state() -> None:
    english, german = "e" * 24, "d" * 24
    targets = {AUTHORS: (named(1, "Ann", published=True, locale=english), named(1, "Anna", locale=german))}
    languages = [None, english, german]
    changes = [
        a_change(row, {"author": an_id(1)}, cms_locale_id=locale) for row, locale in enumerate(languages, start=2)
    ]
    assert [(one.row, one.target) for one in unseen_references(changes, WITH_REFERENCES, targets)] == [(4, "Anna")]


@given(some.lists(some.lists(some.sampled_from([11, 12, 98, 99]), max_size=4), max_size=5))
def test_exactly_the_references_to_unpublished_items_are_told_each_once_a_place(lists: list[list[int]]) -> None:
    changes: list[Change] = [a_change(row, {"related": [an_id(n) for n in one]}) for row, one in enumerate(lists, 2)]
    found = unseen_references(changes, WITH_REFERENCES, TARGETS)
    assert [(one.row, one.target_id) for one in found] == [
        (row, an_id(11)) for row, one in enumerate(lists, 2) for n in one if n == 11
    ]
