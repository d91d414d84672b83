"""Rows find their items, or say why not."""

import pytest

from lib.model.mapping import ColumnMapping, Match, Role
from lib.stages.key import choose_key, find_items, key_candidates, with_key
from lib.stages.suggest import MOST_SEARCHES, accept, refuse, suggestion_table
from tests.builders import a_collection, a_field, a_sheet, an_id, an_item

COLLECTION = a_collection(a_field("sku"), a_field("price", "Number"))
ITEMS = [
    an_item(1, {"name": "Mug", "slug": "mug", "sku": "A1"}),
    an_item(2, {"name": "Bowl & Lid", "slug": "bowl", "sku": "A2"}),
    an_item(3, {"name": "Twin", "slug": "twin-a", "sku": "A3"}),
    an_item(4, {"name": "Twin", "slug": "twin-b"}),
    an_item(5, {"name": "Crème", "slug": "creme", "sku": "007"}),
]


def by(slug: str | None, role: Role | None = None) -> ColumnMapping:
    return ColumnMapping(matches=(Match(column="Key", field_slug=slug, role=role),), key_column="Key")


@pytest.mark.parametrize(
    ("mapping", "text", "number"),
    [
        (by(None, Role.ITEM_ID), an_id(2), 2),
        (by(None, Role.ITEM_ID), an_id(2).upper(), 2),
        (by("slug"), " bowl ", 2),
        (by("slug"), "\u200bbo\u00adwl\u200b", 2),
        (by("name"), "Bowl & Lid\u00a0", 2),
        (by("name"), "Cre\u0300me", 5),
        (by("sku"), "A1", 1),
    ],
)
def test_items_are_found_by_any_key(mapping: ColumnMapping, text: str, number: int) -> None:
    found = find_items(a_sheet({"Key": [text]}), mapping, ITEMS)
    assert [item.id for item in found.items] == [an_id(number)]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("mapping", "texts", "kind", "rows", "fix"),
    [
        (by("slug"), ["mugg", "bowl"], "Item not found", (2,), "“mug”"),
        (by(None, Role.ITEM_ID), ["0" * 24], "Item not found", (2,), "If the item was deleted"),
        (by("name"), ["Twin"], "Several items found", (2,), "Item ID"),
        (by("slug"), ["mug", "", "  "], "No value to find the item", (3, 4), "Fill in"),
        (by("slug"), ["mug", "bowl", " mug "], "Same item twice", (2, 4), "Row 4"),
        (by("slug"), ["BOWL"], "Item not found", (2,), "Did you mean “bowl”? Say so on the Match page"),
        (by("name"), ["bowl &amp; lid"], "Item not found", (2,), "“Bowl & Lid”"),
        (by("name"), ["Creme"], "Item not found", (2,), "“Crème”"),
        (by("sku"), ["a-1"], "Item not found", (2,), "“A1”"),
        (by("sku"), ["7"], "Item not found", (2,), "“007”"),
    ],
)
def test_rows_without_an_item_say_why(
    mapping: ColumnMapping, texts: list[str], kind: str, rows: tuple[int, ...], fix: str
) -> None:
    found = find_items(a_sheet({"Key": texts}), mapping, ITEMS)
    (problem,) = found.problems
    assert (problem.kind, problem.rows) == (kind, rows)
    assert fix in (problem.fix if isinstance(problem.fix, str) else problem.fix[0])
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
    mapping = ColumnMapping(matches=matches)
    assert key_candidates(mapping, COLLECTION) == ("ID", "Slug", "Name", "SKU")
    sheet = a_sheet({"Price": ["1"], "SKU": ["A1"], "Name": ["Mug"], "Slug": ["nope"], "ID": [""]})
    assert choose_key(sheet, mapping, COLLECTION, ITEMS).key_column == "Name"


def test_without_a_key_nothing_is_found_and_nothing_breaks() -> None:
    mapping = choose_key(a_sheet({"X": ["1"]}), ColumnMapping(matches=(Match(column="X"),)), COLLECTION, ITEMS)
    assert mapping.key_column is None
    assert find_items(a_sheet({"X": ["1"]}), mapping, ITEMS).matched == 0


def test_what_is_only_similar_is_found_once_a_person_says_so_and_no_longer_when_it_is_taken_back() -> None:
    sheet = a_sheet({"Key": ["BOWL", "mug", "Twin A"]})
    found = find_items(sheet, by("slug"), ITEMS)
    assert [(one.text, one.item_id) for one in found.suggestions] == [("BOWL", an_id(2)), ("Twin A", an_id(3))]
    accepted = accept(by("slug"), found.suggestions[:1])
    again = find_items(sheet, accepted, ITEMS)
    assert [item and item.id for item in again.items] == [an_id(2), an_id(1), None]
    table = suggestion_table(accepted, again.suggestions, ITEMS)
    assert table[["Use", "In your file", "Page address"]].to_numpy().tolist() == [
        [True, "BOWL", "bowl"],
        [False, "Twin A", "twin-a"],
    ]
    assert refuse(accepted, ["BOWL"]) == by("slug")


def test_two_texts_that_are_said_to_mean_one_item_are_refused() -> None:
    sheet = a_sheet({"Key": ["BOWL", "bowl"]})
    mapping = accept(by("slug"), find_items(sheet, by("slug"), ITEMS).suggestions)
    assert [problem.kind for problem in find_items(sheet, mapping, ITEMS).problems] == ["Same item twice"]


def test_accents_tell_items_apart_whatever_else_is_found() -> None:
    items = [an_item(1, {"name": "Müller"}), an_item(2, {"name": "Moller"})]
    found = find_items(a_sheet({"Key": ["Muller", "Möller"]}), by("name"), items)
    assert found.matched == 0
    assert [one.item_id for one in found.suggestions] == [an_id(1), an_id(2)]


def test_a_name_with_another_number_is_never_offered() -> None:
    items = [an_item(1, {"name": "Sea glass mug 250 ml"})]
    assert find_items(a_sheet({"Key": ["Sea glass mug 350 ml"]}), by("name"), items).suggestions == ()


def test_other_spellings_are_offered_for_every_text_and_similar_names_for_the_first() -> None:
    numbers = range(1, 3 * MOST_SEARCHES)
    items = [an_item(number) for number in numbers]
    spelt = find_items(a_sheet({"Key": [f"ITEM-{number}" for number in numbers]}), by("slug"), items)
    assert len(spelt.suggestions) == len(items)
    misspelt = find_items(a_sheet({"Key": [f"itme-{number}" for number in numbers]}), by("slug"), items)
    assert 0 < len(misspelt.suggestions) <= MOST_SEARCHES


def test_a_key_that_is_matched_no_longer_gives_way_to_another() -> None:
    sheet = a_sheet({"Slug": ["mug"], "Name": ["Mug"]})
    matches = (Match(column="Slug"), Match(column="Name", field_slug="name"))
    mapping = ColumnMapping(matches=matches, key_column="Slug", accepted_keys=(("MUG", an_id(1)),))
    assert with_key(sheet, mapping, COLLECTION, ITEMS) == ColumnMapping(matches=matches, key_column="Name")
