"""Whole runs: every change ends with exactly one outcome, and the sandbox holds what the outcomes say."""

import threading
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from lib.errors import CollectionBusy, WaitReason
from lib.journal import batches, claims, views
from lib.journal.tables import now
from lib.journal.tables import run as run_table
from lib.model.plan import Change, SendChoices
from lib.model.row_status import RowStatus
from lib.model.run import BatchState
from lib.model.run_state import RunState, Wanted
from lib.model.words import why_stopped
from lib.runs import process
from lib.runs.service.at_hand import connection_of, room_of, seconds_left, trouble_of
from lib.sandbox.rate import Window
from lib.stages.cost import seconds_for, sending
from lib.webflow.connection import Connection
from lib.webflow.pace import Room
from tests.builders import an_id
from tests.runs.conftest import QUICK, Desk

UPDATED, FAILED, NOT_SENT = RowStatus.UPDATED, RowStatus.FAILED, RowStatus.NOT_SENT
HELD, ALREADY = RowStatus.HELD_BACK, RowStatus.UNCHANGED


def statuses(outcomes: object) -> list[RowStatus]:
    return [outcome.status for outcome in outcomes]  # type: ignore[attr-defined]


def test_good_changes_land_in_batches_of_a_hundred(desk: Desk) -> None:
    changes = desk.changes(250)
    desk.timing = replace(desk.timing, width=4, most_width=8)
    run, outcomes = desk.run(changes)
    stored = desk.prices()
    assert (run.state, run.stop, run.updated) == (RunState.DONE, None, 250)
    assert [(batch.items, batch.state, batch.statuses) for batch in run.batches] == [
        (100, BatchState.DONE, ("200",)),
        (100, BatchState.DONE, ("200",)),
        (50, BatchState.DONE, ("200",)),
    ]
    assert set(statuses(outcomes)) == {UPDATED}
    assert all(stored[change.item_id] == change.row for change in changes)
    assert run.finished_on is not None and run.finished_on >= run.created_on
    assert run.check_note == "Read 250 of 250 updated items again: all of them hold what was meant."
    assert len(desk.writes()) == 3


@pytest.mark.parametrize("bad", [1, 2, 5])
def test_only_the_bad_rows_of_a_refused_batch_fail(desk: Desk, bad: int) -> None:
    changes = desk.changes(100)
    for place in range(bad):
        changes[place * 19] = replace(changes[place * 19], after={"maker": an_id(9), "price": 1})
    before = desk.prices()
    run, outcomes = desk.run(changes)
    counts, stored = Counter(statuses(outcomes)), desk.prices()
    assert (counts[UPDATED], counts[FAILED], run.state) == (100 - bad, bad, RunState.DONE)
    for change, outcome in zip(changes, outcomes, strict=True):
        assert stored[change.item_id] == (change.row if outcome.status is UPDATED else before[change.item_id])
        if outcome.status is FAILED:
            assert outcome.field == "maker" and "does not exist in this language" in outcome.reason


def test_unknown_items_and_taken_addresses_fail_alone(desk: Desk) -> None:
    taken = desk.door.items("products")[-1]["fieldData"]["slug"]
    changes = desk.changes(30)
    changes[4] = replace(changes[4], item_id=an_id(1))
    changes[9] = replace(changes[9], after={"slug": taken})
    _, outcomes = desk.run(changes)
    failed = {outcome.row: outcome.reason for outcome in outcomes if outcome.status is FAILED}
    assert set(failed) == {changes[4].row, changes[9].row}
    assert "does not exist any more" in failed[changes[4].row]
    assert taken in failed[changes[9].row]


def test_live_updates_change_what_visitors_see(desk: Desk) -> None:
    changes = desk.changes(3)
    desk.run(changes, choices=SendChoices(live=True))
    path = f"/collections/{desk.door.collection_id('products')}/items/{changes[0].item_id}/live"
    assert desk.door.get(path)["fieldData"]["price"] == changes[0].row


