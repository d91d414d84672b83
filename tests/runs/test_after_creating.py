"""What follows a run that created items: undo puts them away, retry and overwrite know them, publish shows them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lib.journal import specs
from lib.model.new_item import new_item_id
from lib.model.plan import Change, SendChoices
from lib.model.row_status import RowStatus
from lib.model.run import Run, RunKind
from lib.model.run_spec import RunSpec
from lib.reports.follow_ups import FollowUps
from lib.runs import follow_up, undoing
from lib.runs.reading import read_updated
from lib.runs.service.next_steps import Access, Ended, May, next_steps
from tests.builders import an_id
from tests.runs.conftest import Desk
from tests.runs.test_creating import (
    ALREADY,
    CREATED,
    FAILED,
    FRIENDS,
    HELD_BACK,
    UPDATED,
    as_of_now,
    at,
    lose_the_answer,
    new,
    run_of,
    somebody_makes,
    statuses,
)

LEFT_OUT, WILL_CREATE, WILL_UPDATE = RowStatus.LEFT_OUT, RowStatus.WILL_CREATE, RowStatus.WILL_UPDATE


def spec_of(desk: Desk, run_id: str) -> RunSpec:
    found = specs.spec_of(desk.db, run_id)
    assert found is not None
    return found


def undo_of(desk: Desk, run_id: str) -> RunSpec:
    spec, outcomes = spec_of(desk, run_id), desk.outcomes(run_id)
    with desk.connection.open() as webflow:
        now = read_updated(webflow, spec.collection.id, undoing.to_undo(spec, outcomes), None)
    return undoing.undo(run_id, spec, outcomes, now)


def retry_of(desk: Desk, run_id: str, corrected: dict[int, dict[str, object]] | None = None) -> RunSpec:
    return follow_up.retry(run_id, spec_of(desk, run_id), desk.outcomes(run_id), corrected or {})


def path_of(desk: Desk, item_id: str) -> str:
    return f"/collections/{desk.door.collection_id('products')}/items/{item_id}"


def decisions(spec: RunSpec) -> dict[int, RowStatus]:
    return dict(zip(spec.plan.statuses.index, spec.plan.statuses, strict=True))


def referring(desk: Desk, row: int, *rows: int) -> Change:
    """An update of a product that then goes well with these new ones."""
    (change,) = at(desk.changes(1, goes_well_with=None), row)
    before = desk.door.get(path_of(desk, change.item_id))["fieldData"].get(FRIENDS)
    return replace(change, before={FRIENDS: before}, after={FRIENDS: new(*rows)})


def test_undo_puts_new_items_away_and_brings_back_who_referred_to_them(desk: Desk) -> None:
    change = referring(desk, 4, 2, 3)
    before = desk.door.get(path_of(desk, change.item_id))["fieldData"]
    first, _ = run_of(desk, desk.spec([desk.creation(2), desk.creation(3, goes_well_with=new(2)), change]))
    undo = undo_of(desk, first)
    assert decisions(undo) == dict.fromkeys((2, 3, 4), WILL_UPDATE)
    second, outcomes = run_of(desk, undo)
    assert statuses(outcomes) == [UPDATED] * 3
    assert [item["isArchived"] for item in desk.created().values()] == [True, True]
    assert desk.door.get(path_of(desk, change.item_id))["fieldData"] == {FRIENDS: [], **before}
    third, _ = run_of(desk, undo_of(desk, second))
    assert [item["isArchived"] for item in desk.created().values()] == [False, False]
    assert desk.view(third).kind is RunKind.UNDO


def test_undo_leaves_alone_new_items_that_somebody_touched_deleted_or_archived_since(desk: Desk) -> None:
    first, outcomes = run_of(desk, desk.spec([desk.creation(row) for row in (2, 3, 4, 5, 6)]))
    ids = {outcome.row: outcome.item_id for outcome in outcomes}
    assert desk.door.call("PATCH", path_of(desk, ids[2]), {"fieldData": {"price": 99}}).status_code == 200
    assert desk.door.call("DELETE", path_of(desk, ids[3])).status_code == 204
    assert desk.door.call("PATCH", path_of(desk, ids[4]), {"isArchived": True}).status_code == 200
    undo = undo_of(desk, first)
    assert decisions(undo) == {2: LEFT_OUT, 3: ALREADY, 4: ALREADY, 5: WILL_UPDATE, 6: WILL_UPDATE}
    assert undo.plan.reasons[2] == undoing.EDITED_SINCE
    assert undo.plan.reasons[4] == undoing.ARCHIVED_ALREADY
    assert desk.door.call("PATCH", path_of(desk, ids[5]), {"fieldData": {"summary": "Mine"}}).status_code == 200
    _, outcomes = run_of(desk, undo)
    assert statuses(outcomes) == [HELD_BACK, UPDATED]  # edited between the preview of the undo and its sending
    assert not desk.door.get(path_of(desk, ids[5]))["isArchived"]


@pytest.mark.parametrize("edited", [False, True])
def test_undo_finds_what_may_have_been_created(desk: Desk, edited: bool) -> None:
    spec = as_of_now(desk, [desk.creation(2), desk.creation(3)])
    lose_the_answer(desk)
    first, outcomes = run_of(desk, spec)
    assert statuses(outcomes) == [RowStatus.IN_DOUBT] * 2
    desk.door.box.service.faults.clear()
    made = desk.created()
    assert desk.door.call("DELETE", path_of(desk, made["new-3"]["id"])).status_code == 204
    if edited:
        assert desk.door.call("PATCH", path_of(desk, made["new-2"]["id"]), {"fieldData": {"price": 9}}).ok
    undo = undo_of(desk, first)
    assert decisions(undo) == {2: LEFT_OUT if edited else WILL_UPDATE, 3: ALREADY}
    assert undo.plan.reasons[3] == undoing.NOT_CREATED
    run_of(desk, undo)
    assert desk.created()["new-2"]["isArchived"] is not edited


def test_what_was_not_created_is_tried_again_and_knows_what_was(desk: Desk) -> None:
    taken = desk.door.items("products")[-1]["fieldData"]["slug"]
    changes = [
        desk.creation(2),
        desk.creation(3, slug=taken),
        desk.creation(4, goes_well_with=new(2, 3)),
        referring(desk, 5, 3, 2),
    ]
    first, outcomes = run_of(desk, as_of_now(desk, changes))
    assert statuses(outcomes) == [CREATED, FAILED, FAILED, FAILED]
    retry = retry_of(desk, first, {3: {"slug": "new-3"}})
    assert decisions(retry) == {3: WILL_CREATE, 4: WILL_CREATE, 5: WILL_UPDATE}
    assert retry.plan.changes[1].after[FRIENDS] == [outcomes[0].item_id, *new(3)]
    assert list(retry.plan.item_ids) == ["", "", changes[3].item_id]
    second, outcomes = run_of(desk, retry)
    made = desk.created()
    assert statuses(outcomes) == [CREATED, CREATED, UPDATED]
    assert made["new-4"]["fieldData"][FRIENDS] == [made["new-2"]["id"], made["new-3"]["id"]]
    stored = desk.door.get(path_of(desk, changes[3].item_id))["fieldData"]
    assert stored[FRIENDS] == [made["new-3"]["id"], made["new-2"]["id"]]
    assert (desk.view(second).created, desk.view(second).updated) == (2, 1)


def test_trying_again_what_had_been_created_all_the_same_creates_nothing(desk: Desk) -> None:
    spec = as_of_now(desk, [desk.creation(2)])
    lose_the_answer(desk)
    first, _ = run_of(desk, spec)
    desk.door.box.service.faults.clear()
    _, outcomes = run_of(desk, retry_of(desk, first))
    assert statuses(outcomes) == [ALREADY] and outcomes[0].item_id == desk.created()["new-2"]["id"]


def test_a_row_that_was_held_back_can_be_sent_after_all_and_who_refers_to_it_tried_again(desk: Desk) -> None:
    changes = [desk.creation(2), desk.creation(3, goes_well_with=new(2))]
    spec = as_of_now(desk, changes)
    theirs = somebody_makes(desk, changes[0], price=99, summary="Theirs")
    first, outcomes = run_of(desk, spec)
    assert statuses(outcomes) == [HELD_BACK, FAILED]
    told = (first, spec_of(desk, first), desk.outcomes(first))
    over = follow_up.overwrite(*told, {2: {"price", "slug", "name"}}, datetime.now(UTC))
    (change,) = over.plan.changes
    assert (change.item_id, change.before["price"], set(change.after)) == (theirs, 99, {"price", "name"})
    assert decisions(over) == {2: WILL_UPDATE}
    second, outcomes = run_of(desk, over)
    item = desk.door.get(path_of(desk, theirs))["fieldData"]
    assert statuses(outcomes) == [UPDATED] and (item["price"], item["summary"]) == (2, "Theirs")
    _, outcomes = run_of(desk, retry_of(desk, first))
    assert statuses(outcomes) == [CREATED]
    assert desk.created()["new-3"]["fieldData"][FRIENDS] == [theirs]
    run_of(desk, undo_of(desk, second))
    assert desk.door.get(path_of(desk, theirs))["fieldData"]["price"] == 99


def test_where_nobody_knows_the_item_there_is_nothing_to_overwrite(desk: Desk) -> None:
    spec = desk.spec([desk.creation(2)])
    run_id = desk.start_spec(spec)
    desk.finished(run_id)
    held = [replace(desk.outcomes(run_id)[0], status=HELD_BACK, item_id=new_item_id(2))]
    assert follow_up.overwrite(run_id, spec, held, {2: {"price"}}, None).plan.changes == ()


@pytest.mark.parametrize("live", [False, True])
def test_new_items_are_published_also_after_a_run_that_published_what_it_updated(desk: Desk, live: bool) -> None:
    changes = [desk.creation(2), *at(desk.changes(1), 3)]
    first, outcomes = run_of(desk, desk.spec(changes, choices=SendChoices(live=live)))
    publish = follow_up.publish(first, spec_of(desk, first), desk.outcomes(first))
    assert [change.item_id for change in publish.plan.changes] == [one.item_id for one in outcomes[: 1 if live else 2]]
    _, outcomes = run_of(desk, publish)
    assert set(statuses(outcomes)) == {UPDATED}
    assert desk.door.get(f"{path_of(desk, outcomes[0].item_id)}/live")["fieldData"]["price"] == 2


def may(run: Run, is_live: bool = False) -> tuple[May, May]:
    ended = Ended(counts=run.counts, later=FollowUps(), is_live=is_live)
    steps = next_steps(run, Access.EVERYTHING, ended, has_token=True)
    return steps.undo, steps.publish


def test_a_run_that_only_created_can_be_undone_and_published_even_after_a_live_one(desk: Desk) -> None:
    created, _ = run_of(desk, desk.spec([desk.creation(2)]))
    assert may(desk.view(created)) == may(desk.view(created), is_live=True) == (May.YES, May.YES)
    nothing, _ = run_of(desk, desk.spec([desk.creation(3, maker=an_id(9))]))
    assert may(desk.view(nothing)) == (May.NOTHING_TO_DO, May.NOTHING_TO_DO)
