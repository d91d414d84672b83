"""The language of a row: as its column says it, and with the names that referenced items have in it."""

from dataclasses import replace

import pandas as pd
import pytest

from lib.fields import ReadContext
from lib.model.item_table import ItemTable
from lib.model.mapping import Blanks, ColumnMapping, Match, Role
from lib.model.plan import SendChoices
from lib.model.site import Languages, Locale
from lib.stages.batch import batched
from lib.stages.check import check
from lib.stages.diff import change_table
from lib.stages.first_match import first_match
from lib.stages.key import find_items
from lib.stages.match import match_columns
from lib.stages.new_items import new_items
from lib.stages.plan import plan_changes
from lib.stages.row_languages import row_languages
from tests.builders import a_collection, a_field, a_sheet, an_id, an_item

ENGLISH, GERMAN, AUSTRIAN, FRENCH = (an_id(0xE0 + number) for number in range(4))
KNOWN = (
    Locale(cms_locale_id=ENGLISH, display_name="English", tag="en", is_primary=True),
    Locale(cms_locale_id=GERMAN, display_name="German", tag="de-DE", is_primary=False),
    Locale(cms_locale_id=AUSTRIAN, display_name="Austria", tag="de-AT", is_primary=False),
    Locale(cms_locale_id=FRENCH, display_name="Français", tag="fr-FR", is_primary=False),
)
LANGUAGES = Languages(chosen=ENGLISH, known=KNOWN)
PLACES = an_id(0xF0)
COLLECTION = a_collection(
    a_field("place", "Reference", validations={"collectionId": PLACES}),
    a_field("places", "MultiReference", validations={"collectionId": PLACES}),
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (GERMAN, GERMAN),
        (GERMAN.upper(), GERMAN),
        ("de-DE", GERMAN),
        ("DE_at ", AUSTRIAN),
        ("fr", FRENCH),
        ("FRANÇAIS", FRENCH),
        ("English", ENGLISH),
        ("de", ""),
        ("", ""),
        ("it", ""),
    ],
)
def test_a_text_means_a_language_by_its_id_its_tag_its_first_part_or_its_name_if_only_one_has_it(
    text: str, meant: str
) -> None:
    assert LANGUAGES.meant(text) == meant


def test_a_site_with_one_language_knows_none() -> None:
    sheet = a_sheet({"Locale": ["de", ""]})
    mapping = ColumnMapping(matches=(Match(column="Locale", role=Role.LOCALE_ID),))
    assert list(row_languages(sheet, mapping, Languages())) == ["", ""]


@pytest.mark.parametrize(("header", "is_used"), [("Locale ID", True), ("Locale", True), ("Sprache", False)])
def test_a_column_of_languages_is_used_by_its_name_and_only_suggested_by_its_values(header: str, is_used: bool) -> None:
    sheet = a_sheet({"Slug": ["a", "b"], header: ["en", "fr"]})
    match = first_match(sheet, COLLECTION, ItemTable([an_item(1), an_item(2)]), LANGUAGES).matches[1]
    assert (match.role is Role.LOCALE_ID) is is_used
    assert is_used or (match.suggestion, match.because) == ("Locale ID", "2 of 2 values are languages of the site")


def place(number: int, name: str, locale: str) -> object:
    return an_item(number, {"name": name, "slug": name.casefold()}, cms_locale_id=locale)


TARGETS = [place(11, "Sea", ENGLISH), place(12, "Lake", ENGLISH), place(11, "Meer", GERMAN), place(13, "See", GERMAN)]


@pytest.mark.parametrize(
    ("field", "row", "text", "value", "problem"),
    [
        ("place", 2, "Sea", an_id(11), None),
        ("place", 3, "Meer", an_id(11), None),
        ("place", 3, "Sea", None, "No such item"),
        ("place", 2, "See", None, "No such item"),
        ("place", 3, "See", an_id(13), None),
        ("place", 3, an_id(12), None, "No such item"),
        ("places", 2, "Sea; Lake", [an_id(11), an_id(12)], None),
        ("places", 3, "See; Meer", [an_id(13), an_id(11)], None),
        ("places", 3, "See; Lake", None, "No such item"),
    ],
)
def test_references_are_looked_up_in_the_rows_own_language(
    field: str, row: int, text: str, value: object, problem: str | None
) -> None:
    texts = [text if row == one else "" for one in (2, 3)]
    sheet = a_sheet({"Slug": ["item-1", "item-1"], "Locale ID": ["en", GERMAN], "Place": texts})
    matches = (
        Match(column="Slug", field_slug="slug"),
        Match(column="Locale ID", role=Role.LOCALE_ID),
        Match(column="Place", field_slug=field),
    )
    items = [an_item(1, cms_locale_id=locale) for locale in (ENGLISH, GERMAN)]
    context = ReadContext(targets={PLACES: TARGETS}, languages=LANGUAGES)
    found = check(sheet, ColumnMapping(matches=matches, key_column="Slug"), COLLECTION, items, context, LANGUAGES)
    assert found.values.loc[row, field] == value
    assert [one.kind for one in found.problems] == ([problem] if problem else [])