def test_three_batches_failing_alike_stop_the_run_and_the_rest_can_be_resumed(desk: Desk) -> None:
    changes = [replace(change, after={"maker": an_id(9)}) for change in desk.changes(10)]
    run_id = desk.start(changes, 2)
    run = desk.finished(run_id)
    assert why_stopped(run.stop).startswith("3 batches in a row failed for the same reason")
    assert run.state is RunState.STOPPED and run.can_resume
    assert statuses(desk.outcomes(run_id)) == [FAILED] * 6 + [NOT_SENT] * 4
    assert desk.resume(run_id)
    assert desk.finished(run_id).state is RunState.DONE
    assert statuses(desk.outcomes(run_id)) == [FAILED] * 10


def test_a_field_that_is_gone_stops_the_run(desk: Desk) -> None:
    changes = [replace(change, after={"price": 1, "gone": 2}) for change in desk.changes(4)]
    run, outcomes = desk.run(changes, 2, read_back=False)
    assert "no such field any more" in why_stopped(run.stop)
    assert statuses(outcomes) == [NOT_SENT] * 4


@pytest.mark.parametrize(
    ("kind", "first"), [("lost", "no answer"), ("dropped", "no answer"), ("500", "500"), ("503", "503")]
)
def test_after_an_unclear_answer_the_items_are_read_back_and_only_the_missing_are_sent(
    desk: Desk, kind: str, first: str
) -> None:
    desk.door.box.order_fault(kind, method="PATCH", token=desk.door.token)
    run, outcomes = desk.run(desk.changes(5))
    has_landed = kind == "lost"
    assert set(statuses(outcomes)) == {UPDATED}
    assert run.batches[0].statuses == ((first,) if has_landed else (first, "200"))
    applied = [entry for entry in desk.writes() if entry["status"] == 200]
    assert len(applied) == 1
    methods = [entry["method"] for entry in desk.door.requests() if entry["items"] or "lastUpdated" in entry["query"]]
    looks = ["GET", "GET"] if kind == "dropped" else ["GET"]  # without any answer, the request may still arrive
    assert methods == (["GET", "PATCH", "GET", "GET"] if has_landed else ["GET", "PATCH", *looks, "PATCH", "GET"])


def test_silence_stops_the_run_in_doubt_and_resuming_settles_it(desk: Desk) -> None:
    desk.door.box.order_fault("dropped", count=99, method="PATCH", token=desk.door.token)
    run_id = desk.start(desk.changes(6), 3)
    run = desk.finished(run_id)
    outcomes = desk.outcomes(run_id)
    assert run.state is RunState.STOPPED and "cannot be reached" in why_stopped(run.stop)
    assert statuses(outcomes) == [RowStatus.IN_DOUBT] * 3 + [NOT_SENT] * 3
    assert "may or may not have been updated" in outcomes[0].reason
    desk.door.box.service.faults.clear()
    desk.resume(run_id)
    assert desk.finished(run_id).state is RunState.DONE
    assert set(statuses(desk.outcomes(run_id))) == {UPDATED}
    assert [entry["status"] for entry in desk.writes()].count(200) == 2


def test_a_busy_minute_is_waited_out_and_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.door.box.order_fault("429", count=1, method="PATCH", token=desk.door.token)
    run_id = desk.start(desk.changes(5))
    run = desk.until(run_id, lambda run: bool(run.waiting))
    assert run.waiting is WaitReason.RATE_LIMIT and run.waiting_seconds > 1
    desk.runs.want(run_id, Wanted.STOP)
    run = desk.finished(run_id)
    assert run.state is RunState.STOPPED and "stopped by hand" in why_stopped(run.stop)
    assert run.batches[0].statuses == ("429",)


def test_a_token_revoked_on_the_way_stops_the_run_and_another_token_resumes_it(desk: Desk) -> None:
    told = {"code": "not_authorized", "message": "Request not authorized"}
    revoked = {"status": 401, "body": told, "method": "PATCH", "token": desk.door.token}
    desk.door.box.order_fault("body", count=99, skip=1, **revoked)
    run_id = desk.start(desk.changes(30), 10)
    run = desk.finished(run_id)
    assert (run.state, run.done) == (RunState.STOPPED, 10)
    assert "does not accept this token" in why_stopped(run.stop)
    desk.door.box.service.worlds["another"] = desk.door.box.service.worlds[desk.door.token]
    assert desk.resume(run_id, Connection(token="another", base_url=desk.door.box.url))
    assert desk.finished(run_id).state is RunState.DONE
    assert set(statuses(desk.outcomes(run_id))) == {UPDATED}
    assert len([entry for entry in desk.writes() if entry["status"] == 200]) == 3


