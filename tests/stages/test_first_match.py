"""A column whose name says nothing suggests what its values are of, and feeds nothing until a person says so."""

import pytest

from lib.model.collection import FieldType
from lib.model.item_table import ItemTable
from lib.model.mapping import MatchedBy, Role
from lib.stages.first_match import first_match
from lib.stages.match import use_suggestions
from tests.builders import a_collection, a_field, a_sheet, an_id, an_item

OPTIONS = {"options": [{"id": "1", "name": "Matt"}, {"id": "2", "name": "Glossy "}]}
FINISH = a_field("finish", FieldType.OPTION, validations=OPTIONS)
COLLECTION = a_collection(FINISH, a_field("note"), display_name="Products")
ITEMS = ItemTable(an_item(number) for number in range(1, 6))
SLUGS = [item.slug for item in ITEMS]


@pytest.mark.parametrize(
    ("values", "target", "because"),
    [
        (SLUGS, "slug", "5 of 5 values are page addresses of Products"),
        ([*SLUGS[:4], "another"], "slug", "4 of 5 values are page addresses of Products"),
        ([*SLUGS[:4], SLUGS[0], "", " "], "slug", "4 of 4 values are page addresses of Products"),
        ([*SLUGS[:3], "another", "one more"], None, ""),
        (SLUGS[:1], None, ""),
        ([item.name for item in ITEMS], "name", "5 of 5 values are names of items of Products"),
        ([an_id(1).upper(), f" {an_id(2)} "], Role.ITEM_ID, "2 of 2 values are ids of items of Products"),
        (["MATT", "Glossy", "Matt"], "finish", "3 of 3 values are options of Finish"),
        (["", ""], None, ""),
    ],
)
def test_values_say_what_a_column_may_feed(values: list[str], target: str | None, because: str) -> None:
    (match,) = first_match(a_sheet({"Column": values}), COLLECTION, ITEMS).matches
    assert (match.suggestion, match.because) == (target, because)
    assert match.is_ignored


def test_two_columns_with_the_same_values_are_left_to_the_person() -> None:
    mapping = first_match(a_sheet({"Column": SLUGS, "Other": SLUGS}), COLLECTION, ITEMS)
    assert mapping.suggested == ()


def test_what_a_column_feeds_already_is_suggested_to_no_other() -> None:
    mapping = first_match(a_sheet({"Slug": SLUGS, "Other": SLUGS}), COLLECTION, ITEMS)
    assert mapping.suggested == () and mapping.key_column == "Slug"


def test_values_that_two_targets_share_say_nothing() -> None:
    collection = a_collection(FINISH, a_field("look", FieldType.OPTION, validations=OPTIONS))
    assert first_match(a_sheet({"Column": ["Matt", "Glossy"]}), collection, ITEMS).suggested == ()


@pytest.mark.parametrize(("values", "fed"), [(SLUGS, ("slug", None)), ([an_id(1), an_id(2)], (None, Role.ITEM_ID))])
def test_a_yes_makes_the_column_feed_it(values: list[str], fed: tuple[str | None, Role | None]) -> None:
    (match,) = use_suggestions(first_match(a_sheet({"Column": values}), COLLECTION, ITEMS), ["Column"]).matches
    assert (match.field_slug, match.role) == fed
    assert match.matched_by is MatchedBy.VALUES
