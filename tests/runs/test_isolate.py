"""A refused batch is taken apart so that only the bad rows fail, with few requests."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from benchmarks.isolation import Details, batch, by_field, by_nothing, by_value, isolate
from lib.errors import Detail, NotFound, RequestRefused, WebflowError
from lib.model.plan import Change
from lib.runs.isolate import is_about_rows, next_groups
from tests.builders import a_change


@given(size=some.integers(2, 100), details=some.sampled_from([by_value, by_field, by_nothing]))
def test_taking_apart_loses_and_repeats_nothing(size: int, details: Callable[[Change], Details]) -> None:
    changes = batch(size)
    groups = next_groups(changes, details(changes[0]))
    assert len(groups) > 1 and sorted(change.row for group in groups for change in group) == [c.row for c in changes]


@pytest.mark.parametrize(
    ("k", "with_value", "plain_halving"), [(1, 3, 15), (2, 5, 29), (5, 11, 64), (20, 41, 160)], ids=lambda n: str(n)
)
def test_few_requests_find_the_bad_rows(k: int, with_value: int, plain_halving: int) -> None:
    bad = set(random.Random(7).sample(range(2, 102), k))
    assert isolate(batch(), bad, by_value) == (bad, with_value)
    found, requests = isolate(batch(), bad, by_nothing)
    assert found == bad
    assert requests <= plain_halving


def test_rows_without_the_named_field_are_innocent_at_once() -> None:
    changes = tuple(a_change(row, {"author": "x"} if row == 50 else {"name": "y"}) for row in range(2, 102))
    assert isolate(changes, {50}, by_field) == ({50}, 3)


@given(bad=some.sets(some.integers(2, 41)), details=some.sampled_from([by_value, by_field, by_nothing]))
def test_exactly_the_bad_rows_end_alone(bad: set[int], details: Callable[[Change], Details]) -> None:
    assert isolate(batch(40), bad, details)[0] == bad


@pytest.mark.parametrize(
    ("error", "about_rows"),
    [
        (RequestRefused("x", details=[Detail(param="slug", description="Field is required")]), True),
        (NotFound("x", remote_message="Requested resource not found"), True),
        (NotFound("x", remote_message="Requested resource not found: The collection cannot be found"), False),
        (RequestRefused("x", remote_message="Conflict: Collection structure changed since the last publish"), False),
        (
            RequestRefused("x", details=[Detail(param="a", description="Field not described in schema: undefined")]),
            False,
        ),
        (WebflowError("x"), False),
    ],
)
def test_what_is_wrong_with_everything_is_not_taken_apart(error: WebflowError, about_rows: bool) -> None:
    assert is_about_rows(error) is about_rows
