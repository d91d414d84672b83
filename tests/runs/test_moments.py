"""Every edit after a reading is told by its moment, whatever clocks say; a quiet collection costs one request."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.model.row_status import RowStatus
from lib.model.run import Outcome
from lib.runs.clock import SKEW, TICK, RunClock, since_reading, since_stored
from lib.runs.reading import read_live
from lib.webflow.wire import http_date
from tests.builders import a_change
from tests.runs.conftest import Desk

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
UPDATED, HELD = RowStatus.UPDATED, RowStatus.HELD_BACK


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def stamps(*seconds: float, times: int = 1) -> list[datetime | None]:
    return [at(one) for one in seconds for _ in range(times)]


@pytest.mark.parametrize(
    ("newest", "seen", "since"),
    [
        (-3600, stamps(-3600, -7200), at(-3600) - SKEW),  # a quiet collection: a minute for clocks that differ
        (-0.4, stamps(-0.4, times=101), at(-0.4) + TICK),  # right after a bulk import, in the same second
        (-0.4, stamps(-0.4, times=100), at(-0.4) - SKEW),  # one page costs no more than none
        (-30, stamps(-30, -61, times=200), at(-30) + TICK),
        (-30, stamps(-30, 5, 7), at(-30) - SKEW),  # edited between the first page and the last
        (-30, [*stamps(-30, times=200), at(5)], at(-30) + TICK),
        (-7200, stamps(-7200, -3600), at(-3600) - SKEW),  # a server that does not sort tells of any item
        (-7200, stamps(-7200, -3600, -50), at(-3600) - SKEW),  # less than a minute before: may be after the reading
        (None, stamps(-90), at(-90) - SKEW),  # the one that was told of is gone, or there was none
        (None, [None, None], None),
        (None, [], None),
        (-90, [], at(-90) - SKEW),
    ],
)
def test_the_moment_is_the_latest_that_is_surely_before_the_reading(
    newest: float | None, seen: list[datetime | None], since: datetime | None
) -> None:
    assert since_reading(None if newest is None else at(newest), NOON, seen) == since


@given(
    before=some.lists(some.integers(-200_000, -1), min_size=1, max_size=150),
    after=some.lists(some.tuples(some.integers(0, 149), some.integers(1, 300_000)), max_size=20),
    pages_at=some.lists(some.integers(0, 60_000), min_size=150, max_size=150),
    clock_off=some.integers(-300_000, 60_000),
    sorts=some.booleans(),
    told=some.integers(0, 149),
)
def test_no_edit_that_a_reading_did_not_see_bears_an_earlier_moment(
    before: list[int],
    after: list[tuple[int, int]],
    pages_at: list[int],
    clock_off: int,
    sorts: bool,
    told: int,
) -> None:
    """Times are milliseconds since the reading began. Each item has the edits before, and those after with their
    moments; its page is read at some moment. `clock_off` is how wrong the clock of the answers is: slow as it likes,
    or fast by as much as clocks may differ. The server sorts, or tells of any item."""
    edits: dict[int, list[int]] = {item: [moment] for item, moment in enumerate(before)}
    for item, moment in after:
        edits[item % len(before)].append(moment)
    seen = {item: max(one for one in moments if one <= pages_at[item]) for item, moments in edits.items()}
    newest = max(before) if sorts else before[told % len(before)]
    since = since_reading(at(newest / 1000), at(clock_off / 1000), [at(one / 1000) for one in seen.values()])
    assert since is not None
    assert all(at(one / 1000) >= since for item, moments in edits.items() for one in moments if one > seen[item])


@given(own=some.lists(some.integers(1, 600), max_size=20))
def test_what_is_sent_next_comes_after_the_reading_and_after_the_last_answer_less_a_minute(own: list[int]) -> None:
    clock = RunClock(NOON)
    clock.saw([None, *map(at, own)])
    assert clock.earlier() == max([NOON, *(at(one) - SKEW for one in own)])
    assert RunClock(None).earlier() is None


@pytest.mark.parametrize(
    ("told", "seconds_ago", "moment"),
    [(-3600, 0, -3600), (-3600, 90, -3690), (3600, 0, 0), (3600, 90, -90), (None, 0, None)],
)
def test_a_look_is_as_early_as_the_earlier_clock_says(
    told: float | None, seconds_ago: float, moment: float | None
) -> None:
    clock, now = RunClock(None), datetime.now(UTC)
    clock.asked(None if told is None else now + timedelta(seconds=told), seconds_ago)
    found = clock.earlier()
    if moment is None or found is None:
        assert moment is found is None
    else:
        assert timedelta() <= found - (now + timedelta(seconds=moment) - SKEW) < timedelta(seconds=5)


def test_what_a_run_stored_is_found_from_the_first_moment_that_webflow_told(desk: Desk) -> None:
    def outcome(status: RowStatus, updated_on: datetime | None) -> Outcome:
        return Outcome(row=2, item_id="x", status=status, updated_on=updated_on)

    spec = replace(desk.spec([a_change(2)]), since=NOON)
    landed = [outcome(UPDATED, at(20)), outcome(UPDATED, at(9)), outcome(HELD, at(-50))]
    assert since_stored(spec, landed) == at(9)
    assert since_stored(spec, [*landed, outcome(RowStatus.IN_DOUBT, None)]) == NOON
    assert since_stored(replace(spec, since=None), [outcome(RowStatus.IN_DOUBT, None)]) is None
    assert since_stored(spec, []) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 04 May 2026 12:00:00 GMT", NOON),
        ("Mon, 04 May 2026 14:00:00 +0200", NOON),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("Mon, 04 May 99999 12:00:00 GMT", None),
    ],
)
def test_webflows_clock_is_read_from_the_header(text: str | None, moment: datetime | None) -> None:
    assert http_date(text) == moment


def test_a_reading_begins_at_the_earlier_of_both_clocks_and_costs_one_request_more(desk: Desk) -> None:
    desk.edit(desk.changes(1)[0], price=5)
    before, earlier = len(desk.door.requests()), datetime.now(UTC)
    found = read_live(desk.connection, desk.door.collection_id("products"))
    asked = [entry["query"] for entry in desk.door.requests()[before:] if entry["path"].endswith("/items")]
    assert asked[0] == "limit=1&sortBy=lastUpdated&sortOrder=desc"
    assert [query[:9] for query in asked[1:]] == ["limit=100"] * 5
    assert earlier - timedelta(seconds=5) <= found.read_on <= datetime.now(UTC)
    newest = max(item.last_updated for item in found.items.values() if item.last_updated)
    assert found.since == newest - SKEW and earlier - timedelta(seconds=5) <= newest
