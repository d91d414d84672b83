"""New items have real ids in what is sent, and only where a field refers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.model.collection import FieldType
from lib.model.new_item import is_new, new_item_id
from lib.model.row_status import RowStatus
from lib.model.run import Outcome
from lib.runs.new_items import addresses, ids_of, missing, resolved, why_missing
from tests.builders import a_change, a_collection, a_creation, a_field, an_id

COLLECTION = a_collection(
    a_field("note"), a_field("next", FieldType.REFERENCE), a_field("others", FieldType.MULTI_REFERENCE)
)
NEW = [new_item_id(row) for row in range(2, 8)]


def test_only_fields_that_refer_get_real_ids() -> None:
    change = a_change(9, {"note": NEW[0], "next": NEW[0], "others": [NEW[1], an_id(5), NEW[2]]})
    (found,) = resolved([change], COLLECTION, {NEW[0]: an_id(20), NEW[1]: an_id(21)})
    assert found == replace(change, after={"note": NEW[0], "next": an_id(20), "others": [an_id(21), an_id(5), NEW[2]]})
    assert missing(found, COLLECTION) == {"others": [4]}


def test_an_item_that_is_there_is_called_by_its_own_id() -> None:
    (found,) = resolved([a_creation(2)], COLLECTION, {NEW[0]: an_id(20)})
    assert (found.item_id, found.is_new, found.after) == (an_id(20), False, a_creation(2).after)


@given(
    named=some.lists(some.lists(some.sampled_from(NEW), max_size=4), max_size=6),
    known=some.sets(some.sampled_from(NEW)),
)
def test_every_reference_has_a_real_id_or_is_named_as_missing(named: list[list[str]], known: set[str]) -> None:
    changes = [a_change(row, {"others": entries}) for row, entries in enumerate(named, 20)]
    ids = {new: an_id(100 + NEW.index(new)) for new in known}
    found = resolved(changes, COLLECTION, ids)
    assert resolved(found, COLLECTION, ids) == found
    for entries, change in zip(named, found, strict=True):
        rows = [NEW.index(entry) + 2 for entry in entries if entry not in known]
        assert missing(change, COLLECTION).get("others", []) == rows
        assert sum(is_new(entry) for entry in change.after["others"]) == len(rows)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([17], "It refers to the new item of row 17, which was not created."),
        ([17, 19], "It refers to the new items of rows 17 and 19, which were not created."),
        ([3, 17, 19], "It refers to the new items of rows 3, 17 and 19, which were not created."),
    ],
)
def test_the_rows_that_are_missing_are_named(rows: list[int], sentence: str) -> None:
    assert why_missing(rows) == sentence


@pytest.mark.parametrize("status", RowStatus)
def test_only_what_was_created_or_was_there_as_meant_is_an_item_to_refer_to(status: RowStatus) -> None:
    is_there = status in (RowStatus.CREATED, RowStatus.UNCHANGED)
    outcomes = [Outcome(row=2, item_id=an_id(20), status=status), Outcome(row=3, item_id=NEW[1], status=status)]
    assert ids_of(outcomes) == ({NEW[0]: an_id(20)} if is_there else {})


def test_an_address_with_an_ending_may_have_been_meant_without_it() -> None:
    assert addresses("Chair-1a2b3") == {"chair-1a2b3", "chair"}
    assert addresses("chair-12345-1a2b3") == {"chair-12345-1a2b3", "chair-12345"}
    assert addresses("chair-blue") == {"chair-blue"}