def test_what_an_item_refers_to_is_told_in_its_own_language() -> None:
    held = {"place": an_id(11)}
    items = [an_item(1, held, cms_locale_id=locale) for locale in (ENGLISH, GERMAN)]
    sheet = a_sheet({"Slug": ["item-1"] * 3, "Locale ID": ["", "de-DE", "fr"], "Place": ["Lake", "See", "?"]})
    matches = (
        Match(column="Slug", field_slug="slug"),
        Match(column="Locale ID", role=Role.LOCALE_ID),
        Match(column="Place", field_slug="place"),
    )
    context = ReadContext(targets={PLACES: TARGETS}, languages=LANGUAGES)
    mapping = ColumnMapping(matches=matches, key_column="Slug")
    found = check(sheet, mapping, COLLECTION, items, context, LANGUAGES)
    plan = plan_changes(found, COLLECTION, SendChoices(), leave_out_errors=True, secondary_locales=(GERMAN, FRENCH))
    told = change_table(plan, COLLECTION, context)
    assert list(zip(told["row"], told["now"], told["after"], strict=True)) == [(2, "sea", "lake"), (3, "meer", "see")]


def test_an_unedited_row_of_a_language_refers_to_what_it_did() -> None:
    items = [an_item(1, {"place": an_id(11)}, cms_locale_id=locale) for locale in (ENGLISH, GERMAN)]
    sheet = a_sheet({"Slug": ["item-1"] * 2, "Locale ID": ["en", "de-DE"], "Place": ["sea", "meer"]})
    matches = (
        Match(column="Slug", field_slug="slug"),
        Match(column="Locale ID", role=Role.LOCALE_ID),
        Match(column="Place", field_slug="place"),
    )
    context = ReadContext(targets={PLACES: TARGETS}, languages=LANGUAGES)
    found = check(sheet, ColumnMapping(matches=matches, key_column="Slug"), COLLECTION, items, context, LANGUAGES)
    assert found.problems == () and not found.sent.to_numpy().any()


def test_one_item_may_be_given_two_languages_in_one_file() -> None:
    items = [an_item(1, cms_locale_id=ENGLISH)]
    sheet = a_sheet({"Item ID": [an_id(1)] * 2, "Name": ["Eins", "Un"], "Locale ID": ["de-DE", "fr"]})
    matches = (
        Match(column="Item ID", role=Role.ITEM_ID),
        Match(column="Name", field_slug="name"),
        Match(column="Locale ID", role=Role.LOCALE_ID),
    )
    mapping = ColumnMapping(matches=matches, key_column="Item ID")
    found = find_items(sheet, mapping, items, LANGUAGES)
    new = new_items(sheet, mapping, found, pd.Index([2, 3]), LANGUAGES)
    checked = check(sheet, mapping, COLLECTION, items, ReadContext(), LANGUAGES, found=found, new=new)
    assert checked.problems == ()
    plan = plan_changes(checked, COLLECTION, SendChoices(), leave_out_errors=True, secondary_locales=(GERMAN, FRENCH))
    assert [(change.key, change.after["slug"]) for change in plan.changes] == [
        ((an_id(1), GERMAN), "item-1"),
        ((an_id(1), FRENCH), "item-1"),
    ]
    assert [len(batch.changes) for batch in batched(plan.changes, COLLECTION)] == [1, 1]


