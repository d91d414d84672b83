"""Only real changes are changes; and what is shown can be read back."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import kind_of
from lib.model.collection import FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Severity
from tests.builders import a_field, an_id
from tests.fields.test_reading import AROUND, CHOICES, REFERS, TIMED

IN_EMBED = '<div data-rt-embed-type="true"><table><tr><td>a</td></tr></table></div>'


@pytest.mark.parametrize(
    ("type", "before", "after", "same"),
    [
        (FieldType.PLAIN_TEXT, None, "", True),
        (FieldType.PLAIN_TEXT, "a\nb", "a\r\nb ", True),
        (FieldType.PLAIN_TEXT, "a", "A", False),
        (FieldType.NUMBER, 1, 1.0, True),
        (FieldType.NUMBER, None, 0, False),
        (FieldType.SWITCH, None, False, True),
        (FieldType.SWITCH, True, False, False),
        (FieldType.COLOR, "#fff", "rgb(255, 255, 255)", True),
        (FieldType.COLOR, "#3F51B5", "#3f51b5ff", True),
        (FieldType.COLOR, "#3F51B5", "#3F51B6", False),
        (FieldType.DATE_TIME, "2024-04-14T10:00:00.859Z", "2024-04-14T10:00:00.000Z", True),
        (FieldType.DATE_TIME, "2024-04-14T10:00:00.000Z", "2024-04-14T12:00:00+02:00", True),
        (FieldType.DATE_TIME, "2024-04-14T10:00:00.000Z", "2024-04-14T10:00:01.000Z", False),
        (FieldType.IMAGE, {"fileId": "x", "url": "u", "alt": None}, {"url": "u"}, True),
        (FieldType.IMAGE, {"fileId": "x", "url": "u"}, {"url": "v"}, False),
        (FieldType.MULTI_IMAGE, [{"fileId": "x", "url": "u"}], [{"url": "u"}], True),
        (FieldType.MULTI_IMAGE, [], None, True),
        (FieldType.MULTI_IMAGE, [{"url": "u"}, {"url": "v"}], [{"url": "v"}, {"url": "u"}], False),
        (FieldType.VIDEO_LINK, {"url": "u", "metadata": {}}, "u", True),
        (FieldType.MULTI_REFERENCE, ["a", "b"], ["a", "b"], True),
        (FieldType.MULTI_REFERENCE, ["a", "b"], ["b", "a"], False),
        (FieldType.RICH_TEXT, '<p id="">a</p>', "<p>a</p>", True),
        (FieldType.RICH_TEXT, '<a href="x" target="y">a</a>', '<a target="y" href="x">a</a>', True),
        (FieldType.RICH_TEXT, "<p>a &amp; b</p><br/>", "<p>a & b</p> <br>", True),
        (FieldType.RICH_TEXT, "<p>a</p><ul><li>b</li></ul>", "<p>a</p>\n<ul>\n <li>b</li>\n</ul>", True),
        (FieldType.RICH_TEXT, "plain", "<p>plain</p>", True),
        (FieldType.RICH_TEXT, "<table><tr><td>a</td></tr></table>", IN_EMBED, True),
        (FieldType.RICH_TEXT, IN_EMBED.replace('"', "'"), IN_EMBED, True),
        (FieldType.RICH_TEXT, "<table><tr><td>b</td></tr></table>", IN_EMBED, False),
        (FieldType.RICH_TEXT, "<p>a</p>", IN_EMBED, False),
        (FieldType.RICH_TEXT, '<wf-component data-w-id="1" component-id="2">', '<wf-component component-id="2">', True),
        (FieldType.RICH_TEXT, '<wf-component component-id="1">', '<wf-component component-id="2">', False),
        (FieldType.RICH_TEXT, '<p data-w-id="1">a</p>', "<p>a</p>", False),
        (FieldType.RICH_TEXT, "<p>a b</p>", "<p>ab</p>", False),
        (FieldType.RICH_TEXT, "<p>a <em>b</em></p>", "<p>a<em>b</em></p>", False),
        (FieldType.RICH_TEXT, "<p>a</p><p>b</p>", "<p>a b</p>", False),
        (FieldType.RICH_TEXT, "<h2>a</h2>", "<h3>a</h3>", False),
    ],
    ids=lambda value: str(value)[:30],
)
def test_same_means_same(type: FieldType, before: Any, after: Any, same: bool) -> None:
    columns = (pd.Series([value], dtype="object") for value in (before, after))
    assert list(kind_of(type).same(*columns)) == [same]


MOMENTS = some.datetimes(min_value=pd.Timestamp("1950-01-01"), max_value=pd.Timestamp("2100-01-01"))
ADDRESSES = some.from_regex(r"\Ahttps://[a-z]{1,8}\.example/[a-z0-9/%();,-]{0,12}[a-z0-9]\Z")
WORDS = some.text(some.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda t: bool(t.strip()))
VALUES: dict[FieldType, some.SearchStrategy[Any]] = {
    FieldType.PLAIN_TEXT: WORDS,
    FieldType.PHONE: WORDS,
    FieldType.RICH_TEXT: WORDS.map(lambda t: t.replace("<", "")).filter(str.strip).map(lambda t: f"<p>{t}</p>"),
    FieldType.NUMBER: some.integers(-(10**15), 10**15) | some.floats(allow_nan=False, allow_infinity=False),
    FieldType.SWITCH: some.booleans(),
    FieldType.DATE_TIME: MOMENTS.map(lambda m: m.isoformat(timespec="seconds") + ".000Z"),
    FieldType.COLOR: some.from_regex(r"\A#[0-9A-Fa-f]{6}\Z") | some.sampled_from(["teal", "rgb(1,2,3)"]),
    FieldType.OPTION: some.sampled_from(["o1", "o2", "o3", "o4"]),
    FieldType.REFERENCE: some.sampled_from([an_id(n) for n in range(1, 6)]),
    FieldType.MULTI_REFERENCE: some.lists(some.sampled_from([an_id(n) for n in range(1, 6)]), min_size=1, max_size=4),
    FieldType.LINK: ADDRESSES,
    FieldType.EMAIL: some.from_regex(r"\A[a-z.+]{1,8}@[a-z]{1,8}\.example\Z"),
    FieldType.VIDEO_LINK: ADDRESSES.map(lambda url: {"url": url, "metadata": {"title": "x"}}),
    FieldType.IMAGE: ADDRESSES.map(lambda url: {"fileId": "f", "url": url, "alt": None}),
    FieldType.FILE: ADDRESSES.map(lambda url: {"fileId": "f", "url": url}),
    FieldType.MULTI_IMAGE: some.lists(
        ADDRESSES.map(lambda url: {"fileId": "f", "url": url.rstrip(";,")}), min_size=1, max_size=3
    ),
}


@pytest.mark.parametrize("type", list(VALUES))
@given(data=some.data())
def test_what_is_shown_reads_back_as_the_same(type: FieldType, data: some.DataObject) -> None:
    field = a_field("f", type, validations={**CHOICES, **REFERS, **TIMED})
    values = pd.Series(data.draw(some.lists(VALUES[type] | some.none(), min_size=1, max_size=4)), dtype="object")
    texts = kind_of(type).show(values, field, AROUND).rename("Column")
    reading = kind_of(type).read(texts, field, ReadingChoices(), AROUND)
    assert not [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    assert kind_of(type).same(values, reading.values).all()


def test_days_are_shown_as_days_where_the_field_holds_days() -> None:
    values = pd.Series(["2024-04-14T00:00:00.000Z", "2024-04-14T10:00:00.000Z", None], dtype="object")
    field = a_field("d", FieldType.DATE_TIME)
    shown = kind_of(FieldType.DATE_TIME).show(values, field, AROUND)
    assert list(shown) == ["2024-04-14", "2024-04-14T10:00:00Z", ""]
