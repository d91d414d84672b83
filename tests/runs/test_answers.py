"""What a run makes of answers: unreadable ones are looked after, those about the whole site stop it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from lib.errors import WaitReason
from lib.journal import batches, views
from lib.model.plan import Change, SendChoices
from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.model.run_state import RunState, Wanted
from lib.model.words import why_stopped
from lib.sandbox.behaviour import SWITCHES
from lib.sandbox.faults import WEB_PAGE
from tests.runs.conftest import Desk
from tests.webflow.test_verdict import SITE_WIDE

UPDATED, FAILED, NOT_SENT = RowStatus.UPDATED, RowStatus.FAILED, RowStatus.NOT_SENT
PUBLISH = "Publish the site in Webflow once, then resume."
LIVE = SendChoices(live=True)


def statuses(outcomes: Any) -> list[RowStatus]:
    return [outcome.status for outcome in outcomes]


UNREADABLE = (WEB_PAGE, '{"items": [{"id": "66', ["a list"], {"items": ["odd"]}, {"items": [{"id": ["x"]}]})


@pytest.mark.parametrize("applied", [True, False])
@pytest.mark.parametrize("body", UNREADABLE, ids=["web page", "cut off", "list", "no items", "odd ids"])
def test_one_unreadable_success_is_looked_after(desk: Desk, body: Any, applied: bool) -> None:
    changes = desk.changes(5)
    desk.door.box.order_fault("body", method="PATCH", token=desk.door.token, body=body, applied=applied)
    run, outcomes = desk.run(changes)
    assert run.state is RunState.DONE
    assert statuses(outcomes) == [UPDATED] * 5
    prices = desk.prices()
    assert all(prices[change.item_id] == change.row for change in changes)
    assert len(desk.writes()) == (1 if applied else 2)


@pytest.mark.parametrize(
    "body", [None, *UNREADABLE], ids=["none", "web page", "cut off", "list", "no items", "odd ids"]
)
def test_what_an_unclear_answer_left_open_is_not_sent_again_before_it_is_surely_over(desk: Desk, body: Any) -> None:
    """The items are looked at, and the request may still be carried out after that."""
    desk.timing = replace(desk.timing, settle_seconds=600.0)
    kind = "dropped" if body is None else "body"
    desk.door.box.order_fault(kind, method="PATCH", token=desk.door.token, **({} if body is None else {"body": body}))
    run_id = desk.start(desk.changes(3))
    run = desk.until(run_id, lambda run: run.waiting is WaitReason.SETTLING)
    assert 500 < run.waiting_seconds <= 600 and len(desk.writes()) == 1
    (work,) = batches.unfinished(desk.db, run_id)
    assert work.in_doubt == {change.row for change in work.changes}
    desk.runs.want(run_id, Wanted.STOP)
    desk.finished(run_id)
    assert len(desk.writes()) == 1


def test_a_look_that_fails_after_a_good_answer_is_not_taken_for_a_refusal_of_what_was_sent(desk: Desk) -> None:
    """The answer mentions no item, so they are looked at; that look is refused in words that could be about rows."""
    gone = {"message": "Requested resource not found", "code": "resource_not_found", "details": []}
    changes, fault = desk.changes(4), desk.door.box.order_fault
    fault("body", method="PATCH", token=desk.door.token, body={"items": []}, applied=True)
    fault("body", method="GET", path="/items", token=desk.door.token, body=gone, status=404, skip=1)
    run_id = desk.start(changes)
    assert desk.finished(run_id).state is RunState.STOPPED
    assert statuses(desk.outcomes(run_id)) == [RowStatus.IN_DOUBT] * 4
    desk.resume(run_id)
    assert desk.finished(run_id).state is RunState.DONE
    assert statuses(desk.outcomes(run_id)) == [UPDATED] * 4
    assert len(desk.writes()) == 1


@pytest.mark.parametrize("skip", [0, 1], ids=["first look", "reading back"])
def test_an_unreadable_page_of_items_is_read_again(desk: Desk, skip: int) -> None:
    changes = desk.changes(5)
    desk.door.box.order_fault("body", method="GET", path="/items", token=desk.door.token, skip=skip)
    run, outcomes = desk.run(changes)
    assert (run.state, statuses(outcomes)) == (RunState.DONE, [UPDATED] * 5)
    assert "all of them hold what was meant" in run.check_note


ODD_PAGES = ({"items": ["odd"]}, {"items": [{"id": ["x"]}]}, {"items": [{"id": "a", "fieldData": ["x"]}]}, {"items": 5})


@pytest.mark.parametrize("page", ODD_PAGES)
def test_pages_that_hold_no_items_stop_a_run_before_anything_is_sent(desk: Desk, page: Any) -> None:
    changes = desk.changes(5)
    desk.door.box.order_fault("body", method="GET", path="/items", token=desk.door.token, body=page)
    run, outcomes = desk.run(changes)
    assert run.state is RunState.STOPPED and "something is missing from its answer" in why_stopped(run.stop)
    assert statuses(outcomes) == [NOT_SENT] * 5 and desk.writes() == []


@pytest.mark.parametrize("page", ODD_PAGES)
def test_pages_that_hold_no_items_after_a_run_leave_its_books_as_they_are(desk: Desk, page: Any) -> None:
    changes = desk.changes(5)
    desk.door.box.order_fault("body", method="GET", path="/items", token=desk.door.token, body=page, skip=1)
    run, outcomes = desk.run(changes)
    assert run.state is RunState.DONE and "could not be read back" in run.check_note
    assert statuses(outcomes) == [UPDATED] * 5


def test_several_in_a_row_stop_the_run_in_doubt(desk: Desk) -> None:
    desk.door.box.order_fault("body", count=99, method="PATCH", token=desk.door.token)
    run_id = desk.start(desk.changes(4), 2)
    run = desk.finished(run_id)
    assert run.state is RunState.STOPPED and "did not answer like Webflow" in why_stopped(run.stop)
    assert statuses(desk.outcomes(run_id)) == [RowStatus.IN_DOUBT] * 2 + [NOT_SENT] * 2
    desk.door.box.service.faults.clear()
    desk.resume(run_id)
    assert desk.finished(run_id).state is RunState.DONE
    assert statuses(desk.outcomes(run_id)) == [UPDATED] * 4


@pytest.mark.parametrize("text", [text for text in SITE_WIDE if text])
def test_a_conflict_about_the_whole_site_stops_the_run_and_is_never_taken_apart(desk: Desk, text: str) -> None:
    changes = desk.changes(40)
    body = {"message": text, "code": "conflict", "externalReference": None, "details": []}
    desk.door.box.order_fault("body", count=999, method="PATCH", token=desk.door.token, status=409, body=body)
    run, outcomes = desk.run(changes, 10, choices=LIVE)
    assert run.state is RunState.STOPPED
    assert statuses(outcomes) == [NOT_SENT] * 40
    assert len(desk.writes()) == 1


def never_published(desk: Desk) -> None:
    world = desk.door.box.service.worlds[desk.door.token]
    world.site = world.site | {"lastPublished": None}


def with_new_field(desk: Desk) -> None:
    field = {"collectionId": desk.door.collection_id("products"), "type": "PlainText", "displayName": "Shelf"}
    desk.door.box.plant(desk.door.token, fields=[field])


@pytest.mark.parametrize("spoil", [never_published, with_new_field])
@pytest.mark.parametrize("options", [{"choices": LIVE}, {"kind": RunKind.PUBLISH}], ids=["live update", "publish"])
def test_live_content_of_an_unpublished_site_stops_the_run_and_says_what_to_do(
    desk: Desk, spoil: Any, options: dict[str, Any]
) -> None:
    changes = desk.changes(60)
    if "kind" in options:
        changes = [replace(change, after={}, before={}) for change in changes]
    spoil(desk)
    run_id = desk.start(changes, 10, **options)
    run = desk.finished(run_id)
    assert run.state is RunState.STOPPED and why_stopped(run.stop).endswith(PUBLISH)
    assert statuses(desk.outcomes(run_id)) == [NOT_SENT] * 60
    assert len(desk.writes()) == 1
    publish = {"publishToWebflowSubdomain": True}
    assert desk.door.call("POST", f"/sites/{desk.door.site_id}/publish", publish).status_code == 202
    desk.resume(run_id)
    assert desk.finished(run_id).state is RunState.DONE
    assert statuses(desk.outcomes(run_id)) == [UPDATED] * 60


def test_a_field_that_waits_for_a_publish_says_so_and_is_sent_after_it(desk: Desk) -> None:
    with_new_field(desk)
    changes = [replace(change, after={"shelf": "A"}, before={"shelf": None}) for change in desk.changes(4)]
    run_id = desk.start(changes, 2)
    run = desk.finished(run_id)
    assert "“Shelf”" in why_stopped(run.stop) and why_stopped(run.stop).endswith(PUBLISH)
    assert statuses(desk.outcomes(run_id)) == [NOT_SENT] * 4
    publish = {"publishToWebflowSubdomain": True}
    assert desk.door.call("POST", f"/sites/{desk.door.site_id}/publish", publish).status_code == 202
    desk.resume(run_id)
    assert desk.finished(run_id).state is RunState.DONE


def test_items_archived_since_fail_alone_in_a_live_run(desk: Desk) -> None:
    changes = desk.changes(8)
    path = f"/collections/{desk.door.collection_id('products')}/items"
    desk.door.call("PATCH", path, {"items": [{"id": changes[3].item_id, "isArchived": True}]})
    changes[3] = replace(changes[3], seen_on=None)
    _, outcomes = desk.run(changes, choices=LIVE)
    assert statuses(outcomes) == [FAILED if number == 3 else UPDATED for number in range(8)]
    assert "no live version" in outcomes[3].reason


def image(change: Change, url: str) -> Change:
    return replace(change, after={"main-image": {"url": url}}, before={"main-image": None})


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://files.invalid/a.jpg", "could not fetch the file https://files.invalid/a.jpg."),
        ("https://shop.example/a.pdf", "The file https://shop.example/a.pdf is of a kind"),
        ("https://too-large.invalid/a.jpg", "The file https://too-large.invalid/a.jpg is larger"),
    ],
)
def test_four_bad_images_among_two_hundred_cost_few_requests_and_are_named(desk: Desk, url: str, words: str) -> None:
    bad = {3, 60, 61, 150}
    changes = desk.changes(200)
    changes = [image(c, url if n in bad else f"https://shop.example/{n:03}.jpg") for n, c in enumerate(changes)]
    _, outcomes = desk.run(changes)
    assert {n for n, outcome in enumerate(outcomes) if outcome.status is FAILED} == bad
    assert all(words in outcomes[number].reason for number in bad)
    assert len(desk.writes()) <= 12


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_way_in_which_webflow_is_said_to_behave_ends_with_true_books(desk: Desk, switch: str) -> None:
    desk.door.box.add_world(desk.door.token, behaviour={switch: switch != "edits_are_drafts"})
    values = {
        "shop-link": "https://a.example/x/",
        "description": "<p>a</p><pre><code>b()</code></pre><table><tr><td>c</td></tr></table>",
        "main-image": {"url": "https://a.example/cup.jpg"},
    }
    changes = desk.changes(6, **values)
    run_id = desk.start(changes, 3)
    run = desk.finished(run_id)
    assert (run.state, statuses(desk.outcomes(run_id))) == (RunState.DONE, [UPDATED] * 6)
    prices = desk.prices()
    assert all(prices[change.item_id] == change.row for change in changes)
    told = {str(cell.field) for cell in views.differences_of(desk.db, run_id)}
    assert told <= {"shop-link", "description"}


@pytest.mark.parametrize("is_told", [True, False])
def test_an_archived_item_is_published_as_far_as_webflow_says(desk: Desk, is_told: bool) -> None:
    desk.door.box.add_world(desk.door.token, behaviour={"archived_published": is_told})
    item = next(item for item in desk.door.items("products") if item["isArchived"])
    (change,) = desk.changes(1)
    change = replace(
        change, item_id=item["id"], after={}, before={}, seen_on=datetime.fromisoformat(item["lastUpdated"])
    )
    _, (outcome,) = desk.run([change], kind=RunKind.PUBLISH)
    assert outcome.status is (UPDATED if is_told else FAILED)
    assert ("archived" in outcome.reason) is not is_told


def test_a_value_that_webflow_drops_silently_is_told_after_reading_back(desk: Desk) -> None:
    desk.door.box.add_world(desk.door.token, behaviour={"unknown_fields_ignored": True})
    with_new_field(desk)
    (change,) = desk.changes(1, shelf="A")
    run_id = desk.start([change])
    desk.finished(run_id)
    (cell,) = views.differences_of(desk.db, run_id)
    assert (cell.field, cell.meant, cell.stored) == ("shelf", "A", None)


def test_references_that_cannot_be_cleared_fail_alone(desk: Desk) -> None:
    desk.door.box.add_world(desk.door.token, behaviour={"null_references_refused": True})
    changes = desk.changes(40)
    changes[7] = replace(changes[7], after={"maker": None})
    _, outcomes = desk.run(changes)
    assert [number for number, outcome in enumerate(outcomes) if outcome.status is FAILED] == [7]
    assert "does not let go" in outcomes[7].reason
    assert len(desk.writes()) == 3
