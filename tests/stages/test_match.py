"""Columns find their fields by themselves where that is certain, and never where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.model.collection import FieldType
from lib.model.mapping import ColumnMapping, Match, MatchedBy, Role
from lib.stages.fit import Offers, fits
from lib.stages.match import match_columns, rematch, unmatched_required, use_suggestions
from tests.builders import a_collection, a_field, a_sheet
from tests.reading import read_sheet

PRICE = a_field("price", FieldType.NUMBER, is_required=True)
PHOTO = a_field("main-photo", FieldType.IMAGE, display_name="Main photo")
CATEGORY = a_field("categorie", FieldType.REFERENCE, display_name="Catégorie")
OWNER = a_field("owner", "User")
COLLECTION = a_collection(PRICE, PHOTO, CATEGORY, OWNER)


def matched(**columns: list[str]) -> ColumnMapping:
    return match_columns(a_sheet({name.replace("_", " "): texts for name, texts in columns.items()}), COLLECTION)


@pytest.mark.parametrize(
    ("header", "slug", "by"),
    [
        ("main-photo", "main-photo", MatchedBy.SLUG),
        ("Main photo", "main-photo", MatchedBy.NAME),
        ("MAIN  PHOTO", "main-photo", MatchedBy.NAME),
        ("Categorie", "categorie", MatchedBy.NAME),
        ("main_photo:", "main-photo", MatchedBy.NAME),
        ("Price (EUR)", None, None),
        ("Prices", None, None),
        ("Comment", None, None),
        ("owner", None, None),
    ],
)
def test_headers_find_their_field(header: str, slug: str | None, by: MatchedBy | None) -> None:
    (match,) = match_columns(a_sheet({header: [""]}), COLLECTION).matches
    assert (match.field_slug, match.matched_by) == (slug, by)


@pytest.mark.parametrize("role", list(Role))
def test_columns_of_an_export_are_recognised(role: Role) -> None:
    (match,) = match_columns(a_sheet({role.value.upper(): ["x"]}), COLLECTION).matches
    assert match.role is role


def test_an_exact_slug_beats_a_similar_name() -> None:
    mapping = match_columns(a_sheet({"Prices": ["1"], "price": ["2"]}), COLLECTION)
    assert [match.field_slug for match in mapping.matches] == [None, "price"]


def test_a_close_name_with_values_that_do_not_fit_stays_open() -> None:
    assert match_columns(a_sheet({"Prices": ["on", "request"]}), COLLECTION).matches[0].is_ignored


@pytest.mark.parametrize(
    ("header", "name", "similar"),
    [
        ("Prices", "Price", True),
        ("Price (EUR)", "Price", True),
        ("Photo main", "Main photo", True),
        ("Adress", "Address", True),
        ("Descripton", "Description", True),
        ("Präsentation", "Prasentation", True),
        ("Unavailable", "Available", False),
        ("Unpublished", "Published", False),
        ("Non smoking", "Smoking", False),
        ("Inactive", "Active", False),
        ("Deaktiviert", "Aktiviert", False),
        ("Indisponible", "Disponible", False),
        ("Atypical", "Typical", False),
        ("Address line 2", "Address line 1", False),
        ("Address line two", "Address line one", False),
        ("Price 2025", "Price 2024", False),
        ("Price (2025)", "Price", False),
        ("Price (min)", "Price", False),
        ("Price (USD)", "Price (EUR)", False),
        ("Image", "Image 1", False),
        ("Image II", "Image I", False),
        ("Size L", "Size S", False),
        ("Longitude", "Latitude", False),
        ("Opening hours Sunday", "Opening hours Monday", False),
        ("Max price", "Min price", False),
        ("Maximumbestellmenge", "Minimumbestellmenge", False),
        ("Valid to", "Valid from", False),
        ("End date", "Start date", False),
        ("Enddatum", "Startdatum", False),
        ("Employee", "Employer", False),
        ("Old price", "Price", False),
        ("Precio máximo", "Precio mínimo", False),
        ("Left image", "Right image", False),
        ("Title DE", "Title EN", False),
    ],
)
def test_a_similar_name_is_suggested_and_never_another_one(header: str, name: str, similar: bool) -> None:
    collection = a_collection(a_field("target", display_name=name))
    mapping = match_columns(a_sheet({header: ["x"]}), collection)
    assert mapping.matches == (Match(column=header, suggestion="target" if similar else None),)
    assert mapping.fields == ()


def test_a_suggestion_feeds_its_field_once_a_person_says_yes() -> None:
    mapping = match_columns(a_sheet({"Prices": ["1"], "Photo main": ["https://a.example/b.png"]}), COLLECTION)
    assert [match.column for match in mapping.suggested] == ["Prices", "Photo main"]
    one = use_suggestions(mapping, ["Prices"])
    assert [(m.field_slug, m.matched_by) for m in one.matches] == [("price", MatchedBy.CLOSENESS), (None, None)]
    assert [match.column for match in one.suggested] == ["Photo main"]
    assert rematch(mapping, "Photo main", "price").suggested == ()


def test_two_columns_that_resemble_one_field_are_left_to_the_person() -> None:
    assert match_columns(a_sheet({"Prices": ["1"], "Price (EUR)": ["2"]}), COLLECTION).suggested == ()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("type", [FieldType.PLAIN_TEXT, "User"])
def test_a_field_of_the_collection_beats_a_column_of_exports(role: Role, type: str) -> None:
    collection = a_collection(a_field("own-field", type, display_name=role.value))
    (match,) = match_columns(a_sheet({role.value: ["x"]}), collection).matches
    assert match.role is None
    assert match.field_slug == (None if type == "User" else "own-field")


def test_an_export_of_a_collection_with_such_a_field_holds_both() -> None:
    collection = a_collection(a_field("published-on", display_name="Published on"))
    both = match_columns(a_sheet({"Published On": ["x"], "Published on": ["y"]}), collection)
    assert [(m.role, m.field_slug) for m in both.matches] == [(Role.PUBLISHED_ON, None), (None, "published-on")]
    alone = match_columns(a_sheet({"Published On": ["x"]}), collection)
    assert alone.matches == (Match(column="Published On", suggestion="published-on"),)


def test_fields_that_only_signs_tell_apart_are_told_apart() -> None:
    collection = a_collection(a_field("c-1", display_name="C"), a_field("c-2", display_name="C+"))
    mapping = match_columns(a_sheet({"C+": ["1"], "C": ["2"]}), collection)
    assert [match.field_slug for match in mapping.matches] == ["c-2", "c-1"]


def test_headers_of_any_length_are_matched_at_once() -> None:
    headers = {f"{number} {'price word ' * 9_000}": ["1"] for number in range(100)}
    collection = a_collection(*(a_field(f"price-{number}") for number in range(60)))
    assert match_columns(a_sheet(headers), collection).fields == ()


def test_two_nearly_equal_candidates_are_left_to_the_person() -> None:
    twins = a_collection(a_field("image-1"), a_field("image-2"))
    assert match_columns(a_sheet({"image": ["a"]}), twins).matches[0].is_ignored


def test_columns_that_share_a_header_match_nothing() -> None:
    sheet = read_sheet("a.csv", b"Price,Name,Price\n1,a,2\n")
    by_column = {match.column: match.field_slug for match in match_columns(sheet, COLLECTION).matches}
    assert by_column == {"Price": None, "Name": "name", "Price (2)": None}


def test_a_choice_takes_the_field_from_the_column_that_had_it() -> None:
    mapping = rematch(matched(price=["1"], other=["2"]), "other", "price")
    assert [(m.field_slug, m.matched_by) for m in mapping.matches] == [(None, None), ("price", MatchedBy.PERSON)]


def test_a_field_fed_twice_cannot_be_written() -> None:
    with pytest.raises(ValueError):
        ColumnMapping(matches=(Match(column="a", field_slug="x"), Match(column="b", field_slug="x")))


def test_required_fields_without_a_column_are_named() -> None:
    assert [field.slug for field in unmatched_required(matched(name=["a"], slug=["b"]), COLLECTION)] == ["price"]


@pytest.mark.parametrize(
    ("texts", "type", "fit"),
    [
        (["1", "2"], FieldType.NUMBER, True),
        (["a", "2"], FieldType.NUMBER, True),
        (["a", "b"], FieldType.NUMBER, False),
        (["", " "], FieldType.NUMBER, True),
        (["1,234"], FieldType.NUMBER, True),
        (["03/04/2025"], FieldType.DATE_TIME, True),
        (["a"], FieldType.SWITCH, False),
        (["a"], FieldType.REFERENCE, True),
        (["x.png"], FieldType.IMAGE, False),
        (["23 each", "24 each"], FieldType.NUMBER, True),
        (["2 or 3"], FieldType.NUMBER, False),
        (["shop.example/x"], FieldType.LINK, True),
        (["1a2b3c"], FieldType.COLOR, True),
    ],
)
def test_only_columns_that_can_be_read_or_mended_fit(texts: list[str], type: FieldType, fit: bool) -> None:
    assert fits(a_sheet({"A": texts}).frame["A"], a_field("f", type)) is fit


def test_ids_are_offered_as_item_id_and_read_only_fields_never() -> None:
    sheet = a_sheet({"Key": ["5f" * 12], "Text": ["words"]})
    offered = Offers(sheet, COLLECTION)
    assert Role.ITEM_ID in offered["Key"] and Role.ITEM_ID not in offered["Text"]
    assert set(offered["Text"]) == {"name", "slug", "categorie", "alt:main-photo"}


HEADERS = some.lists(some.sampled_from(["Name", "name", "Price", "price ", "Prices", "Main photo", "Item ID", "X"]))


@given(headers=HEADERS)
def test_no_field_is_ever_fed_by_two_columns(headers: list[str]) -> None:
    mapping = match_columns(a_sheet({header: ["1"] for header in headers} or {"A": ["1"]}), COLLECTION)
    fed = [match.field_slug or match.role for match in mapping.matches if not match.is_ignored]
    assert len(fed) == len(set(fed))
