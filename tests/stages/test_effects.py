"""What changes do to what an item holds, and which of them are worth a look first."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import ReadContext
from lib.model.collection import FieldType
from lib.model.effect import Effect, Risk
from lib.stages.diff import change_table
from lib.stages.effects import NO_RISK, SHRUNK_BY, effects, sizes
from tests.builders import a_change, a_collection, a_field, a_plan, a_sheet

COLLECTION = a_collection(
    a_field("note"),
    a_field("text", FieldType.RICH_TEXT),
    a_field("photo", FieldType.IMAGE),
    a_field("photos", FieldType.MULTI_IMAGE),
    a_field("price", FieldType.NUMBER),
    a_field("site", FieldType.LINK),
)
HELD = "x" * 300
TAGGED = '<h2 class="a-very-long-name-of-a-class"></h2>' * 9
ONE, OTHER = ({"url": f"https://a.example/{name}.jpg"} for name in "ab")


def told(before: Mapping[str, object], after: Mapping[str, object], **changes: Any) -> pd.DataFrame:
    plan = a_plan([a_change(2, after, before=before, **changes)], a_sheet({"Slug": ["a"]}))
    return change_table(plan, COLLECTION, ReadContext())


@pytest.mark.parametrize(
    ("field", "before", "after", "effect", "risk"),
    [
        pytest.param("note", None, "a", Effect.NEW, NO_RISK, id="a text where there was none"),
        pytest.param("note", "a", "b", Effect.CHANGED, NO_RISK, id="another text"),
        pytest.param("note", "a", None, Effect.ERASED, Risk.ERASED, id="an erased text"),
        pytest.param("note", HELD, None, Effect.ERASED, Risk.ERASED, id="an erased long text does not only shrink"),
        pytest.param("photos", [ONE], [], Effect.ERASED, Risk.ERASED, id="an empty list is erased"),
        pytest.param("price", 0, None, Effect.ERASED, Risk.ERASED, id="zero is a value"),
        pytest.param("price", None, 0, Effect.NEW, NO_RISK, id="zero as a new value"),
        pytest.param("slug", "a", "b", Effect.CHANGED, Risk.MOVED, id="another page address"),
        pytest.param("photo", ONE, OTHER, Effect.CHANGED, Risk.IMPORTED, id="another image"),
        pytest.param("photo", None, ONE, Effect.NEW, NO_RISK, id="a first image"),
        pytest.param("photos", [ONE], [ONE, OTHER], Effect.CHANGED, Risk.IMPORTED, id="one image more"),
        pytest.param("note", HELD, "x" * 149, Effect.CHANGED, Risk.SHRUNK, id="less than half is left"),
        pytest.param("note", HELD, "x" * 150, Effect.CHANGED, NO_RISK, id="half is left"),
        pytest.param("note", "x" * (SHRUNK_BY + 1), "", Effect.ERASED, Risk.ERASED, id="nothing is left"),
        pytest.param("note", "x" * SHRUNK_BY, "x", Effect.CHANGED, NO_RISK, id="not so many characters go"),
        pytest.param(
            "text", f"<p>{HELD}</p>", f"{TAGGED}<p>x</p>", Effect.CHANGED, Risk.SHRUNK, id="tags are no words"
        ),
        pytest.param("text", f"{TAGGED}<p>x</p>", "<p>x</p>", Effect.CHANGED, NO_RISK, id="only tags go"),
        pytest.param("site", f"https://a.example/{HELD}", "https://a.example", Effect.CHANGED, NO_RISK, id="a link"),
    ],
)
def test_each_change_has_one_effect_and_at_most_one_risk(
    field: str, before: object, after: object, effect: Effect, risk: Risk | str
) -> None:
    held = {} if before is None else {field: before}
    (line,) = told(held, {field: after}).itertuples()
    assert (line.effect, line.risk) == (effect, risk)


def test_a_status_that_changes_is_a_change_without_risk() -> None:
    (line,) = told({}, {}, is_draft=True).itertuples()
    assert (line.field, line.effect, line.risk) == ("Draft", Effect.CHANGED, NO_RISK)


@given(some.lists(some.tuples(some.sampled_from(["", "a", "b"]), some.sampled_from(["", "a", "b"]))))
def test_nothing_before_is_new_and_nothing_after_is_erased(pairs: list[tuple[str, str]]) -> None:
    pairs = [pair for pair in pairs if pair[0] != pair[1]]
    now, after = (pd.Series([pair[place] for pair in pairs], dtype="str") for place in (0, 1))
    found = effects(now, after)
    assert list(found == Effect.NEW) == [not before for before, _ in pairs]
    assert list(found == Effect.ERASED) == [not wanted for _, wanted in pairs]


@pytest.mark.parametrize(
    ("now", "after", "size"),
    [
        ("", "", 0),
        ("same", "same", 0),
        ("", "new", 3),
        ("old", "", 3),
        ("a warm red glaze", "a warm blue glaze", 4),
        ("aaa", "aaaa", 1),
        ("ab" * 1_000, "ab" * 999, 2),
    ],
)
def test_a_change_is_as_large_as_what_it_replaces(now: str, after: str, size: int) -> None:
    assert list(sizes(pd.Series([now], dtype="str"), pd.Series([after], dtype="str"))) == [size]


@given(*[some.text("ab", max_size=6)] * 4)
def test_what_both_texts_begin_and_end_with_adds_no_size(start: str, end: str, now: str, after: str) -> None:
    one, other = start + now + end, start + after + end
    (size,) = sizes(pd.Series([one], dtype="str"), pd.Series([other], dtype="str"))
    assert (size == 0) == (one == other)
    assert abs(len(now) - len(after)) <= size <= max(len(now), len(after))
