"""A refused image costs its row nothing else, where that is chosen: the rest is stored, and the image is named."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from lib.journal import views
from lib.model.plan import Change, SendChoices
from lib.model.row_status import RowStatus
from lib.model.run import Outcome
from lib.model.run_state import RunState
from lib.runs.undoing import to_undo
from tests.runs.conftest import Desk
from tests.runs.test_creating import posts
from tests.runs.test_follow_up import finished, undo_order
from tests.runs.test_same_sheet import behaving
from tests.runs.test_variants import variants

IMAGE = "main-image"
GOOD = {"url": "https://shop.example/good.jpg"}
BAD = {"url": "https://gone.invalid/bad.jpg"}
WITHOUT = SendChoices(without_refused_files=True)
REASON = "Without Main image: Webflow could not fetch the file https://gone.invalid/bad.jpg."


def with_images(desk: Desk, *images: dict[str, str]) -> list[Change]:
    changes = desk.changes(len(images), **{IMAGE: GOOD})
    pairs = zip(changes, images, strict=True)
    return [replace(change, after={**change.after, IMAGE: image}) for change, image in pairs]


def told(outcomes: Sequence[Outcome]) -> dict[int, tuple[RowStatus, tuple[str, ...]]]:
    return {one.row: (one.status, one.without) for one in outcomes}


def stored(desk: Desk, changes: Sequence[Change]) -> dict[int, tuple[Any, str]]:
    held = {item["id"]: item["fieldData"] for item in desk.door.items("products")}
    found = [(change.row, held[change.item_id]) for change in changes]
    return {row: (data.get("price"), (data.get(IMAGE) or {}).get("url", "")) for row, data in found}


def test_the_rest_of_the_row_is_stored_and_the_image_is_named(desk: Desk) -> None:
    changes = with_images(desk, GOOD, BAD, GOOD)
    before = stored(desk, changes)
    run, outcomes = desk.run(changes, choices=WITHOUT)
    assert told(outcomes) == {2: (RowStatus.UPDATED, ()), 3: (RowStatus.UPDATED, (IMAGE,)), 4: (RowStatus.UPDATED, ())}
    assert outcomes[1].reason.startswith(REASON)
    assert (outcomes[1].field, run.updated) == (IMAGE, 3)
    after = stored(desk, changes)
    assert after[3] == (3, before[3][1]), "the item keeps its image"
    assert after[2][1] != before[2][1]
    assert "all of them hold what was meant" in run.check_note


def test_unless_that_is_chosen_the_whole_row_fails(desk: Desk) -> None:
    changes = with_images(desk, GOOD, BAD)
    assert told(desk.run(changes)[1]) == {2: (RowStatus.UPDATED, ()), 3: (RowStatus.FAILED, ())}


@pytest.mark.parametrize("named", [True, False])
def test_a_refusal_that_names_the_file_costs_one_request_more(desk: Desk, named: bool) -> None:
    behaving(desk, files_named=named)
    changes = with_images(
        desk, *[{"url": f"https://gone.invalid/{row}.jpg"} if row % 10 == 5 else GOOD for row in range(40)]
    )
    _, outcomes = desk.run(changes, choices=WITHOUT)
    assert sum(bool(one.without) for one in outcomes) == 4
    assert {one.status for one in outcomes} == {RowStatus.UPDATED}
    if named:
        assert len(desk.writes()) <= 1 + 4, "each refusal names one file"


def test_a_row_that_is_about_nothing_but_the_image_fails(desk: Desk) -> None:
    (change,) = with_images(desk, BAD)
    (outcome,) = desk.run([replace(change, after={IMAGE: BAD})], choices=WITHOUT)[1]
    assert (outcome.status, outcome.without, outcome.field) == (RowStatus.FAILED, (), IMAGE)


def test_another_refusal_beside_it_is_its_own(desk: Desk) -> None:
    first, second = with_images(desk, BAD, GOOD)
    wrong = replace(second, after=second.after | {"price": "much"})
    assert told(desk.run([first, wrong], choices=WITHOUT)[1]) == {
        2: (RowStatus.UPDATED, (IMAGE,)),
        3: (RowStatus.FAILED, ()),
    }


def test_a_new_item_is_created_without_its_refused_image(desk: Desk) -> None:
    made, other = desk.creation(2, main_image=BAD), desk.creation(3, main_image=GOOD)
    _, outcomes = desk.run([made, other], choices=WITHOUT)
    assert told(outcomes) == {2: (RowStatus.CREATED, (IMAGE,)), 3: (RowStatus.CREATED, ())}
    assert len(posts(desk)) == 4, "both together, each alone, and the one without its image"
    held = {slug: item["fieldData"] for slug, item in desk.created().items()}
    assert [IMAGE in data for data in held.values()].count(True) == 1


@pytest.mark.parametrize("is_new", [False, True])
def test_what_landed_without_its_image_while_the_answer_was_lost_is_known_for_it(desk: Desk, is_new: bool) -> None:
    (change,) = [desk.creation(2, main_image=BAD)] if is_new else with_images(desk, BAD)
    method = "POST" if is_new else "PATCH"
    desk.door.box.order_fault("lost", method=method, token=desk.door.token, skip=1)
    (outcome,) = desk.run([change], choices=WITHOUT)[1]
    assert outcome.status is (RowStatus.CREATED if is_new else RowStatus.UPDATED)
    assert outcome.without == (IMAGE,)


@pytest.mark.parametrize(("image", "refusals", "missing"), [(BAD, 1, (IMAGE,)), (GOOD, 0, ())], ids=["bad", "good"])
def test_a_language_begins_with_the_image_of_its_item_which_is_not_taken_for_the_one_that_was_refused(
    desk: Desk, image: dict[str, str], refusals: int, missing: tuple[str, ...]
) -> None:
    (added,) = variants(desk, 1)
    change = replace(added, after={**added.after, IMAGE: image})
    assert stored(desk, [change])[change.row][1], "its item has an image"
    desk.door.box.order_fault("lost", method="POST", token=desk.door.token, skip=refusals)
    spec = desk.spec([change], choices=WITHOUT)
    desk.door.box.order_fault("dropped", method="GET", token=desk.door.token, skip=1, count=99)
    run_id = desk.start_spec(spec)
    assert desk.finished(run_id).state is RunState.STOPPED, "in doubt, and whoever resumes it knows of no refusal"
    desk.door.box.service.faults.clear(desk.door.token)
    desk.resume(run_id)
    desk.finished(run_id)
    (outcome,) = desk.outcomes(run_id)
    assert (outcome.status, outcome.without) == (RowStatus.CREATED, missing)


def test_undo_leaves_the_image_alone_that_was_never_stored(desk: Desk) -> None:
    changes = with_images(desk, BAD)
    before = stored(desk, changes)
    run_id = finished(desk, desk.spec(changes, choices=WITHOUT))
    spec_changes = to_undo(desk.spec(changes), views.outcomes_of(desk.db, run_id))
    assert [set(change.after) for change in spec_changes] == [{"price"}]
    finished(desk, undo_order(desk, run_id))
    assert stored(desk, changes) == before
