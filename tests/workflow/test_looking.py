"""Looking at some of a plan's changes: exactly what is asked for is shown, in the order that is asked for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.model.effect import Effect, Risk
from lib.model.mapping import Blanks
from lib.model.plan import LeaveOut
from lib.workflow.journey import Journey
from lib.workflow.looking import Look
from lib.workflow.matching import Matched
from lib.workflow.planning import STAYS, Planned
from tests.builders import a_collection, a_field, a_sheet, an_item
from tests.workflow.test_journey import FILE, LIVE, SITE

COLLECTION = a_collection(a_field("price", "Number"), a_field("note"), a_field("shown", "Switch"))
ITEMS = [an_item(number, {"price": number, "note": "x" * 10 * number}) for number in range(1, 6)]
SHEET = a_sheet(
    {
        "Name": [f"Item {number}" for number in range(1, 6)],
        "Slug": ["item-1", "item-2", "item-3", "item-4", "moved"],
        "Price": ["1", "20", "", "44", "5"],
        "Note": ["a longer note than it was before", "", "", "y", "x" * 50],
        "Shown": ["yes", "", "no", "", ""],
        "Draft": ["", "true", "", "", ""],
    }
)


def a_plan() -> Planned:
    """Two cells are erased, a page moves, an item becomes a draft."""
    live = replace(LIVE, items=type(LIVE.items)(ITEMS))
    chosen = Journey().connect((SITE,)).open_site(SITE, (COLLECTION,)).choose(COLLECTION, len(ITEMS))
    matched = chosen.bring(FILE).read(SHEET).match(live).find_by("Name")
    (note,) = [match for match in matched.at(Matched).mapping.matches if match.column == "Note"]
    cleared = matched.rechoose(replace(note, blanks=Blanks.CLEAR))
    return cleared.check({}).decide(LeaveOut.ROWS).make_plan().at(Planned)


PLANNED = a_plan()
LOOKS = some.builds(
    Look,
    risk=some.none() | some.sampled_from(Risk),
    fields=some.lists(some.sampled_from(["Price", "Note", "Shown", "Slug", "Draft"]), max_size=3),
    effects=some.lists(some.sampled_from(Effect), max_size=2),
    words=some.sampled_from(["", "item 2", "ITEM", "longer", "xxxxx", "(empty)"]),
    by_size=some.booleans(),
)


@pytest.mark.parametrize(
    ("look", "cells"),
    [
        pytest.param(Look(risk=Risk.ERASED), {(3, "Note"), (4, "Note")}, id="erased"),
        pytest.param(Look(risk=Risk.MOVED), {(6, "Slug")}, id="moved"),
        pytest.param(Look(fields=["Shown", "Draft"]), {(2, "Shown"), (3, "Draft")}, id="two fields"),
        pytest.param(Look(effects=[Effect.NEW]), {(2, "Shown")}, id="where there was none"),
        pytest.param(Look(words="ITEM 5"), {(6, "Slug")}, id="part of a name"),
        pytest.param(Look(words="longer note"), {(2, "Note")}, id="part of a text"),
        pytest.param(Look(risk=Risk.ERASED, words="item 3"), {(4, "Note")}, id="two at once"),
        pytest.param(Look(risk=Risk.SHRUNK), set(), id="what there is none of"),
    ],
)
def test_exactly_what_is_asked_for_is_shown(look: Look, cells: set[tuple[int, str]]) -> None:
    found = look.at(PLANNED)
    assert set(zip(found["row"], found["field"], strict=True)) == cells


def test_the_risks_are_those_of_the_plan() -> None:
    assert PLANNED.risks == {Risk.MOVED: 1, Risk.ERASED: 2}


@given(LOOKS)
def test_no_look_shows_a_change_twice_or_one_that_there_is_not(look: Look) -> None:
    found = look.at(PLANNED)
    assert found.index.is_unique
    assert found.equals(PLANNED.changes.loc[found.index])
    asks_for_all = not (look.risk or look.fields or look.effects or look.words)
    assert look.is_narrow is not asks_for_all
    if asks_for_all:
        assert len(found) == len(PLANNED.changes)
    sizes = list(PLANNED.sizes[found.index])
    assert sizes == sorted(sizes, reverse=True) if look.by_size else found.index.is_monotonic_increasing


def test_the_fields_together_are_all_changes_of_all_items() -> None:
    table = PLANNED.by_field
    assert table[list(Effect)].to_numpy().sum() == len(PLANNED.changes)
    assert (table.sum(axis=1) == len(PLANNED.plan.changes)).all()
    assert dict(table.loc["Note"]) == {Effect.CHANGED: 2, Effect.NEW: 0, Effect.ERASED: 2, STAYS: 1}