def test_pause_stops_sending_and_another_process_can_resume(desk: Desk) -> None:
    desk.door.box.order_fault("slow", count=99, seconds=0.02, method="PATCH", token=desk.door.token)
    run_id = desk.start(desk.changes(60), 2)
    desk.until(run_id, lambda run: run.done > 0)
    desk.runs.want(run_id, Wanted.PAUSE)
    paused = desk.until(run_id, lambda run: run.state is RunState.PAUSED)
    assert paused.done < 60
    assert desk.view(run_id).done == desk.view(run_id).done == paused.done
    assert desk.resume(run_id) is False
    claims.want(desk.db, run_id, Wanted.RUN)
    assert desk.finished(run_id).state is RunState.DONE
    assert len(desk.writes()) == 30


def test_stop_ends_after_the_batch_under_way(desk: Desk) -> None:
    desk.door.box.order_fault("slow", count=99, seconds=0.05, method="PATCH", token=desk.door.token)
    run_id = desk.start(desk.changes(20), 2)
    desk.until(run_id, lambda run: run.done > 0)
    desk.runs.want(run_id, Wanted.STOP)
    run = desk.finished(run_id)
    assert run.state is RunState.STOPPED and 0 < run.done < 20 and run.done % 2 == 0
    assert Counter(statuses(desk.outcomes(run_id))) == {UPDATED: run.done, NOT_SENT: 20 - run.done}
    desk.door.box.service.faults.clear()
    desk.resume(run_id)
    assert desk.finished(run_id).updated == 20
    assert len(desk.writes()) == 10


