"""Which item is the one that was to be created: by its page address, almost by it, or nobody knows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.model.item import Item
from lib.model.plan import Change, SendChoices
from lib.model.row_status import RowStatus
from lib.model.run import Outcome, RunKind
from lib.model.run_spec import RunSpec
from lib.model.site import Site
from lib.runs.found_items import HELD, HELD_ALIKE, HELD_IN_DOUBT, judged, told
from lib.runs.new_items import NewItems
from tests.builders import a_collection, a_creation, a_field, a_plan, a_sheet, an_id, an_item

COLLECTION = a_collection(a_field("note"))
SINCE = datetime(2026, 5, 4, 12, tzinfo=UTC)
CHAIR = {"name": "Chair", "slug": "chair", "note": "red"}
CREATED, ALREADY, HELD_BACK = RowStatus.CREATED, RowStatus.UNCHANGED, RowStatus.HELD_BACK


def chair(row: int = 2, **after: str) -> Change:
    return a_creation(row, CHAIR | after)


def stored(number: int, made: int = 1, **values: str) -> Item:
    """An item, drafted and made so many seconds after the attempt."""
    moment = SINCE + timedelta(seconds=made)
    return an_item(number, CHAIR | values, is_draft=True, created_on=moment, last_updated=moment)


def new_items(*changes: Change, known: tuple[Outcome, ...] = ()) -> NewItems:
    plan = a_plan(changes, a_sheet({"Name": ["x"] * 9}))
    site = Site(id="s", display_name="S", short_name="s", time_zone="UTC", locales=(), is_published=True)
    spec = RunSpec(kind=RunKind.IMPORT, site=site, collection=COLLECTION, choices=SendChoices(), plan=plan)
    return NewItems(spec, known)


def judge(items: list[Item], *, in_doubt: bool, change: Change | None = None, **options: Any) -> Outcome | None:
    change = change or chair()
    return judged([change], items, COLLECTION, options.get("new") or new_items(change), SINCE, in_doubt=in_doubt)[
        change.row
    ]


@pytest.mark.parametrize(
    ("items", "status", "item", "words"),
    [
        ([], None, None, ""),
        ([stored(1)], CREATED, 1, ""),
        ([stored(1, slug="chair-1a2b3")], CREATED, 1, ""),
        ([stored(1, slug="Chair")], CREATED, 1, ""),
        ([stored(1, note="blue")], HELD_BACK, 1, HELD_IN_DOUBT),
        ([stored(1, made=-60)], ALREADY, 1, "was there before anything was sent"),  # somebody gave it the address
        ([stored(1, slug="chair-1a2b3", note="blue")], HELD_BACK, 1, HELD_IN_DOUBT),
        ([stored(1, slug="chair-1a2b3", made=-60)], None, None, ""),  # an older one of almost the same address
        ([stored(1, slug="chair-1a2b3", name="Stool")], None, None, ""),
        ([stored(1, note="blue"), stored(2, slug="chair-1a2b3")], CREATED, 2, ""),  # somebody was faster
        ([stored(1, slug="chair-1a2b3"), stored(2, slug="chair-4c5d6")], HELD_BACK, None, "“Chair”"),
        ([stored(1, note="blue"), stored(2, slug="chair-1a2b3", note="green")], HELD_BACK, None, "“chair”"),
    ],
)
def test_after_an_unclear_answer_what_holds_all_that_was_meant_is_ours(
    items: list[Item], status: RowStatus | None, item: int | None, words: str
) -> None:
    found = judge(items, in_doubt=True)
    assert (found and found.status) == status
    if found is not None:
        assert found.item_id == (an_id(item) if item else chair().item_id)
        assert words in found.reason and bool(found.reason) is bool(words)


@pytest.mark.parametrize(
    ("items", "status", "item", "words"),
    [
        ([], None, None, ""),
        ([stored(1)], ALREADY, 1, "was there before anything was sent"),
        ([stored(1, slug="chair-1a2b3")], ALREADY, 1, "was there before anything was sent"),
        ([stored(1, note="blue")], HELD_BACK, 1, HELD),
        ([stored(1, note="blue", made=-60)], HELD_BACK, 1, HELD),
        ([stored(1, note="blue", slug="chair-1a2b3")], HELD_BACK, 1, HELD_ALIKE),
        ([stored(1, note="blue"), stored(2, note="green", slug="chair-1a2b3")], HELD_BACK, 1, HELD),
        ([stored(n, slug=f"chair-1a2b{n}") for n in (1, 2)], HELD_BACK, None, "several items"),
    ],
)
def test_before_anything_is_sent_an_item_at_the_address_holds_the_row_back_or_is_all_that_is_wanted(
    items: list[Item], status: RowStatus | None, item: int | None, words: str
) -> None:
    found = judge(items, in_doubt=False)
    assert (found and found.status) == status
    if found is not None:
        assert found.item_id == (an_id(item) if item else chair().item_id) and words in found.reason


def test_who_was_held_back_tells_what_the_item_there_holds_so_that_it_can_be_overwritten() -> None:
    found = judge([stored(1, note="blue")], in_doubt=False)
    assert found is not None
    assert (found.now, found.is_draft, found.updated_on) == (
        CHAIR | {"note": "blue"},
        True,
        SINCE + timedelta(seconds=1),
    )


def test_an_item_of_another_row_is_nobody_elses() -> None:
    other = chair(3, slug="chair-1a2b3")
    both = new_items(chair(), other)
    assert judge([stored(1, slug="chair-1a2b3")], in_doubt=True, new=both) is None
    ours = Outcome(row=3, item_id=an_id(1), status=CREATED)
    assert judge([stored(1, slug="chair-4c5d6")], in_doubt=True, new=new_items(chair(), known=(ours,))) is None


@given(order=some.permutations(range(6)), ended=some.sets(some.integers(0, 5)))
def test_an_answer_in_any_order_and_with_any_endings_is_told_row_by_row(order: list[int], ended: set[int]) -> None:
    """Three rows have one name, and one of these has an address that looks like another's with an ending."""
    changes = [
        chair(2),
        chair(3, slug="chair-1a2b3"),
        chair(4, slug="chair-red"),
        *(a_creation(row, {"note": "x"}) for row in (5, 6, 7)),
    ]
    answer = [
        an_item(n, {**changes[n].after, "slug": f"{changes[n].after['slug']}{'-0f0f0' if n in ended else ''}"})
        for n in order
    ]
    found = told(changes, answer)
    assert {row: item.id for row, item in found.items()} == {row: an_id(row - 2) for row in range(2, 8)}


def test_an_address_that_webflow_made_otherwise_is_told_by_a_name_that_only_one_row_has() -> None:
    changes = [chair(2), chair(3, slug="seat"), a_creation(4)]
    answer = [an_item(1, {"name": "New 4", "slug": "quite-otherwise"}), an_item(2, CHAIR | {"slug": "c"})]
    assert {row: item.id for row, item in told(changes, answer).items()} == {4: an_id(1)}
