"""Before publishing, what would go wrong is told; afterwards, what visitors see is read: over real HTTP."""

from dataclasses import replace
from typing import Any

import pytest

from lib.errors import FlowsheetError
from lib.model.plan import SendChoices
from lib.model.publishing import Place
from lib.model.row_status import RowStatus
from lib.model.run_state import RunState
from lib.runs.service import publishing
from lib.runs.service.publish_preview import PublishPreview
from tests.runs.conftest import Desk
from tests.runs.test_follow_up import finished, let_go_of_products, undo_order


def path_of(desk: Desk, item_id: str, slug: str = "products") -> str:
    return f"/collections/{desk.door.collection_id(slug)}/items/{item_id}"


def reads(desk: Desk) -> list[str]:
    return [entry["path"].rpartition("/v2")[2] for entry in desk.door.requests() if entry["method"] == "GET"]


def look(desk: Desk, run_id: str) -> PublishPreview:
    return publishing.preview(desk.runs, desk.connection, run_id)


def referring(desk: Desk, run_id: str) -> PublishPreview:
    return publishing.with_references(desk.connection, look(desk, run_id))


def new_category(desk: Desk, name: str) -> str:
    """A category that nobody has published."""
    path = f"/collections/{desk.door.collection_id('categories')}/items"
    return str(desk.door.call("POST", path, {"fieldData": {"name": name}}).json()["id"])


def test_every_item_of_a_run_has_its_place_and_what_cannot_be_published_is_left_out_with_a_reason(desk: Desk) -> None:
    let_go_of_products(desk)
    changes = desk.changes(6)
    changes[0] = replace(changes[0], is_archived=True)
    first = finished(desk, desk.spec(changes))
    desk.edit(changes[1], price=50)
    assert desk.door.call("PATCH", path_of(desk, changes[2].item_id), {"isArchived": True}).status_code == 200
    assert desk.door.call("DELETE", path_of(desk, changes[3].item_id)).status_code == 204
    body = {"itemIds": [changes[4].item_id]}
    assert desk.door.call("POST", path_of(desk, "publish"), body).status_code == 202
    found = look(desk, first)
    assert list(found.places.values()) == [
        Place.ARCHIVED,
        Place.CHANGED,
        Place.ARCHIVED,
        Place.GONE,
        Place.PUBLISHED,
        Place.READY,
    ]
    assert found.named_in(Place.GONE) == [changes[3].item_name]
    second = finished(desk, found.spec)
    told = {outcome.row: outcome.status for outcome in desk.outcomes(second)}
    rows = [change.row for change in changes]
    held, same, done = RowStatus.HELD_BACK, RowStatus.UNCHANGED, RowStatus.UPDATED
    assert told == {rows[1]: held, rows[4]: same, rows[5]: done}
    report = desk.runs.report(desk.view(second))
    assert report is not None and report.counts[RowStatus.LEFT_OUT] == 3 and report.counts.total() == 6
    assert "Take it out of the archive" in report.results["reason"][rows[0]]


def test_a_run_whose_archived_items_were_left_out_can_be_published_once_more_and_then_no_more(desk: Desk) -> None:
    changes = desk.changes(2)
    changes[0] = replace(changes[0], is_archived=True)
    first = finished(desk, desk.spec(changes))
    finished(desk, look(desk, first).spec)
    assert not desk.runs.follow_ups(desk.view(first)).is_published
    assert desk.door.call("PATCH", path_of(desk, changes[0].item_id), {"isArchived": False}).status_code == 200
    found = look(desk, first)
    assert list(found.places.values()) == [Place.CHANGED, Place.PUBLISHED]
    assert desk.door.call("POST", path_of(desk, "publish"), {"itemIds": [changes[0].item_id]}).status_code == 202
    finished(desk, look(desk, first).spec)
    assert desk.runs.follow_ups(desk.view(first)).is_published


def test_it_is_told_in_few_requests(desk: Desk) -> None:
    first = finished(desk, desk.spec(desk.changes(3)))
    before = len(reads(desk))
    look(desk, first)
    products = desk.door.collection_id("products")
    assert reads(desk)[before:] == [
        "/sites",
        f"/collections/{products}",
        f"/collections/{products}/items",  # when the newest was updated
        f"/collections/{products}/items",  # the items
    ]


@pytest.mark.parametrize("is_published", [True, False])
def test_a_site_that_was_never_published_is_told_before_webflow_refuses(desk: Desk, is_published: bool) -> None:
    first = finished(desk, desk.spec(desk.changes(2)))
    world = desk.door.box.service.worlds[desk.door.token]
    world.site = world.site | ({} if is_published else {"lastPublished": None})
    found = look(desk, first)
    assert (found.site.is_published, found.is_stale) == (is_published, False)
    second = desk.start_spec(found.spec)
    assert desk.finished(second).state is (RunState.DONE if is_published else RunState.STOPPED)


def test_a_structure_that_changed_since_the_site_was_published_is_told_until_the_site_is_published(desk: Desk) -> None:
    first = finished(desk, desk.spec(desk.changes(2)))
    products = desk.door.collection_id("products")
    field = {"collectionId": products, "type": "PlainText", "displayName": "Shelf"}
    desk.door.box.plant(desk.door.token, fields=[field])
    found = look(desk, first)
    assert found.is_stale and found.site.is_published
    assert desk.finished(desk.start_spec(found.spec)).state is RunState.STOPPED
    body = {"publishToWebflowSubdomain": True}
    assert desk.door.call("POST", f"/sites/{desk.door.site_id}/publish", body).status_code == 202
    assert not look(desk, first).is_stale


