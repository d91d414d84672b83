"""What a run created, as people take it home: its items with their ids, their own file with these, what failed."""

from collections.abc import Sequence

import pandas as pd
from hypothesis import given
from hypothesis import strategies as some

from lib.model.mapping import ColumnMapping, Match, Role
from lib.model.new_item import new_item_id
from lib.model.plan import Change, Plan
from lib.model.row_status import LANDED, TO_TRY_AGAIN, RowStatus
from lib.model.run import Outcome, RunKind
from lib.model.sheet import Sheet
from lib.reports.addresses import redirects
from lib.reports.deeds import Deed, deeds_of
from lib.reports.results import counts_of, created_items, known_ids, row_results, updated_items, with_item_ids
from lib.reports.to_fix import rows_to_fix
from tests.builders import a_collection, a_field, a_sheet, an_id

COLLECTION = a_collection(a_field("price", "Number"))
NO_ERRORS = pd.DataFrame({name: pd.Series(dtype="object") for name in ("row", "column", "kind", "fix", "severity")})
SHEET = a_sheet({"Slug": ["mug", "bowl", "item-1"], "Name": ["Mug", "Bowl", ""], "Price": ["1", "2", "3"]})
NEW = [
    Change(row=row, item_id=new_item_id(row), cms_locale_id=None, item_name=name, after={"name": name, "slug": slug})
    for row, name, slug in ((2, "Mug", "mug"), (3, "Bowl", "bowl"))
]
OLD = Change(row=4, item_id=an_id(1), cms_locale_id=None, item_name="Item 1", before={"price": 1}, after={"price": 3})


def a_plan(changes: Sequence[Change] = (*NEW, OLD)) -> Plan:
    rows = [change.row for change in changes]
    to_send = [RowStatus.WILL_CREATE if change.is_new else RowStatus.WILL_UPDATE for change in changes]
    return Plan(
        changes=tuple(changes),
        statuses=pd.Series(to_send, index=rows, dtype="object"),
        reasons=pd.Series([""] * len(rows), index=rows, dtype="object"),
        item_ids=pd.Series(["" if one.is_new else one.item_id for one in changes], index=rows, dtype="str"),
    )


def results(*ends: tuple[RowStatus, str]) -> pd.DataFrame:
    """What became of the plan: the status of each row, and the id of its item."""
    told = zip((*NEW, OLD), ends, strict=True)
    outcomes = [Outcome(row=change.row, item_id=item_id, status=status) for change, (status, item_id) in told]
    return row_results(a_plan(), outcomes, COLLECTION)


CREATED, UPDATED = RowStatus.CREATED, RowStatus.UPDATED
DONE = results((CREATED, an_id(7)), (CREATED, an_id(8)), (UPDATED, an_id(1)))
ENDS = some.sampled_from([*LANDED, *TO_TRY_AGAIN, RowStatus.HELD_BACK, RowStatus.UNCHANGED])


def test_created_and_updated_items_are_listed_apart() -> None:
    made = created_items(a_plan(), DONE).to_numpy().tolist()
    assert made == [[2, "Mug", "mug", an_id(7)], [3, "Bowl", "bowl", an_id(8)]]
    assert updated_items(a_plan(), DONE, COLLECTION).to_numpy().tolist() == [[4, "Item 1", "Price"]]


@given(ends=some.tuples(ENDS, ENDS, ENDS))
def test_no_report_names_an_item_by_what_stood_for_its_id(ends: tuple[RowStatus, RowStatus, RowStatus]) -> None:
    found = results(*((end, change.item_id) for end, change in zip(ends, (*NEW, OLD), strict=True)))
    assert list(found["item_id"]) == ["", "", an_id(1)]
    assert counts_of(found).total() == 3


def test_a_row_that_the_run_did_not_reach_was_not_sent() -> None:
    assert list(row_results(a_plan(), (), COLLECTION)["status"]) == ["not sent"] * 3


def with_ids(sheet: Sheet, mapping: ColumnMapping | None = None, found: pd.DataFrame = DONE) -> pd.DataFrame:
    return with_item_ids(sheet, known_ids(a_plan(), found), mapping)


def test_the_file_comes_back_with_the_ids_of_what_was_created_in_front() -> None:
    assert list(with_ids(SHEET).columns) == ["Item ID", *SHEET.columns]
    assert list(with_ids(SHEET)["Item ID"]) == [an_id(7), an_id(8), an_id(1)]


def test_ids_go_into_the_column_that_has_them_whatever_it_is_called() -> None:
    sheet = a_sheet({"id of item": ["", "", an_id(1)], "Name": ["Mug", "Bowl", "Item 1"]})
    mapping = ColumnMapping(matches=(Match(column="id of item", role=Role.ITEM_ID), Match(column="Name")))
    filled = with_ids(sheet, mapping)
    assert list(filled.columns) == list(sheet.columns)
    assert list(filled["id of item"]) == [an_id(7), an_id(8), an_id(1)]


def test_an_item_that_somebody_else_made_is_not_said_to_be_the_files_own() -> None:
    found = results((RowStatus.HELD_BACK, an_id(7)), (RowStatus.FAILED, new_item_id(3)), (UPDATED, an_id(1)))
    assert list(with_ids(SHEET, found=found)["Item ID"]) == ["", "", an_id(1)]


def test_rows_to_fix_say_that_an_item_was_not_created() -> None:
    ends = (RowStatus.FAILED, new_item_id(2)), (CREATED, an_id(8)), (RowStatus.FAILED, an_id(1))
    table, _ = rows_to_fix(SHEET, None, NO_ERRORS, results(*ends), COLLECTION)
    assert list(table["Problem"]) == ["Webflow: this item was not created", "Webflow: refused this item"]


def test_a_new_page_has_no_old_address_to_redirect_from() -> None:
    assert redirects(a_plan(), COLLECTION).empty


def test_what_a_run_does_comes_in_the_order_of_its_words() -> None:
    archived = Change(row=2, item_id=an_id(7), cms_locale_id=None, item_name="Mug", is_archived=True)
    assert list(deeds_of(RunKind.IMPORT, [*NEW, OLD]).items()) == [(Deed.UPDATED, 1), (Deed.CREATED, 2)]
    assert deeds_of(RunKind.UNDO, [archived, OLD]) == {Deed.BROUGHT_BACK: 1, Deed.ARCHIVED: 1}
    assert deeds_of(RunKind.IMPORT, [archived]) == {Deed.UPDATED: 1}
