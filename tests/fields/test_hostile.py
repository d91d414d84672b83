"""A value never raises, whatever a cell or Webflow holds; and nothing takes longer because everything is wrong."""

import time
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import ReadContext, kind_of
from lib.fields.lookup import Lookup
from lib.model.collection import FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Severity
from tests.builders import a_field, an_id, an_item
from tests.fields.test_reading import AROUND, CHOICES, REFERS, TIMED, kinds, read

WRITABLE = [type for type in FieldType if type is not FieldType.UNKNOWN]
NASTY = [
    "9" * 5000,
    "1e400",
    "-1e-400",
    "1e" + "9" * 30,
    "." * 5000,
    "0." + "3" * 5000,
    "(" * 5000,
    "nan",
    "inf",
    "-0",
    "²",
    "٣",
    "rgb(999,1e400,-1)",
    "rgb(nan,inf,0)",
    "#" + "f" * 5000,
    "color(display-p3 1e999 0 0)",
    "device-cmyk(0 0 0 1)",
    "0000-01-01",
    "0001-01-01T00:00+14:00",
    "9999-12-31T23:59-14:00",
    "9999-12-31T23:59:59Z",
    "99999-12-31",
    "Abc Foo 99 2024 25:61:61 GMT+9999",
    "2024-05-01 10:00 +99:99",
    "31.12.1999 24:00",
    "https://" + "a." * 3000,
    "https://[::1",
    "https://x.example,https://[y",
    "[]",
    '["https://x.example"',
    '"' * 999,
    "a@" * 999,
    "<" * 3000,
    "<p" * 3000,
    "<!--" * 999,
    "&#0;&#99999999;&#xD800;",
    "[" * 3000,
    "\x00",
    "\ue000\U0010ffff",
    "," * 3000,
    ";" * 3000 + "x",
]
BITS = [
    "1",
    ".",
    ",",
    "-",
    "+",
    "e",
    "/",
    ":",
    "%",
    "€",
    "(",
    ")",
    "#",
    "May",
    "Mon",
    "PST",
    "am",
    "T",
    "Z",
    "https://",
    "x.example",
    "@",
    "\u200b",
    "́",
    "<b>",
    "&amp;",
    "**",
    '"',
    "rgb(",
    "{{wf ",
    "}}",
    "<wf-component>",
    "<wf-component a='",
    '<div data-rt-embed-type="true">',
    "</div>",
    "<table>",
    "<div><table>",
    "</table>",
    "<pre>",
    "`",
    "|",
    "[",
]
PIECES = some.sampled_from([*NASTY, *BITS, " ", "\n"])
HOSTILE = some.one_of(some.text(), PIECES, some.lists(PIECES, max_size=8).map("".join))
ODD_CHOICES = ReadingChoices(day_first=True, decimal=",", markdown=True, separator=",")
VALIDATIONS: dict[str, Any] = {**CHOICES, **REFERS}
JSON = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats()
    | some.text()
    | some.sampled_from(["\ud800", *NASTY]),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(["url", "alt", "id"]), inner),
    max_leaves=6,
)


@pytest.mark.parametrize("type", WRITABLE)
@pytest.mark.parametrize("rules", [{}, {**TIMED}, {"singleLine": True}, {"format": "integer"}], ids=str)
@given(texts=some.lists(HOSTILE, min_size=1, max_size=4), choices=some.sampled_from([ReadingChoices(), ODD_CHOICES]))
def test_whatever_a_cell_holds_ends_as_a_value_or_a_problem(
    type: FieldType, rules: dict[str, Any], texts: list[str], choices: ReadingChoices
) -> None:
    field = a_field("f", type, validations=VALIDATIONS | rules)
    column = pd.Series(texts, name="Column", dtype="str")
    reading = kind_of(type).read(column, field, choices, AROUND)
    told = {row for f in reading.problems if f.severity is Severity.ERROR for row in f.rows}
    assert not any(value is None and row not in told for row, value in reading.values.items() if _is_seen(column[row]))
    assert "Not understood" not in kinds(reading)
    values = reading.values[reading.values.notna()]
    assert all(rule.holds(values).isin([True, False]).all() for rule in kind_of(type).rules(field) if len(values))
    kind_of(type).show(values, field, AROUND)


