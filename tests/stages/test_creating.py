"""Rows without an item create one: which may, with what values, in which order, and why others cannot."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import ReadContext
from lib.model.checked import Checked
from lib.model.collection import FieldType
from lib.model.item import Item
from lib.model.mapping import ColumnMapping, Match, Role
from lib.model.new_item import NewItem, new_item_id
from lib.model.plan import Plan, SendChoices
from lib.model.problem import Severity
from lib.model.row_status import RowStatus
from lib.model.sheet import Sheet
from lib.stages.check import check
from lib.stages.creation_order import circle_ends, levels
from lib.stages.found import Found
from lib.stages.key import find_items
from lib.stages.leaving_out import without_items
from lib.stages.new_items import as_targets, new_items, why_not
from lib.stages.plan import plan_changes
from tests.builders import a_collection, a_creation, a_field, a_plan, a_sheet, an_id, an_item

OWN = an_id(0xC0)
COLLECTION = a_collection(
    a_field("sku"),
    a_field("price", FieldType.NUMBER, is_required=True, validations={"minValue": 0}),
    a_field("note", validations={"maxLength": 10}),
    a_field("next", FieldType.REFERENCE, validations={"collectionId": OWN}),
    a_field("related", FieldType.MULTI_REFERENCE, validations={"collectionId": OWN}),
)
FEEDS = {"Name": "name", "Slug": "slug", "SKU": "sku", "Price": "price", "Note": "note", "Next": "next"}
FEEDS["Related"] = "related"
ITEMS = [an_item(n, {"price": n, "sku": f"A{n}"}) for n in (1, 2)]
Columns = Mapping[str, list[str]]


def mapping_of(columns: Columns, key: str) -> ColumnMapping:
    roles = {"Item ID": Role.ITEM_ID, "Draft": Role.DRAFT, "Archived": Role.ARCHIVED}
    matches = tuple(Match(column=c, field_slug=FEEDS.get(c), role=roles.get(c)) for c in columns)
    return ColumnMapping(matches=matches, key_column=key)


def creating(sheet: Sheet, mapping: ColumnMapping, found: Found) -> tuple[NewItem, ...]:
    reasons = why_not(sheet, mapping, found)
    return new_items(sheet, mapping, found, reasons.index[reasons == ""])


def checked(columns: Columns, key: str, items: list[Item] = ITEMS) -> Checked:
    sheet, mapping = a_sheet(columns), mapping_of(columns, key)
    found = find_items(sheet, mapping, items)
    new = creating(sheet, mapping, found)
    context = ReadContext(targets={OWN: tuple(items)}, created=as_targets(new, OWN))
    return check(sheet, mapping, COLLECTION, items, context, found=found, new=new)


def planned(columns: Columns, key: str, *, leave_out: bool = True, **choices: Any) -> Plan:
    found = checked(columns, key)
    return plan_changes(found, COLLECTION, SendChoices(**choices), leave_out_errors=leave_out)


def creatable(columns: Columns, key: str) -> dict[int, str]:
    sheet: Sheet = a_sheet(columns)
    mapping = mapping_of(columns, key)
    return {item.row: item.slug for item in creating(sheet, mapping, find_items(sheet, mapping, ITEMS))}


@pytest.mark.parametrize(
    ("columns", "key", "slugs"),
    [
        ({"Item ID": [an_id(1), ""], "Name": ["One", "Big Mug"]}, "Item ID", {3: "big-mug"}),
        ({"Item ID": [an_id(99)], "Name": ["Deleted"]}, "Item ID", {}),
        ({"Item ID": [""], "Name": [" "]}, "Item ID", {}),
        ({"Item ID": ["", ""], "Name": ["Mug", "Mug"]}, "Item ID", {2: "mug", 3: "mug-2"}),
        ({"Item ID": [""], "Name": ["Item 1"]}, "Item ID", {2: "item-1-2"}),
        ({"Item ID": [""], "Name": ["日本"]}, "Item ID", {2: "item"}),
        ({"Item ID": [""], "Name": ["Mug"], "Slug": ["my_mug"]}, "Item ID", {2: "my_mug"}),
        ({"Item ID": ["", an_id(1)], "Name": ["Mug", "One"], "Slug": ["", "mug"]}, "Item ID", {2: "mug-2"}),
        ({"Slug": ["item-1", "mug", ""], "Name": ["One", "Mug", "Bowl"]}, "Slug", {3: "mug", 4: "bowl"}),
        ({"Name": ["Item 1", "Mug", ""]}, "Name", {3: "mug"}),
        ({"SKU": ["A1", "A9", ""], "Name": ["One", "Mug", "Bowl"]}, "SKU", {3: "mug"}),
        ({"Slug": ["mug"], "Price": ["3"]}, "Slug", {}),
    ],
    ids=[
        "a blank Item ID",
        "an unknown Item ID was deleted",
        "no name",
        "names alike",
        "an address that is taken",
        "no letter of the alphabet",
        "an address of its own",
        "an address that another row asks for",
        "an unknown address, and none",
        "an unknown name, and none",
        "an unknown text, and none",
        "no column with names",
    ],
)
def test_rows_that_may_create_an_item_and_its_page_address(columns: Columns, key: str, slugs: dict[int, str]) -> None:
    assert creatable(columns, key) == slugs


def test_two_items_of_one_name_are_no_new_item() -> None:
    twins = [an_item(1, {"name": "Twin"}), an_item(2, {"name": "Twin"})]
    sheet, mapping = a_sheet({"Name": ["Twin"]}), mapping_of({"Name": []}, "Name")
    assert creating(sheet, mapping, find_items(sheet, mapping, twins)) == ()


@given(some.lists(some.text(max_size=300), min_size=1, max_size=8))
def test_made_addresses_are_free_short_and_valid(names: list[str]) -> None:
    sheet = a_sheet({"Item ID": [""] * len(names), "Name": names})
    mapping = mapping_of({"Item ID": [], "Name": []}, "Item ID")
    made = [item.slug for item in creating(sheet, mapping, find_items(sheet, mapping, ITEMS))]
    assert len(set(made) | {item.slug for item in ITEMS}) == len(made) + len(ITEMS)
    assert all(
        slug and len(slug) <= 256 and slug == slug.lower() and not slug.strip("abcdefghijklmnopqrstuvwxyz0123456789-")
        for slug in made
    )


def test_thousands_of_new_items_may_have_the_same_name() -> None:
    """Each gets the next number, and none is counted up to anew."""
    names = ["Mug", "Mug 3"] * 10_000
    sheet = a_sheet({"Item ID": [""] * len(names), "Name": names})
    mapping = mapping_of({"Item ID": [], "Name": []}, "Item ID")
    made = [item.slug for item in creating(sheet, mapping, find_items(sheet, mapping, ITEMS))]
    assert made[:8] == ["mug", "mug-3", "mug-2", "mug-3-2", "mug-4", "mug-3-3", "mug-5", "mug-3-4"]
    assert len(set(made)) == len(names)


def test_a_new_item_has_all_its_values_and_the_text_it_is_found_by() -> None:
    plan = planned({"SKU": ["A1", "A9"], "Name": ["Item 1", "Mug"], "Price": ["1", "4.5"], "Note": ["", "new"]}, "SKU")
    (change,) = plan.changes
    assert change.after == {"name": "Mug", "slug": "mug", "sku": "A9", "price": 4.5, "note": "new"}
    assert (change.is_new, change.item_id, change.before, change.is_draft) == (True, new_item_id(3), {}, True)
    assert list(plan.statuses) == [RowStatus.UNCHANGED, RowStatus.WILL_CREATE]
    assert list(plan.item_ids) == [an_id(1), ""]


@pytest.mark.parametrize(
    ("columns", "choices", "flags"),
    [
        ({}, {}, (True, None)),
        ({}, {"new_as_drafts": False}, (False, None)),
        ({"Draft": ["no"]}, {}, (False, None)),
        ({"Archived": ["yes"]}, {}, (True, True)),
        ({}, {"live": True}, (True, None)),
    ],
    ids=["a draft", "ready to publish", "as the file says", "archived", "never live"],
)
def test_new_items_are_drafts_unless_chosen_otherwise(columns: Columns, choices: Any, flags: tuple[Any, Any]) -> None:
    (change,) = planned({"Slug": ["mug"], "Name": ["Mug"], "Price": ["1"], **columns}, "Slug", **choices).changes
    assert (change.is_draft, change.is_archived) == flags


@pytest.mark.parametrize(
    ("columns", "key", "kind", "rows"),
    [
        ({"Name": ["Mug", "mug "], "Price": ["1", "2"]}, "Name", "Same new item twice", (2, 3)),
        ({"Name": ["Mug"]}, "Name", "New items need Price", (2,)),
        ({"Name": ["Mug"], "Price": [" "]}, "Name", "Required for a new item", (2,)),
        ({"Name": ["Mug"], "Price": ["cheap"]}, "Name", "Not a number", (2,)),
        ({"Name": ["Mug"], "Price": ["-1"]}, "Name", "Number too small", (2,)),
        (
            {"Item ID": [""], "Name": ["Mug"], "Price": ["1"], "Slug": ["item-2"]},
            "Item ID",
            "Page address already taken",
            (2,),
        ),
        ({"Slug": ["Big Mug"], "Name": ["Mug"], "Price": ["1"]}, "Slug", "Not a page address", (2,)),
        (
            {"Item ID": ["", ""], "Name": ["Mug", "Bowl"], "Price": ["1", "1"], "Slug": ["mug", "mug"]},
            "Item ID",
            "Page address twice in the file",
            (2, 3),
        ),
    ],
)
def test_why_a_row_cannot_create_its_item(columns: Columns, key: str, kind: str, rows: tuple[int, ...]) -> None:
    found = checked(columns, key)
    assert [tuple(problem.rows) for problem in found.problems if problem.kind == kind] == [rows]
    plan = plan_changes(found, COLLECTION, SendChoices(), leave_out_errors=False)
    assert {row for row, status in plan.statuses.items() if status == RowStatus.WITH_ERRORS} == set(rows)
    assert not plan.changes


def test_a_row_that_creates_its_item_is_told_nothing_of_an_item_that_is_missing() -> None:
    assert not checked({"Name": ["Mug"], "Price": ["1"]}, "Name").problems


def test_references_name_items_that_the_same_file_creates_and_come_after_them() -> None:
    plan = planned(
        {
            "Slug": ["bowl", "lid", "item-1", "mug"],
            "Name": ["Bowl", "Lid", "Item 1", "Mug"],
            "Price": ["1", "1", "1", "1"],
            "Next": ["Lid", "", "mug", ""],
            "Related": ["mug; item-2", "mug", "", ""],
        },
        "Slug",
    )
    assert [change.row for change in plan.changes] == [5, 3, 2, 4]
    by_row = {change.row: change.after for change in plan.changes}
    assert by_row[2]["next"] == new_item_id(3)
    assert by_row[2]["related"] == [new_item_id(5), an_id(2)]
    assert by_row[4] == {"next": new_item_id(5)}


def test_items_that_refer_to_each_other_are_created_one_without_its_reference_and_that_is_told() -> None:
    columns = {"Slug": ["a", "b", "c"], "Name": ["A", "B", "C"], "Price": ["1", "1", "1"], "Next": ["b", "a", "c"]}
    plan = planned(columns, "Slug")
    after = {change.row: change.after.get("next") for change in plan.changes}
    assert len(plan.changes) == 3
    assert after[4] is None, "an item cannot refer to itself before it is there"
    assert [after[2], after[3]].count(None) == 1
    why = "Without Next (New items that refer to each other)."
    assert {row for row, value in after.items() if value is None} == set(plan.reasons.index[plan.reasons == why])


def test_a_required_reference_cannot_be_left_out_so_a_circle_of_them_is_an_error() -> None:
    columns = {"Slug": ["a", "b"], "Name": ["A", "B"], "Price": ["1", "1"], "Next": ["b", "a"]}
    own = tuple(replace(field, is_required=field.slug == "next") for field in COLLECTION.fields)
    sheet, mapping = a_sheet(columns), mapping_of(columns, "Slug")
    found = find_items(sheet, mapping, ITEMS)
    new = creating(sheet, mapping, found)
    context = ReadContext(targets={OWN: tuple(ITEMS)}, created=as_targets(new, OWN))
    values = check(sheet, mapping, replace(COLLECTION, fields=own), ITEMS, context, found=found, new=new)
    assert len(values.error_rows) == 1


def test_who_refers_to_a_new_item_with_errors_waits_for_it() -> None:
    columns = {
        "Slug": ["a", "b", "item-1"],
        "Name": ["A", "B", "Item 1"],
        "Price": ["cheap", "1", "1"],
        "Next": ["", "a", "b"],
    }
    plan = planned(columns, "Slug")
    assert not plan.changes
    assert plan.reasons[3] == "It refers to the new item of row 2, which is not created."
    assert plan.reasons[4] == "It refers to the new item of row 3, which is not created."
    assert plan.counts == {RowStatus.LEFT_OUT: 3}


def test_leaving_out_a_new_item_by_hand_leaves_out_who_refers_to_it() -> None:
    columns = {"Slug": ["a", "b", "c"], "Name": ["A", "B", "C"], "Price": ["1"] * 3, "Next": ["", "a", ""]}
    plan = without_items(planned(columns, "Slug"), frozenset({2}), COLLECTION)
    assert [change.row for change in plan.changes] == [4]
    assert plan.counts == {RowStatus.LEFT_OUT: 2, RowStatus.WILL_CREATE: 1}


def test_a_long_chain_of_new_items_goes_with_its_first() -> None:
    """Each refers to the one before it, as in a series of posts."""
    rows = range(2, 10_002)
    chain = [a_creation(row, {"next": new_item_id(row - 1)} if row > 2 else {}) for row in rows]
    plan = without_items(a_plan(chain, a_sheet({"Slug": [f"new-{row}" for row in rows]})), frozenset({2}), COLLECTION)
    assert plan.counts == {RowStatus.LEFT_OUT: len(rows)} and not plan.changes
    assert plan.reasons[9_999] == "It refers to the new item of row 9998, which is not created."


WAITS = some.dictionaries(some.integers(0, 9), some.frozensets(some.integers(0, 9), max_size=4), max_size=10)


@given(WAITS)
def test_without_the_ends_of_circles_every_item_comes_after_those_it_refers_to(
    waits: dict[int, frozenset[int]],
) -> None:
    waits = {row: others & waits.keys() for row, others in waits.items()}
    ends = set(circle_ends(waits))
    assert ends <= {(row, other) for row, others in waits.items() for other in others}
    rest = {row: {other for other in others if (row, other) not in ends} for row, others in waits.items()}
    order = [row for level in levels(rest) for row in level]
    assert sorted(order) == sorted(waits)
    assert all(order.index(other) < order.index(row) for row, others in rest.items() for other in others)
    if {row for level in levels(waits) for row in level} == waits.keys():
        assert not ends, "nothing is cut where there is no circle"


def test_many_circles_and_long_chains_are_no_matter() -> None:
    count = 20_000
    chain = {row: {row + 1} if row + 1 < count else set() for row in range(count)}
    pairs = {row: {row ^ 1} for row in range(count)}
    assert circle_ends(chain) == []
    assert len(circle_ends(pairs)) == count // 2


def test_many_references_each_are_no_matter_either() -> None:
    """As in a column of related items, of which each names some others of the same file."""
    count = 5_000
    related = {row: {(row + 1) % count, (row * 7 + 1) % count, (row * 13 + 5) % count} for row in range(count)}
    ends = set(circle_ends(related))
    rest = {row: {other for other in others if (row, other) not in ends} for row, others in related.items()}
    assert sum(map(len, levels(rest))) == count


@given(
    some.lists(
        some.tuples(
            some.sampled_from(["item-1", "item-2", "a", "b", "c", ""]),
            some.sampled_from(["", "A", "B"]),
            some.sampled_from(["", "1", "x"]),
            some.sampled_from(["", "a", "b", "item-1", "nobody"]),
        ),
        max_size=6,
    ),
    some.booleans(),
)
def test_the_books_balance_whatever_the_file_says(rows: list[tuple[str, str, str, str]], leave_out: bool) -> None:
    columns = {name: [row[place] for row in rows] for place, name in enumerate(("Slug", "Name", "Price", "Next"))}
    plan = planned(columns, "Slug", leave_out=leave_out)
    assert plan.counts.total() == len(rows)
    sent = {row for row, status in plan.statuses.items() if status in (RowStatus.WILL_CREATE, RowStatus.WILL_UPDATE)}
    assert {change.row for change in plan.changes} == sent
    assert {change.row for change in plan.changes if change.is_new} == {
        row for row, status in plan.statuses.items() if status == RowStatus.WILL_CREATE
    }
    slugs = [change.after["slug"] for change in plan.changes if change.is_new]
    assert len(slugs) == len(set(slugs))
    seen: set[object] = {item.id for item in ITEMS}
    for change in plan.changes:
        assert change.after.get("next") in seen | {None}, "whoever is referred to is there"
        seen.add(change.item_id)


def test_without_the_choice_nothing_is_created() -> None:
    columns = {"Slug": ["mug"], "Name": ["Mug"], "Price": ["1"]}
    found = check(a_sheet(columns), mapping_of(columns, "Slug"), COLLECTION, ITEMS, ReadContext())
    plan = plan_changes(found, COLLECTION, SendChoices(), leave_out_errors=True)
    assert plan.counts == {RowStatus.LEFT_OUT: 1}
    assert [problem.kind for problem in found.problems] == ["Item not found"]


def test_a_new_item_almost_like_one_that_exists_is_told() -> None:
    found = checked({"Name": ["Item  1"], "Price": ["1"]}, "Name")
    assert [(problem.kind, problem.severity) for problem in found.problems] == [
        ("Close to an item that exists", Severity.WARNING)
    ]
    assert "“Item 1”" in found.problems[0].fix[0]
