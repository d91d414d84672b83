"""A mend is offered where it helps, with what it does; what it makes, the field takes."""

from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.fields import ReadContext
from lib.fields.mend import ANYWHERE
from lib.model.collection import Field
from lib.model.mapping import ColumnMapping, Match, MatchedBy, Role
from lib.model.problem import Problem, Severity
from lib.stages.check import check
from lib.stages.key import find_items
from lib.stages.mending.candidates import Candidates, meant
from lib.stages.mending.groups import Group, groups
from lib.stages.mending.offers import Offer, offers
from lib.stages.mending.repeats import Keep, others_of, rest
from tests.builders import a_collection, a_field, a_sheet, an_id, an_item

TAGS = [an_item(number, {"name": name, "slug": name.lower()}) for number, name in enumerate(["Oak", "Elm", "Ash"], 90)]
CONTEXT = ReadContext(targets={an_id(0xC2): TAGS})
ITEMS = [an_item(number) for number in range(1, 30)]
NUMBER = a_field("f", "Number")
WHOLE = a_field("f", "Number", validations={"format": "integer"})
DATE = a_field("f", "DateTime")
SHORT = a_field("f", validations={"maxLength": 12, "singleLine": True})
TAGGED = a_field("f", "MultiReference", validations={"collectionId": an_id(0xC2)})


def problems_of(texts: Sequence[str], field: Field) -> tuple[Problem, ...]:
    return checked(texts, field)[0]


def checked(texts: Sequence[str], field: Field) -> tuple[tuple[Problem, ...], pd.Series, Match]:
    """What is wrong with a column of these texts, beside the items it is about."""
    sheet = a_sheet({"Item ID": [an_id(n) for n in range(1, len(texts) + 1)], "F": texts})
    match = Match(column="F", field_slug=field.slug, matched_by=MatchedBy.PERSON)
    mapping = ColumnMapping(matches=(Match(column="Item ID", role=Role.ITEM_ID), match), key_column="Item ID")
    found = check(sheet, mapping, a_collection(field), ITEMS, CONTEXT)
    return found.problems, sheet.frame["F"], match


def offered(texts: Sequence[str], field: Field) -> dict[str, Offer]:
    """The offers for all errors in a column, by title."""
    problems, column, match = checked(texts, field)
    errors = [group for group in groups(problems) if group.severity is Severity.ERROR]
    return {one.title: one for group in errors for one in offers(group, column, field, match, CONTEXT)}