def test_references_to_items_that_were_never_published_are_named_also_those_that_the_run_did_not_touch(
    desk: Desk,
) -> None:
    hidden, other = new_category(desk, "Hidden"), new_category(desk, "Other")
    changes = desk.changes(4)
    desk.edit(changes[0], category=hidden)  # before the run
    changes[1] = replace(changes[1], after={"category": other})
    first = finished(desk, desk.spec(changes))
    found = referring(desk, first)
    assert found.looked is not None and found.looked.why_not == ""
    told = [(one.row, one.field, one.target) for one in found.looked.unseen]
    assert told == [(changes[0].row, "Category", "Hidden"), (changes[1].row, "Category", "Other")]


def test_new_items_that_refer_to_each_other_are_published_along(desk: Desk) -> None:
    one = desk.creation(2)
    other = desk.creation(3, goes_well_with=[one.item_id])
    first = finished(desk, desk.spec([one, other]))
    found = referring(desk, first)
    assert found.looked is not None and found.looked.unseen == ()
    archived = desk.created()["new-2"]["id"]
    assert desk.door.call("PATCH", path_of(desk, archived), {"isArchived": True}).status_code == 200
    found = referring(desk, first)
    assert found.looked is not None
    assert [(told.row, told.target) for told in found.looked.unseen] == [(3, "New 2")]


def test_only_collections_that_are_referred_to_are_read(desk: Desk) -> None:
    let_go_of_products(desk)
    first = finished(desk, desk.spec(desk.changes(2)))
    found = look(desk, first)
    assert [field.slug for field in found.references] == ["category", "maker"]
    before = len(reads(desk))
    publishing.with_references(desk.connection, found)
    named = {str(field.target_collection_id) for field in found.references}
    assert desk.door.collection_id("products") not in named
    assert set(reads(desk)[before:]) == {f"/collections/{one}/items" for one in named}


def test_references_that_cannot_be_read_stop_nothing(desk: Desk) -> None:
    first = finished(desk, desk.spec(desk.changes(2)))
    found = look(desk, first)
    desk.door.box.order_fault("503", count=99, method="GET", token=desk.door.token)
    found = publishing.with_references(desk.connection, found)
    desk.door.box.service.faults.clear()
    assert found.looked is not None and found.looked.why_not.startswith("What these items refer to could not be read: ")
    finished(desk, found.spec)


def published(desk: Desk, **after: Any) -> tuple[str, str]:
    """A run of three items, and the one that published them."""
    first = finished(desk, desk.spec(desk.changes(3, **after)))
    return first, finished(desk, look(desk, first).spec)


def test_what_visitors_see_is_what_was_meant(desk: Desk) -> None:
    _, second = published(desk, summary="New words")
    heard: list[int] = []
    seen = publishing.look_at_live(desk.runs, desk.connection, second, tell=heard.append)
    assert (seen.as_meant, len(seen.changes)) == (3, 3)
    assert not seen.missing and not seen.differences
    assert reads(desk)[-1] == f"/collections/{desk.door.collection_id('products')}/items/live"
    assert reads(desk).count(reads(desk)[-1]) == 1


def test_what_visitors_see_otherwise_or_not_at_all_is_listed(desk: Desk) -> None:
    first, second = published(desk)
    rows = desk.runs.ended(first)[0].plan.changes
    assert desk.door.call("PATCH", path_of(desk, rows[0].item_id) + "/live", {"fieldData": {"price": 99}}).ok
    assert desk.door.call("DELETE", path_of(desk, rows[1].item_id) + "/live").ok
    seen = publishing.look_at_live(desk.runs, desk.connection, second)
    assert (seen.as_meant, len(seen.changes)) == (1, 3)
    assert [change.row for change in seen.missing] == [rows[1].row]
    assert [(cell.row, cell.field, cell.meant, cell.stored) for cell in seen.differences] == [
        (rows[0].row, "price", rows[0].row, 99)
    ]


def test_a_staged_edit_afterwards_changes_nothing_for_visitors(desk: Desk) -> None:
    first, second = published(desk)
    desk.edit(desk.runs.ended(first)[0].plan.changes[0], price=99)
    assert publishing.look_at_live(desk.runs, desk.connection, second).as_meant == 3


def test_after_a_run_that_went_live_at_once_what_it_updated_is_looked_at_and_not_what_it_created(desk: Desk) -> None:
    first = finished(desk, desk.spec([desk.creation(9), *desk.changes(2)], choices=SendChoices(live=True)))
    seen = publishing.look_at_live(desk.runs, desk.connection, first)
    assert (seen.as_meant, [change.row for change in seen.changes]) == (2, [2, 3])
    second = finished(desk, look(desk, first).spec)
    assert desk.runs.follow_ups(desk.view(first), is_live=True).is_published
    seen = publishing.look_at_live(desk.runs, desk.connection, second)
    assert (seen.as_meant, [change.row for change in seen.changes]) == (1, [9])


def test_what_an_undo_brought_back_is_looked_at_too(desk: Desk) -> None:
    before = desk.prices()
    first, _ = published(desk)
    undo = finished(desk, undo_order(desk, first))
    second = finished(desk, look(desk, undo).spec)
    seen = publishing.look_at_live(desk.runs, desk.connection, second)
    assert seen.as_meant == 3
    assert {change.after["price"] for change in seen.changes} == {before[one.item_id] for one in seen.changes}


def test_without_the_run_that_stored_the_values_nobody_knows_what_was_meant(desk: Desk) -> None:
    first, second = published(desk)
    desk.runs.delete(desk.view(first))
    with pytest.raises(FlowsheetError, match="nobody knows what was meant"):
        publishing.look_at_live(desk.runs, desk.connection, second)
