"""From sheet to batches: only real changes are sent, and every row has one fate."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import ReadContext
from lib.model.checked import Checked
from lib.model.collection import FieldType
from lib.model.item import Item
from lib.model.mapping import Blanks, ColumnMapping, Match
from lib.model.plan import Change, Plan, SendChoices, StatusChoice
from lib.model.problem import Problem, Severity
from lib.model.row_status import RowStatus
from lib.stages.batch import BATCH_LIMIT, batched
from lib.stages.check import check
from lib.stages.diff import change_table
from lib.stages.plan import plan_changes
from tests.builders import a_change, a_collection, a_field, a_sheet, an_id, an_item

OPTIONS = {"options": [{"id": "o1", "name": "Red"}, {"id": "o2", "name": "Blue"}]}
COLLECTION = a_collection(
    a_field("price", FieldType.NUMBER, is_required=True, validations={"minValue": 0}),
    a_field("note", validations={"maxLength": 10}),
    a_field("shown", FieldType.SWITCH),
    a_field("colour", FieldType.OPTION, validations=OPTIONS),
    a_field("tags", FieldType.MULTI_REFERENCE, validations={"collectionId": an_id(0xBB)}),
)
COLUMNS = {"Slug": "slug", "Price": "price", "Note": "note", "Shown": "shown", "Colour": "colour"}
AROUND = ReadContext()
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def items(count: int = 5) -> list[Item]:
    data = {"price": 10, "note": "old", "shown": True, "colour": "o1"}
    return [an_item(n, data, last_published=LONG_AGO, last_updated=LONG_AGO) for n in range(1, count + 1)]


def mapping(*columns: str, **blanks: Blanks) -> ColumnMapping:
    names = columns or tuple(COLUMNS)
    matches = tuple(Match(column=c, field_slug=COLUMNS[c], blanks=blanks.get(c, Blanks.KEEP)) for c in names)
    return ColumnMapping(matches=matches, key_column="Slug")


def checked(columns: Mapping[str, list[str]], live: list[Item] | None = None, **blanks: Blanks) -> Checked:
    return check(a_sheet(columns), mapping(*columns, **blanks), COLLECTION, live or items(), AROUND)


def planned(columns: Mapping[str, list[str]], live: list[Item] | None = None, **options: Any) -> Plan:
    blanks = options.pop("blanks", {})
    choices = options.pop("choices", SendChoices())
    found = checked(columns, live, **blanks)
    return plan_changes(found, COLLECTION, choices, leave_out_errors=options.pop("leave_out", True))


def test_only_changed_cells_are_sent() -> None:
    plan = planned(
        {"Slug": ["item-1", "item-2"], "Price": ["10", "12,5"], "Note": ["new", "old"], "Colour": ["Red", "red"]}
    )
    assert [(c.row, dict(c.before), dict(c.after)) for c in plan.changes] == [
        (2, {"note": "old"}, {"note": "new"}),
        (3, {"price": 10}, {"price": 12.5}),
    ]


def test_rows_that_say_what_is_there_are_up_to_date() -> None:
    plan = planned({"Slug": ["item-1"], "Price": ["10.0"], "Shown": ["yes"], "Colour": ["RED"]})
    assert plan.changes == ()
    assert list(plan.statuses) == [RowStatus.UNCHANGED]


def test_blank_cells_leave_values_as_they_are() -> None:
    assert planned({"Slug": ["item-1"], "Price": [""], "Note": [" "]}).changes == ()


def test_blank_cells_clear_where_the_person_says_so() -> None:
    clear = {"Note": Blanks.CLEAR, "Shown": Blanks.CLEAR}
    (change,) = planned({"Slug": ["item-1"], "Note": [""], "Shown": [""]}, blanks=clear).changes
    assert change.after == {"note": None, "shown": False}


def test_required_fields_cannot_be_cleared() -> None:
    found = checked({"Slug": ["item-1"], "Price": [""]}, Price=Blanks.CLEAR)
    assert [(f.kind, f.rows, f.column) for f in found.problems] == [("Required field would be emptied", (2,), "Price")]


@pytest.mark.parametrize(
    ("column", "text", "kind"),
    [
        ("Price", "free", "Not a number"),
        ("Price", "-1", "Number too small"),
        ("Note", "far too long a note", "Wrong length"),
        ("Shown", "perhaps", "Not yes or no"),
        ("Colour", "Green", "No such option"),
    ],
)
def test_a_wrong_value_is_an_error_with_its_address(column: str, text: str, kind: str) -> None:
    found = checked({"Slug": ["item-1", "item-2"], column: ["", text]})
    (problem,) = found.problems
    assert (problem.kind, problem.column, problem.rows, problem.values) == (kind, column, (3,), (text,))
    assert problem.severity is Severity.ERROR
    assert list(found.error_rows) == [3]


def test_a_value_that_is_there_already_is_never_a_problem() -> None:
    live = [an_item(1, {"price": -5, "note": "a note that breaks the rule"})]
    found = checked({"Slug": ["item-1"], "Price": ["-5"], "Note": ["a note that breaks the rule"]}, live)
    assert found.problems == ()


def test_one_bad_row_takes_no_good_one_down() -> None:
    plan = planned({"Slug": ["item-1", "item-2", "nobody"], "Price": ["11", "x", "12"]})
    assert [change.row for change in plan.changes] == [2]
    assert list(plan.statuses) == [RowStatus.WILL_UPDATE, RowStatus.LEFT_OUT, RowStatus.LEFT_OUT]
    assert plan.reasons[3].startswith("Price: Not a number.")


def test_rows_with_errors_stay_errors_until_they_are_left_out() -> None:
    plan = planned({"Slug": ["nobody"], "Price": ["1"]}, leave_out=False)
    assert plan.counts[RowStatus.WITH_ERRORS] == 1


@pytest.mark.parametrize(
    ("slugs", "kind"),
    [
        (["item-2", "item-1"], "Page address already taken"),
        (["item-9", "item-9"], "Page address twice in the file"),
    ],
)
def test_page_addresses_stay_unique(slugs: list[str], kind: str) -> None:
    matches = (Match(column="Name", field_slug="name"), Match(column="Slug", field_slug="slug"))
    sheet = a_sheet({"Name": ["Item 1", "Item 2"], "Slug": slugs})
    found = check(sheet, ColumnMapping(matches=matches, key_column="Name"), COLLECTION, items(2), AROUND)
    assert [(f.kind, f.rows) for f in found.problems] == [(kind, (2, 3))]


@pytest.mark.parametrize(
    ("status", "flag"), [(StatusChoice.KEEP, None), (StatusChoice.DRAFT, True), (StatusChoice.READY, False)]
)
def test_the_chosen_status_goes_with_changed_items_only(status: StatusChoice, flag: bool | None) -> None:
    plan = planned({"Slug": ["item-1", "item-2"], "Price": ["11", "10"]}, choices=SendChoices(status=status))
    assert [change.is_draft for change in plan.changes] == [flag]


def test_live_updates_leave_out_items_that_visitors_do_not_see() -> None:
    live = [replace(items(1)[0], last_published=None), replace(items(2)[1], is_archived=True), items(3)[2]]
    columns = {"Slug": ["item-1", "item-2", "item-3"], "Price": ["11", "12", "13"]}
    plan = planned(columns, live, choices=SendChoices(live=True))
    assert [change.row for change in plan.changes] == [4]
    assert "never published" in plan.reasons[2] and "archived" in plan.reasons[3]


def test_error_rows_of_the_file_itself_are_not_sent() -> None:
    sheet = a_sheet({"Slug": ["item-1", "item-2"], "Price": ["11", "12"]})
    ragged = Problem(kind="Too many values", expected="2 values", fix="Quote it.", rows=(2,), values=("3 values",))
    found = check(replace(sheet, problems=(ragged,)), mapping("Slug", "Price"), COLLECTION, items(), AROUND)
    plan = plan_changes(found, COLLECTION, SendChoices(), leave_out_errors=True)
    assert [change.row for change in plan.changes] == [3]


def test_changes_are_shown_now_and_after() -> None:
    plan = planned(
        {"Slug": ["item-1"], "Colour": ["Blue"], "Price": ["12"]}, choices=SendChoices(status=StatusChoice.DRAFT)
    )
    table = change_table(plan, COLLECTION, AROUND)
    shown = table[["row", "item", "field", "now", "after"]]
    assert shown.to_dict("records") == [
        {"row": 2, "item": "Item 1", "field": "Colour", "now": "Red", "after": "Blue"},
        {"row": 2, "item": "Item 1", "field": "Price", "now": "10", "after": "12"},
        {"row": 2, "item": "Item 1", "field": "Draft", "now": "no", "after": "yes"},
    ]


ROWS = some.lists(
    some.tuples(
        some.sampled_from(["item-1", "item-2", "ITEM-3", "item-4", "nobody", "", "item-5"]),
        some.sampled_from(["10", "11", "x", "", "-4", "1,234", "12 €"]),
        some.sampled_from(["old", "new", "much too long", ""]),
        some.sampled_from(["yes", "no", "?", ""]),
        some.sampled_from(["Red", "blue", "Green", ""]),
    ),
    min_size=1,
    max_size=12,
)


def table_of(rows: list[tuple[str, ...]]) -> dict[str, list[str]]:
    return {column: [row[place] for row in rows] for place, column in enumerate(COLUMNS)}


@given(rows=ROWS, leave_out=some.booleans(), live=some.booleans())
def test_the_books_always_balance(rows: list[tuple[str, ...]], leave_out: bool, live: bool) -> None:
    plan = planned(table_of(rows), leave_out=leave_out, choices=SendChoices(live=live))
    before_sending = (RowStatus.WILL_UPDATE, RowStatus.UNCHANGED, RowStatus.LEFT_OUT, RowStatus.WITH_ERRORS)
    assert sum(plan.counts[status] for status in before_sending) == len(rows) == plan.counts.total()
    assert [change.row for change in plan.changes] == list(plan.statuses.index[plan.statuses == RowStatus.WILL_UPDATE])
    assert all(plan.reasons[plan.statuses != RowStatus.WILL_UPDATE] != "")


@given(rows=ROWS)
def test_planning_again_after_the_changes_landed_plans_nothing(rows: list[tuple[str, ...]]) -> None:
    plan = planned(table_of(rows))
    landed = {change.item_id: dict(change.after) for change in plan.changes}
    after = [replace(item, field_data={**item.field_data, **landed.get(item.id, {})}) for item in items()]
    assert planned(table_of(rows), after).changes == ()


@given(rows=ROWS)
def test_columns_that_are_not_matched_are_never_sent(rows: list[tuple[str, ...]]) -> None:
    columns = table_of(rows)
    matches = (Match(column="Slug", field_slug="slug"), Match(column="Price"), Match(column="Note", field_slug="note"))
    found = check(a_sheet(columns), ColumnMapping(matches=matches, key_column="Slug"), COLLECTION, items(), AROUND)
    plan = plan_changes(found, COLLECTION, SendChoices(), leave_out_errors=True)
    assert {slug for change in plan.changes for slug in change.after} <= {"note"}


def test_the_key_column_never_changes_what_it_finds() -> None:
    assert planned({"Slug": [" item-1\u200b"], "Note": ["new"]}).changes[0].after == {"note": "new"}


@given(count=some.integers(0, 450), limit=some.integers(1, BATCH_LIMIT))
def test_batches_keep_order_and_lose_nothing(count: int, limit: int) -> None:
    changes = [a_change(row) for row in range(2, count + 2)]
    batches = batched(changes, a_collection(), limit)
    assert [change for batch in batches for change in batch.changes] == changes
    assert all(1 <= len(batch.changes) <= limit for batch in batches)
    assert [batch.number for batch in batches] == list(range(1, len(batches) + 1))


def test_an_item_is_never_changed_twice_in_a_run() -> None:
    twice: list[Change] = [a_change(2), a_change(3, item_id=an_id(2))]
    with pytest.raises(ValueError):
        batched(twice, a_collection())
    assert len(batched([a_change(2), a_change(3, item_id=an_id(2), cms_locale_id="de")], a_collection())) == 1


def test_all_frames_share_the_rows_of_the_sheet() -> None:
    found = checked({"Slug": ["item-1", "item-2"], "Price": ["1", "2"]})
    for part in (found.values, found.sent, found.items):
        assert isinstance(part, pd.DataFrame | pd.Series)
        assert list(part.index) == [2, 3]
