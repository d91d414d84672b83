"""Never the wrong item, never the wrong field."""

import pytest

from lib.model.collection import FieldType
from lib.model.mapping import Role
from tests.builders import a_collection, a_field, an_item
from tests.cases.things import bring

PRICED = a_collection(a_field("price", FieldType.NUMBER))
PEOPLE = [
    an_item(1, {"slug": "a", "name": "Müller", "price": 1}),
    an_item(2, {"slug": "b", "name": "Moller", "price": 1}),
]


@pytest.mark.parametrize(
    "text",
    [
        "oak-table\u200b",
        "\ufeffoak-table",
        "oak\u00ad-table",
        "\u200eoak-table\u200f",
        "oak-\u2060table",
        " oak-table ",
    ],
    ids=["zero width", "byte order mark", "soft hyphen", "direction marks", "word joiner", "blanks"],
)
def test_characters_that_nobody_sees_hide_no_item(text: str) -> None:
    assert bring(f"slug,Price\r\n{text},120\r\n").after(2) == {"price": 120}


def test_forgiving_forms_of_a_name_find_nothing_by_themselves() -> None:
    brought = bring("Name,Price\r\nMuller,9\r\nMöller,8\r\n", collection=PRICED, live=PEOPLE)
    assert not brought.plan.changes
    assert brought.is_held(2)
    assert brought.is_held(3)


@pytest.mark.parametrize("text", ["MÜLLER", "muller", "Mueller", "Müller.", "Mü ller"])
def test_a_name_is_found_as_it_is_spelt_or_not_at_all(text: str) -> None:
    assert not bring(f"Name,Price\r\n{text},9\r\nMoller,2\r\n", collection=PRICED, live=PEOPLE).after(2)


def test_a_name_in_the_other_unicode_form_is_the_same_name() -> None:
    assert bring("Name,Price\r\nMu\u0308ller,9\r\n", collection=PRICED, live=PEOPLE).after(2) == {"price": 9}


@pytest.mark.parametrize("header", [role.value for role in Role if role is not Role.ITEM_ID])
def test_a_field_of_the_collection_goes_before_a_header_of_the_system(header: str) -> None:
    slug = header.lower().replace(" ", "-")
    collection = a_collection(a_field(slug, display_name=header))
    live = [an_item(1, {"slug": "a", "name": "a", slug: "Draft"})]
    brought = bring(f"slug,{header}\r\na,Archived\r\n", collection=collection, live=live)
    assert brought.after(2) == {slug: "Archived"}
    assert brought.plan.changes[0].is_archived is None
    assert brought.plan.changes[0].is_draft is None


STATUS = {
    "options": [{"id": "o0", "name": "Draft"}, {"id": "o1", "name": "Published"}, {"id": "o2", "name": "Archived"}]
}


def test_a_status_of_ones_own_archives_nothing() -> None:
    collection = a_collection(a_field("status", FieldType.OPTION, validations=STATUS))
    live = [an_item(1, {"slug": "paper-a", "name": "a", "status": "o0"})]
    (change,) = bring("slug,Status\r\npaper-a,Archived\r\n", collection=collection, live=live).plan.changes
    assert change.after == {"status": "o2"}
    assert change.is_archived is None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Unavailable", "Available"),
        ("Not available", "Available"),
        ("Unpublished", "Published"),
        ("Address line 2", "Address line 1"),
        ("Price 2025", "Price 2024"),
        ("Image 2", "Image 1"),
        ("Longitude", "Latitude"),
        ("Opening hours Tuesday", "Opening hours Monday"),
        ("Max price", "Min price"),
        ("Start date", "End date"),
        ("Colr", "Color"),
    ],
)
def test_what_is_not_the_same_name_waits_for_a_nod(header: str, field: str) -> None:
    collection = a_collection(a_field(field.lower().replace(" ", "-"), display_name=field))
    live = [an_item(1, {"slug": "shop", "name": "shop"})]
    brought = bring(f"slug,{header}\r\nshop,yes\r\n", collection=collection, live=live)
    assert brought.fed(header) is None
    assert not brought.plan.changes
