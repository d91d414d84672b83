"""Text into rich text, as people write it."""

import pytest

from tests.cases.things import a_cell


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_inline_tags_do_not_cost_the_paragraphs(newline: str) -> None:
    text = newline.join(["First line.", "", 'Second with <a href="https://e.com">a link</a>.', "", "Third."])
    assert a_cell("Body", text).after(2) == {
        "body": '<p>First line.</p><p>Second with <a href="https://e.com">a link</a>.</p><p>Third.</p>'
    }


def test_single_line_breaks_beside_inline_tags_are_kept() -> None:
    assert a_cell("Body", "One <b>bold</b>\ntwo").after(2) == {"body": "<p>One <b>bold</b><br>two</p>"}


def test_html_with_blocks_stays_as_it_is() -> None:
    text = "<p>One</p>\n<ul><li>a</li></ul>"
    assert a_cell("Body", text).after(2) == {"body": "<p>One</p><ul><li>a</li></ul>"}


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("It&#8217;s Tom &amp; Ida", ("<p>It’s Tom &amp; Ida</p>", "<p>It&#8217;s Tom &amp; Ida</p>")),
        ("Caf&eacute; &lt;new&gt;", ("<p>Café &lt;new&gt;</p>", "<p>Caf&eacute; &lt;new&gt;</p>")),
        ("AT&T and R&D", ("<p>AT&amp;T and R&amp;D</p>",)),
    ],
)
def test_entities_in_text_without_tags_are_letters(text: str, bodies: tuple[str, ...]) -> None:
    after = a_cell("Body", text).after(2)
    assert after is not None and after["body"] in bodies


def test_entities_in_plain_text_are_told() -> None:
    brought = a_cell("Summary", "It&#8217;s Tom &amp; Ida")
    assert brought.told(2) == ["HTML codes in plain text"]


@pytest.mark.parametrize(
    "text",
    ["## Why oak\n\n- strong\n- **fine**", "# Introduction\n\nText", "See [the shop](https://e.com) for **more**"],
)
def test_literal_markdown_is_told_with_the_way_to_turn_it_into_html(text: str) -> None:
    brought = a_cell("Body", text)
    words = [
        f"{problem.kind} {problem.fix}" for problem in brought.checked.problems if 2 in problem.rows or not problem.rows
    ]
    assert any("Markdown" in word for word in words)
