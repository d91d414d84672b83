"""Sending over real HTTP: every change ends with exactly one outcome, and the sandbox holds what the outcomes say."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lib.model.plan import Batch, Change, SendChoices
from lib.model.run import BatchReport, Outcome, OutcomeStatus
from lib.runs.send import Recorder, Stopped, send
from lib.stages.batch import batched
from tests.builders import a_change, an_id
from tests.conftest import Door

UPDATED, FAILED, NOT_SENT = OutcomeStatus.UPDATED, OutcomeStatus.FAILED, OutcomeStatus.NOT_SENT


def run(door: Door, changes: list[Change], *, size: int = 100, live: bool = False) -> tuple[list[BatchReport], str]:
    recorder = Recorder()
    batches: tuple[Batch, ...] = batched(changes, size)
    with door.client(on_event=recorder.hear, sleep=lambda seconds: None) as webflow:
        facts = list(send(batches, webflow, recorder, door.collection_id("products"), SendChoices(live=live)))
    stops = [fact.reason for fact in facts if isinstance(fact, Stopped)]
    return [fact for fact in facts if isinstance(fact, BatchReport)], "".join(stops)


def changes_of(door: Door, count: int, **after: Any) -> list[Change]:
    found = [item for item in door.items("products") if item["lastPublished"]][:count]
    return [
        a_change(row, {"price": row, **after}, item_id=item["id"], item_name=item["fieldData"]["name"])
        for row, item in enumerate(found, 2)
    ]


def outcomes(reports: list[BatchReport]) -> list[Outcome]:
    return [outcome for report in reports for outcome in report.outcomes]


def prices(door: Door) -> dict[str, Any]:
    return {item["id"]: item["fieldData"]["price"] for item in door.items("products")}


def test_good_changes_land_in_batches_of_a_hundred(demo: Door) -> None:
    changes = changes_of(demo, 250)
    reports, stop = run(demo, changes)
    stored = prices(demo)
    assert stop == ""
    assert [len(report.outcomes) for report in reports] == [100, 100, 50]
    assert {outcome.status for outcome in outcomes(reports)} == {UPDATED}
    assert all(stored[change.item_id] == change.row for change in changes)


@pytest.mark.parametrize("bad", [1, 2, 5])
def test_only_the_bad_rows_of_a_refused_batch_fail(demo: Door, bad: int) -> None:
    changes = changes_of(demo, 100)
    for place in range(bad):
        changes[place * 19] = a_change(
            changes[place * 19].row, {"maker": an_id(9), "price": 1}, item_id=changes[place * 19].item_id
        )
    before = prices(demo)
    reports, stop = run(demo, changes)
    counts = Counter(outcome.status for outcome in outcomes(reports))
    stored = prices(demo)
    assert (counts[UPDATED], counts[FAILED], stop) == (100 - bad, bad, "")
    for change, outcome in zip(changes, outcomes(reports), strict=True):
        expected = change.row if outcome.status is UPDATED else before[change.item_id]
        assert stored[change.item_id] == expected
        if outcome.status is FAILED:
            assert outcome.field == "maker"
            assert "does not exist in this language" in outcome.reason


def test_unknown_items_and_taken_addresses_fail_alone(demo: Door) -> None:
    taken = demo.items("products")[-1]["fieldData"]["slug"]
    changes = changes_of(demo, 30)
    changes[4] = a_change(changes[4].row, {"price": 1}, item_id=an_id(1))
    changes[9] = a_change(changes[9].row, {"slug": taken}, item_id=changes[9].item_id)
    reports, _ = run(demo, changes)
    failed = {outcome.row: outcome.reason for outcome in outcomes(reports) if outcome.status is FAILED}
    assert set(failed) == {changes[4].row, changes[9].row}
    assert "does not exist any more" in failed[changes[4].row] or "cannot find" in failed[changes[4].row]
    assert taken in failed[changes[9].row]


def test_a_token_revoked_on_the_way_stops_the_run(demo: Door) -> None:
    changes = changes_of(demo, 30)
    sent: list[object] = []
    recorder = Recorder(tell=lambda event: (sent.append(event), demo.box.service.worlds.pop(demo.token, None))[0])
    collection = demo.collection_id("products")
    with demo.client(on_event=recorder.hear) as webflow:
        facts = list(send(batched(changes, 10), webflow, recorder, collection, SendChoices()))
    reports = [fact for fact in facts if isinstance(fact, BatchReport)]
    assert [outcome.status for outcome in outcomes(reports)] == [UPDATED] * 10 + [NOT_SENT] * 20
    assert any(isinstance(fact, Stopped) and "does not accept this token" in fact.reason for fact in facts)


def test_a_lost_reply_is_tried_again_and_lands_once(demo: Door) -> None:
    demo.box.order_fault("lost", method="PATCH", token=demo.token)
    reports, _ = run(demo, changes_of(demo, 5))
    assert {outcome.status for outcome in outcomes(reports)} == {UPDATED}
    assert [attempt.status for attempt in reports[0].attempts] == [None, 200]


def test_silence_leaves_the_batch_in_doubt_and_says_so(demo: Door) -> None:
    demo.box.order_fault("lost", count=9, method="PATCH", token=demo.token)
    reports, stop = run(demo, changes_of(demo, 6), size=3)
    assert "may or may not have been updated" in reports[0].outcomes[0].reason
    assert [outcome.status for outcome in outcomes(reports)] == [FAILED] * 3 + [NOT_SENT] * 3
    assert "cannot be reached" in stop


def test_a_busy_minute_is_waited_out(demo: Door) -> None:
    demo.box.order_fault("429", count=2, method="PATCH", token=demo.token)
    reports, stop = run(demo, changes_of(demo, 5))
    assert stop == ""
    assert [attempt.status for attempt in reports[0].attempts] == [429, 429, 200]
    assert reports[0].waited_seconds > 60


def test_three_batches_failing_alike_stop_the_run(demo: Door) -> None:
    changes = [a_change(c.row, {"maker": an_id(9)}, item_id=c.item_id) for c in changes_of(demo, 10)]
    reports, stop = run(demo, changes, size=2)
    assert stop.startswith("3 batches in a row failed for the same reason")
    assert [outcome.status for outcome in outcomes(reports)] == [FAILED] * 6 + [NOT_SENT] * 4


def test_a_field_that_is_gone_stops_the_run(demo: Door) -> None:
    reports, stop = run(demo, changes_of(demo, 4, gone=1), size=2)
    assert "no such field any more" in stop
    assert {outcome.status for outcome in outcomes(reports)} == {NOT_SENT}


def test_live_updates_change_what_visitors_see(demo: Door) -> None:
    changes = changes_of(demo, 3)
    run(demo, changes, live=True)
    path = f"/collections/{demo.collection_id('products')}/items/{changes[0].item_id}/live"
    assert demo.get(path)["fieldData"]["price"] == changes[0].row


FAULTS = some.lists(
    some.tuples(some.sampled_from(["429", "500", "503", "dropped", "lost"]), some.integers(1, 6), some.integers(0, 4)),
    max_size=4,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(faults=FAULTS, bad=some.sets(some.integers(0, 11)))
def test_every_change_has_one_outcome_and_updated_means_stored(
    demo: Door, faults: list[tuple[str, int, int]], bad: set[int]
) -> None:
    changes = changes_of(demo, 12)
    for place in bad:
        changes[place] = a_change(changes[place].row, {"price": "free"}, item_id=changes[place].item_id)
    for kind, count, skip in faults:
        demo.box.order_fault(kind, count=count, skip=skip, method="PATCH", token=demo.token)
    reports, _ = run(demo, changes, size=4)
    demo.box.service.faults.clear()
    stored = prices(demo)
    assert [outcome.row for outcome in outcomes(reports)] == [change.row for change in changes]
    for change, outcome in zip(changes, outcomes(reports), strict=True):
        assert outcome.status is not UPDATED or stored[change.item_id] == change.row
        assert outcome.status is UPDATED or outcome.reason
