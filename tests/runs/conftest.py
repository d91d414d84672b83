"""Runs over real HTTP against the sandbox, with records of their own, and no patience to speak of."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any

import pytest

from lib.journal import specs, views
from lib.journal.database import Database
from lib.model.plan import Change, SendChoices
from lib.model.run import Outcome, Run, RunKind
from lib.model.run_spec import RunSpec
from lib.model.words import with_reason
from lib.runs import process
from lib.runs.service.runs import Runs
from lib.runs.timing import Timing
from lib.stages.batch import batched
from lib.webflow.connection import Connection
from lib.webflow.retry import RetryPolicy
from tests.builders import a_change, a_creation, a_plan, a_sheet
from tests.conftest import Door
from tests.patience import LONGEST_SECONDS

QUICK = RetryPolicy(first_seconds=0.001, longest_seconds=0.002)
TIMING = Timing(
    lease_seconds=5.0,
    beat_seconds=0.02,
    stand_by_seconds=0.05,
    settle_seconds=0.05,
    policy=QUICK,
    width=1,
    most_width=1,
)


@dataclass
class Desk:
    """Starts runs for one token, and sees how they end."""

    db: Database
    door: Door
    timing: Timing = TIMING
    _keys: list[int] = field(default_factory=list)

    @property
    def connection(self) -> Connection:
        return Connection(token=self.door.token, base_url=self.door.box.url, policy=QUICK)

    @property
    def runs(self) -> Runs:
        return Runs(db=self.db, timing=self.timing)

    def spec(self, changes: Sequence[Change], **options: Any) -> RunSpec:
        with self.door.client() as webflow:
            (site,) = webflow.sites()
            collection = webflow.collection(self.door.collection_id("products"))
        sheet = a_sheet({"Name": ["x"] * max((change.row for change in changes), default=1)})
        options = {"kind": RunKind.IMPORT, "choices": SendChoices(), "sheet": sheet} | options
        return RunSpec(site=site, collection=collection, plan=a_plan(changes, sheet), **options)

    def start(self, changes: Sequence[Change], size: int = 100, **options: Any) -> str:
        return self.start_spec(self.spec(changes, **options), size)

    def start_spec(self, spec: RunSpec, size: int = 100) -> str:
        self._keys.append(1)
        key = f"key {len(self._keys)}"
        batches = batched(spec.plan.changes, spec.collection, size)
        run_id = specs.create(self.db, spec, batches, key=key, person="me", lock_key="products")
        self.resume(run_id)
        return run_id

    def resume(self, run_id: str, connection: Connection | None = None) -> bool:
        return self.runs.carry_on(connection or self.connection, run_id)

    def view(self, run_id: str) -> Run:
        run = views.run_of(self.db, run_id)
        assert run is not None
        return run

    def finished(self, run_id: str) -> Run:
        thread = process.current().threads.get(run_id)
        if thread is not None:
            thread.join(LONGEST_SECONDS)
        return self.view(run_id)

    def until(self, run_id: str, holds: Callable[[Run], bool]) -> Run:
        """Watch the run until something holds; one that never gets there, or ends before, fails the test."""
        deadline = time.monotonic() + LONGEST_SECONDS
        while not holds(run := self.view(run_id)):
            assert process.current().threads.get(run_id) is not None, run
            assert time.monotonic() < deadline, run
        return run

    def outcomes(self, run_id: str) -> tuple[Outcome, ...]:
        return tuple(with_reason(one, self.view(run_id).stop) for one in views.outcomes_of(self.db, run_id))

    def run(self, changes: Sequence[Change], size: int = 100, **options: Any) -> tuple[Run, tuple[Outcome, ...]]:
        run_id = self.start(changes, size, **options)
        return self.finished(run_id), self.outcomes(run_id)

    def changes(self, count: int, **after: Any) -> list[Change]:
        """One change of the price for each of the first published products."""
        found = islice((item for item in self.door.each_item("products") if item["lastPublished"]), count)
        return [
            a_change(
                row,
                {"price": row, **after},
                before={
                    "price": item["fieldData"].get("price"),
                    **{slug: item["fieldData"].get(slug) for slug in after},
                },
                item_id=item["id"],
                item_name=item["fieldData"]["name"],
                seen_on=datetime.fromisoformat(item["lastUpdated"]),
            )
            for row, item in enumerate(found, 2)
        ]

    def creation(self, row: int, **after: Any) -> Change:
        """A new product, with all that a product needs; `after` names fields with _ for -."""
        values = {slug.replace("_", "-"): value for slug, value in after.items()}
        return a_creation(row, {"price": row, "category": self.category} | values)

    @cached_property
    def category(self) -> str:
        return str(next(self.door.each_item("categories"))["id"])

    def created(self) -> dict[str, Any]:
        """The items that no demo site has, by page address."""
        found = {item["fieldData"]["slug"]: item for item in self.door.items("products")}
        return {slug: item for slug, item in found.items() if slug.startswith("new-")}

    def prices(self) -> dict[str, Any]:
        return {item["id"]: item["fieldData"].get("price") for item in self.door.items("products")}

    def writes(self) -> list[dict[str, Any]]:
        return [entry for entry in self.door.requests() if entry["method"] in ("PATCH", "POST")]

    def edit(self, change: Change, **field_data: Any) -> None:
        """Somebody edits the item in Webflow."""
        path = f"/collections/{self.door.collection_id('products')}/items/{change.item_id}"
        assert self.door.call("PATCH", path, {"fieldData": field_data}).status_code == 200


def let_threads_end() -> None:
    """Those that lost their run may still wait for an answer; they must not outlive the records of a test."""
    for thread in threading.enumerate():
        if thread.name.startswith("run-"):
            thread.join(LONGEST_SECONDS)


@pytest.fixture
def desk(demo: Door, journal: Database) -> Iterator[Desk]:
    yield Desk(journal, demo)
    let_threads_end()