def test_a_language_that_is_added_sends_only_what_differs_so_that_all_else_follows_the_item() -> None:
    fields = (*COLLECTION.fields, a_field("price", "Number", is_required=True), a_field("note", is_required=True))
    collection = replace(COLLECTION, fields=fields)
    items = [an_item(1, {"place": an_id(12), "price": 2, "note": "kept"}, cms_locale_id=ENGLISH)]
    sheet = a_sheet(
        {"Item ID": [an_id(1)], "Name": ["Eins"], "Locale ID": ["de-DE"], "Place": ["lake"], "Price": ["2.0"]}
    )
    slugs = {"Name": "name", "Place": "place", "Price": "price"}
    roles = {"Item ID": Role.ITEM_ID, "Locale ID": Role.LOCALE_ID}
    matches = tuple(Match(column=one, field_slug=slugs.get(one), role=roles.get(one)) for one in sheet.columns)
    mapping = ColumnMapping(matches=matches, key_column="Item ID")
    context = ReadContext(targets={PLACES: TARGETS}, languages=LANGUAGES)
    found = find_items(sheet, mapping, items, LANGUAGES)
    new = new_items(sheet, mapping, found, pd.Index([2]), LANGUAGES)
    checked = check(sheet, mapping, collection, items, context, LANGUAGES, found=found, new=new)
    assert checked.problems == (), "a lake that German does not know is no mistake where nothing is said anew"
    plan = plan_changes(checked, collection, SendChoices(), leave_out_errors=True, secondary_locales=(GERMAN,))
    assert [dict(change.after) for change in plan.changes] == [{"name": "Eins", "slug": "item-1"}]


PICTURE = {"fileId": "f", "url": "https://a.example/1.jpg", "alt": "red"}


@pytest.mark.parametrize(
    ("column", "text", "blanks", "after"),
    [
        ("alt:image", "rot", Blanks.KEEP, {"image": {"url": PICTURE["url"], "alt": "rot"}}),
        ("alt:image", "red", Blanks.KEEP, {}),
        ("note", "", Blanks.KEEP, {}),
        ("note", "", Blanks.CLEAR, {"note": None}),
        ("other", "", Blanks.CLEAR, {}),
    ],
)
def test_a_translation_says_of_an_image_and_of_blank_cells_what_differs_from_its_item(
    column: str, text: str, blanks: Blanks, after: dict[str, object]
) -> None:
    collection = a_collection(a_field("image", "Image"), a_field("note"), a_field("other"))
    items = [an_item(1, {"image": PICTURE, "note": "n"}, cms_locale_id=ENGLISH)]
    sheet = a_sheet({"Item ID": [an_id(1)], "Name": ["Eins"], "Locale ID": ["de-DE"], "Cell": [text]})
    slugs, roles = {"Name": "name", "Cell": column}, {"Item ID": Role.ITEM_ID, "Locale ID": Role.LOCALE_ID}
    matches = tuple(
        Match(column=one, field_slug=slugs.get(one), role=roles.get(one), blanks=blanks) for one in sheet.columns
    )
    mapping = ColumnMapping(matches=matches, key_column="Item ID")
    found = find_items(sheet, mapping, items, LANGUAGES)
    new = new_items(sheet, mapping, found, pd.Index([2]), LANGUAGES)
    checked = check(sheet, mapping, collection, items, ReadContext(), LANGUAGES, found=found, new=new)
    assert checked.problems == ()
    plan = plan_changes(checked, collection, SendChoices(), leave_out_errors=True, secondary_locales=(GERMAN,))
    (change,) = plan.changes
    assert dict(change.after) == {"name": "Eins", "slug": "item-1"} | after


def test_a_column_of_that_very_name_is_the_one_of_languages_wherever_it_stands() -> None:
    sheet = a_sheet({"Locale": ["US store"], "Locale ID": ["en"]})
    roles = {match.column: match.role for match in match_columns(sheet, COLLECTION).matches}
    assert roles == {"Locale": None, "Locale ID": Role.LOCALE_ID}


def test_a_row_of_an_unknown_language_may_refer_to_items_of_any() -> None:
    sheet = a_sheet({"Slug": ["item-1"], "Locale ID": ["xx"], "Place": ["Meer"]})
    matches = (
        Match(column="Slug", field_slug="slug"),
        Match(column="Locale ID", role=Role.LOCALE_ID),
        Match(column="Place", field_slug="place"),
    )
    context = ReadContext(targets={PLACES: TARGETS}, languages=LANGUAGES)
    items = [an_item(1, cms_locale_id=ENGLISH)]
    found = check(sheet, ColumnMapping(matches=matches, key_column="Slug"), COLLECTION, items, context, LANGUAGES)
    assert [problem.kind for problem in found.problems] == ["No such language"]
