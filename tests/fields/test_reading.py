"""What people write, and what it means: a table of cases for each field type."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import ReadContext, Reading, kind_of
from lib.fields.characters import is_blank
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Severity
from tests.builders import a_field, an_id, an_item

MAKERS = an_id(0xAA)
PEOPLE = [
    an_item(1, {"name": "Tom & Jerry", "slug": "tom-jerry"}),
    an_item(2, {"name": "Hammer, Sichel", "slug": "hammer"}),
    an_item(3, {"name": "Zoë  Ångström", "slug": "zoe"}),
    an_item(4, {"name": "Twin", "slug": "twin-a"}),
    an_item(5, {"name": "Twin", "slug": "twin-b"}),
]
AROUND = ReadContext(targets={MAKERS: PEOPLE}, time_zone="Europe/Berlin")
TIMED: dict[str, object] = {"format": "date-time"}
CHOICES: dict[str, object] = {
    "options": [
        {"id": "o1", "name": "Café "},
        {"id": "o2", "name": "Rock & Roll"},
        {"id": "o3", "name": "Dup"},
        {"id": "o4", "name": "dup"},
    ]
}
REFERS: dict[str, object] = {"collectionId": MAKERS}


def read(type: FieldType, *texts: str, slug: str = "f", choices: ReadingChoices | None = None, **rules: Any) -> Reading:
    field = a_field(slug, type, validations=rules)
    column = pd.Series(list(texts), index=range(2, len(texts) + 2), name="Column", dtype="str")
    return kind_of(type).read(column, field, choices or ReadingChoices(), AROUND)


def kinds(reading: Reading, severity: Severity = Severity.ERROR) -> list[str]:
    return [problem.kind for problem in reading.problems if problem.severity is severity]


@pytest.mark.parametrize(
    ("type", "text", "value", "rules"),
    [
        (FieldType.SWITCH, "TRUE", True, {}),
        (FieldType.SWITCH, " Ja ", True, {}),
        (FieldType.SWITCH, "não", False, {}),
        (FieldType.SWITCH, "✓", True, {}),
        (FieldType.SWITCH, "✔️", True, {}),
        (FieldType.SWITCH, "0", False, {}),
        (FieldType.SWITCH, "OUI", True, {}),
        (FieldType.NUMBER, "12.50", 12.5, {}),
        (FieldType.NUMBER, "1e3", 1000, {}),
        (FieldType.NUMBER, "1.234,56", 1234.56, {}),
        (FieldType.NUMBER, "1,234.56", 1234.56, {}),
        (FieldType.NUMBER, "1\u202f234,5", 1234.5, {}),
        (FieldType.NUMBER, "1'234'567", 1234567, {}),
        (FieldType.NUMBER, "€ 1.234.567", 1234567, {}),
        (FieldType.NUMBER, "15 %", 15, {}),
        (FieldType.NUMBER, "−3", -3, {}),
        (FieldType.NUMBER, "CHF 12.50", 12.5, {}),
        (FieldType.NUMBER, "+7", 7, {}),
        (FieldType.DATE_TIME, "2026-03-31", "2026-03-31T00:00:00.000Z", {}),
        (FieldType.DATE_TIME, "31.03.2026", "2026-03-31T00:00:00.000Z", {}),
        (FieldType.DATE_TIME, "31/3/2026", "2026-03-31T00:00:00.000Z", {}),
        (FieldType.DATE_TIME, "3/31/2026", "2026-03-31T00:00:00.000Z", {}),
        (FieldType.DATE_TIME, "2026-03-31 13:45:00", "2026-03-31T11:45:00.000Z", TIMED),
        (FieldType.DATE_TIME, "2026-03-31T13:45:00Z", "2026-03-31T13:45:00.000Z", TIMED),
        (FieldType.DATE_TIME, "2026-03-31T13:45:00+02:00", "2026-03-31T11:45:00.000Z", TIMED),
        (
            FieldType.DATE_TIME,
            "Thu Dec 25 2025 17:55:32 GMT+0000 (Coordinated Universal Time)",
            "2025-12-25T17:55:32.000Z",
            TIMED,
        ),
        (FieldType.DATE_TIME, "25. Dezember 2025", "2025-12-25T00:00:00.000Z", {}),
        (FieldType.DATE_TIME, "25 décembre 2025", "2025-12-25T00:00:00.000Z", {}),
        (FieldType.DATE_TIME, "25 de diciembre de 2025", "2025-12-25T00:00:00.000Z", {}),
        (FieldType.DATE_TIME, "December 25, 2025 5:30 pm", "2025-12-25T16:30:00.000Z", TIMED),
        (FieldType.COLOR, "#0B6E4F", "#0B6E4F", {}),
        (FieldType.COLOR, "rgba(1, 2, 3, .5)", "rgba(1, 2, 3, .5)", {}),
        (FieldType.COLOR, "rebeccapurple", "rebeccapurple", {}),
        (FieldType.OPTION, "cafe", "o1", CHOICES),
        (FieldType.OPTION, "Rock &amp; Roll", "o2", CHOICES),
        (FieldType.OPTION, "o2", "o2", CHOICES),
        (FieldType.OPTION, "Dup", "o3", CHOICES),
        (FieldType.REFERENCE, "tom-jerry", an_id(1), REFERS),
        (FieldType.REFERENCE, "Tom &amp; Jerry", an_id(1), REFERS),
        (FieldType.REFERENCE, "zoe angstrom", an_id(3), REFERS),
        (FieldType.REFERENCE, an_id(2), an_id(2), REFERS),
        (FieldType.MULTI_REFERENCE, "hammer; zoe", [an_id(2), an_id(3)], REFERS),
        (FieldType.MULTI_REFERENCE, "Hammer, Sichel, Zoë Ångström", [an_id(2), an_id(3)], REFERS),
        (FieldType.MULTI_REFERENCE, "Tom &amp; Jerry; zoe", [an_id(1), an_id(3)], REFERS),
        (FieldType.MULTI_REFERENCE, "hammer|zoe", [an_id(2), an_id(3)], REFERS),
        (FieldType.LINK, "https://a.example/b?c=d", "https://a.example/b?c=d", {}),
        (FieldType.LINK, "mailto:a@b.example", "mailto:a@b.example", {}),
        (FieldType.LINK, "/about", "/about", {}),
        (FieldType.EMAIL, " ada@example.com ", "ada@example.com", {}),
        (FieldType.PHONE, "+1 (123) 213", "+1 (123) 213", {}),
        (FieldType.VIDEO_LINK, "https://youtu.be/x", "https://youtu.be/x", {}),
        (FieldType.IMAGE, "https://a.example/b%20(5).png", {"url": "https://a.example/b%20(5).png"}, {}),
        (
            FieldType.MULTI_IMAGE,
            "https://a.example/1,2.png; https://a.example/3;4.png",
            [{"url": "https://a.example/1,2.png"}, {"url": "https://a.example/3;4.png"}],
            {},
        ),
        (FieldType.PLAIN_TEXT, "  two\nlines ", "  two\nlines ", {}),
        (FieldType.PLAIN_TEXT, " one line ", "one line", {"singleLine": True}),
        (FieldType.RICH_TEXT, "<p>a</p>\n <ul>\n<li>b</li></ul>", "<p>a</p><ul><li>b</li></ul>", {}),
        (FieldType.RICH_TEXT, "a < b & c", "<p>a &lt; b &amp; c</p>", {}),
        (FieldType.RICH_TEXT, "one\n\ntwo\nlines", "<p>one</p><p>two<br>lines</p>", {}),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_text_means_a_value(type: FieldType, text: str, value: Any, rules: dict[str, Any]) -> None:
    reading = read(type, text, **rules)
    assert kinds(reading) == []
    assert reading.values[2] == value


@pytest.mark.parametrize(
    ("type", "text", "kind", "fix", "rules"),
    [
        (FieldType.SWITCH, "maybe", "Not yes or no", "yes or no", {}),
        (FieldType.NUMBER, "on request", "Not a number", "digits", {}),
        (FieldType.NUMBER, "1,234", "Comma: decimal or thousands?", "decimal mark", {}),
        (FieldType.NUMBER, "1.2.3,4,5", "Not a number", "digits", {}),
        (FieldType.NUMBER, "nan", "Not a number", "digits", {}),
        (FieldType.NUMBER, "1e999", "Not a number", "digits", {}),
        (FieldType.DATE_TIME, "03/04/2025", "Day or month first?", "2026-03-31", {}),
        (FieldType.DATE_TIME, "2026-02-30", "No such date", "does not exist", {}),
        (FieldType.DATE_TIME, "45000", "Date as a number", "2023-03-15", {}),
        (FieldType.DATE_TIME, "someday", "Not a date", "2026-03-31", {}),
        (FieldType.DATE_TIME, "December 2025", "Not a date", "2026-03-31", {}),
        (FieldType.COLOR, "0B6E4F", "Not a colour", "“#0B6E4F”", {}),
        (FieldType.COLOR, "greenish", "Not a colour", "six digits", {}),
        (FieldType.OPTION, "Cafeteria", "No such option", "“Café”", CHOICES),
        (FieldType.OPTION, "DUP", "Several options of this name", "id", CHOICES),
        (FieldType.REFERENCE, "Tom and Jerry", "No such item", "“Tom & Jerry”", REFERS),
        (FieldType.REFERENCE, "Twin", "Several items of this name", "slug", REFERS),
        (FieldType.MULTI_REFERENCE, "hammer; nobody at all", "No such item", "“nobody at all”", REFERS),
        (FieldType.LINK, "not a link", "Not a web address", "https://", {}),
        (FieldType.LINK, "javascript:alert(1)", "Not a web address", "https://", {}),
        (FieldType.EMAIL, "Ada <ada@example.com>", "Not an e-mail address", "one address", {}),
        (FieldType.VIDEO_LINK, "youtu.be/x", "Not a web address", "“https://youtu.be/x”", {}),
        (FieldType.IMAGE, "C:\\photo.png", "Not a web address", "https://", {}),
        (FieldType.IMAGE, "//cdn.example/a.png", "Not a web address", "“https://cdn.example/a.png”", {}),
        (FieldType.PLAIN_TEXT, "two\nlines", "Line break in a one-line text", "line breaks", {"singleLine": True}),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_wrong_text_says_what_and_how_to_fix_it(
    type: FieldType, text: str, kind: str, fix: str, rules: dict[str, Any]
) -> None:
    reading = read(type, text, **rules)
    (problem,) = reading.problems
    assert (problem.kind, problem.severity, problem.rows, problem.values) == (kind, Severity.ERROR, (2,), (text,))
    assert fix in problem.fix[0]
    assert reading.values[2] is None


def test_a_wrong_slug_comes_with_a_right_one() -> None:
    (problem,) = read(FieldType.PLAIN_TEXT, "Été à Paris!", slug="slug").problems
    assert (problem.kind, list(problem.fix)) == ("Not a page address", ["Write it as “ete-a-paris”."])


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["03/04/2025", "25/12/2025"], ["2025-04-03", "2025-12-25"]),
        (["03/04/2025", "12/25/2025"], ["2025-03-04", "2025-12-25"]),
    ],
)
def test_the_whole_column_tells_day_from_month(texts: list[str], values: list[str]) -> None:
    assert [value[:10] for value in read(FieldType.DATE_TIME, *texts).values] == values


def test_a_column_that_contradicts_itself_is_asked_about() -> None:
    reading = read(FieldType.DATE_TIME, "25/12/2025", "12/25/2025", "03/04/2025")
    assert set(kinds(reading)) == {"Day or month first?"}


def test_a_time_zone_nobody_knows_is_read_as_utc() -> None:
    column = pd.Series(["2026-03-31 13:45"], name="Column", dtype="str")
    field = a_field("f", FieldType.DATE_TIME, validations=TIMED)
    reading = kind_of(FieldType.DATE_TIME).read(column, field, ReadingChoices(), ReadContext(time_zone="Odd/Zone"))
    assert list(reading.values) == ["2026-03-31T13:45:00.000Z"]


def test_the_persons_choice_settles_day_and_month() -> None:
    reading = read(FieldType.DATE_TIME, "03/04/2025", choices=ReadingChoices(day_first=True))
    assert reading.values[2] == "2025-04-03T00:00:00.000Z"


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["1,234", "5,50"], [1.234, 5.5]),
        (["1,234", "5.50"], [1234, 5.5]),
        (["1.234", "5,50"], [1234, 5.5]),
        (["1.234", "5.50"], [1.234, 5.5]),
        (["1.234", "1.234.567"], [1234, 1234567]),
    ],
)
def test_the_whole_column_tells_the_decimal_mark(texts: list[str], values: list[float]) -> None:
    reading = read(FieldType.NUMBER, *texts)
    assert (list(reading.values), kinds(reading)) == (values, [])


def test_what_was_changed_or_doubtful_is_said() -> None:
    assert kinds(read(FieldType.NUMBER, "5 €"), Severity.FIXED) == ["Sign removed"]
    assert kinds(read(FieldType.NUMBER, "1.234"), Severity.WARNING) == ["Point: decimal or thousands?"]
    assert kinds(read(FieldType.DATE_TIME, "31.03.26"), Severity.WARNING) == ["Year with two digits"]
    assert kinds(read(FieldType.LINK, "example.com"), Severity.FIXED) == ["Link without https://"]
    assert kinds(read(FieldType.RICH_TEXT, "a\nb"), Severity.FIXED) == ["Plain text made into paragraphs"]


def test_markdown_becomes_rich_text_where_the_person_says_so() -> None:
    reading = read(FieldType.RICH_TEXT, "# Hi\n\n- a\n- b", choices=ReadingChoices(markdown=True))
    assert reading.values[2] == "<h1>Hi</h1><ul><li>a</li><li>b</li></ul>"


@pytest.mark.parametrize(
    ("rules", "value", "holds"),
    [
        ({"format": "integer"}, 1.5, False),
        ({"format": "integer"}, 2, True),
        ({"allowNegative": False}, -1, False),
        ({"minValue": 3}, 2, False),
        ({"maxValue": 3}, 3, True),
        ({"maxValue": "3", "minValue": None, "pattern": {}, "precision": 1}, 9.999, True),
    ],
)
def test_limits_of_numbers_come_from_the_field(rules: dict[str, object], value: float, holds: bool) -> None:
    field = a_field("n", FieldType.NUMBER, validations=rules)
    values = pd.Series([value], dtype="object")
    assert all(bool(rule.holds(values).all()) for rule in kind_of(FieldType.NUMBER).rules(field)) is holds


@pytest.mark.parametrize("type", [FieldType.PLAIN_TEXT, FieldType.RICH_TEXT])
def test_limits_of_length_come_from_the_field(type: FieldType) -> None:
    field = a_field("t", type, validations={"minLength": 2, "maxLength": 3})
    (rule,) = kind_of(type).rules(field)
    assert list(rule.holds(pd.Series(["a", "ab", "abc", "abcd"], dtype="object"))) == [False, True, True, False]
    assert rule.expected == "2 to 3 characters"


WRITABLE = [type for type in FieldType if type is not FieldType.UNKNOWN]


# What is a value in one field or another, and what is nearly one.
WORDS = "yes 12 1,5 € % 2026-05-31 31/05/2026 13:45 #22304a rgb(1,2,3) Café Dup hammer Twin a@b.de https:// e.com/a.jpg"
SIGNS = ["<p>", "</p>", "**", "; ", "|", " ", "\n", "\u200b", "\u00a0"]
WRITTEN = some.lists(some.sampled_from([*WORDS.split(), *SIGNS]), max_size=4).map("".join)


def field_of(type: FieldType) -> Field:
    return a_field("f", type, validations={**CHOICES, **REFERS})


def has_seen(text: str) -> bool:
    return not is_blank(pd.Series([text], dtype="str")).any()


@pytest.mark.parametrize("type", WRITABLE)
@given(texts=some.lists(some.text() | WRITTEN, min_size=1, max_size=6))
def test_no_text_breaks_the_reading_and_none_gets_lost(type: FieldType, texts: list[str]) -> None:
    column = pd.Series([text.replace("\x00", "") for text in texts], name="Column", dtype="str")
    reading = kind_of(type).read(column, field_of(type), ReadingChoices(), AROUND)
    told = {row for f in reading.problems if f.severity is Severity.ERROR for row in f.rows}
    for row, text in column.items():
        assert (reading.values[row] is not None) == (has_seen(text) and row not in told)


@pytest.mark.parametrize("type", WRITABLE)
def test_blank_cells_have_no_value_and_no_problem(type: FieldType) -> None:
    reading = read(type, "", "  ", "\u00a0", **CHOICES, **REFERS)
    assert list(reading.values) == [None, None, None]
    assert reading.problems == ()
