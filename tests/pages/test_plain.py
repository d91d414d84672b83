"""Claims about text from files in places that understand Markdown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pages.shared.plain import WORD_JOINER, plain

# What the browser makes links of, once it has taken the backslashes away (mdast-util-gfm-autolink-literal 2).
LINKS = (
    re.compile(r"(?i)(https?://|www(?=\.))([-.\w]+)([^ \t\r\n]*)"),
    re.compile(r"([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)"),
)
PIECES = some.sampled_from(
    ["www", "WWW", ".", "http", "https", ":", "//", "@", "a", "ex.de", "\\", " ", "s", "mailto:"]
)


def seen(text: str) -> str:
    """What Markdown makes of it: a backslash before a mark goes (CommonMark 0.31, 2.4)."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


@given(some.lists(PIECES, max_size=12).map("".join))
def test_no_text_has_anything_that_becomes_a_link(text: str) -> None:
    assert not any(link.search(seen(plain(text))) for link in LINKS)


@given(some.text())
def test_what_is_read_is_the_text_on_one_line(text: str) -> None:
    bare = text.replace(WORD_JOINER, "")
    assert seen(plain(bare)).replace(WORD_JOINER, "") == " ".join(bare.split())


@pytest.mark.parametrize("text", ["**bold**", "![x](https://a.example/x.png)", "<b>", "$x$", ":red[x]", "`x`", "1. a"])
def test_marks_are_read_as_they_are(text: str) -> None:
    assert seen(plain(text)).replace(WORD_JOINER, "") == text
    assert plain(text) != text
