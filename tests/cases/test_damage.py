"""Damage done on the way by spreadsheets and other programs: the live value is the witness."""

import pytest

from lib.model.collection import FieldType
from lib.model.problem import Severity
from tests.builders import a_collection, a_field, an_item
from tests.cases.things import a_cell, bring, holding
from tests.cases.workbooks import workbook


@pytest.mark.parametrize(
    ("field", "live", "text"),
    [
        ("Summary", "Café chair", "CafÃ© chair"),
        ("Summary", "Müller & Söhne", "MÃ¼ller & SÃ¶hne"),
        ("Summary", "Müller", "MÃƒÂ¼ller"),
        ("Summary", "“Quoted” – yes", "â€œQuotedâ€\x9d â€“ yes"),
        ("Summary", "Łódź", "Å�ódÅº"),
        ("Summary", "Café chair", "Caf? chair"),
        ("Body", "<p>Öl und Äpfel</p>", "<p>Ã–l und Ã„pfel</p>"),
        ("Phone", "5581999887766", "5,58199E+12"),
        ("Phone", "5581999887766", "5.581999887766E+12"),
        ("Phone", "5581999887766", "5581999887766.0"),
        ("Phone", "0612345678", "612345678"),
        ("Phone", "+33612345678", "33612345678"),
        ("Summary", "00123", "123"),
        ("Summary", "1234567890123456789", "1234567890123450000"),
        ("Size", "10-12", "2026-10-12"),
        ("Size", "10-12", "12-Oct"),
        ("Size", "10-12", "Oct-12"),
        ("Size", "3/4", "2026-03-04"),
        ("Summary", "Tom & Ida", "Tom &amp;amp; Ida"),
    ],
)
def test_the_damaged_form_of_the_live_text_is_held(field: str, live: str, text: str) -> None:
    brought = a_cell(field, text, live=holding(**{field.lower(): live}))
    assert brought.is_held(2), brought.told(2)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("Summary", "CafÃ© chair"),
        ("Name", "CafÃ© chair"),
        ("Phone", "5,58199E+12"),
        ("Phone", "5.58E12"),
    ],
)
def test_unmistakable_damage_is_told_even_where_nothing_live_resembles_it(field: str, text: str) -> None:
    assert a_cell(field, text).told(2)


@pytest.mark.parametrize(
    ("field", "live", "text"),
    [
        ("Summary", "Plain", "Plain oak, 2 × 3 m"),
        ("Summary", "Version 1", "Version 2"),
        ("Size", "14", "15"),
        ("Phone", "0612345678", "0612345679"),
        ("Summary", "Café", "Bar"),
        ("Summary", "Ã la carte, Ãrea", "Ã la carte, new Ãrea"),
    ],
)
def test_ordinary_edits_are_no_damage(field: str, live: str, text: str) -> None:
    brought = a_cell(field, text, live=holding(**{field.lower(): live}))
    assert brought.after(2) == {field.lower(): text}
    assert not brought.told(2, Severity.ERROR)


def test_double_encoding_is_told_in_a_workbook_too() -> None:
    brought = bring(workbook([["slug", "Name", "Price"], ["cafe-chair", "CafÃ© chair", 99]]), name="things.xlsx")
    assert brought.told(2)
    assert "Ã" not in str(brought.after(2))


def test_a_date_cell_where_the_field_holds_text_is_told() -> None:
    content = workbook([["slug", "Size"], ["cafe-chair", (46307, "d-mmm")]])
    assert bring(content, name="things.xlsx").told(2)


LONG = "<p>" + "Lorem ipsum dolor. " * 2_600 + "</p>"
ARTICLES = a_collection(a_field("body", FieldType.RICH_TEXT), a_field("price", FieldType.NUMBER))
ARTICLE = [an_item(1, {"slug": "long", "name": "long", "body": LONG})]


def test_a_text_that_a_cell_cut_off_is_held() -> None:
    content = workbook([["slug", "Body"], ["long", LONG[:32_767]]])
    assert bring(content, name="things.xlsx", collection=ARTICLES, live=ARTICLE).is_held(2)


def test_a_text_that_spilt_into_the_next_row_is_held() -> None:
    content = f"slug,Body,Price\r\nlong,{LONG[:32_767]},\r\n{LONG[32_767:]},2,\r\n"
    brought = bring(content, collection=ARTICLES, live=ARTICLE)
    assert brought.is_held(2)
    assert brought.is_held(3)


def test_a_text_of_just_the_length_of_a_full_cell_is_told_whatever_is_live() -> None:
    assert a_cell("Summary", "x" * 32_767).told(2)


@pytest.mark.parametrize("text", ["Cre\u0300me bru\u0302le\u0301e", "Crème brûlée"])
def test_the_unicode_form_is_no_change(text: str) -> None:
    assert a_cell("Summary", text, live=holding(summary="Crème brûlée")).after(2) is None