def test_starting_three_times_at_once_works_on_it_once(desk: Desk) -> None:
    spec = desk.spec(desk.changes(30))
    ids: list[str] = []
    threads = [
        threading.Thread(target=lambda: ids.append(desk.runs.start(desk.connection, spec, "once"))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(ids)) == 1
    assert desk.finished(ids[0]).updated == 30
    assert len(desk.writes()) == 1


def test_a_second_run_on_the_collection_is_refused_while_the_first_lives(desk: Desk) -> None:
    desk.door.box.order_fault("slow", count=99, seconds=0.05, method="PATCH", token=desk.door.token)
    first = desk.start(desk.changes(10), 1)
    with pytest.raises(CollectionBusy, match="run of yours"):
        desk.start(desk.changes(1))
    desk.runs.want(first, Wanted.STOP)
    desk.finished(first)
    desk.door.box.service.faults.clear()
    assert desk.finished(desk.start(desk.changes(1))).state is RunState.DONE
    assert desk.resume(first)
    desk.finished(first)


def test_items_that_somebody_changed_since_the_preview_are_held_back(desk: Desk) -> None:
    changes = desk.changes(10)
    desk.edit(changes[2], price=77.5)
    desk.edit(changes[5], price=changes[5].row)
    desk.edit(changes[7], summary="Somebody else's words")
    run, outcomes = desk.run(changes)
    held = outcomes[2]
    assert Counter(statuses(outcomes)) == {UPDATED: 8, HELD: 1, ALREADY: 1}
    assert (held.status, held.now, outcomes[5].status) == (HELD, {"price": 77.5}, ALREADY)
    assert "changed this item in Webflow after the preview" in held.reason
    assert desk.prices()[changes[2].item_id] == 77.5
    assert run.batches[0].state is BatchState.PARTLY
    untouched = next(item for item in desk.door.items("products") if item["id"] == changes[7].item_id)
    assert untouched["fieldData"]["summary"] == "Somebody else's words" and untouched["fieldData"]["price"] == 9


def test_the_guard_costs_few_requests(desk: Desk) -> None:
    changes = desk.changes(250)
    before = len(desk.door.requests())
    desk.run(changes, read_back=False)
    reads = [
        entry
        for entry in desk.door.requests()[before:]
        if entry["method"] == "GET" and entry["path"].endswith("/items")
    ]
    assert len(reads) <= 5


def test_what_is_stored_differently_is_told_cell_by_cell(desk: Desk) -> None:
    desk.door.box.add_world(desk.door.token, behaviour={"code_emptied": True})
    changes = desk.changes(3)
    slug = next(
        f["slug"]
        for f in desk.door.get(f"/collections/{desk.door.collection_id('products')}")["fields"]
        if f["type"] == "RichText"
    )
    changes[1] = replace(changes[1], after={slug: "<p>Good</p><pre><code>bad()</code></pre>"}, before={slug: None})
    run_id = desk.start(changes)
    run = desk.finished(run_id)
    (cell,) = views.differences_of(desk.db, run_id)
    assert (cell.row, cell.field, cell.meant) == (3, slug, "<p>Good</p><pre><code>bad()</code></pre>")
    assert cell.stored is None
    assert "1 cell holds something else" in run.check_note


def test_time_left_is_about_what_is_still_to_send_and_the_wait_that_goes_on(desk: Desk) -> None:
    run, _ = desk.run(desk.changes(4), 1)
    assert seconds_left(run) == 0
    waiting = replace(run, batches=(*run.batches, replace(run.batches[0], state=BatchState.QUEUED)))
    assert seconds_left(waiting) == seconds_for([sending(1)], Room())
    assert room_of(run) == Room()
    assert room_of(replace(waiting, waiting_seconds=40)) == Room(left=0, ends_in=40)


def test_a_run_is_given_back_at_once_when_the_process_ends(desk: Desk) -> None:
    desk.door.box.order_fault("slow", count=99, seconds=0.05, method="PATCH", token=desk.door.token)
    run_id = desk.start(desk.changes(20), 1)
    desk.until(run_id, lambda run: run.done > 0)
    mine = process.current()
    mine.leave()
    mine.leaving.clear()
    run = desk.view(run_id)
    assert run.state is RunState.INTERRUPTED and run.can_resume
    assert connection_of(run_id) is not None
    desk.door.box.service.faults.clear()
    assert desk.resume(run_id)
    assert desk.finished(run_id).updated == 20
    assert len([entry for entry in desk.writes() if entry["status"] == 200]) == 20


def test_a_fault_of_ours_stops_the_run_and_says_so(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **options: object) -> object:
        raise RuntimeError("bang")

    monkeypatch.setattr(Connection, "open", broken)
    run_id = desk.start_spec(desk.spec(desk.changes(5)))
    run = desk.finished(run_id)
    assert run.state is RunState.STOPPED and "Flowsheet made a mistake" in why_stopped(run.stop)
    assert statuses(desk.outcomes(run_id)) == [NOT_SENT] * 5
    assert batches.unfinished(desk.db, run_id)


def taken_away(desk: Desk, run_id: str, lease_seconds: float) -> None:
    """Another process has the run from now on, and dies."""
    values = {"owner": "another", "fence": run_table.c.fence + 1, "lease_until": now() + lease_seconds}
    with desk.db.write() as connection:
        connection.execute(run_table.update().where(run_table.c.id == run_id).values(values))


def owner_of(desk: Desk, run_id: str) -> str | None:
    with desk.db.read() as connection:
        return connection.scalar(sa.select(run_table.c.owner).where(run_table.c.id == run_id))


def test_a_run_whose_next_owner_died_is_taken_up_again_by_whoever_holds_its_token(desk: Desk) -> None:
    desk.door.box.order_fault("slow", count=99, seconds=0.02, method="PATCH", token=desk.door.token)
    run_id = desk.start(desk.changes(40), 1)
    desk.until(run_id, lambda run: run.done > 2)
    taken_away(desk, run_id, 0.3)
    run = desk.finished(run_id)
    assert (run.state, run.updated) == (RunState.DONE, 40)
    assert len([entry for entry in desk.writes() if entry["status"] == 200]) == 40
    assert connection_of(run_id) is None and trouble_of(run_id) == ""


def test_whoever_stands_by_neither_forgets_a_pause_nor_outlives_the_run(desk: Desk) -> None:
    desk.door.box.order_fault("slow", count=99, seconds=0.02, method="PATCH", token=desk.door.token)
    run_id = desk.start(desk.changes(40), 1)
    desk.until(run_id, lambda run: run.done > 2)
    desk.runs.want(run_id, Wanted.PAUSE)
    desk.until(run_id, lambda run: run.state is RunState.PAUSED)
    taken_away(desk, run_id, 0.2)
    desk.until(run_id, lambda run: owner_of(desk, run_id) == process.current().name)
    again = desk.until(run_id, lambda run: run.state is RunState.PAUSED)
    sent = len(desk.writes())
    taken_away(desk, run_id, 60)
    desk.runs.want(run_id, Wanted.STOP)
    with desk.db.write() as connection:  # the other process hears it
        connection.execute(run_table.update().values(state=RunState.STOPPED, owner=None))
    run = desk.finished(run_id)
    assert (run.state, run.done) == (RunState.STOPPED, again.done)
    assert len(desk.writes()) == sent < 40


def test_a_request_that_is_late_for_its_lease_never_leaves_and_leaves_no_doubt(desk: Desk) -> None:
    desk.timing = replace(desk.timing, margin_seconds=-1.0, lease_seconds=0.5)
    run_id = desk.start(desk.changes(3))
    desk.until(run_id, lambda run: bool(run.batches[0].requests))
    desk.runs.want(run_id, Wanted.STOP)
    desk.finished(run_id)
    assert desk.writes() == []
    assert not any(work.in_doubt for work in batches.unfinished(desk.db, run_id))


def test_items_that_somebody_edits_during_a_pause_are_held_back_too(desk: Desk) -> None:
    changes = desk.changes(12)
    desk.timing = replace(desk.timing, guard_seconds=0.0)
    desk.door.box.order_fault("slow", count=99, seconds=0.05, method="PATCH", token=desk.door.token)
    run_id = desk.start(changes, 1)
    desk.until(run_id, lambda run: run.done >= 1)
    desk.runs.want(run_id, Wanted.PAUSE)
    desk.until(run_id, lambda run: run.state is RunState.PAUSED)
    desk.edit(changes[11], price=99)
    desk.runs.want(run_id, Wanted.RUN)
    desk.finished(run_id)
    assert statuses(desk.outcomes(run_id)) == [UPDATED] * 11 + [HELD]
    assert desk.prices()[changes[11].item_id] == 99


def test_items_that_somebody_edits_while_the_run_goes_on_are_held_back_too(desk: Desk) -> None:
    changes = desk.changes(12)
    desk.timing = replace(desk.timing, guard_seconds=0.05, width=2, most_width=3)
    desk.door.box.order_fault("slow", count=99, seconds=0.05, method="PATCH", token=desk.door.token)
    run_id = desk.start(changes, 1)
    desk.until(run_id, lambda run: run.done >= 1)
    desk.edit(changes[11], price=99)
    desk.finished(run_id)
    assert statuses(desk.outcomes(run_id)) == [UPDATED] * 11 + [HELD]


def test_looking_again_costs_one_request_while_nobody_else_edits(desk: Desk) -> None:
    changes = desk.changes(20)
    desk.timing = replace(desk.timing, guard_seconds=0.0)
    before = len(desk.door.requests())
    desk.run(changes, 5, read_back=False)
    asked = [entry["query"] for entry in desk.door.requests()[before:] if "lastUpdated" in entry["query"]]
    assert sum("limit=100" in query for query in asked) <= 2  # before the first own update, everybody is a stranger
    assert sum("limit=1&" in query for query in asked) == 4


def test_unknown_items_are_found_by_asking_which_there_are(desk: Desk) -> None:
    changes = desk.changes(100)
    for place in (3, 40, 41, 99):
        changes[place] = replace(changes[place], item_id=an_id(place))
    _, outcomes = desk.run(changes, read_back=False)
    failed = {outcome.row for outcome in outcomes if outcome.status is FAILED}
    assert failed == {changes[place].row for place in (3, 40, 41, 99)}
    assert [entry["status"] for entry in desk.writes()] == [404, 200]
    pages = [entry for entry in desk.door.requests() if entry["query"].startswith("limit=100&offset=")]
    assert len([page for page in pages if "lastUpdated" not in page["query"]]) <= 10


def test_stop_pressed_during_the_last_batch_ends_a_finished_run(desk: Desk) -> None:
    desk.door.box.order_fault("slow", seconds=0.3, method="PATCH", token=desk.door.token)
    run_id = desk.start(desk.changes(2))
    desk.until(run_id, lambda run: bool(run.batches[0].requests))
    desk.runs.want(run_id, Wanted.STOP)
    run = desk.finished(run_id)
    assert (run.state, run.updated, run.can_resume) == (RunState.DONE, 2, False)


def test_a_file_of_the_same_name_at_another_address_is_sent(desk: Desk) -> None:
    (change,) = desk.changes(1)
    old = item_of(desk, change)["main-image"]
    new = {"url": f"https://example.com/new/{old['url'].rsplit('/', 1)[-1]}"}
    change = replace(change, before={"main-image": old}, after={"main-image": new})
    desk.edit(change, summary="Somebody else's words")
    desk.door.box.order_fault("dropped", method="PATCH", token=desk.door.token)
    _, (outcome,) = desk.run([change])
    assert outcome.status is UPDATED
    assert item_of(desk, change)["main-image"]["url"] == new["url"]


def test_after_a_lost_reply_an_item_that_webflow_rewrote_is_known_to_have_landed(desk: Desk) -> None:
    desk.door.box.add_world(desk.door.token, behaviour={"code_emptied": True})
    (change,) = desk.changes(1)
    before = item_of(desk, change)
    after = {"price": 5, "description": "<p>Good</p><pre><code>bad()</code></pre>"}
    change = replace(change, after=after, before={slug: before.get(slug) for slug in after})
    desk.door.box.order_fault("lost", method="PATCH", token=desk.door.token)
    run_id = desk.start([change])
    desk.finished(run_id)
    assert statuses(desk.outcomes(run_id)) == [UPDATED]
    assert [cell.field for cell in views.differences_of(desk.db, run_id)] == ["description"]


def item_of(desk: Desk, change: Change) -> dict[str, Any]:
    found = next(item for item in desk.door.items("products") if item["id"] == change.item_id)
    data: dict[str, Any] = found["fieldData"]
    return data


def test_a_limit_that_never_ends_stops_the_run_in_the_end(desk: Desk) -> None:
    desk.timing = replace(desk.timing, guard_seconds=0.0, policy=replace(QUICK, rate_limit_attempts=3))
    service = desk.door.box.service
    service.worlds[desk.door.token].window = Window(1_000_000, 1.0, service.clock)
    changes = desk.changes(2)
    desk.door.box.order_fault("429", count=999, method="PATCH", token=desk.door.token)
    run_id = desk.start(changes)
    run = desk.finished(run_id)
    assert run.state is RunState.STOPPED and "slow down" in why_stopped(run.stop)
    assert statuses(desk.outcomes(run_id)) == [NOT_SENT] * 2


def test_patience_begins_anew_with_everything_that_lands(desk: Desk) -> None:
    changes = desk.changes(40)
    for place in (3, 11, 19, 27, 35):
        changes[place] = replace(changes[place], after={"maker": an_id(9), "price": 1})
    for skip in range(1, 60, 6):
        desk.door.box.order_fault("503", skip=skip, method="PATCH", token=desk.door.token)
    run, _ = desk.run(changes)
    assert (run.state, run.updated) == (RunState.DONE, 35)


@pytest.mark.parametrize(("guard_seconds", "looks"), [(0.0, 2), (600.0, 1)])
def test_after_a_wait_somebody_looks_again_before_the_batch_is_sent_if_it_is_time(
    desk: Desk, guard_seconds: float, looks: int
) -> None:
    """What is in doubt is looked at in any case; the wait is that between two tries."""
    desk.timing = replace(desk.timing, guard_seconds=guard_seconds)
    desk.door.box.order_fault("503", method="PATCH", token=desk.door.token)
    _, outcomes = desk.run(desk.changes(3), read_back=False)
    assert set(statuses(outcomes)) == {UPDATED}
    asked = [entry["method"] for entry in desk.door.requests() if entry["items"] or "lastUpdated" in entry["query"]]
    assert asked[asked.index("PATCH") :] == ["PATCH", *["GET"] * looks, "PATCH"]
