"""Rows find their items, or say why not."""

import pytest

from lib.model.mapping import Mapping, Match, Role
from lib.stages.key import choose_key, find_items, key_candidates
from tests.builders import a_collection, a_field, a_sheet, an_id, an_item

COLLECTION = a_collection(a_field("sku"), a_field("price", "Number"))
ITEMS = [
    an_item(1, {"name": "Mug", "slug": "mug", "sku": "A1"}),
    an_item(2, {"name": "Bowl & Lid", "slug": "bowl", "sku": "A2"}),
    an_item(3, {"name": "Twin", "slug": "twin-a", "sku": "A3"}),
    an_item(4, {"name": "Twin", "slug": "twin-b"}),
]


def by(slug: str | None, role: Role | None = None) -> Mapping:
    return Mapping(matches=(Match(column="Key", field_slug=slug, role=role),), key_column="Key")


@pytest.mark.parametrize(
    ("mapping", "text", "number"),
    [
        (by(None, Role.ITEM_ID), an_id(2), 2),
        (by(None, Role.ITEM_ID), an_id(2).upper(), 2),
        (by("slug"), " bowl ", 2),
        (by("slug"), "BOWL", 2),
        (by("name"), "bowl &amp;  lid", 2),
        (by("sku"), "A1", 1),
    ],
)
def test_items_are_found_by_any_key(mapping: Mapping, text: str, number: int) -> None:
    found = find_items(a_sheet({"Key": [text]}), mapping, ITEMS)
    assert [item.id for item in found.items] == [an_id(number)]
    assert found.findings == ()


@pytest.mark.parametrize(
    ("mapping", "texts", "kind", "rows", "fix"),
    [
        (by("slug"), ["mugg", "bowl"], "Item not found", (2,), "“mug”"),
        (by(None, Role.ITEM_ID), ["0" * 24], "Item not found", (2,), "create the item"),
        (by("name"), ["Twin"], "Several items found", (2,), "Item ID"),
        (by("slug"), ["mug", "", "  "], "No value to find the item", (3, 4), "Fill in"),
        (by("slug"), ["mug", "bowl", "MUG"], "Same item twice", (2, 4), "Row 4"),
    ],
)
def test_rows_without_an_item_say_why(
    mapping: Mapping, texts: list[str], kind: str, rows: tuple[int, ...], fix: str
) -> None:
    found = find_items(a_sheet({"Key": texts}), mapping, ITEMS)
    (finding,) = found.findings
    assert (finding.kind, finding.rows) == (kind, rows)
    assert fix in (finding.fix if isinstance(finding.fix, str) else finding.fix[0])
    assert found.items[list(rows)].isna().all()
    assert found.matched == len(texts) - len(rows)


def test_the_best_key_that_finds_something_is_chosen() -> None:
    matches = (
        Match(column="Price", field_slug="price"),
        Match(column="SKU", field_slug="sku"),
        Match(column="Name", field_slug="name"),
        Match(column="Slug", field_slug="slug"),
        Match(column="ID", role=Role.ITEM_ID),
    )
    mapping = Mapping(matches=matches)
    assert key_candidates(mapping, COLLECTION) == ("ID", "Slug", "Name", "SKU")
    sheet = a_sheet({"Price": ["1"], "SKU": ["A1"], "Name": ["Mug"], "Slug": ["nope"], "ID": [""]})
    assert choose_key(sheet, mapping, COLLECTION, ITEMS).key_column == "Name"


def test_without_a_key_nothing_is_found_and_nothing_breaks() -> None:
    mapping = choose_key(a_sheet({"X": ["1"]}), Mapping(matches=(Match(column="X"),)), COLLECTION, ITEMS)
    assert mapping.key_column is None
    assert find_items(a_sheet({"X": ["1"]}), mapping, ITEMS).matched == 0
