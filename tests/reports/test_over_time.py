"""What Webflow took adds up over time, and waits lie before the requests that waited."""

from datetime import UTC, datetime, timedelta

import pytest

from lib.model.run import Attempt
from lib.reports.over_time import items_over_time, waits

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def attempt(at: float, items: int = 100, status: int | None = 200, seconds: float = 1.0, waited: float = 0) -> Attempt:
    started = BEGAN + timedelta(seconds=at)
    return Attempt(batch=1, item_count=items, started_on=started, status=status, seconds=seconds, waited_seconds=waited)


@pytest.mark.parametrize(
    ("attempts", "line"),
    [
        ([], []),
        ([attempt(0)], [(0.0, 0), (1.0, 100)]),
        ([attempt(0), attempt(0.5, 50, seconds=0.2)], [(0.0, 0), (0.7, 50), (1.0, 150)]),
        ([attempt(0, status=429), attempt(3, status=202), attempt(4, status=None)], [(0.0, 0), (4.0, 100)]),
    ],
)
def test_items_that_webflow_took_add_up(attempts: list[Attempt], line: list[tuple[float, int]]) -> None:
    table = items_over_time(attempts)
    assert list(zip(table["seconds"], table["items"], strict=True)) == line


def test_waits_lie_before_the_requests_that_waited() -> None:
    table = waits([attempt(0, waited=5), attempt(40, waited=30), attempt(50, waited=0.2)])
    assert list(zip(table["from"], table["to"], strict=True)) == [(0.0, 0.0), (10.0, 40.0)]


def test_a_run_without_requests_waited_for_nothing() -> None:
    assert waits([]).empty