def _is_seen(text: str) -> bool:
    return any(not character.isspace() and character not in "\u200b\u0301" for character in text) and text.isascii()


@pytest.mark.parametrize("type", WRITABLE)
@given(before=JSON, after=JSON)
def test_whatever_webflow_sends_is_compared_and_shown(type: FieldType, before: Any, after: Any) -> None:
    field = a_field("f", type, validations=VALIDATIONS)
    columns = [pd.Series([value], dtype="object") for value in (before, after)]
    assert kind_of(type).same(*columns).dtype == bool
    assert kind_of(type).show(columns[0], field, AROUND).dtype == "str"
    assert len(kind_of(type).cells(columns[0], field, AROUND)) == 1
    assert kind_of(type).is_stored(*columns, columns[0]).dtype == bool
    kind_of(type).as_written(before)
    assert len(kind_of(type).write(*columns)) == 1


def test_a_parser_that_fails_costs_one_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """No text is known that does this; should there be one, the other rows go on."""
    from lib.fields.column import Way, read_by

    def parse(text: str) -> str:
        if text == "bad":
            raise RecursionError
        return text

    reading = read_by(Way(parse=parse), pd.Series(["good", "bad", "fine"], name="Column", dtype="str"))
    assert list(reading.values) == ["good", None, "fine"]
    assert (kinds(reading), reading.problems[0].rows) == (["Not understood"], (1,))


LONG = 50_000


@pytest.mark.parametrize("type", WRITABLE)
@pytest.mark.parametrize(
    "piece", [*BITS, " ", "\n", "\n ", "<", "<p", "<a<b>", ";x", "a.", "https://x,", "@a.", '","', "1 "]
)
def test_long_cells_are_read_in_time_that_grows_with_their_length(type: FieldType, piece: str) -> None:
    """A pattern that backtracks, or work on all pairs, takes minutes for a cell of this length."""
    text = "x" + piece * (LONG // len(piece)) + "!"
    started = time.process_time()
    reading = read(type, text, **VALIDATIONS)
    for _ in range(2):
        kind_of(type).same(reading.values, reading.values.map(lambda value: None))
    assert time.process_time() - started < 4


@pytest.mark.parametrize(
    ("type", "text"),
    [
        pytest.param(FieldType.RICH_TEXT, "kept" + "t" * 300_000, id="looks like our own mark"),
        pytest.param(
            FieldType.MULTI_IMAGE, "https://a.example | x" + " https://b.example" * 100_000, id="one alt text"
        ),
    ],
)
def test_work_on_all_that_came_before_is_done_once(type: FieldType, text: str) -> None:
    """With the beginning copied for each letter or address, this takes minutes."""
    assert read(type, text).values[2]


@pytest.mark.parametrize("type", [FieldType.REFERENCE, FieldType.MULTI_REFERENCE])
def test_thousands_of_unknown_names_are_told_quickly(type: FieldType) -> None:
    items = [an_item(number, {"name": f"Author number {number}", "slug": f"author-{number}"}) for number in range(6000)]
    column = pd.Series([f"Autor nummer {number}" for number in range(6000)], name="Author", dtype="str")
    context = ReadContext(targets={REFERS["collectionId"]: items})
    started = time.process_time()
    reading = kind_of(type).read(column, a_field("f", type, validations=REFERS), ReadingChoices(), context)
    assert time.process_time() - started < 4  # all pairs take ten times as long
    (problem,) = reading.problems
    assert (problem.kind, len(problem.rows)) == ("No such item", 6000)
    assert "Did you mean “Author number" in problem.fix[0]
    assert "not all were compared" in problem.fix[-1]


def test_names_of_any_length_are_compared_in_a_moment() -> None:
    started = time.process_time()
    long = [f"{'word ' * 20_000}{number}" for number in range(20)]
    lookup = Lookup((an_id(number), (name,)) for number, name in enumerate(long))
    assert "“word word" in lookup.closest("x" + long[0])
    assert time.process_time() - started < 3
