"""Columns of an export that are no fields: whose rows, which status, and how old."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from lib.fields import ReadContext
from lib.model.collection import FieldType
from lib.model.item import Item
from lib.model.mapping import Blanks, ColumnMapping, Match, Role
from lib.model.plan import Plan, SendChoices, StatusChoice
from lib.model.problem import Severity
from lib.stages.blanks import would_erase
from lib.stages.check import check
from lib.stages.plan import plan_changes
from tests.builders import a_collection, a_field, a_sheet, an_id, an_item

COLLECTION = a_collection(
    a_field("note"), a_field("tags", FieldType.MULTI_REFERENCE, validations={"collectionId": an_id(0xBB)})
)
EDITED = datetime(2026, 3, 1, 12, 0, 0, 859_000, tzinfo=UTC)
EXPORTED = "Sun Mar 01 2026 12:00:00 GMT+0000 (Coordinated Universal Time)"
AROUND = ReadContext(targets={an_id(0xBB): [an_item(7), an_item(8)]})


def planned(
    columns: dict[str, list[str]], *items: Item, choices: SendChoices | None = None, **fields: str
) -> tuple[Plan, list[tuple[str, Severity, tuple[int, ...]]]]:
    roles = {role.value: role for role in Role}
    matches = tuple(
        Match(column=column, role=roles.get(column), field_slug=fields.get(column)) for column in ("Item ID", *columns)
    )
    sheet = a_sheet({"Item ID": [an_id(n + 1) for n in range(len(items))], **columns})
    found = check(sheet, ColumnMapping(matches=matches, key_column="Item ID"), COLLECTION, items, AROUND)
    plan = plan_changes(found, COLLECTION, choices or SendChoices(), leave_out_errors=True)
    return plan, [(f.kind, f.severity, tuple(f.rows)) for f in found.problems]


@pytest.mark.parametrize(
    ("columns", "draft", "archived"),
    [
        ({"Draft": ["TRUE"]}, True, None),
        ({"Draft": ["false"]}, None, None),
        ({"Archived": ["yes"]}, None, True),
        ({"Archived": ["FALSE"], "Draft": [""]}, None, None),
        ({"Status": ["Draft"]}, True, None),
        ({"Status": ["published"]}, None, None),
        ({"Status": ["Archived"]}, None, True),
        ({"Status": ["Changes in draft"]}, True, None),
    ],
    ids=str,
)
def test_status_columns_change_only_what_differs(
    columns: dict[str, list[str]], draft: bool | None, archived: bool | None
) -> None:
    plan, problems = planned(columns, an_item(1))
    assert problems == []
    assert [(c.is_draft, c.is_archived, dict(c.after)) for c in plan.changes] == (
        [] if draft is None and archived is None else [(draft, archived, {})]
    )


def test_the_choice_for_all_items_wins_over_the_draft_column() -> None:
    plan, _ = planned({"Draft": ["true"]}, an_item(1), choices=SendChoices(status=StatusChoice.READY))
    assert [change.is_draft for change in plan.changes] == [False]


def test_an_unknown_status_is_an_error() -> None:
    _, problems = planned({"Status": ["Online-ish"]}, an_item(1))
    assert problems == [("Not a status", Severity.ERROR, (2,))]


def test_rows_of_another_collection_are_stopped() -> None:
    plan, problems = planned(
        {"Collection ID": [COLLECTION.id, an_id(99)], "Draft": ["true"] * 2}, an_item(1), an_item(2)
    )
    assert problems == [("Row of another collection", Severity.ERROR, (3,))]
    assert [change.row for change in plan.changes] == [2]


@pytest.mark.parametrize(
    ("text", "warned"), [(EXPORTED, False), (EXPORTED.replace("12:00:00", "11:59:59"), True), ("", False)]
)
def test_rows_exported_before_somebodys_edit_are_warned_about(text: str, warned: bool) -> None:
    _, problems = planned({"Updated On": [text]}, an_item(1, last_updated=EDITED))
    assert problems[:-1] == [("Edited since the export", Severity.WARNING, (2,))] * warned
    assert problems[-1][:2] == ("Column only for reading", Severity.FIXED)


def test_columns_that_are_only_for_reading_change_nothing() -> None:
    plan, _ = planned({"Created On": ["2020-01-01"], "Published On": ["2020-01-01"]}, an_item(1))
    assert plan.changes == ()


@pytest.mark.parametrize(
    ("text", "kinds", "after"),
    [
        ("item-7; gone", ["Refers to an item that is gone"], None),
        ("item-8; gone", ["No such item"], None),
        ("item-7; item-8", [], [an_id(7), an_id(8)]),
    ],
)
def test_a_list_that_names_an_item_that_is_gone_is_left_alone(
    text: str, kinds: list[str], after: list[str] | None
) -> None:
    plan, problems = planned({"Tags": [text]}, an_item(1, {"tags": [an_id(7)]}), Tags="tags")
    assert [kind for kind, _, _ in problems] == kinds
    assert [change.after["tags"] for change in plan.changes] == ([after] if after else [])


def test_what_clearing_would_erase_is_counted() -> None:
    items = (an_item(1, {"note": "a"}), an_item(2), an_item(3, {"note": "c"}))
    sheet = a_sheet({"Note": ["", "", "kept", ""]})
    found = pd.Series([*items, None], index=sheet.frame.index, dtype="object")
    assert would_erase(sheet.frame["Note"], found, "note") == 1
    assert Blanks.CLEAR == "clear"
