"""A plan item by item: every change of an item is on its card, as people read it."""

from dataclasses import replace

import pytest
from hypothesis import given

from lib.model.effect import Effect, Risk
from lib.model.piece import Mark
from lib.model.plan import LeaveOut
from lib.workflow.item_cards import Card, ChangedField, cards, rows_of
from lib.workflow.journey import Journey
from lib.workflow.looking import Look
from lib.workflow.planning import Planned
from tests.builders import a_collection, a_field, a_sheet, an_id, an_item
from tests.workflow.test_journey import FILE, LIVE, SITE
from tests.workflow.test_looking import LOOKS, PLANNED

INTO = {"collectionId": an_id(0xBB)}
COLLECTION = a_collection(
    a_field("text", "RichText"),
    a_field("shade", "Color"),
    a_field("kind", "Reference", validations=INTO),
    a_field("photo", "Image"),
)
TARGETS = {an_id(0xBB): (an_item(7, {"name": "Tea bowl"}), an_item(8, {"name": "Plate"}))}
ITEM = an_item(
    1,
    {
        "text": "<p>Fired <em>twice</em> by hand</p>",
        "shade": "#fff",
        "kind": an_id(7),
        "photo": {"url": "https://a.example/a.jpg"},
    },
)
SHEET = a_sheet(
    {
        "Slug": ["item-1"],
        "Text": ["<p>Fired <strong>once</strong> by hand</p>"],
        "Shade": ["teal"],
        "Kind": ["item-8"],
        "Photo": ["https://a.example/<b>.jpg"],
        "Draft": ["true"],
    }
)


def planned(**texts: str) -> Planned:
    sheet = replace(SHEET, frame=SHEET.frame.assign(**texts))
    chosen = Journey().connect((SITE,)).open_site(SITE, (COLLECTION,)).choose(COLLECTION, 1)
    matched = chosen.bring(FILE).read(sheet).match(replace(LIVE, items=type(LIVE.items)([ITEM])))
    return matched.refer(TARGETS).check({}).decide(LeaveOut.ROWS).make_plan().at(Planned)


def only_card(plan: Planned) -> dict[str, ChangedField]:
    (card,) = cards(plan, plan.changes, [2])
    return {one.name: one for one in card.fields}


def sides(one: ChangedField) -> tuple[str, str]:
    now, after = (
        "".join(piece.text for piece in one.pieces if piece.mark in (Mark.SAME, mark))
        for mark in (Mark.GONE, Mark.ADDED)
    )
    return now, after


@pytest.mark.parametrize(
    ("field", "now", "after"),
    [
        ("Text", "Fired twice by hand", "Fired once by hand"),
        ("Shade", "#fff", "teal"),
        ("Kind", "Tea bowl", "Plate"),
        ("Photo", "https://a.example/a.jpg", "https://a.example/<b>.jpg"),
        ("Draft", "no", "yes"),
    ],
)
def test_each_field_is_read_as_people_call_its_values(field: str, now: str, after: str) -> None:
    assert sides(only_card(planned())[field]) == (now, after)


def test_rich_text_brings_its_html_and_colours_what_they_look_like() -> None:
    found = only_card(planned())
    assert found["Text"].html == ("<p>Fired <em>twice</em> by hand</p>", "<p>Fired <strong>once</strong> by hand</p>")
    assert found["Shade"].colors == ("rgb(255 255 255 / 1.0)", "rgb(0 128 128 / 1.0)")
    assert all(one.html is None for name, one in found.items() if name != "Text")
    assert found["Photo"].risk is Risk.IMPORTED


def test_of_html_whose_words_stay_nothing_is_marked() -> None:
    text = only_card(planned(Text="<h2>Fired twice by hand</h2>"))["Text"]
    assert {piece.mark for piece in text.pieces} == {Mark.SAME}


def test_things_of_one_name_are_told_apart() -> None:
    twins = {
        an_id(0xBB): tuple(replace(one, field_data=one.field_data | {"name": "Twin"}) for one in TARGETS[an_id(0xBB)])
    }
    plan = planned()
    chosen = plan.matched.before.before
    live = replace(chosen.live, targets=twins) if chosen.live else None
    uploaded = replace(plan.matched.before, before=replace(chosen, live=live))
    matched = replace(plan.matched, before=uploaded)
    decided = replace(plan.before, before=replace(plan.before.before, before=matched))
    assert sides(only_card(replace(plan, before=decided))["Kind"]) == ("item-7", "item-8")


@given(LOOKS)
def test_the_cards_hold_what_is_looked_at_once(look: Look) -> None:
    lines = look.at(PLANNED)
    rows = rows_of(PLANNED, lines, by_size=look.by_size)
    found: list[Card] = cards(PLANNED, lines, rows) if rows else []
    on_cards = [(card.row, one.name) for card in found for one in card.fields]
    assert sorted(on_cards) == sorted(zip(lines["row"], lines["field"], strict=True))
    assert [card.row for card in found] == list(rows)
    all_of_them = PLANNED.changes["row"].value_counts()
    assert all(len(card.fields) + card.unseen == all_of_them[card.row] for card in found)


def test_the_item_whose_changes_are_largest_may_come_first() -> None:
    assert rows_of(PLANNED, PLANNED.changes, by_size=True)[0] == 5  # forty characters become one
    assert list(rows_of(PLANNED, PLANNED.changes, by_size=False)) == [2, 3, 4, 5, 6]


def test_what_is_erased_leaves_nothing_and_what_is_new_had_nothing() -> None:
    found = cards(PLANNED, PLANNED.changes, [2, 3])
    by_name = {(card.row, one.name): one for card in found for one in card.fields}
    assert (by_name[3, "Note"].effect, sides(by_name[3, "Note"])) == (Effect.ERASED, ("x" * 20, ""))
    assert (by_name[2, "Shown"].effect, sides(by_name[2, "Shown"])) == (Effect.NEW, ("", "yes"))
