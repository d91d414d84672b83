"""Archiving items that a file does not name: nothing else changes, somebody's edits stay, and it can be undone."""

from collections.abc import Sequence
from dataclasses import replace

from lib.model.plan import Change
from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from tests.runs.conftest import Desk
from tests.runs.test_follow_up import finished, undo_order


def archiving(desk: Desk, count: int) -> list[Change]:
    return [replace(change, before={}, after={}, is_archived=True) for change in desk.changes(count)]


def archived(desk: Desk, changes: Sequence[Change]) -> list[bool]:
    held = {item["id"]: item["isArchived"] for item in desk.door.items("products")}
    return [held[change.item_id] for change in changes]


def test_items_are_archived_and_brought_back(desk: Desk) -> None:
    changes = archiving(desk, 3)
    before = {item["id"]: item["fieldData"] for item in desk.door.items("products")}
    run_id = finished(desk, replace(desk.spec(changes), kind=RunKind.ARCHIVE))
    assert archived(desk, changes) == [True] * 3
    assert {item["id"]: item["fieldData"] for item in desk.door.items("products")} == before
    finished(desk, undo_order(desk, run_id))
    assert archived(desk, changes) == [False] * 3


def test_an_item_that_somebody_archived_meanwhile_needs_nothing(desk: Desk) -> None:
    changes = archiving(desk, 2)
    path = f"/collections/{desk.door.collection_id('products')}/items/{changes[0].item_id}"
    assert desk.door.call("PATCH", path, {"isArchived": True}).status_code == 200
    run_id = finished(desk, replace(desk.spec(changes), kind=RunKind.ARCHIVE))
    assert [one.status for one in desk.outcomes(run_id)] == [RowStatus.UNCHANGED, RowStatus.UPDATED]
