"""Plain text and rich text: what nobody sees, HTML codes, paragraphs around inline tags, Markdown."""

import pandas as pd
import pytest

from lib.fields import kind_of
from lib.model.collection import FieldType
from lib.model.problem import Severity
from tests.fields.test_reading import CHOICES, REFERS, kinds, read

LINK = '<a href="https://e.example">a link</a>'


@pytest.mark.parametrize("type", [FieldType.PLAIN_TEXT, FieldType.RICH_TEXT])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Crème brûlée", "Cre\u0300me bru\u0302le\u0301e"),
        ("Cre\u0300me", "Crème"),
        ("Donaudampf", "Donau\u00addampf"),
        ("a\u200bb", "ab"),
        ("\ufeffText", "Text"),
        ("Text\u200e", "Text"),
    ],
)
def test_unicode_forms_and_what_nobody_sees_are_no_change(type: FieldType, before: str, after: str) -> None:
    columns = (pd.Series([value], dtype="object") for value in (before, after))
    assert list(kind_of(type).same(*columns)) == [True]


@pytest.mark.parametrize(
    ("before", "after"), [("👩\u200d👧", "👩👧"), ("می\u200cخواهم", "میخواهم"), ("क्\u200dष", "क्ष"), ("a b", "ab")]
)
def test_joiners_that_shape_what_is_seen_make_a_difference(before: str, after: str) -> None:
    columns = (pd.Series([value], dtype="object") for value in (before, after))
    assert list(kind_of(FieldType.PLAIN_TEXT).same(*columns)) == [False]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Cre\u0300me", "Crème"),
        ("\ufeffText\u200b", "Text"),
        ("Donau\u00addampf", "Donau\u00addampf"),
        ("👩\u200d👧 ❤\ufe0f", "👩\u200d👧 ❤\ufe0f"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("שלום!\u200f", "שלום!\u200f"),
    ],
)
def test_plain_text_is_sent_composed_and_otherwise_as_it_is(text: str, value: str) -> None:
    reading = read(FieldType.PLAIN_TEXT, text)
    assert (reading.problems, reading.values[2]) == ((), value)


@pytest.mark.parametrize(
    ("type", "text", "value"),
    [
        (FieldType.SWITCH, "y\u200bes", True),
        (FieldType.DATE_TIME, "\u200e2026-03-31", "2026-03-31T00:00:00.000Z"),
        (FieldType.DATE_TIME, "2026\u00ad-03-31", "2026-03-31T00:00:00.000Z"),
        (FieldType.COLOR, "#0b6e4f\u200b", "#0b6e4f"),
        (FieldType.LINK, "https://a.example/\u200bb", "https://a.example/b"),
        (FieldType.EMAIL, "\u202aada@a.example\u202c", "ada@a.example"),
        (FieldType.PHONE, "\u202d+33 6\u202c", "+33 6"),
        (FieldType.IMAGE, "https://a.example/b.png\ufeff", {"url": "https://a.example/b.png"}),
    ],
)
def test_invisible_characters_are_left_out_and_told(type: FieldType, text: str, value: object) -> None:
    reading = read(type, text)
    assert (kinds(reading), reading.values[2]) == ([], value)
    assert kinds(reading, Severity.FIXED) == ["Invisible characters"]


@pytest.mark.parametrize("text", ["\u200b", "\ufeff \u200e", "\u00ad", "\u200d"])
@pytest.mark.parametrize("type", [FieldType.PLAIN_TEXT, FieldType.RICH_TEXT, FieldType.NUMBER, FieldType.OPTION])
def test_a_cell_of_invisible_characters_is_blank(type: FieldType, text: str) -> None:
    reading = read(type, text)
    assert (reading.problems, reading.values[2]) == ((), None)


@pytest.mark.parametrize("type", [type for type in FieldType if type is not FieldType.UNKNOWN])
@pytest.mark.parametrize(
    "text", ["#N/A", "#REF!", "#DIV/0!", "#BEZUG!", "#WERT!", "#NV", "#VALEUR!", "#¡REF!", "########", "Err:502"]
)
def test_what_a_failed_formula_leaves_is_an_error_everywhere(type: FieldType, text: str) -> None:
    reading = read(type, text, **CHOICES, **REFERS)
    assert (kinds(reading), reading.values[2]) == (["Error in a cell"], None)


@pytest.mark.parametrize("text", ["#sale", "#1 in town", "See #REF! there", "Err: no", "###"])
def test_other_texts_with_hashes_are_texts(text: str) -> None:
    assert read(FieldType.PLAIN_TEXT, text).values[2] == text


@pytest.mark.parametrize("text", ["It&#8217;s Tom", "Tom &amp; Ida", "caf&eacute;", "a&#xA0;b"])
def test_html_codes_in_plain_text_are_told(text: str) -> None:
    for rules in ({}, {"singleLine": True}):
        reading = read(FieldType.PLAIN_TEXT, text, **rules)
        assert (reading.values[2], kinds(reading, Severity.WARNING)) == (text, ["HTML codes in plain text"])


