"""A plan that creates items: nothing of a new item is called a change, and why others cannot be created."""

from dataclasses import replace

import pytest

from lib.model.effect import Effect, Risk
from lib.model.item import Item
from lib.model.item_table import ItemTable
from lib.model.mapping import Role
from lib.model.new_item import WhyNot
from lib.model.plan import LeaveOut, SendChoices
from lib.model.remembered import Remembered, types_of
from lib.model.site import Locale
from lib.workflow.absent import absent
from lib.workflow.checking import Checked
from lib.workflow.item_cards import cards
from lib.workflow.journey import Journey
from lib.workflow.looking import Look
from lib.workflow.matching import Matched
from lib.workflow.planning import STAYS, Planned
from tests.builders import a_collection, a_field, a_sheet, an_id, an_item
from tests.workflow.test_journey import ENGLISH, FILE, FRENCH, LIVE, SITE

COLLECTION = a_collection(a_field("price", "Number"), a_field("note"))
SEEN = {"last_published": LIVE.read_on}
ITEMS = (an_item(1, {"price": 1}, **SEEN), an_item(2, {"price": 2, "note": "x"}, **SEEN))
COLUMNS = {
    "Slug": ["item-1", "mug", "item-2", "bowl"],
    "Name": ["", "Mug", "", "Bowl"],
    "Price": ["5", "3", "2", "4"],
    "Note": ["", "new", "y", ""],
}


def matched(columns: dict[str, list[str]], locale: Locale | None = None) -> Journey:
    site = SITE if locale else replace(SITE, locales=())
    items = [replace(item, cms_locale_id=locale.cms_locale_id) for item in ITEMS] if locale else ITEMS
    opened = Journey().connect((site,)).open_site(site, (COLLECTION,))
    chosen = (opened.choose_locale(locale) if locale else opened).choose(COLLECTION, 2)
    return chosen.bring(FILE).read(a_sheet(columns)).match(replace(LIVE, items=ItemTable(items)))


def planned(**choices: bool) -> Planned:
    journey = matched(COLUMNS).find_by("Slug").create_new(True).check({})
    return journey.send_as(SendChoices(**choices)).decide(LeaveOut.ROWS).make_plan().at(Planned)


def test_all_values_of_a_new_item_are_new_and_none_is_a_risk() -> None:
    plan = planned()
    new = plan.changes[plan.changes["row"].isin(plan.new_rows)]
    assert plan.new_rows == {3, 5}
    assert set(new["effect"]) == {Effect.NEW} and set(new["now"]) == {"(empty)"}
    assert {"Name", "Slug", "Price", "Draft"} <= set(new["field"])
    assert plan.risks == {} and plan.moved.empty


def test_what_stays_is_counted_among_updated_items_only() -> None:
    fields = planned().by_field
    assert fields.loc["Price"].to_dict() == {Effect.CHANGED: 1, Effect.NEW: 2, Effect.ERASED: 0, STAYS: 1}
    assert fields.loc["Name"].to_dict() == {Effect.CHANGED: 0, Effect.NEW: 2, Effect.ERASED: 0, STAYS: 2}


def test_only_updated_items_are_live_at_once() -> None:
    assert planned(live=True).risks == {Risk.LIVE: 2}


def test_new_items_can_be_looked_at_alone() -> None:
    plan, look = planned(), Look(is_new=True)
    assert look.is_narrow and set(look.at(plan)["row"]) == {3, 5}


def test_a_card_of_a_new_item_has_all_its_values_and_nothing_before() -> None:
    plan = planned()
    (mug, old) = cards(plan, plan.changes, [3, 2])
    assert (mug.is_new, old.is_new, mug.unseen) == (True, False, 0)
    texts = {one.name: "".join(piece.text for piece in one.pieces) for one in mug.fields}
    assert texts == {"Name": "Mug", "Slug": "mug", "Price": "3", "Note": "new", "Draft": "yes"}


