"""Rich texts of other words are told apart without a parser; what is Webflow's own in them passes as it stands."""

import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as some

from lib.fields import kind_of
from lib.fields.html_meaning import meaning
from lib.model.collection import FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Severity
from tests.fields.test_reading import kinds, read

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
    assert same(one, other) == (meaning(one) == meaning(other))


@pytest.mark.parametrize(
    ("one", "other"), [("<p>a</p>", "a"), ("<p>a  b</p>\n", "<p>a b</p>"), ("<P>é</P>", "<p>e\u0301</p>")]
)
def test_other_spellings_of_the_same_text_stay_the_same(one: str, other: str) -> None:
    assert same(one, other)


def test_a_long_text_that_is_no_html_is_looked_at_in_one_pass() -> None:
    assert not same("a" * 200_000 + "<", "b" * 200_000 + "<")


COMPONENT = """<wf-component data-w-id="8b" component-id="54" name="Call  out" prop-2c="1 > 0">
  <wf-prop name="18" type="richtext">
    <p>Cre\u0301me  &amp; co.</p>\n\n<ul> <li>x</li> </ul><wf-component component-id="55"> </wf-component></wf-prop>
</wf-component>"""
EMPTY = "<wf-component component-id='54'/>"
EMBED = "<div data-rt-embed-type='true'><style></style>\n\n<div> <table>\n<tr></tr></table> </div> <pre>x</pre></div>"
CODED = r"{{wf {&quot;path&quot;:&quot;name&quot;,&quot;type&quot;:&quot;PlainText&quot;\} }}"
BARE = '{{wf {"path":"name","type":"PlainText"} }}'
OWN = (COMPONENT, EMPTY, EMBED, CODED, BARE)
AROUND = (
    "<p>",
    "</p>",
    "<ul> <li>",
    "</li></ul>",
    "word",
    "\n",
    "\n\n",
    " ",
    "**b**",
    "# ",
    "e\u0301",
    "<table>",
    "</table>",
    "kept0",
)


def told(text: str, **choices: bool) -> tuple[object, list[str], list[str]]:
    reading = read(FieldType.RICH_TEXT, text, choices=ReadingChoices(**choices))
    return reading.values[2], kinds(reading, Severity.WARNING), kinds(reading, Severity.FIXED)


@pytest.mark.parametrize("part", OWN)
@pytest.mark.parametrize("markdown", [True, False])
def test_what_is_webflows_own_goes_through_byte_for_byte(part: str, markdown: bool) -> None:
    words = ["Webflow binding"] if part in (CODED, BARE) else []
    for text in (part, f"<p>a</p>{part}<p>b</p>", f"<p>a {part}</p>"):
        value, warnings, _ = told(text, markdown=markdown)
        assert str(value).count(part) == 1 and warnings == words
    assert same(part, part) and meaning(part) == meaning(f" {part}\n")


@given(pieces=some.lists(some.sampled_from((*OWN, *AROUND)), max_size=8), markdown=some.booleans())
def test_no_company_harms_it(pieces: list[str], markdown: bool) -> None:
    text = "".join(pieces)
    value = told(f"x{text}", markdown=markdown)[0]
    for part in OWN:
        assert str(value).count(part) == text.count(part)


def test_paragraphs_are_made_around_a_component() -> None:
    assert told(f"One\n\n{COMPONENT}\n\nTwo")[0] == f"<p>One</p>{COMPONENT}<p>Two</p>"


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("<p>a</p><wf-component component-id='1'><p>b</p>", ["Component without an end"]),
        ("<p>{{wf not closed</p>", []),
        ("<p>{{ wf }}</p>", []),
        (f"<pre><code>{CODED}</code></pre>", ["Code block", "Webflow binding"]),
    ],
)
def test_a_row_says_why_something_of_webflows_may_not_pass(text: str, warnings: list[str]) -> None:
    assert told(text) == (text, warnings, [])


def test_a_component_that_markdown_takes_for_code_is_told() -> None:
    value, warnings, _ = told(f"```\n{EMPTY}\n```", markdown=True)
    assert "&lt;wf-component" in str(value) and warnings == ["Component shown as text", "Code block"]


BEGIN, END = '<div data-rt-embed-type="true">', "</div>"
ROW = "<tr><td>1</td></tr>"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"<table>{ROW}</table>", f"{BEGIN}<table>{ROW}</table>{END}"),
        (
            f"<p>a</p>\n<TABLE class='x'>{ROW}</TABLE>\n<p>b</p>",
            f"<p>a</p>{BEGIN}<TABLE class='x'>{ROW}</TABLE>{END}<p>b</p>",
        ),
        (
            f"<table><tr><td><table>{ROW}</table></td></tr></table><table>{ROW}</table>",
            f"{BEGIN}<table><tr><td><table>{ROW}</table></td></tr></table>{END}{BEGIN}<table>{ROW}</table>{END}",
        ),
        (
            f"<figure><table>{ROW}</table><figcaption>c</figcaption></figure>",
            f"{BEGIN}<figure><table>{ROW}</table><figcaption>c</figcaption></figure>{END}",
        ),
        (f"<div class='wide'><table>{ROW}</table></div>", f"{BEGIN}<div class='wide'><table>{ROW}</table></div>{END}"),
        ("<table><tr><td><pre>x</pre></td></tr></table>", f"{BEGIN}<table><tr><td><pre>x</pre></td></tr></table>{END}"),
        (
            "<div><table><tr><td>İİİ</td></tr></table></div>",
            f"{BEGIN}<div><table><tr><td>İİİ</td></tr></table></div>{END}",
        ),
    ],
)
def test_a_table_is_put_into_an_embed_and_that_is_told(text: str, value: str) -> None:
    assert told(text) == (value, [], ["Table put into an embed"])
    assert told(value) == (value, [], [])


def test_a_table_of_markdown_is_put_into_an_embed() -> None:
    value, warnings, fixed = told("Sizes\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd", markdown=True)
    assert (warnings, fixed) == ([], ["Table put into an embed"])
    assert str(value).startswith(f"<p>Sizes</p>{BEGIN}<table><thead><tr><th>a</th>") and str(value).endswith(
        f"</table>{END}<p>End</p>"
    )


@pytest.mark.parametrize(
    "text",
    [
        f"<blockquote><table>{ROW}</table></blockquote>",
        f"<ul><li><table>{ROW}</table></li></ul>",
        f"<div><p>a</p><table>{ROW}</table></div>",
        f"<p>a</p><table>{ROW}",
        "<table><tr><td></center>1</td></tr></table>",
        "<table><tr><td><div>1</td></tr></table></div>",
    ],
)
def test_a_table_that_cannot_stand_in_an_embed_is_named_as_lost(text: str) -> None:
    assert told(text) == (text, ["Table"], [])