@pytest.mark.parametrize(
    ("field", "texts", "title", "becomes"),
    [
        (NUMBER, ["26 pcs", "14 pcs", "7"], "Take the number alone", ["26", "14", "7"]),
        (NUMBER, ["approx. 1,250.50", "2.5"], "Take the number alone", ["1,250.50", "2.5"]),
        (WHOLE, ["3.7", "2", "4.5", "-0.5"], "Round to whole numbers", ["4", "2", "5", "-1"]),
        (
            DATE,
            ["31/12/2025", "01/02/2025", "12/31/2025"],
            "The day comes first",
            ["31/12/2025", "2025-02-01", "12/31/2025"],
        ),
        (
            DATE,
            ["31/12/2025", "01/02/2025", "12/31/2025"],
            "The month comes first",
            ["31/12/2025", "2025-01-02", "12/31/2025"],
        ),
        (DATE, ["45000", "2025-01-01"], "Turn counted days into dates", ["2023-03-15", "2025-01-01"]),
        (a_field("f", "Color"), ["ff0000", "#00f"], "Put # in front", ["#ff0000", "#00f"]),
        (a_field("f", "Link"), ["//example.com/a"], "Put https:// in front", ["https://example.com/a"]),
        (a_field("f", "Link"), ["https://example.com/a b"], "Write blanks as %20", ["https://example.com/a%20b"]),
        (a_field("f", "Image"), ["example.com/a.jpg"], "Put https:// in front", ["https://example.com/a.jpg"]),
        (
            a_field("f", "Image"),
            ["https://drive.google.com/file/d/1Ab_C-d/view?usp=sharing", "https://a.example/b.jpg"],
            "Write Google Drive pages as downloads",
            ["https://drive.google.com/uc?export=download&id=1Ab_C-d", "https://a.example/b.jpg"],
        ),
        (
            a_field("f", "MultiImage"),
            [
                "https://drive.google.com/open?id=1A&usp=drive_fs; https://drive.google.com/file/u/0/d/1B",
                "https://drive.google.com/a/shop.example/file/d/1C/edit?resourcekey=0-x",
            ],
            "Write Google Drive pages as downloads",
            [
                "https://drive.google.com/uc?export=download&id=1A; https://drive.google.com/uc?export=download&id=1B",
                "https://drive.google.com/uc?export=download&id=1C&resourcekey=0-x",
            ],
        ),
        (a_field("f", "Email"), ["Ada <ada@example.com>"], "Take the address alone", ["ada@example.com"]),
        (SHORT, ["A long walk home"], "Shorten at a word", ["A long…"]),
        (SHORT, ["two\nlines"], "Join the lines", ["two lines"]),
        (a_field("slug"), ["Grüne Tür!"], "Make page addresses of the texts", ["grune-tur"]),
        (
            TAGGED,
            ["oak; elm", "ash; oak", "elm / ash", "oak| ash"],
            "Put a semicolon between the names",
            ["oak; elm", "ash; oak", "elm / ash", "oak; ash"],
        ),
    ],
)
def test_what_a_field_does_not_take_is_mended(field: Field, texts: list[str], title: str, becomes: list[str]) -> None:
    found = offered(texts, field)
    assert title in found
    assert [found[title].texts.get(row, text) for row, text in enumerate(texts, 2)] == becomes


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (NUMBER, "2 million"),
        (NUMBER, "10-20 pcs"),
        (NUMBER, "1/2 cup"),
        (NUMBER, "3 March 2025"),
        (NUMBER, "none"),
        (DATE, "soon"),
        (a_field("f", "Color"), "reddish"),
        (a_field("f", "Email"), "ada@example.com, bob@example.com"),
        (a_field("f", "Link"), "javascript:alert(1)"),
        (a_field("f", "Image"), "https://drive.google.com/drive/folders/1A"),
        (a_field("f", "Image"), "https://drive.google.com/open?usp=sharing"),
        (a_field("f", "Image"), "https://shop.sharepoint.com/:i:/s/x/y?e=z"),
        (a_field("f", "Image"), "https://a.example/b.pdf"),
    ],
)
def test_nothing_is_offered_where_only_a_person_can_know(field: Field, text: str) -> None:
    assert offered([text], field) == {}


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("https://www.dropbox.com/s/a/1.jpg?dl=0", "https://www.dropbox.com/s/a/1.jpg?raw=1"),
        ("https://www.dropbox.com/s/a/1.jpg", "https://www.dropbox.com/s/a/1.jpg?raw=1"),
        (
            "https://www.dropbox.com/scl/fi/a/1.jpg?rlkey=x&dl=0&st=y",
            "https://www.dropbox.com/scl/fi/a/1.jpg?rlkey=x&raw=1&st=y",
        ),
        ("https://www.dropbox.com/scl/fi/a/1.jpg?rlkey=x", "https://www.dropbox.com/scl/fi/a/1.jpg?rlkey=x&raw=1"),
    ],
)
def test_a_page_of_dropbox_becomes_its_file(page: str, file: str) -> None:
    field = a_field("f", "Image")
    problems, column, match = checked([page], field)
    (group,) = groups(problems)
    (offer,) = offers(group, column, field, match, CONTEXT)
    assert (group.kind, group.severity, offer.title) == (
        "Dropbox page",
        Severity.WARNING,
        "Write Dropbox pages as files",
    )
    assert offer.texts == {2: file}
    assert problems_of([file], field) == ()


def test_repairing_letters_leaves_quotation_marks_as_they_are() -> None:
    text = "“CafÃ©” " + "and more " * 30
    texts = pd.Series([text], dtype="str")
    (repair,) = (mend for mend in ANYWHERE if mend.title == "Repair the letters")
    assert list(repair.mended(texts)) == [text.replace("Ã©", "é")]


def test_an_offer_shows_three_different_texts_and_what_becomes_of_them() -> None:
    (offer,) = offered(["1 pcs", "1 pcs", "2 pcs", "3 pcs", "4 pcs", "many"], NUMBER).values()
    assert offer.examples == (("1 pcs", "1"), ("2 pcs", "2"), ("3 pcs", "3"))
    assert set(offer.texts) == {2, 3, 4, 5, 6}