@pytest.mark.parametrize(
    ("columns", "key", "locale", "reasons"),
    [
        (COLUMNS, "Slug", None, {}),
        (COLUMNS, "Slug", ENGLISH, {}),
        (COLUMNS, "Slug", FRENCH, {WhyNot.LANGUAGE: 2}),
        ({"Slug": ["mug", "bowl"], "Price": ["1", "2"]}, "Slug", None, {WhyNot.NO_COLUMN: 2}),
        ({"Slug": ["mug", "bowl"], "Name": ["", "Bowl"]}, "Slug", None, {WhyNot.NO_NAME: 1}),
        ({"Item ID": [an_id(9), ""], "Name": ["Mug", "Bowl"]}, Role.ITEM_ID.value, None, {WhyNot.ITEM_ID: 1}),
        ({"Note": ["", "n"], "Name": ["Mug", "Bowl"]}, "Note", None, {WhyNot.BLANK: 1}),
        (
            {"Slug": ["mug", "bowl"], "Name": ["Mug", "Bowl"], "Locale ID": [FRENCH.cms_locale_id, ""]},
            "Slug",
            ENGLISH,
            {WhyNot.LANGUAGE: 1},
        ),
    ],
)
def test_why_rows_without_an_item_cannot_create_one(
    columns: dict[str, list[str]], key: str, locale: Locale | None, reasons: dict[WhyNot, int]
) -> None:
    found = matched(columns, locale).find_by(key).at(Matched)
    assert found.why_not[found.why_not != ""].value_counts().to_dict() == reasons
    assert len(found.found.unfound) == len(found.creatable) + sum(reasons.values())


IN_ENGLISH = [replace(item, cms_locale_id=ENGLISH.cms_locale_id) for item in ITEMS]
IN_FRENCH = replace(ITEMS[0], cms_locale_id=FRENCH.cms_locale_id)
TRANSLATED = {
    "Item ID": [an_id(1), an_id(2), an_id(9), "", an_id(2).upper()],
    "Name": ["Un", "Deux", "Neuf", "Rien", "Two"],
    "Locale": ["", "fr", "", "French", "en"],
}


def translating(columns: dict[str, list[str]] | None = None, *more: Item) -> Matched:
    opened = Journey().connect((SITE,)).open_site(SITE, (COLLECTION,)).choose_locale(FRENCH)
    read = opened.choose(COLLECTION, 2).bring(FILE).read(a_sheet(columns or TRANSLATED))
    return read.match(replace(LIVE, items=ItemTable([*IN_ENGLISH, IN_FRENCH, *more]))).create_new(True).at(Matched)


def test_a_row_whose_item_lacks_its_language_can_add_it_where_it_names_the_item_by_its_id() -> None:
    one = translating()
    assert one.why_not.to_dict() == {3: "", 4: WhyNot.ITEM_ID, 5: WhyNot.LANGUAGE}
    (new,) = one.new
    told = (new.row, new.id, new.name, new.slug, new.cms_locale_id, new.variant_of, new.is_made)
    assert told == (3, an_id(2), "Deux", "item-2", FRENCH.cms_locale_id, an_id(2), True)
    unfound = next(problem for problem in one.found.problems if problem.kind == "Item not found")
    fixes = dict(zip(unfound.rows, unfound.fix, strict=True))
    assert fixes[3] == "The item is there, but not in this language. Let the row add it, or leave the row out."
    assert fixes[4].startswith("Correct it. If the item was deleted")


def test_a_language_that_is_added_is_planned_with_all_its_values_and_its_item_is_left_alone() -> None:
    journey = Journey(stage=translating(), file=FILE).check({}).decide(LeaveOut.ROWS).make_plan()
    plan = journey.at(Planned).plan
    added = next(change for change in plan.changes if change.creates)
    assert (added.key, added.is_variant, added.before) == ((an_id(2), FRENCH.cms_locale_id), True, {})
    assert added.after == {"name": "Deux", "slug": "item-2"} and added.is_draft
    updated = {change.row: (change.key, dict(change.after)) for change in plan.changes if not change.creates}
    assert updated == {
        2: ((an_id(1), FRENCH.cms_locale_id), {"name": "Un"}),
        6: ((an_id(2), None), {"name": "Two"}),
    }
    planned = journey.at(Planned)
    assert planned.new_rows == {3}
    told = [(card.row, card.language, card.is_new) for card in cards(planned, planned.changes, [2, 3, 6])]
    assert told == [(2, "French", False), (3, "French", True), (6, "English", False)]


