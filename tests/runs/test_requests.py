"""What a run asks beside its batches: one look, one more every 15 s, and the pages of its read-back; edits are seen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from unittest.mock import ANY

import pytest
import sqlalchemy as sa

from lib.journal import codec, specs
from lib.journal.tables import document
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.row_status import RowStatus
from lib.model.run_state import RunState
from lib.runs import follow_up
from lib.runs.reading import Reading, read_live
from lib.stages.batch import batched
from tests.builders import a_change, an_id
from tests.runs.conftest import Desk

UPDATED, HELD, ALREADY = RowStatus.UPDATED, RowStatus.HELD_BACK, RowStatus.UNCHANGED


def grow(desk: Desk, items: int) -> None:
    """Bring the products to this number, all published."""
    world, collection_id = desk.door.box.service.worlds[desk.door.token], desk.door.collection_id("products")
    (published, *_) = [item for item in desk.door.items("products") if item["lastPublished"]]
    for number in range(items - len(world.items[collection_id])):
        data = published["fieldData"] | {"slug": f"more-{number}", "name": f"More {number}"}
        item = published | {"id": an_id(number + 1), "fieldData": data}
        world.put(collection_id, item, live=item)


def read(desk: Desk) -> Reading:
    return read_live(desk.connection, desk.door.collection_id("products"))


def repriced(items: Sequence[Item], price: float) -> list[Change]:
    return [
        a_change(
            row,
            {"price": price + row},
            before={"price": item.field_data.get("price")},
            item_id=item.id,
            seen_on=item.last_updated,
        )
        for row, item in enumerate(items, 2)
    ]


def planned(now: Reading, price: float, count: int | None = None) -> tuple[list[Change], dict[str, Any]]:
    """A change of the price of these items, and what its order tells of the reading."""
    changes = repriced([item for item in now.items.values() if item.last_published][:count], price)
    return changes, {"read_on": now.read_on, "since": now.since}


def asked(desk: Desk, before: int) -> list[dict[str, Any]]:
    return [entry for entry in desk.door.requests()[before:] if entry["path"].endswith("/items")]


@pytest.mark.parametrize("read_back", [False, True])
def test_a_bulk_import_directly_after_another_asks_once_beside_its_batches(desk: Desk, read_back: bool) -> None:
    grow(desk, 1000)
    desk.timing = replace(desk.timing, width=4, most_width=8)
    changes, told = planned(read(desk), 1000)
    desk.run(changes, read_back=False, **told)
    again, told = planned(read(desk), 2000)
    before = len(desk.door.requests())
    run, outcomes = desk.run(again, read_back=read_back, **told)
    assert {outcome.status for outcome in outcomes} == {UPDATED} and run.updated == len(again) > 900
    pages = len(run.batches) if read_back else 0
    assert Counter(entry["method"] for entry in asked(desk, before)) == {"PATCH": len(run.batches), "GET": 1 + pages}


def test_every_look_is_one_request_directly_after_a_bulk_import_too(desk: Desk) -> None:
    changes, told = planned(read(desk), 1000)
    desk.run(changes, read_back=False, **told)
    desk.timing = replace(desk.timing, guard_seconds=0.0)
    again, told = planned(read(desk), 2000)
    before = len(desk.door.requests())
    run, _ = desk.run(again, 50, read_back=False, **told)
    methods = Counter(entry["method"] for entry in asked(desk, before))
    assert methods["PATCH"] == len(run.batches) > 5 and methods["GET"] <= 1 + len(run.batches)


@pytest.mark.parametrize("when", ["after the reading", "while it goes on"])
def test_an_edit_directly_after_a_bulk_import_is_held_back(
    desk: Desk, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The import, the reading and the edit are in the same second."""
    changes, told = planned(read(desk), 1000)
    desk.run(changes, read_back=False, **told)
    if when == "after the reading":
        now = read(desk)
        desk.edit(changes[7], price=7.5)
    else:
        pages = iter(range(99))
        now = read_live(
            desk.connection,
            desk.door.collection_id("products"),
            lambda count: desk.edit(changes[7], price=7.5) if next(pages) == 3 else None,
        )
    again, told = planned(now, 2000)
    assert again[7].item_id == changes[7].item_id
    seen_before_the_edit = now.items[changes[7].item_id, None].field_data["price"] != 7.5
    assert seen_before_the_edit
    _, outcomes = desk.run(again, read_back=False, **told)
    assert Counter(outcome.status for outcome in outcomes) == {UPDATED: len(again) - 1, HELD: 1}
    assert desk.prices()[changes[7].item_id] == 7.5


def test_an_order_that_was_written_without_the_moment_is_read_and_guarded_as_ever(desk: Desk) -> None:
    changes, told = planned(read(desk), 1000, 20)
    spec = desk.spec(changes, read_on=told["read_on"])
    run_id = specs.create(desk.db, spec, batched(changes, spec.collection), key="old", person="me", lock_key="products")
    is_order = (document.c.run_id == run_id) & (document.c.name == "order")
    with desk.db.write() as connection:
        facts = codec.unpacked(connection.scalar(sa.select(document.c.body).where(is_order)) or b"")
        del facts["since"]
        connection.execute(document.update().where(is_order).values(body=codec.packed(facts)))
    desk.edit(changes[3], price=7.5)
    assert desk.resume(run_id) and desk.finished(run_id).state is RunState.DONE
    assert Counter(outcome.status for outcome in desk.outcomes(run_id)) == {UPDATED: 19, HELD: 1}
    assert specs.spec_of(desk.db, run_id) == replace(spec, plan=ANY, sheet=ANY, since=None)


def test_the_moment_of_the_reading_is_on_record_and_goes_on_to_what_follows(desk: Desk) -> None:
    changes, told = planned(read(desk), 1000, 5)
    run_id = desk.start(changes, **told)
    assert desk.finished(run_id).state is RunState.DONE
    spec, outcomes = specs.spec_of(desk.db, run_id), desk.outcomes(run_id)
    assert spec is not None and told["since"] is not None
    assert (spec.since, spec.read_on) == (told["since"], told["read_on"])
    assert follow_up.publish(run_id, spec, outcomes).since == told["since"]
    assert follow_up.retry(run_id, spec, outcomes, {}).since == told["since"]
    assert follow_up.overwrite(run_id, spec, outcomes, {}, None).since is None
    back = desk.runs.preview_undo(desk.connection, run_id).spec
    assert back.since is not None and back.since > told["since"]


def test_taking_a_bulk_import_back_asks_once_beside_its_batches(desk: Desk) -> None:
    changes, told = planned(read(desk), 1000)
    run_id = desk.start(changes, read_back=False, **told)
    desk.finished(run_id)
    before = len(desk.door.requests())
    back = desk.runs.preview_undo(desk.connection, run_id).spec
    assert len(asked(desk, before)) == 1 + -(-len(changes) // 100)
    before = len(desk.door.requests())
    undo_id = desk.start_spec(replace(back, read_back=False))
    assert desk.finished(undo_id).updated == len(changes)
    assert Counter(entry["method"] for entry in asked(desk, before))["GET"] == 1