def test_groups_have_errors_first_then_those_with_most_rows_and_count_their_values() -> None:
    def problem(kind: str, rows: Sequence[int], severity: Severity = Severity.ERROR) -> Problem:
        values = tuple("abc"[row % 2] for row in rows)
        return Problem(kind=kind, expected="", fix="", column="F", rows=rows, values=values, severity=severity)

    warning = Severity.WARNING
    found = groups(
        [problem("warned", (2, 3, 4, 5), warning), problem("one", (3,)), problem("more", (2,)), problem("more", (3, 5))]
    )
    assert [(group.kind, list(group.rows)) for group in found] == [
        ("more", [2, 3, 5]),
        ("one", [3]),
        ("warned", [2, 3, 4, 5]),
    ]
    assert dict(found[0].values) == {"b": 2, "a": 1}


@pytest.mark.parametrize(
    ("keep", "left_out"), [(Keep.FIRST, {3, 4, 6}), (Keep.LAST, {2, 3, 5}), (Keep.FULLEST, {2, 4, 6})]
)
def test_of_rows_about_one_item_one_is_kept(keep: Keep, left_out: set[int]) -> None:
    slugs = ["item-1", "item-1", "item-1", "item-2", "item-2", "item-3"]
    sheet = a_sheet({"Slug": slugs, "Note": ["", "a", "", "b", "c", "d"], "More": ["", "", "", "x", "y", "z"]})
    mapping = ColumnMapping(matches=(Match(column="Slug", field_slug="slug"),), key_column="Slug")
    assert rest(find_items(sheet, mapping, ITEMS), sheet.frame, keep) == left_out


def test_where_a_row_of_an_item_is_chosen_its_others_are_left_out_and_no_others() -> None:
    sheet = a_sheet({"Slug": ["item-1", "item-1", "item-1", "item-2", "item-2", "item-3", "item-3"]})
    mapping = ColumnMapping(matches=(Match(column="Slug", field_slug="slug"),), key_column="Slug")
    assert others_of(find_items(sheet, mapping, ITEMS), {3, 6}) == {2, 4, 5}


@pytest.mark.parametrize(
    ("text", "close", "chosen"),
    [
        ("Tols", ["Tools"], "Tools"),
        ("TOOLS ", ["Tools"], "Tools"),
        ("Lamp", ["Lamps"], "Lamps"),
        ("Line 2", ["Line 1"], ""),
        ("Chairs", [], ""),
        ("", [], ""),
    ],
)
def test_what_is_close_is_offered_first_and_chosen_only_where_it_is_spelt_otherwise(
    text: str, close: list[str], chosen: str
) -> None:
    found = Candidates(["Tools", "Lamps", "Line 1"]).closest(text)
    assert (found, meant(text, found)) == (close, chosen)


FIELDS = [NUMBER, WHOLE, DATE, SHORT, TAGGED, *(a_field("f", kind) for kind in ("Color", "Link", "Email", "Image"))]
MESSY = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ["26 pcs", "1,234", "31/12/2025", "2/3/25", "45123", "#fff", "fff", "a b.com", "x@y.de;", "oak| ash"]
        ),
    ),
    min_size=1,
    max_size=6,
)


@given(field=st.sampled_from(FIELDS), texts=MESSY)
def test_what_an_offer_makes_has_no_error_any_more(field: Field, texts: list[str]) -> None:
    problems, column, match = checked(texts, field)
    for group in groups(problems):
        for offer in offers(group, column, field, match, CONTEXT):
            mended = [offer.texts.get(row, text) for row, text in column.items()]
            after = {row for one in problems_of(mended, field) if one.severity is Severity.ERROR for row in one.rows}
            assert not after & set(offer.texts), (group, offer)


def test_a_group_is_about_rows_where_it_has_no_column() -> None:
    whole = Problem(kind="Row cannot be read", expected="", fix="Mend it.", rows=(4,))
    (group,) = groups([whole])
    assert isinstance(group, Group)
    assert (group.column, list(group.rows), list(group.texts)) == ("", [4], [""])