@pytest.mark.parametrize(("given", "slug"), [("", "deux"), ("le-deux", "le-deux")])
def test_a_translation_has_the_page_address_of_its_file_or_one_made_of_its_name_where_the_items_own_is_taken(
    given: str, slug: str
) -> None:
    other = an_item(3, {"slug": "item-2"}, cms_locale_id=FRENCH.cms_locale_id)
    columns = {"Item ID": [an_id(2)], "Name": ["Deux"], "Slug": [given]}
    (new,) = translating(columns, other).new
    assert new.slug == slug


def test_no_item_is_given_a_language_twice() -> None:
    columns = {"Item ID": [an_id(2)] * 2, "Name": ["Deux", "Zwei"], "Locale": ["fr", "fr"]}
    found = Journey(stage=translating(columns), file=FILE).check({}).at(Checked)
    assert [problem.kind for problem in found.values.problems] == ["Same new item twice"]


def test_items_are_read_again_where_a_column_is_said_to_hold_another_language() -> None:
    columns = {"Item ID": [an_id(1)], "Name": ["Un"], "Sprache": ["fr"]}
    opened = Journey().connect((SITE,)).open_site(SITE, (COLLECTION,)).choose_locale(ENGLISH)
    live = replace(LIVE, items=ItemTable(IN_ENGLISH), locales=(ENGLISH.cms_locale_id,))
    journey = opened.choose(COLLECTION, 2).bring(FILE).read(a_sheet(columns)).match(live)
    fed = journey.feed("Sprache", Role.LOCALE_ID)
    assert fed.reached(Matched) is None and fed.locales == (ENGLISH.cms_locale_id, FRENCH.cms_locale_id)
    again = fed.match(replace(LIVE, items=ItemTable([*IN_ENGLISH, IN_FRENCH])))
    assert again.at(Matched).found.matched == 1 and again.at(Matched).mapping.of_role(Role.LOCALE_ID)


def test_a_language_that_the_site_does_not_have_may_be_replaced_by_one_that_it_has() -> None:
    columns = {"Item ID": [an_id(1)], "Name": ["Un"], "Locale": ["Francais"]}
    checked = Journey(stage=translating(columns), file=FILE).check({}).at(Checked)
    (group,) = checked.groups
    assert (group.kind, checked.known(group)) == ("No such language", ["English", "French"])


def test_a_mapping_of_an_earlier_file_that_names_languages_has_them_read_first() -> None:
    columns = {"Item ID": [an_id(1)], "Name": ["Un"], "Sprache": ["fr"]}
    sheet, both = a_sheet(columns), replace(LIVE, items=ItemTable([*IN_ENGLISH, IN_FRENCH]))
    english = replace(LIVE, items=ItemTable(IN_ENGLISH), locales=(ENGLISH.cms_locale_id,))
    opened = Journey().connect((SITE,)).open_site(SITE, (COLLECTION,)).choose_locale(ENGLISH)
    journey = opened.choose(COLLECTION, 2).bring(FILE).read(sheet)
    earlier = journey.match(both).feed("Sprache", Role.LOCALE_ID).at(Matched).mapping
    about = {"types": types_of(earlier, COLLECTION), "settled": (), "saved_on": LIVE.read_on}
    known = [Remembered(id="1", name="stories", mapping=earlier, **about)]
    first = journey.match(english, known)
    assert first.reached(Matched) is None and set(first.locales) == {ENGLISH.cms_locale_id, FRENCH.cms_locale_id}
    then = first.match(both, known).at(Matched)
    assert then.found.matched == 1 and then.reused is not None and then.creatable == ()


def test_items_of_a_language_that_the_file_is_not_about_are_not_called_missing() -> None:
    columns = {"Item ID": [an_id(1)], "Name": ["Un"], "Locale": ["fr"]}
    other = an_item(2, {"name": "Deux"}, cms_locale_id=FRENCH.cms_locale_id)
    assert [item.name for item in absent(translating(columns, other))] == ["Deux"]


def test_an_item_that_is_translated_is_in_the_file_whatever_the_language() -> None:
    columns = {"Item ID": [an_id(2), an_id(1)], "Name": ["Deux", "One"], "Locale": ["fr", "en"]}
    other = an_item(3, {"name": "Three"}, cms_locale_id=ENGLISH.cms_locale_id)
    assert [item.name for item in absent(translating(columns, other))] == ["Three"]
