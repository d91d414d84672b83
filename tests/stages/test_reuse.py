"""The mapping of an earlier file is used as far as it still holds, and says what does not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lib.model.collection import Collection, FieldType
from lib.model.item_table import ItemTable
from lib.model.mapping import Blanks, ColumnMapping, Match, MatchedBy, ReadingChoices
from lib.model.remembered import Remembered, types_of
from lib.model.sheet import Sheet
from lib.stages.first_match import first_match
from lib.stages.reuse import Reused, for_other_files, is_decided, reused
from tests.builders import a_collection, a_field, a_sheet, an_id, an_item

PRICE = a_field("price", FieldType.NUMBER)
COLLECTION = a_collection(PRICE, a_field("note"))
ITEMS = ItemTable([an_item(1), an_item(2)])
SHEET = a_sheet({"Was": ["item-1", "item-2"], "Preis": ["1", "2"], "Rest": ["a", "b"]})
SLUG = Match(column="Was", field_slug="slug", matched_by=MatchedBy.PERSON)
COST = Match(column="Preis", field_slug="price", matched_by=MatchedBy.PERSON, blanks=Blanks.CLEAR)
REST = Match(column="Rest")
MAPPING = ColumnMapping(matches=(SLUG, COST, REST), key_column="Was")


def again(sheet: Sheet = SHEET, collection: Collection = COLLECTION, mapping: ColumnMapping = MAPPING) -> Reused | None:
    types, when = types_of(mapping, COLLECTION), datetime(2026, 1, 1, tzinfo=UTC)
    kept = Remembered(id="1", name="prices", mapping=mapping, types=types, settled=(), saved_on=when)
    return reused([kept], sheet, collection, ITEMS)


def test_the_same_columns_are_matched_as_before_in_any_order() -> None:
    found = again(a_sheet({column: list(SHEET.frame[column]) for column in ("Rest", "Preis", "Was")}))
    assert found is not None and found.dropped == ()
    assert found.mapping == replace(MAPPING, matches=(REST, COST, SLUG))


@pytest.mark.parametrize("columns", [{"Was": ["a"]}, {"Was": ["a"], "Preis": ["1"], "Rest": ["b"], "New": ["c"]}])
def test_other_columns_are_another_file(columns: dict[str, list[str]]) -> None:
    assert again(a_sheet(columns)) is None


@pytest.mark.parametrize(
    ("collection", "sheet", "why"),
    [
        (a_collection(a_field("note")), SHEET, "“Preis” went to the field “price”, which cannot be filled any more."),
        (
            a_collection(replace(PRICE, is_editable=False)),
            SHEET,
            "“Preis” went to the field “price”, which cannot be filled any more.",
        ),
        (
            a_collection(a_field("price", FieldType.PLAIN_TEXT)),
            SHEET,
            "“Preis” went to Price, which was Number and is Text now.",
        ),
    ],
)
def test_a_pair_that_no_longer_holds_is_dropped_and_told(collection: Collection, sheet: Sheet, why: str) -> None:
    found = again(sheet, collection)
    assert found is not None and found.dropped == (why,)
    assert found.mapping.matches == (SLUG, Match(column="Preis"), REST)


def test_without_its_key_another_column_finds_the_items() -> None:
    name = Match(column="Rest", field_slug="name", matched_by=MatchedBy.PERSON)
    both = ColumnMapping(matches=(replace(SLUG, field_slug="gone"), COST, name), key_column="Was")
    found = again(a_sheet({"Was": ["x"], "Preis": ["1"], "Rest": ["Item 1"]}), mapping=both)
    assert found is not None and found.mapping.key_column == "Rest"


def test_accepted_texts_stay_while_their_item_is_there() -> None:
    found = again(mapping=replace(MAPPING, accepted_keys=(("Mug", an_id(1)), ("Cup", an_id(9)))))
    assert found is not None and found.mapping.accepted_keys == (("Mug", an_id(1)),)


def test_what_was_said_of_damaged_cells_is_not_said_of_another_file() -> None:
    sure = replace(COST, choices=ReadingChoices(decimal=",", accepts=frozenset({"x"})))
    kept = for_other_files(replace(MAPPING, matches=(SLUG, sure, REST)))
    assert kept == replace(MAPPING, matches=(SLUG, replace(COST, choices=ReadingChoices(decimal=",")), REST))


BY_NAME = a_sheet({"Slug": ["item-1"], "Name": ["Item 1"], "Price": ["1"], "Notes": ["a"]})


@pytest.mark.parametrize(
    ("change", "is_worth_it"),
    [
        (lambda one: one, False),
        (lambda one: replace(one, key_column="Name"), True),
        (lambda one: replace(one, accepted_keys=(("Mug", "1"),)), True),
        (lambda one: replace(one, matches=(*one.matches[:3], replace(one.matches[3], field_slug="note"))), True),
        (lambda one: replace(one, matches=(*one.matches[:2], Match(column="Price"), one.matches[3])), True),
        (
            lambda one: replace(
                one, matches=(*one.matches[:2], replace(one.matches[2], blanks=Blanks.CLEAR), one.matches[3])
            ),
            True,
        ),
    ],
)
def test_a_mapping_is_worth_keeping_where_it_says_more_than_the_names(change, is_worth_it: bool) -> None:  # type: ignore[no-untyped-def]
    mapping = change(first_match(BY_NAME, COLLECTION, ITEMS))
    assert is_decided(mapping, BY_NAME, COLLECTION) is is_worth_it
