"""Values as people read them: names, words and colours instead of ids, HTML and codes."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import ReadContext, kind_of
from lib.fields.html_words import words_of
from lib.model.collection import FieldType
from tests.builders import a_field, an_id, an_item

TARGETS = {an_id(0xBB): (an_item(1, {"name": "Tea bowl"}), an_item(2, {"name": "", "slug": "plate"}))}
INTO = {"validations": {"collectionId": an_id(0xBB)}}
IMAGES = [{"url": "https://a.example/1.jpg", "alt": "one"}, {"url": "https://a.example/2.jpg"}]


@pytest.mark.parametrize(
    ("type", "value", "read"),
    [
        (FieldType.PLAIN_TEXT, "a <b>", "a <b>"),
        (FieldType.NUMBER, 12.5, "12.5"),
        (FieldType.SWITCH, False, "no"),
        (FieldType.REFERENCE, an_id(1), "Tea bowl"),
        (FieldType.REFERENCE, an_id(2), "plate"),
        (FieldType.REFERENCE, an_id(3), an_id(3)),
        (FieldType.MULTI_REFERENCE, [an_id(1), an_id(2)], "Tea bowl\nplate"),
        (FieldType.MULTI_IMAGE, IMAGES, "https://a.example/1.jpg\nalt: “one”\nhttps://a.example/2.jpg"),
        (FieldType.RICH_TEXT, "<p>Tea &amp; <em>cake</em></p>", "Tea & cake"),
        (FieldType.RICH_TEXT, None, ""),
    ],
)
def test_values_are_read_as_people_call_them(type: FieldType, value: object, read: str) -> None:
    field = a_field("f", type, **(INTO if kind_of(type).is_reference else {}))
    values = pd.Series([value], dtype="object")
    assert list(kind_of(type).readable(values, field, ReadContext(targets=TARGETS))) == [read]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<h2>One</h2><p>two<br>three</p>", "One\ntwo\nthree"),
        ("<ul><li>One</li><li>Two</li></ul>", "• One\n• Two"),
        ('<p>See <a href="https://a.example">here</a></p>', "See here"),
        ('<img src="https://a.example/a.jpg" alt="A mug">', "[image: A mug]"),
        ('<img src="https://a.example/a.jpg">', "[image: https://a.example/a.jpg]"),
        ("&lt;b&gt; is a tag", "<b> is a tag"),
        ("no tags", "no tags"),
        ("  <p>\n  much   room </p>\n", "much room"),
        ("<" * 5_000, "<" * 5_000),
    ],
)
def test_of_html_the_words_are_read(html: str, words: str) -> None:
    assert words_of(html) == words


@given(some.text("<>/pb\"'= &;!-\n", max_size=60))
def test_no_html_is_too_odd_to_be_read(html: str) -> None:
    assert isinstance(words_of(html), str)


@pytest.mark.parametrize(
    ("type", "value", "color"),
    [
        (FieldType.COLOR, "#0b6e4f", "rgb(11 110 79 / 1.0)"),
        (FieldType.COLOR, "url(https://evil.example)", ""),
        (FieldType.COLOR, "red;background:url(//evil.example)", ""),
        (FieldType.COLOR, 'x"><script>', ""),
        (FieldType.PLAIN_TEXT, "#0b6e4f", ""),
    ],
)
def test_only_colours_have_a_colour(type: FieldType, value: str, color: str) -> None:
    assert kind_of(type).color_of(value) == color
