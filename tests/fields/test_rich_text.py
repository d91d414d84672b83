"""Rich texts of other words are told apart without a parser: the quick look never contradicts it."""

import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as some

from lib.fields import kind_of
from lib.fields.rich_text import meaning
from lib.model.collection import FieldType

TAGS = (
    "<p>",
    "</p>",
    "<P >",
    '<a href="x">',
    "<a href='y'>",
    '<img alt="a>b">',
    "<br/>",
    "<h2>",
    "<script>",
    "</script>",
)
SIGNS = ("<!-- <p> -->", "<", ">", "&", "&amp;", '"', " ", "\n", "\u00a0", "\u200b", "é", "e\u0301", "word", "a b")
PIECES = some.sampled_from(TAGS + SIGNS)
TEXTS = some.lists(PIECES, max_size=8).map("".join)


def same(one: str, other: str) -> bool:
    found = kind_of(FieldType.RICH_TEXT).same(pd.Series([one], dtype="object"), pd.Series([other], dtype="object"))
    return bool(found.iloc[0])


@example(one="<script>", other="<script>é")
@given(one=TEXTS, other=TEXTS)
def test_texts_are_the_same_exactly_where_a_parser_says_so(one: str, other: str) -> None:
    assume(one and other)
    assert same(one, other) == (one == other or meaning(one) == meaning(other))


@pytest.mark.parametrize(
    ("one", "other"), [("<p>a</p>", "a"), ("<p>a  b</p>\n", "<p>a b</p>"), ("<P>é</P>", "<p>e\u0301</p>")]
)
def test_other_spellings_of_the_same_text_stay_the_same(one: str, other: str) -> None:
    assert same(one, other)


def test_a_long_text_that_is_no_html_is_looked_at_in_one_pass() -> None:
    assert not same("a" * 200_000 + "<", "b" * 200_000 + "<")
