"""After a run: undone, tried again, overwritten, published; each as a run of its own, each with every row's fate."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lib.fields import kind_of
from lib.fields.base import ReadContext
from lib.journal import specs
from lib.model.collection import FieldType
from lib.model.plan import Correction, SendChoices
from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.model.run_spec import RunSpec
from lib.model.run_state import RunState
from lib.model.site import Languages, Locale
from lib.runs import follow_up, undoing
from lib.runs.corrections import read_corrections
from lib.runs.reading import read_updated
from tests.builders import a_field, an_id, an_item
from tests.runs.conftest import Desk

UPDATED, HELD, FAILED = RowStatus.UPDATED, RowStatus.HELD_BACK, RowStatus.FAILED


def spec_of(desk: Desk, run_id: str) -> RunSpec:
    spec = specs.spec_of(desk.db, run_id)
    assert spec is not None
    return spec


def undo_order(desk: Desk, run_id: str) -> RunSpec:
    spec, outcomes = spec_of(desk, run_id), desk.outcomes(run_id)
    with desk.connection.open() as webflow:
        now = read_updated(webflow, spec.collection.id, undoing.to_undo(spec, outcomes), None)
    return undoing.undo(run_id, spec, outcomes, now)


def content(desk: Desk) -> dict[str, object]:
    return {item["id"]: item["fieldData"] for item in desk.door.items("products")}


def finished(desk: Desk, spec: RunSpec) -> str:
    run_id = desk.start_spec(spec)
    assert desk.finished(run_id).state is RunState.DONE
    return run_id


def test_undo_brings_back_exactly_what_was_and_undoing_that_brings_it_back_again(desk: Desk) -> None:
    before = content(desk)
    first = finished(desk, desk.spec(desk.changes(12, summary="New words")))
    after = content(desk)
    second = finished(desk, undo_order(desk, first))
    assert content(desk) == before
    third = finished(desk, undo_order(desk, second))
    assert content(desk) == after
    finished(desk, undo_order(desk, third))
    assert content(desk) == before
    assert desk.view(second).kind is RunKind.UNDO and desk.view(second).parent_id == first


def let_go_of_products(desk: Desk) -> None:
    """Products refer to each other, and what others refer to cannot be deleted."""
    users = [item["id"] for item in desk.door.items("products") if item["fieldData"].get("goes-well-with")]
    for start in range(0, len(users), 100):
        entries = [{"id": one, "fieldData": {"goes-well-with": []}} for one in users[start : start + 100]]
        path = f"/collections/{desk.door.collection_id('products')}/items"
        assert desk.door.call("PATCH", path, {"items": entries}).status_code == 200


def test_undo_leaves_alone_what_somebody_changed_or_deleted_since(desk: Desk) -> None:
    let_go_of_products(desk)
    changes = desk.changes(5)
    first = finished(desk, desk.spec(changes))
    desk.edit(changes[1], price=99)
    desk.edit(changes[2], price=changes[2].before["price"])
    path = f"/collections/{desk.door.collection_id('products')}/items/{changes[3].item_id}"
    assert desk.door.call("DELETE", path).status_code == 204
    spec = undo_order(desk, first)
    decisions = dict(zip(spec.plan.statuses.index, spec.plan.statuses, strict=True))
    assert [decisions[change.row] for change in changes] == [
        RowStatus.WILL_UPDATE,
        RowStatus.LEFT_OUT,
        RowStatus.UNCHANGED,
        RowStatus.LEFT_OUT,
        RowStatus.WILL_UPDATE,
    ]
    assert spec.plan.reasons[changes[1].row] == undoing.EDITED_SINCE
    assert spec.plan.reasons[changes[3].row] == undoing.DELETED
    finished(desk, spec)
    prices = desk.prices()
    assert [prices[changes[place].item_id] for place in (0, 1, 4)] == [
        changes[0].before["price"],
        99,
        changes[4].before["price"],
    ]


def test_undo_brings_flags_back(desk: Desk) -> None:
    changes = [replace(change, is_draft=True, was_draft=False) for change in desk.changes(2)]
    first = finished(desk, desk.spec(changes, choices=SendChoices()))
    finished(desk, undo_order(desk, first))
    items = {item["id"]: item for item in desk.door.items("products")}
    assert [items[change.item_id]["isDraft"] for change in changes] == [False, False]


@pytest.mark.parametrize(
    ("field_type", "read", "written"),
    [
        (FieldType.IMAGE, {"fileId": "f", "url": "https://x/a.jpg", "alt": None}, {"url": "https://x/a.jpg"}),
        (FieldType.FILE, {"fileId": "f", "url": "https://x/a.pdf", "alt": "A"}, {"url": "https://x/a.pdf", "alt": "A"}),
        (FieldType.MULTI_IMAGE, [{"fileId": "f", "url": "https://x/a.jpg"}], [{"url": "https://x/a.jpg"}]),
        (FieldType.VIDEO_LINK, {"url": "https://v/1", "metadata": {}}, "https://v/1"),
        (FieldType.NUMBER, 4, 4),
        (FieldType.NUMBER, None, None),
        (FieldType.SWITCH, None, False),
        (FieldType.MULTI_REFERENCE, None, []),
        (FieldType.PLAIN_TEXT, "", None),
    ],
)
def test_values_that_were_read_are_made_ready_to_be_sent_again(
    field_type: FieldType, read: object, written: object
) -> None:
    assert kind_of(field_type).as_written(read) == written


def test_what_failed_is_tried_again_with_a_value_given_in_place(desk: Desk) -> None:
    changes = desk.changes(6)
    changes[1] = replace(changes[1], after={"price": "free"})
    changes[4] = replace(changes[4], after={"price": "gratis"})
    first = desk.start(changes)
    desk.finished(first)
    spec, outcomes = spec_of(desk, first), desk.outcomes(first)
    fields = {field.slug: field for field in spec.collection.fields}
    given = [
        Correction(row=changes[1].row, field="price", text="12.50"),
        Correction(row=changes[4].row, field="price", text="x"),
    ]
    values, problems = read_corrections(given, fields, ReadContext(), {}, {})
    assert values == {changes[1].row: {"price": 12.5}}
    assert problems == [f"Row {changes[4].row}, Price: expected a number such as 12.50."]
    second = desk.start_spec(follow_up.retry(first, spec, outcomes, values))
    desk.finished(second)
    assert Counter(one.status for one in desk.outcomes(second)) == {UPDATED: 1, FAILED: 1}
    assert desk.prices()[changes[1].item_id] == 12.5
    assert desk.view(second).change_count == 2


def test_a_correction_that_breaks_a_rule_is_told() -> None:
    field = a_field("stock", FieldType.NUMBER, validations={"maxValue": 10})
    given = [Correction(row=3, field="stock", text="11")]
    values, problems = read_corrections(given, {"stock": field}, ReadContext(), {}, {})
    assert values == {} and problems[0].startswith("Row 3, Stock: expected")


def test_images_that_stay_in_a_corrected_gallery_keep_their_alt_texts() -> None:
    field = a_field("gallery", FieldType.MULTI_IMAGE)
    red, blue = ({"url": f"https://x.example/{name}.jpg", "alt": f"A {name} chair"} for name in ("red", "blue"))
    given = [Correction(row=3, field="gallery", text="https://x.example/new.jpg, https://x.example/red.jpg")]
    before = {3: {"gallery": [{"fileId": "1", **red}, {"fileId": "2", **blue}]}}
    values, problems = read_corrections(given, {"gallery": field}, ReadContext(), before, {})
    assert (values, problems) == ({3: {"gallery": [{"url": "https://x.example/new.jpg"}, red]}}, [])


def test_what_was_held_back_can_be_overwritten_item_by_item(desk: Desk) -> None:
    changes = desk.changes(4)
    desk.edit(changes[0], price=71)
    desk.edit(changes[1], price=72)
    first = finished(desk, desk.spec(changes))
    spec, outcomes = spec_of(desk, first), desk.outcomes(first)
    second = finished(desk, follow_up.overwrite(first, spec, outcomes, {changes[0].row: {"price"}}, datetime.now(UTC)))
    prices = desk.prices()
    assert [prices[change.item_id] for change in changes[:2]] == [changes[0].row, 72]
    finished(desk, undo_order(desk, second))
    assert desk.prices()[changes[0].item_id] == 71


def test_a_staged_run_is_published_item_by_item_with_the_reasons_of_those_that_were_not(desk: Desk) -> None:
    changes = desk.changes(5)
    changes[3] = replace(changes[3], is_archived=True)
    first = finished(desk, desk.spec(changes))
    desk.edit(changes[1], price=50)
    second = desk.start_spec(follow_up.publish(first, spec_of(desk, first), desk.outcomes(first)))
    run = desk.finished(second)
    outcomes = {outcome.row: outcome for outcome in desk.outcomes(second)}
    assert [outcomes[change.row].status for change in changes] == [UPDATED, HELD, UPDATED, FAILED, UPDATED]
    assert "archived" in outcomes[changes[3].row].reason
    path = f"/collections/{desk.door.collection_id('products')}/items/{changes[0].item_id}/live"
    assert desk.door.get(path)["fieldData"]["price"] == changes[0].row
    assert run.state is RunState.DONE


def test_publishing_after_a_lost_reply_is_settled_by_looking(desk: Desk) -> None:
    changes = desk.changes(3)
    first = finished(desk, desk.spec(changes))
    desk.door.box.order_fault("lost", method="POST", token=desk.door.token)
    second = desk.start_spec(follow_up.publish(first, spec_of(desk, first), desk.outcomes(first)))
    desk.finished(second)
    assert {outcome.status for outcome in desk.outcomes(second)} == {UPDATED}
    assert sum(entry["method"] == "POST" for entry in desk.writes()) == 1


def test_an_undo_that_sends_images_says_so(desk: Desk) -> None:
    image = next(f for f in desk.spec(desk.changes(1)).collection.fields if f.type is FieldType.IMAGE)
    changes = desk.changes(2, **{image.slug: {"url": "https://example.com/new.jpg"}})
    first = finished(desk, desk.spec(changes))
    spec = undo_order(desk, first)
    assert follow_up.imports_files_again(spec)
    assert not follow_up.imports_files_again(desk.spec(desk.changes(1)))
    second = finished(desk, spec)
    assert "all of them hold what was meant" in desk.view(second).check_note


def test_an_unknown_item_is_in_nobodys_way(desk: Desk) -> None:
    changes = [*desk.changes(1), replace(desk.changes(2)[1], item_id=an_id(5))]
    first = desk.start(changes)
    desk.finished(first)
    assert len(undo_order(desk, first).plan.changes) == 1


def test_publishing_again_publishes(desk: Desk) -> None:
    changes = desk.changes(3)
    changes[1] = replace(changes[1], is_archived=True)
    first = finished(desk, desk.spec(changes))
    second = finished(desk, follow_up.publish(first, spec_of(desk, first), desk.outcomes(first)))
    path = f"/collections/{desk.door.collection_id('products')}/items/{changes[1].item_id}"
    assert desk.door.call("PATCH", path, {"isArchived": False}).status_code == 200
    again = follow_up.retry(second, spec_of(desk, second), desk.outcomes(second), {})
    assert again.kind is RunKind.PUBLISH
    third = finished(desk, again)
    assert [outcome.status for outcome in desk.outcomes(third)] == [HELD]
    over = follow_up.overwrite(third, spec_of(desk, third), desk.outcomes(third), {changes[1].row: {""}}, None)
    finished(desk, over)
    assert desk.door.get(f"{path}/live")["fieldData"]["price"] == changes[1].row


def test_undo_reaches_what_may_have_landed(desk: Desk) -> None:
    before = desk.prices()
    spec = desk.spec(desk.changes(3))
    desk.door.box.order_fault("lost", method="PATCH", token=desk.door.token)
    desk.door.box.order_fault("503", count=99, skip=1, method="GET", token=desk.door.token)
    first = desk.start_spec(spec)
    assert desk.finished(first).state is RunState.STOPPED
    desk.door.box.service.faults.clear()
    assert {outcome.status for outcome in desk.outcomes(first)} == {RowStatus.IN_DOUBT}
    assert desk.prices() != before
    finished(desk, undo_order(desk, first))
    assert desk.prices() == before


def test_undo_brings_back_what_webflow_rewrote(desk: Desk) -> None:
    desk.door.box.add_world(desk.door.token, behaviour={"code_emptied": True})
    before = content(desk)
    changes = desk.changes(2, description="<p>Good</p><pre><code>bad()</code></pre>")
    first = finished(desk, desk.spec(changes))
    assert desk.view(first).check_note.startswith("Read 2 of 2 updated items again: 2 cells hold something else")
    finished(desk, undo_order(desk, first))
    assert content(desk) == before


def test_undo_after_publishing_brings_the_values_back_and_leaves_the_status(desk: Desk) -> None:
    changes = [replace(change, is_draft=True) for change in desk.changes(2)]
    before = desk.prices()
    first = finished(desk, desk.spec(changes))
    finished(desk, follow_up.publish(first, spec_of(desk, first), desk.outcomes(first)))
    spec = undo_order(desk, first)
    assert [change.is_draft for change in spec.plan.changes] == [None, None]
    finished(desk, spec)
    assert desk.prices() == before


def test_undoing_what_was_overwritten_brings_its_status_back_too(desk: Desk) -> None:
    (change,) = desk.changes(1)
    change = replace(change, is_archived=True, was_archived=False)
    path = f"/collections/{desk.door.collection_id('products')}/items/{change.item_id}"
    assert desk.door.call("PATCH", path, {"isDraft": True, "fieldData": {"price": 77}}).status_code == 200
    first = finished(desk, desk.spec([replace(change, is_draft=False)]))
    cells = {change.row: {"price", follow_up.FLAGS}}
    over = follow_up.overwrite(first, spec_of(desk, first), desk.outcomes(first), cells, datetime.now(UTC))
    finished(desk, undo_order(desk, finished(desk, over)))
    item = desk.door.get(path)
    assert (item["isDraft"], item["isArchived"], item["fieldData"]["price"]) == (True, False, 77)


def test_of_an_item_that_was_held_back_only_the_chosen_values_are_sent(desk: Desk) -> None:
    changes = desk.changes(1, summary="From the file")
    desk.edit(changes[0], price=77, summary="From somebody else")
    first = finished(desk, desk.spec(changes))
    cells = {changes[0].row: {"price"}}
    finished(desk, follow_up.overwrite(first, spec_of(desk, first), desk.outcomes(first), cells, datetime.now(UTC)))
    data = desk.door.get(f"/collections/{desk.door.collection_id('products')}/items/{changes[0].item_id}")["fieldData"]
    assert (data["price"], data["summary"]) == (changes[0].row, "From somebody else")


def test_pressing_again_starts_one_run_until_that_has_ended_and_then_another(desk: Desk) -> None:
    changes = [replace(change, after={"maker": an_id(9)}) for change in desk.changes(1)]
    first = finished(desk, desk.spec(changes))
    spec = follow_up.retry(first, spec_of(desk, first), desk.outcomes(first), {})
    held = desk.door.box.order_fault("slow", seconds=60, method="PATCH", token=desk.door.token)
    second = desk.runs.follow(desk.connection, spec)
    assert second == desk.runs.follow(desk.connection, spec)
    desk.door.box.service.faults.withdraw(held)
    desk.finished(second)
    third = desk.runs.follow(desk.connection, spec)
    desk.finished(third)
    assert third != second


def test_overwriting_never_covers_an_edit_that_came_after_what_was_shown(desk: Desk) -> None:
    changes = desk.changes(2)
    desk.edit(changes[0], price=71)
    desk.edit(changes[1], price=72)
    first = finished(desk, desk.spec(changes))
    outcomes = list(desk.outcomes(first))
    # The second one was held back much later than the first.
    later = datetime.now(UTC) + timedelta(minutes=30)
    outcomes[1] = replace(outcomes[1], updated_on=later)
    desk.edit(changes[0], price=777)
    cells = {change.row: {"price"} for change in changes}
    second = finished(desk, follow_up.overwrite(first, spec_of(desk, first), outcomes, cells, datetime.now(UTC)))
    assert desk.outcomes(second)[0].status is HELD
    assert desk.prices()[changes[0].item_id] == 777


def test_undo_says_of_items_that_were_never_reached_that_they_are_as_before(desk: Desk) -> None:
    spec = desk.spec(desk.changes(2))
    desk.door.box.order_fault("dropped", count=99, method="PATCH", token=desk.door.token)
    first = desk.start_spec(spec)
    assert desk.finished(first).state is RunState.STOPPED
    desk.door.box.service.faults.clear()
    undone = desk.runs.preview_undo(desk.connection, first).spec
    assert list(undone.plan.statuses) == [RowStatus.UNCHANGED] * 2


@pytest.mark.parametrize(("text", "is_found"), [("Meer", True), ("Sea", False)])
def test_a_reference_is_corrected_by_the_name_that_its_item_has_in_the_language_of_the_row(
    text: str, is_found: bool
) -> None:
    english, german = (
        Locale(cms_locale_id=an_id(number), display_name=name, tag=tag, is_primary=tag == "en")
        for number, name, tag in ((0xE0, "English", "en"), (0xE1, "German", "de"))
    )
    field = a_field("place", FieldType.REFERENCE, validations={"collectionId": "places"})
    places = [
        an_item(7, {"name": name, "slug": name.lower()}, cms_locale_id=locale.cms_locale_id)
        for name, locale in (("Sea", english), ("Meer", german))
    ]
    context = ReadContext(targets={"places": places}, languages=Languages(known=(english, german)))
    given = [Correction(row=3, field="place", text=text)]
    values, problems = read_corrections(given, {"place": field}, context, {}, {3: german.cms_locale_id})
    assert values == ({3: {"place": an_id(7)}} if is_found else {}) and bool(problems) is not is_found