@pytest.mark.parametrize("text", ["AT&T", "a & b; c", "fish &chips"])
def test_an_ampersand_alone_is_no_html_code(text: str) -> None:
    assert read(FieldType.PLAIN_TEXT, text).problems == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"First.\n\nWith {LINK}.\n\nThird.", f"<p>First.</p><p>With {LINK}.</p><p>Third.</p>"),
        (f"First.\r\n\r\nWith {LINK}.\r\nThird.", f"<p>First.</p><p>With {LINK}.<br>Third.</p>"),
        ("<b>One</b>\nline", "<p><b>One</b><br>line</p>"),
        ("<b>One</b> line", "<p><b>One</b> line</p>"),
        ("a<br>\nb", "<p>a<br>b</p>"),
        ('<a\nhref="x">a</a>', '<p><a\nhref="x">a</a></p>'),
        ('One\n\n<img src="x">\n\nTwo', '<p>One</p><img src="x"><p>Two</p>'),
        ("<p>One</p>\nTwo", "<p>One</p>\nTwo"),
        ("It&#8217;s Tom &amp; Ida", "<p>It’s Tom &amp; Ida</p>"),
        ("AT&T; a < b", "<p>AT&amp;T; a &lt; b</p>"),
        ("Write to <ada@a.example>", "<p>Write to &lt;ada@a.example&gt;</p>"),
        ("caf&eacute; & <i>bar</i>", "<p>caf&eacute; & <i>bar</i></p>"),
    ],
)
def test_text_becomes_paragraphs(text: str, value: str) -> None:
    reading = read(FieldType.RICH_TEXT, text)
    assert (kinds(reading), kinds(reading, Severity.WARNING), reading.values[2]) == ([], [], value)


@pytest.mark.parametrize(
    "text",
    [
        "## Why oak",
        "Some **bold** word",
        "a [link](https://e.example)",
        "- one\n- two",
        "```\ncode\n```",
        "![x](https://e/x.png)",
        "a|b\n|---|---|",
        "__bold__",
        "a | b\n--- | ---\n1 | 2",
        "Title\r\n=====\r\ntext",
        "an *important* word",
        "~~gone~~",
        "> quoted",
        "run `make`",
        "1. one\r\n\r\n2. two",
    ],
)
def test_markdown_is_told(text: str) -> None:
    reading = read(FieldType.RICH_TEXT, text)
    assert (kinds(reading), kinds(reading, Severity.WARNING)) == ([], ["Looks like Markdown"])
    assert "Match page" in reading.problems[0].fix[0]


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3",
        "- 5 degrees",
        "#1 of 5",
        "a_b__c",
        "<p>**x**</p>",
        "1. Mai",
        "2 * 3 * 4",
        "5*",
        "a > b",
        "it`s",
        "-----",
    ],
)
def test_ordinary_text_is_not_taken_for_markdown(text: str) -> None:
    assert kinds(read(FieldType.RICH_TEXT, text), Severity.WARNING) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<pre>x</pre>", "Code block"),
        ("<p><code>x</code></p>", "Code block"),
        ("<blockquote><table><tr><td>x</td></tr></table></blockquote>", "Table"),
        ("<table><tr><td>x", "Table"),
        ("&lt;p&gt;Hello&lt;/p&gt;", "HTML written as codes"),
    ],
)
def test_what_webflow_may_not_keep_is_told(text: str, kind: str) -> None:
    reading = read(FieldType.RICH_TEXT, text)
    assert (kinds(reading), kinds(reading, Severity.WARNING)) == ([], [kind])
    assert reading.values[2]


def test_a_table_in_an_embed_is_fine() -> None:
    text = '<div data-rt-embed-type="true"><table><tr><td>x</td></tr></table></div>'
    assert read(FieldType.RICH_TEXT, text).problems == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("checked", True),
        ("Checked", True),
        ("unchecked", False),
        ("☑", True),
        ("☐", False),
        ("1.0", True),
        ("Nej", False),
    ],
)
def test_ticks_of_other_tools_are_read(text: str, value: bool) -> None:
    reading = read(FieldType.SWITCH, text)
    assert (reading.problems, reading.values[2]) == ((), value)


@pytest.mark.parametrize(
    "text", ["<h2>A</h2>\nOne\n\nTwo\n<p>b</p>", "One\ntwo\n<ul><li>a</li></ul>", "<hr>\nOne\ntwo"]
)
def test_lines_outside_of_all_paragraphs_are_told(text: str) -> None:
    assert kinds(read(FieldType.RICH_TEXT, text), Severity.WARNING) == ["Text between the paragraphs"]


@pytest.mark.parametrize(
    "text", ["<p>a</p>\n\n<p>b</p>", "<div>a\nb</div>", "a\n<p>b</p>\nc", "<p>a</p>\n<br>\n<img src='x'>"]
)
def test_lines_inside_of_blocks_and_between_them_are_fine(text: str) -> None:
    assert read(FieldType.RICH_TEXT, text).problems == ()
