"""Runs that add a language to items: each once, the first one alone, and never another item by mistake unseen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lib.model.plan import Change, SendChoices
from lib.model.row_status import RowStatus
from lib.model.run import Outcome, RunKind
from lib.runs.guard import HELD_VARIANT
from lib.runs.reading import read_updated
from lib.runs.undoing import undo
from lib.runs.variants import ASTRAY, LEFT_AS_IT_WAS, NOT_SENT, says_astray
from lib.sandbox.seed.demo import GERMAN
from lib.words.language import Language, speaking
from lib.words.say import say
from tests.builders import a_creation, an_id
from tests.conftest import Door
from tests.runs.conftest import Desk
from tests.runs.test_creating import UNCLEAR

CREATED, UPDATED, FAILED = RowStatus.CREATED, RowStatus.UPDATED, RowStatus.FAILED
HELD_BACK, ALREADY = RowStatus.HELD_BACK, RowStatus.UNCHANGED


def variants(desk: Desk, count: int) -> list[Change]:
    """The German of products, which have none."""
    return [
        replace(
            a_creation(change.row, {"price": change.row, "category": desk.category}),
            item_id=change.item_id,
            cms_locale_id=GERMAN,
            is_variant=True,
        )
        for change in desk.changes(count)
    ]


def german(desk: Desk) -> dict[str, dict[str, Any]]:
    """The products that speak German, by id."""
    path = f"/collections/{desk.door.collection_id('products')}/items?cmsLocaleId={GERMAN}"
    return {item["id"]: item for item in desk.door.get(path)["items"]}


def inserts(desk: Desk) -> list[dict[str, Any]]:
    return [entry for entry in desk.writes() if entry["path"].endswith("/insert")]


def run_of(
    desk: Desk, changes: Sequence[Change], size: int = 100, language: Language = Language.ENGLISH
) -> tuple[str, list[Outcome]]:
    """A run whose plan was made from the items as they are now, by somebody who speaks this language."""
    now = datetime.now(UTC) - timedelta(milliseconds=1)
    run_id = desk.start_spec(replace(desk.spec(changes), since=now, language=language), size)
    desk.finished(run_id)
    return run_id, list(desk.outcomes(run_id))


def statuses(outcomes: Sequence[Outcome]) -> list[RowStatus]:
    return [outcome.status for outcome in outcomes]


def test_the_first_language_goes_alone_and_the_item_in_the_first_language_stays(desk: Desk) -> None:
    added, updates = variants(desk, 3), [replace(change, row=change.row + 10) for change in desk.changes(1)]
    before = {item["id"]: item for item in desk.door.items("products")}
    run_id, outcomes = run_of(desk, [*added, *updates])
    run = desk.view(run_id)
    assert statuses(outcomes) == [CREATED] * 3 + [UPDATED]
    assert [(entry["method"], len(entry["items"])) for entry in desk.writes()] == [
        ("POST", 1),
        ("POST", 2),
        ("PATCH", 1),
    ]
    assert {change.item_id: german(desk)[change.item_id]["fieldData"]["name"] for change in added} == {
        change.item_id: change.after["name"] for change in added
    }
    assert all(item["isDraft"] for item in german(desk).values()) and len(german(desk)) == 3
    others = {item["id"]: item for item in desk.door.items("products") if item["id"] != updates[0].item_id}
    assert others == {item_id: before[item_id] for item_id in others} and len(others) == len(before) - 1
    assert (run.created, run.updated) == (3, 1)
    assert run.check_note == "Read 4 of 4 created and updated items again: all of them hold what was meant."


@pytest.mark.parametrize(("fault", "has_landed"), UNCLEAR)
def test_after_an_unclear_answer_a_language_is_looked_for_and_sent_again_only_where_it_is_not_there(
    desk: Desk, fault: dict[str, Any], has_landed: bool
) -> None:
    desk.door.box.order_fault(method="POST", token=desk.door.token, **fault)
    _, outcomes = run_of(desk, variants(desk, 2))
    assert statuses(outcomes) == [CREATED] * 2
    assert len(german(desk)) == 2
    assert len(inserts(desk)) == (2 if has_landed else 3)


@pytest.mark.parametrize("language", Language)
def test_where_webflow_makes_another_item_instead_no_second_language_is_sent(desk: Desk, language: Language) -> None:
    """Every thread of the run says so in the language of who started it."""
    desk.door.box.add_world(desk.door.token, behaviour={"inserted_anew": True})
    updates = [replace(change, row=change.row + 10) for change in desk.changes(1)]
    _, outcomes = run_of(desk, [*variants(desk, 3), *updates], language=language)
    (stray,) = german(desk)
    assert statuses(outcomes) == [FAILED] * 3 + [UPDATED]
    with speaking(language):
        assert [outcome.reason for outcome in outcomes[:3]] == [say(ASTRAY, ids=stray), *[say(NOT_SENT)] * 2]
    assert len(inserts(desk)) == 1


def test_a_language_that_somebody_added_meanwhile_is_held_back_or_counts_as_there(desk: Desk) -> None:
    mine, alike = variants(desk, 2)
    spec = replace(desk.spec([mine, alike]), since=datetime.now(UTC) - timedelta(milliseconds=1))
    somebody = Door(desk.door.box, f"somebody with {desk.door.token}")
    desk.door.box.service.worlds[somebody.token] = desk.door.box.service.worlds[desk.door.token]
    for change, name in ((mine, "Anders"), (alike, alike.after["name"])):
        entry = {"id": change.item_id, "cmsLocaleIds": [GERMAN], "fieldData": {**change.after, "name": name}}
        path = f"/collections/{desk.door.collection_id('products')}/items/insert"
        assert somebody.call("POST", path, {"items": [entry | {"isDraft": True}]}).status_code == 202
    run_id = desk.start_spec(spec)
    desk.finished(run_id)
    outcomes = desk.outcomes(run_id)
    assert statuses(outcomes) == [HELD_BACK, ALREADY] and outcomes[0].reason == HELD_VARIANT
    assert len(inserts(desk)) == 2  # those of somebody


def test_undoing_puts_the_language_away_and_leaves_the_item(desk: Desk) -> None:
    added = variants(desk, 2)
    run_id, outcomes = run_of(desk, added)
    before = {item["id"]: item for item in desk.door.items("products")}
    spec = desk.spec(added)
    with desk.door.client() as webflow:
        now = read_updated(webflow, spec.collection.id, added, None)
    back = undo(run_id, replace(spec, since=now.since), outcomes, now)
    assert back.kind is RunKind.UNDO and [change.cms_locale_id for change in back.plan.changes] == [GERMAN] * 2
    undone = desk.start_spec(back)
    desk.finished(undone)
    assert statuses(desk.outcomes(undone)) == [UPDATED] * 2
    assert [item["isArchived"] for item in german(desk).values()] == [True] * 2
    assert {item["id"]: item for item in desk.door.items("products")} == before


def test_another_item_that_was_made_behind_a_lost_answer_is_found_and_nothing_is_sent_again(desk: Desk) -> None:
    desk.door.box.add_world(desk.door.token, behaviour={"inserted_anew": True})
    desk.door.box.order_fault("lost", method="POST", token=desk.door.token)
    _, outcomes = run_of(desk, variants(desk, 2))
    (stray,) = german(desk)
    assert statuses(outcomes) == [FAILED] * 2 and stray in outcomes[0].reason
    assert len(inserts(desk)) == 1


def test_where_webflow_answers_with_another_language_no_second_one_is_sent(desk: Desk) -> None:
    first, *_ = added = variants(desk, 2)
    item = {"id": first.item_id, "cmsLocaleId": desk.door.items("products")[0]["cmsLocaleId"], "fieldData": {}}
    desk.door.box.order_fault("body", status=202, body={"items": [item]}, method="POST", token=desk.door.token)
    _, outcomes = run_of(desk, added)
    assert statuses(outcomes) == [FAILED] * 2 and outcomes[0].reason == say(ASTRAY, ids=first.item_id)
    assert len(inserts(desk)) == 1


def test_languages_that_are_not_sent_keep_nothing_else_from_being_sent(desk: Desk) -> None:
    desk.door.box.add_world(desk.door.token, behaviour={"inserted_anew": True})
    updates = [replace(change, row=change.row + 100) for change in desk.changes(1)]
    _, outcomes = run_of(desk, [*variants(desk, 6), *updates], size=1)
    assert statuses(outcomes) == [FAILED] * 6 + [UPDATED]


def test_what_a_run_created_is_put_away_also_where_its_updates_went_live(desk: Desk) -> None:
    live = SendChoices(live=True)
    changes = [*variants(desk, 1), replace(desk.changes(1)[0], row=12)]
    spec = replace(desk.spec(changes, choices=live), since=datetime.now(UTC) - timedelta(milliseconds=1))
    run_id = desk.start_spec(spec)
    desk.finished(run_id)
    with desk.door.client() as webflow:
        now = read_updated(webflow, spec.collection.id, changes, None)
    undone = desk.start_spec(undo(run_id, spec, desk.outcomes(run_id), now))
    desk.finished(undone)
    assert statuses(desk.outcomes(undone)) == [UPDATED] * 2
    assert [entry["path"].rpartition("/")[2] for entry in desk.writes()[-2:]] == ["live", "items"]
    assert [item["isArchived"] for item in german(desk).values()] == [True]


@pytest.mark.parametrize("language", Language)
def test_what_went_astray_is_known_in_whatever_language_it_was_written_down(language: Language) -> None:
    with speaking(language):
        reasons = say(ASTRAY, ids=an_id(1)), say(LEFT_AS_IT_WAS)
    assert all(map(says_astray, reasons))
    assert not says_astray("") and not says_astray("Webflow was asked.")
