"""Items that the file does not name: which they are, and that archiving them is a run of its own that can be undone."""

from dataclasses import replace

import pytest

from lib.model.edits import Edit, Edits
from lib.model.item_table import ItemTable
from lib.model.plan import LeaveOut
from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.workflow.absent import absent
from lib.workflow.archiving import archiving
from lib.workflow.journey import Journey
from lib.workflow.planning import Planned
from tests.builders import a_sheet, an_id, an_item
from tests.workflow.test_journey import COLLECTION, ENGLISH, FILE, LIVE, SITE

ITEMS = (
    an_item(1, {"price": 1}),
    an_item(2, {"price": 2}),
    an_item(3, {"price": 3}, is_archived=True),
    an_item(4, {"price": 4, "name": "Twin"}),
    an_item(5, {"price": 5}, cms_locale_id=an_id(0xE1)),
)


def planned(slugs: list[str], edits: Edits | None = None) -> Planned:
    sheet = a_sheet({"Slug": slugs, "Price": ["7"] * len(slugs)})
    chosen = Journey().connect((SITE,)).open_site(SITE, (COLLECTION,)).choose_locale(ENGLISH).choose(COLLECTION, 5)
    matched = chosen.bring(FILE).read(sheet).match(replace(LIVE, items=ItemTable(ITEMS)))
    return (matched.edit(edits) if edits else matched).check({}).decide(LeaveOut.ROWS).make_plan().at(Planned)


@pytest.mark.parametrize(
    ("slugs", "names"),
    [
        (["item-1"], [2, 4]),
        (["item-1", "item-2", "item-4"], []),
        (["item-1", "item-2", "item-2"], [4]),
        (["item-1", "ITEM 2"], [4]),
    ],
    ids=["not named", "all named", "named twice", "almost named"],
)
def test_items_that_no_row_is_about(slugs: list[str], names: list[int]) -> None:
    found = absent(planned(slugs).matched)
    assert [item.id for item in found] == [an_id(number) for number in names], "neither archived nor of other languages"


def test_a_row_that_was_left_out_names_its_item_all_the_same() -> None:
    one = planned(["item-1", "item-2"], Edits(done=(Edit(what="left out", left_out=frozenset({3})),)))
    assert [item.id for item in absent(one.matched)] == [an_id(4)]


def test_archiving_is_an_order_of_its_own_about_nothing_else() -> None:
    one = planned(["item-1"])
    spec = archiving(one, absent(one.matched))
    assert (spec.kind, spec.parent_id, spec.sheet, spec.choices.live) == (RunKind.ARCHIVE, None, None, False)
    assert [(c.row, c.item_id, dict(c.after), c.is_archived) for c in spec.plan.changes] == [
        (1, an_id(2), {}, True),
        (2, an_id(4), {}, True),
    ]
    assert spec.plan.counts == {RowStatus.WILL_UPDATE: 2}
