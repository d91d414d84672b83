"""A refused batch is taken apart so that only the bad rows fail, with few requests."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from benchmarks.isolation import Details, batch, by_field, by_image, by_nothing, by_value, isolate, with_bad_images
from lib.errors import Detail
from lib.model.plan import Change
from lib.runs.isolate import next_groups
from tests.builders import a_change


@given(size=some.integers(2, 100), details=some.sampled_from([by_value, by_field, by_image, by_nothing]))
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
    assert isolate(with_bad_images(bad), bad, by_image) == (bad, with_value)
    found, requests = isolate(batch(), bad, by_nothing)
    assert found == bad
    assert requests <= plain_halving


def named(field: str, text: str = "Remote file failed to import") -> Callable[[Change], Details]:
    return lambda change: (Detail(param=field, description=text),)


def rows_with(field: str, values: list[object]) -> tuple[Change, ...]:
    return tuple(a_change(row, {field: value}) for row, value in enumerate(values, 2))


@pytest.mark.parametrize(
    ("field", "good", "bad", "most"),
    [
        ("photo", {"url": "https://a.example/x.jpg"}, {"url": "https://b.example/x.jpg"}, 9),
        ("photo", {"url": "https://a.example/x.jpg"}, {"url": "https://a.example/x.PDF"}, 9),
        (
            "photos",
            [{"url": "https://a.example/x.jpg"}],
            [{"url": "https://a.example/x.jpg"}, {"url": "https://b/y"}],
            9,
        ),
        ("blurb", "Short and good.", "Far too long for this field. " * 9, 9),
        ("blurb", "Of length 16 ...", "Of length 17 ....", 20),
        ("maker", "66f0c1a2b3d4e5f60718293a", None, 9),
        ("tags", ["66f0c1a2b3d4e5f60718293a"], [], 9),
        ("link", "https://a.example/", "http://[", 9),
    ],
    ids=["host", "ending", "one of a gallery", "length", "little longer", "emptied", "emptied list", "no address"],
)
def test_bad_values_that_are_alike_are_found_together(field: str, good: object, bad: object, most: int) -> None:
    where = {9, 30, 31, 77}
    changes = rows_with(field, [bad if row in where else good for row in range(2, 102)])
    found, requests = isolate(changes, where, named(field))
    assert found == where and requests <= most


@pytest.mark.parametrize("text", ["Referenced item not found: {}", "Referenced item {} not found", "No item '{}'"])
def test_an_id_in_the_text_names_the_value_wherever_it_stands(text: str) -> None:
    bad, good = "0" * 23 + "1", "66f0c1a2b3d4e5f60718293a"
    changes = rows_with("makers", [[good, bad] if row == 40 else [good] for row in range(2, 102)])
    assert isolate(changes, {40}, named("makers", text.format(bad))) == ({40}, 3)


def test_a_refused_null_is_a_value_that_is_named() -> None:
    changes = rows_with("maker", [None if row == 40 else "66f0c1a2b3d4e5f60718293a" for row in range(2, 102)])
    assert isolate(changes, {40}, named("maker", "Expected value to be an ItemRef: 'null'")) == ({40}, 3)


@given(
    seed=some.integers(0, 10_000),
    count=some.integers(1, 20),
    hosts=some.integers(1, 30),
    longest=some.integers(1, 60),
)
def test_bad_values_that_are_not_alike_cost_little_more_than_halving(
    seed: int, count: int, hosts: int, longest: int
) -> None:
    chance = random.Random(seed)
    urls = [f"https://h{chance.randint(1, hosts)}.example/{'x' * chance.randint(1, longest)}.jpg" for _ in range(100)]
    bad = set(chance.sample(range(2, 102), count))
    found, requests = isolate(rows_with("photo", [{"url": url} for url in urls]), bad, named("photo"))
    assert found == bad
    assert requests <= 2 * count * 8 + 15


def test_rows_without_the_named_field_are_innocent_at_once() -> None:
    changes = tuple(a_change(row, {"author": "x"} if row == 50 else {"name": "y"}) for row in range(2, 102))
    assert isolate(changes, {50}, by_field) == ({50}, 3)


@given(bad=some.sets(some.integers(2, 41)), details=some.sampled_from([by_value, by_field, by_image, by_nothing]))
def test_exactly_the_bad_rows_end_alone(bad: set[int], details: Callable[[Change], Details]) -> None:
    assert isolate(batch(40), bad, details)[0] == bad
