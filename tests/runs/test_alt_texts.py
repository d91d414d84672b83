"""Alt texts on their way: changed alone, guarded, undone, and not sent a second time."""

from dataclasses import replace
from typing import Any

import pytest

from lib.fields import ReadContext
from lib.journal import stored_forms
from lib.model.collection import FieldType
from lib.model.plan import Change, Correction
from lib.model.row_status import RowStatus
from lib.runs.corrections import left_by, read_corrections
from tests.builders import a_change, a_field
from tests.runs.conftest import Desk
from tests.runs.test_follow_up import finished, undo_order
from tests.runs.test_same_sheet import Import, behaving

SLUG = "main-image"
ADDRESS = "https://shop.example/oak.jpg"


def planned(desk: Desk, cells: dict[str, str]) -> tuple[Any, tuple[Change, ...]]:
    memory = stored_forms.remembered(desk.db, "products")
    spec, checked, plan = Import(desk, "products", cells).planned(memory)
    assert not len(checked.error_rows)
    return spec, plan.changes


def sent(desk: Desk, cells: dict[str, str]) -> str:
    spec, changes = planned(desk, cells)
    assert [set(change.after) for change in changes] == [{SLUG}] * 3
    run_id = finished(desk, spec)
    assert {one.status for one in desk.outcomes(run_id)} == {RowStatus.UPDATED}
    return run_id


def images(desk: Desk) -> dict[str, tuple[str, str]]:
    """Name of the file without ids, and alt text, of every image."""
    held = {item["id"]: item["fieldData"].get(SLUG) for item in desk.door.items("products")}
    return {key: (one["url"].rpartition("/")[2].rpartition("_")[2], one["alt"]) for key, one in held.items() if one}


@pytest.mark.parametrize("rehosted", [False, True])
def test_alt_texts_alone_are_changed_and_undone(desk: Desk, rehosted: bool) -> None:
    behaving(desk, files_rehosted=rehosted)
    before = images(desk)
    run_id = sent(desk, {"Main image alt": "Oak"})
    after = images(desk)
    changed = {key for key in before if before[key] != after[key]}
    assert len(changed) == 3
    assert all(after[key] == (before[key][0], "Oak") for key in changed)
    assert planned(desk, {"Main image alt": "Oak"})[1] == ()
    finished(desk, undo_order(desk, run_id))
    assert images(desk) == before


def test_an_alt_text_where_none_was_is_taken_away_again_by_undo(desk: Desk) -> None:
    bare = {"url": "https://cdn.tidepool.example/bare.jpg"}
    first = desk.changes(1)
    desk.edit(first[0], **{SLUG: bare})
    item = next(one for one in desk.door.items("products") if one["id"] == first[0].item_id)
    held = item["fieldData"][SLUG]
    change = replace(first[0], before={SLUG: held}, after={SLUG: bare | {"alt": "Oak"}})
    run_id = finished(desk, desk.spec([change]))
    assert images(desk)[change.item_id][1] == "Oak"
    finished(desk, undo_order(desk, run_id))
    assert images(desk)[change.item_id][1] is None


def test_an_alt_text_that_somebody_changed_since_the_preview_is_held_back(desk: Desk) -> None:
    spec, changes = planned(desk, {"Main image alt": "Oak"})
    held = changes[0].before[SLUG]
    assert isinstance(held, dict)
    desk.edit(changes[0], **{SLUG: {"url": held["url"], "alt": "Somebody's"}})
    run_id = finished(desk, spec)
    found = {one.row: one.status for one in desk.outcomes(run_id)}
    assert found[changes[0].row] is RowStatus.HELD_BACK
    assert images(desk)[changes[0].item_id][1] == "Somebody's"


@pytest.mark.parametrize("rehosted", [False, True])
def test_a_sheet_of_addresses_and_alt_texts_plans_nothing_a_second_time(desk: Desk, rehosted: bool) -> None:
    behaving(desk, files_rehosted=rehosted)
    sheet = {"Main image": ADDRESS, "Main image alt": "Oak"}
    sent(desk, sheet)
    assert planned(desk, sheet)[1] == ()
    sent(desk, sheet | {"Main image alt": "Ash"})
    assert planned(desk, sheet | {"Main image alt": "Ash"})[1] == ()
    assert {alt for name, alt in images(desk).values() if name == "oak.jpg"} == {"Ash"}
    assert planned(desk, {"Main image": ADDRESS})[1] == ()


def test_a_corrected_address_keeps_the_alt_text_that_was_to_be_sent_with_it() -> None:
    change = a_change(
        3, {SLUG: {"url": "https://x.invalid/1.jpg", "alt": "Oak"}}, before={SLUG: {"url": "u", "alt": "Old"}}
    )
    given = [Correction(row=3, field=SLUG, text=ADDRESS)]
    fields = {SLUG: a_field(SLUG, FieldType.IMAGE)}
    values, problems = read_corrections(given, fields, ReadContext(), {3: left_by(change)}, {})
    assert (values, problems) == ({3: {SLUG: {"url": ADDRESS, "alt": "Oak"}}}, [])
