"""Runs that create: whatever happens, every item is made once at most, and who refers to it has its real id."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from lib.journal import specs, stored_forms, views
from lib.model.new_item import new_item_id
from lib.model.plan import Change, SendChoices
from lib.model.row_status import RowStatus
from lib.model.run import BatchState, Outcome
from lib.model.run_spec import RunSpec
from lib.model.run_state import RunState, Wanted
from lib.model.words import why_stopped
from lib.runs.found_items import HELD, HELD_IN_DOUBT
from lib.sandbox.faults import WEB_PAGE
from tests.builders import an_id
from tests.conftest import Door
from tests.runs.conftest import Desk

CREATED, UPDATED, FAILED = RowStatus.CREATED, RowStatus.UPDATED, RowStatus.FAILED
HELD_BACK, ALREADY, NOT_SENT = RowStatus.HELD_BACK, RowStatus.UNCHANGED, RowStatus.NOT_SENT
FRIENDS = "goes-well-with"


def statuses(outcomes: Sequence[Outcome]) -> list[RowStatus]:
    return [outcome.status for outcome in outcomes]


def new(*rows: int) -> list[str]:
    return [new_item_id(row) for row in rows]


def at(changes: Sequence[Change], first: int) -> list[Change]:
    """The changes at rows from here on."""
    return [replace(change, row=row) for row, change in enumerate(changes, first)]


def posts(desk: Desk) -> list[dict[str, Any]]:
    return [entry for entry in desk.writes() if entry["method"] == "POST"]


def somebody_makes(desk: Desk, change: Change, **field_data: Any) -> str:
    """Somebody creates an item at the page address of this one, in Webflow, with a token that no fault is about."""
    worlds = desk.door.box.service.worlds
    somebody = Door(desk.door.box, f"somebody with {desk.door.token}")
    worlds[somebody.token] = worlds[desk.door.token]
    body = {"fieldData": {**change.after, **field_data}, "isDraft": True}
    answer = somebody.call("POST", f"/collections/{desk.door.collection_id('products')}/items", body)
    assert answer.status_code == 202
    return str(answer.json()["id"])


def as_of_now(desk: Desk, changes: Sequence[Change], **options: Any) -> RunSpec:
    """A plan that was made from the items as they are now."""
    return replace(desk.spec(changes, **options), since=datetime.now(UTC) - timedelta(milliseconds=1))


def run_of(desk: Desk, spec: RunSpec, size: int = 100) -> tuple[str, list[Outcome]]:
    run_id = desk.start_spec(spec, size)
    desk.finished(run_id)
    return run_id, list(desk.outcomes(run_id))


def lose_the_answer(desk: Desk) -> None:
    """Of a creation; after that, nothing can be read any more."""
    desk.door.box.order_fault("lost", method="POST", token=desk.door.token)
    desk.door.box.order_fault("503", count=99, skip=1, method="GET", token=desk.door.token, path="/items")


def test_items_are_created_first_and_whoever_refers_to_them_gets_their_ids(desk: Desk) -> None:
    updates = at(desk.changes(2, goes_well_with=[]), 5)
    updates = [replace(c, after={"price": c.row, FRIENDS: [*new(2), updates[1].item_id]}) for c in updates]
    changes = [desk.creation(2), desk.creation(3), desk.creation(4, goes_well_with=new(3, 2)), *updates]
    run_id, outcomes = run_of(desk, desk.spec(changes))
    run, made = desk.view(run_id), desk.created()
    ids = {row: made[f"new-{row}"]["id"] for row in (2, 3, 4)}
    assert statuses(outcomes) == [CREATED] * 3 + [UPDATED] * 2
    assert [outcome.item_id for outcome in outcomes[:3]] == [ids[2], ids[3], ids[4]]
    assert made["new-4"]["fieldData"][FRIENDS] == [ids[3], ids[2]]
    stored = {item["id"]: item["fieldData"] for item in desk.door.items("products")}
    assert stored[updates[0].item_id][FRIENDS] == [ids[2], updates[1].item_id]
    assert [(entry["method"], len(entry["items"])) for entry in desk.writes()] == [
        ("POST", 2),
        ("POST", 1),
        ("PATCH", 2),
    ]
    assert (run.created, run.updated, run.landed, run.state) == (3, 2, 5, RunState.DONE)
    assert [batch.state for batch in run.batches] == [BatchState.DONE] * 3
    assert run.check_note == "Read 5 of 5 created and updated items again: all of them hold what was meant."
    assert all(item["isDraft"] and not item["isArchived"] for item in made.values())


def test_the_records_keep_what_was_planned(desk: Desk) -> None:
    changes = [desk.creation(2), desk.creation(3, goes_well_with=new(2))]
    run_id, _ = run_of(desk, desk.spec(changes))
    spec = specs.spec_of(desk.db, run_id)
    assert spec is not None and list(spec.plan.changes) == changes


def test_a_batch_that_creates_is_under_way_alone_and_before_all_that_update(desk: Desk) -> None:
    desk.timing = replace(desk.timing, width=4, most_width=8)
    desk.door.box.order_fault("slow", count=99, seconds=0.03, token=desk.door.token, path="/items")
    changes = [*(desk.creation(row) for row in range(2, 8)), *at(desk.changes(8), 8)]
    _, outcomes = run_of(desk, desk.spec(changes), 2)
    assert statuses(outcomes) == [CREATED] * 6 + [UPDATED] * 8
    log = desk.writes()
    spans = [(entry["began"], entry["at"], entry["method"]) for entry in sorted(log, key=lambda one: one["began"])]
    assert [method for *_, method in spans] == ["POST"] * 3 + ["PATCH"] * 4
    assert all(end <= begin for (_, end, _), (begin, *_) in pairwise(spans[:4]))
    assert [entry["items"][0] for entry in posts(desk)] == ["new-2", "new-4", "new-6"]


def test_new_items_are_staged_also_in_a_run_that_updates_what_visitors_see(desk: Desk) -> None:
    changes = [replace(desk.creation(2), is_draft=False), *at(desk.changes(1), 3)]
    _, outcomes = run_of(desk, desk.spec(changes, choices=SendChoices(live=True)))
    assert statuses(outcomes) == [CREATED, UPDATED]
    assert [entry["path"].rpartition("/")[2] for entry in desk.writes()] == ["items", "live"]
    assert desk.created()["new-2"]["lastPublished"] is None and desk.created()["new-2"]["isDraft"] is False


UNCLEAR = [
    ({"kind": "lost"}, True),
    ({"kind": "dropped"}, False),
    ({"kind": "500"}, False),
    ({"kind": "503"}, False),
    ({"kind": "body", "status": 202, "body": WEB_PAGE, "applied": True}, True),
    ({"kind": "body", "status": 202, "body": {"items": [{}]}, "applied": True}, True),
    ({"kind": "body", "status": 504, "body": WEB_PAGE, "applied": True}, True),
    ({"kind": "body", "status": 500, "body": WEB_PAGE, "applied": True}, True),
    ({"kind": "body", "status": 202, "body": {"items": []}, "applied": True}, True),
    ({"kind": "body", "status": 202, "body": {}, "applied": True}, True),
]


@pytest.mark.parametrize(("fault", "has_landed"), UNCLEAR)
def test_after_an_unclear_answer_what_was_created_is_found_and_only_what_was_not_is_sent(
    desk: Desk, fault: dict[str, Any], has_landed: bool
) -> None:
    desk.door.box.order_fault(method="POST", token=desk.door.token, **fault)
    changes = [desk.creation(2), desk.creation(3), *at(desk.changes(1, goes_well_with=new(2)), 4)]
    changes[2] = replace(changes[2], after={FRIENDS: new(2)})
    _, outcomes = run_of(desk, desk.spec(changes))
    made = desk.created()
    assert statuses(outcomes) == [CREATED, CREATED, UPDATED]
    assert [outcome.item_id for outcome in outcomes[:2]] == [made["new-2"]["id"], made["new-3"]["id"]]
    assert [entry["status"] for entry in posts(desk)].count(202) == 1
    assert len(posts(desk)) == (1 if has_landed else 2)
    assert desk.door.items("products")[0]["id"] in {made["new-2"]["id"], made["new-3"]["id"]}


def test_nothing_else_is_sent_before_it_is_clear_what_was_created(desk: Desk) -> None:
    """Nor is the request repeated before somebody has looked twice: at once, and when nothing can be under way."""
    desk.timing = replace(desk.timing, width=3, most_width=3)
    desk.door.box.order_fault("dropped", count=2, method="POST", token=desk.door.token)
    changes = [desk.creation(2), desk.creation(3, goes_well_with=new(2)), *at(desk.changes(3), 4)]
    before = len(desk.door.requests())
    _, outcomes = run_of(desk, desk.spec(changes, read_back=False), 1)
    assert statuses(outcomes) == [CREATED, CREATED, *[UPDATED] * 3]
    log = [entry for entry in desk.door.requests()[before:] if entry["path"].endswith("/items")]
    told = [" ".join([entry["method"], *entry["items"]]) for entry in sorted(log, key=lambda entry: entry["began"])]
    doubt = ["POST new-2", "GET", "GET"]
    assert told[:9] == ["GET", *doubt, *doubt, "POST new-2", "POST new-3"]


def test_a_good_answer_that_lacks_an_item_which_is_nowhere_is_told_and_nothing_is_sent_again(desk: Desk) -> None:
    desk.door.box.order_fault("body", status=202, body={"items": []}, method="POST", token=desk.door.token)
    changes = [desk.creation(2), desk.creation(3, goes_well_with=new(2))]
    _, outcomes = run_of(desk, desk.spec(changes))
    assert statuses(outcomes) == [FAILED, FAILED] and len(posts(desk)) == 1
    assert "there is no item with the page address “new-2”. Look for “New 2” in Webflow" in outcomes[0].reason
    assert outcomes[1].reason == "It refers to the new item of row 2, which was not created."


def test_silence_stops_the_run_in_doubt_and_resuming_settles_it(desk: Desk) -> None:
    spec = desk.spec([desk.creation(2), desk.creation(3, goes_well_with=new(2)), *at(desk.changes(1), 4)])
    lose_the_answer(desk)
    run_id, outcomes = run_of(desk, spec)
    assert statuses(outcomes) == [RowStatus.IN_DOUBT, NOT_SENT, NOT_SENT]
    assert "may or may not have been created" in outcomes[0].reason
    desk.door.box.service.faults.clear()
    desk.resume(run_id)
    assert desk.finished(run_id).state is RunState.DONE
    assert statuses(desk.outcomes(run_id)) == [CREATED, CREATED, UPDATED]
    assert len(posts(desk)) == len(desk.created()) == 2


def test_another_process_knows_what_was_created_before(desk: Desk) -> None:
    changes = [desk.creation(2), desk.creation(3, goes_well_with=new(2)), *at(desk.changes(1), 4)]
    changes[2] = replace(changes[2], after={FRIENDS: new(3)})
    desk.door.box.order_fault("slow", skip=1, seconds=0.3, method="POST", token=desk.door.token)
    run_id = desk.start_spec(desk.spec(changes))
    desk.until(run_id, lambda run: run.done > 0)
    desk.runs.want(run_id, Wanted.STOP)
    desk.finished(run_id)
    assert statuses(desk.outcomes(run_id)) == [CREATED, CREATED, NOT_SENT]
    desk.resume(run_id)
    desk.finished(run_id)
    made = desk.created()
    assert statuses(desk.outcomes(run_id)) == [CREATED, CREATED, UPDATED]
    assert made["new-3"]["fieldData"][FRIENDS] == [made["new-2"]["id"]]
    stored = {item["id"]: item["fieldData"] for item in desk.door.items("products")}
    assert stored[changes[2].item_id][FRIENDS] == [made["new-3"]["id"]]


def test_an_item_that_somebody_made_there_holds_the_row_back_and_one_as_meant_is_all_that_is_wanted(desk: Desk) -> None:
    changes = [desk.creation(row) for row in (2, 3, 4)] + [desk.creation(5, goes_well_with=new(2, 3))]
    spec = as_of_now(desk, changes)
    theirs, same = somebody_makes(desk, changes[0], price=99), somebody_makes(desk, changes[1])
    _, outcomes = run_of(desk, spec)
    assert statuses(outcomes) == [HELD_BACK, ALREADY, CREATED, FAILED]
    assert (outcomes[0].item_id, outcomes[0].reason, outcomes[0].is_draft) == (theirs, HELD, True)
    assert outcomes[0].now == {**changes[0].after, "price": 99}
    assert outcomes[1].item_id == same
    assert outcomes[3].reason == "It refers to the new item of row 2, which was not created."
    assert outcomes[3].field == FRIENDS


def test_an_item_that_somebody_makes_while_the_run_goes_on_holds_the_row_back_too(desk: Desk) -> None:
    desk.timing = replace(desk.timing, guard_seconds=0.0)
    changes = [desk.creation(row) for row in range(2, 14)]
    desk.door.box.order_fault("slow", count=99, seconds=0.05, method="POST", token=desk.door.token, path="/items")
    run_id = desk.start_spec(as_of_now(desk, changes), 1)
    desk.until(run_id, lambda run: run.done >= 1)
    theirs = somebody_makes(desk, changes[11], price=99)
    desk.finished(run_id)
    assert statuses(desk.outcomes(run_id)) == [CREATED] * 11 + [HELD_BACK]
    assert desk.outcomes(run_id)[11].item_id == theirs


def test_looking_again_costs_one_request_while_nobody_else_makes_or_edits_anything(desk: Desk) -> None:
    desk.timing = replace(desk.timing, guard_seconds=0.0)
    before = len(desk.door.requests())
    run_of(desk, as_of_now(desk, [desk.creation(row) for row in range(2, 12)], read_back=False), 2)
    asked = [entry["query"] for entry in desk.door.requests()[before:] if "lastUpdated" in entry["query"]]
    assert sum("limit=100" in query for query in asked) <= 2
    assert sum("limit=1&" in query for query in asked) >= 3


def test_an_item_that_somebody_makes_after_an_unclear_answer_is_not_taken_for_ours(desk: Desk) -> None:
    (change,) = changes = [desk.creation(2)]
    desk.timing = replace(desk.timing, settle_seconds=0.3)
    desk.door.box.order_fault("dropped", method="POST", token=desk.door.token, path="/items")
    run_id = desk.start_spec(as_of_now(desk, changes))
    desk.until(run_id, lambda run: bool(run.batches[0].statuses))
    theirs = somebody_makes(desk, change, price=99)
    desk.finished(run_id)
    (outcome,) = desk.outcomes(run_id)
    assert (outcome.status, outcome.item_id) == (HELD_BACK, theirs)
    assert outcome.reason == HELD_IN_DOUBT
    assert list(desk.created()) == ["new-2"]


def test_only_bad_rows_of_a_refused_batch_fail_and_those_that_refer_to_them(desk: Desk) -> None:
    taken = desk.door.items("products")[-1]["fieldData"]["slug"]
    changes = [desk.creation(row) for row in range(2, 32)]
    changes[3] = desk.creation(5, slug=taken)
    changes[9] = desk.creation(11, maker=an_id(9))
    changes[20] = replace(changes[20], after={k: v for k, v in changes[20].after.items() if k != "price"})
    changes += [desk.creation(40, goes_well_with=new(2, 5)), desk.creation(41, goes_well_with=new(40))]
    _, outcomes = run_of(desk, as_of_now(desk, changes))
    failed = {outcome.row: outcome for outcome in outcomes if outcome.status is FAILED}
    assert Counter(statuses(outcomes)) == {CREATED: 27, FAILED: 5} and len(desk.created()) == 27
    assert {row: outcome.field for row, outcome in failed.items()} == {
        5: "slug",
        11: "maker",
        22: "price",
        40: FRIENDS,
        41: FRIENDS,
    }
    assert f"already has the page address “{taken}”" in failed[5].reason and "archived" in failed[5].reason
    assert failed[22].reason == "This field is required and cannot be empty."
    assert failed[40].reason == "It refers to the new item of row 5, which was not created."
    assert failed[41].reason == "It refers to the new item of row 40, which was not created."
    assert failed[5].item_id == new_item_id(5)


def test_where_the_plan_has_no_room_nothing_is_taken_apart_and_updates_go_on(desk: Desk) -> None:
    full = {"code": "validation_error", "message": "CMS item limit reached for this site plan", "details": []}
    desk.door.box.order_fault("body", status=400, body=full, method="POST", token=desk.door.token)
    _, outcomes = run_of(desk, desk.spec([*(desk.creation(row) for row in (2, 3, 4)), *at(desk.changes(1), 5)]))
    assert statuses(outcomes) == [FAILED] * 3 + [UPDATED] and len(posts(desk)) == 1
    assert outcomes[0].reason.startswith("The site has as many items as its plan allows")


@pytest.mark.parametrize("fault", [None, "lost"])
def test_an_address_that_got_an_ending_is_told_as_a_difference(desk: Desk, fault: str | None) -> None:
    desk.door.box.add_world(desk.door.token, behaviour={"slugs_get_endings": True})
    taken = desk.door.items("products")[-1]["fieldData"]["slug"]
    if fault:
        desk.door.box.order_fault(fault, method="POST", token=desk.door.token)
    run_id, outcomes = run_of(desk, as_of_now(desk, [desk.creation(2, slug=taken), desk.creation(3)]))
    assert statuses(outcomes) == [CREATED, CREATED] and len(posts(desk)) == 1
    (cell,) = views.differences_of(desk.db, run_id)
    assert (cell.row, cell.field, cell.meant) == (2, "slug", taken) and str(cell.stored).startswith(f"{taken}-")


def test_where_several_items_may_be_ours_a_person_is_asked_to_look(desk: Desk) -> None:
    desk.door.box.add_world(desk.door.token, behaviour={"slugs_get_endings": True})
    change = desk.creation(2)
    spec = as_of_now(desk, [change])
    lose_the_answer(desk)
    run_id, _ = run_of(desk, spec)
    desk.door.box.service.faults.clear()
    somebody_makes(desk, change)
    desk.resume(run_id)
    desk.finished(run_id)
    (outcome,) = desk.outcomes(run_id)
    assert (outcome.status, outcome.item_id) == (HELD_BACK, change.item_id)
    assert "Look for items named “New 2” whose page address begins with “new-2”" in outcome.reason
    assert len(posts(desk)) == 2  # ours and theirs


def test_what_webflow_made_of_the_values_is_remembered_of_the_item_that_there_is(desk: Desk) -> None:
    desk.door.box.add_world(desk.door.token, behaviour={"links_lose_slash": True})
    _, (outcome,) = run_of(desk, desk.spec([desk.creation(2, shop_link="https://a.example/x/")]))
    locale = desk.created()["new-2"]["cmsLocaleId"]
    assert "shop-link" in stored_forms.remembered(desk.db, "products")[outcome.item_id, locale]


def test_a_run_that_is_stopped_creates_no_more_and_goes_on_later(desk: Desk) -> None:
    desk.door.box.order_fault("slow", count=99, seconds=0.05, method="POST", token=desk.door.token)
    run_id = desk.start_spec(desk.spec([desk.creation(row) for row in range(2, 22)]), 2)
    desk.until(run_id, lambda run: run.done > 0)
    desk.runs.want(run_id, Wanted.STOP)
    run = desk.finished(run_id)
    assert run.state is RunState.STOPPED and "stopped by hand" in why_stopped(run.stop)
    assert len(desk.created()) == run.created < 20
    desk.door.box.service.faults.clear()
    desk.resume(run_id)
    assert desk.finished(run_id).created == len(desk.created()) == 20
    assert len(posts(desk)) == 10
