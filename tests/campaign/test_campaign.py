"""Whatever happens, every row's fate is known and true: runs under faults, in processes that are really killed."""

import contextlib
import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from typing import Any

import pytest

from lib.journal import batches, control, orders, records
from lib.journal.database import Database
from lib.journal.tables import metadata
from lib.model.order import Order
from lib.model.plan import SendChoices
from lib.model.run import OutcomeStatus, RunKind, RunState, Wanted
from lib.reports.results import row_results, run_balance
from lib.sandbox import Sandbox
from lib.stages.batch import batched
from tests.builders import a_plan, a_sheet
from tests.campaign.scenario import Event, Scenario, draw
from tests.campaign.worker import FREEZE_SECONDS, work
from tests.conftest import Door

RUNS = int(os.environ.get("CAMPAIGN_RUNS", "100"))
FIRST_SEED = int(os.environ.get("CAMPAIGN_SEED", "1"))
AT_ONCE = 8
MOST_PROCESSES = 40
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.campaign.worker"])


@dataclass
class Figures:
    """What the whole campaign came to."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Figures") -> None:
        self.counts += other.counts
        self.faults += other.faults
        self.wrong += other.wrong

    def told(self, backend: str, seconds: float) -> str:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.faults.items()))
        told = [f"{count} {what}" for what, count in sorted(self.counts.items())]
        return f"\n{backend}: {'; '.join(told)}; faults: {self.faults.total()} ({kinds}); {seconds:.0f} s"


class Campaign:
    """One run in a world and with processes of its own."""

    def __init__(self, db: Database, url: str, box: Sandbox) -> None:
        self.db, self.url, self.box, self.figures = db, url, box, Figures()

    def run(self, seed: int) -> Figures:
        door = Door(self.box, f"campaign-{seed}")
        self.box.add_world(door.token)
        before = {item["id"]: item for item in door.items("products")}
        scenario = draw(seed, [item for item in before.values() if item["lastPublished"]], "main-image")
        self.edit(door, scenario)
        run_id = self.start(door, scenario)
        for fault in scenario.faults:
            self.box.order_fault(token=door.token, **fault)
        self.figures.counts["processes"] += self.live(door, run_id, scenario)
        self.box.service.faults.clear(door.token)
        self.judge(door, run_id, scenario, before)
        return self.figures

    def edit(self, door: Door, scenario: Scenario) -> None:
        """Somebody changes the price of items after the preview."""
        for change in scenario.changes:
            if change.row in scenario.edits:
                path = f"/collections/{door.collection_id('products')}/items/{change.item_id}"
                assert door.call("PATCH", path, {"fieldData": {"price": scenario.edits[change.row]}}).status_code == 200

    def start(self, door: Door, scenario: Scenario) -> str:
        with door.client() as webflow:
            (site,) = webflow.sites()
            collection = webflow.collection(door.collection_id("products"))
        rows = max(change.row for change in scenario.changes) + 3
        sheet = a_sheet({"Name": ["x"] * rows})
        plan = a_plan(scenario.changes, sheet)
        order = Order(
            kind=RunKind.IMPORT, site=site, collection=collection, choices=SendChoices(), plan=plan, sheet=sheet
        )
        parts = batched(plan.changes, scenario.batch_size)
        return orders.create(self.db, order, parts, key=f"{scenario.seed}", person="me", scope=f"{scenario.seed}")

    def live(self, door: Door, run_id: str, scenario: Scenario) -> int:
        """Let everything happen, then resume until the run is done; how many processes that took."""
        crew = [self.spawn(door, run_id)]
        for seconds, event in scenario.events:
            wait([worker.sentinel for worker in crew], seconds)
            if self.state(run_id) is RunState.DONE:
                break
            self.figures.counts[event] += any(worker.is_alive() for worker in crew)
            crew += self.happen(event, crew, door, run_id)
        while True:
            for worker in crew:
                worker.join()
            if self.state(run_id) is RunState.DONE:
                return len(crew)
            assert len(crew) < MOST_PROCESSES, f"seed {scenario.seed} never ends"
            crew.append(self.spawn(door, run_id))

    def spawn(self, door: Door, run_id: str) -> ForkServerProcess:
        worker = processes.Process(target=work, args=(self.url, self.box.url, door.token, run_id), daemon=True)
        worker.start()
        return worker

    def happen(self, event: Event, crew: list[Any], door: Door, run_id: str) -> list[ForkServerProcess]:
        """Make it happen; returns the processes that come in addition."""
        if event is Event.PAUSE:
            control.want(self.db, run_id, Wanted.PAUSE)
            wait([worker.sentinel for worker in crew], 0.2)
            control.want(self.db, run_id, Wanted.RUN)
            return []
        if event is Event.STOP:
            control.want(self.db, run_id, Wanted.STOP)
        if event in (Event.KILL, Event.TERM):
            for worker in crew:
                (worker.kill if event is Event.KILL else worker.terminate)()
                worker.join()
        if event is not Event.FREEZE:
            return [self.spawn(door, run_id)]
        frozen = [worker for worker in crew if worker.is_alive()]
        for worker in frozen:
            send_signal(worker, signal.SIGSTOP)
        second = self.spawn(door, run_id)
        wait([second.sentinel], FREEZE_SECONDS)
        for worker in frozen:
            send_signal(worker, signal.SIGCONT)
        return [second]

    def state(self, run_id: str) -> RunState:
        run = records.run_of(self.db, run_id)
        assert run is not None
        return run.state

    def judge(self, door: Door, run_id: str, scenario: Scenario, before: dict[str, Any]) -> None:
        """Compare what the records say, what the sandbox holds, and what it was sent, with what was meant."""
        counts, wrong = self.figures.counts, []
        outcomes = {outcome.row: outcome for outcome in records.outcomes_of(self.db, run_id)}
        after = {item["id"]: item for item in door.items("products")}
        log = door.requests()
        stored = [entry for entry in log if is_write(entry) and entry["status"] == 200]
        landed = Counter(item_id for entry in stored for item_id in entry["items"])
        meant = {item_id: item["fieldData"] for item_id, item in before.items()}
        for change in scenario.changes:
            expected = OutcomeStatus.FAILED if change.row in scenario.bad else OutcomeStatus.UPDATED
            if change.row in scenario.edits:
                expected = OutcomeStatus.HELD
                meant[change.item_id] = meant[change.item_id] | {"price": scenario.edits[change.row]}
            if expected is OutcomeStatus.UPDATED:
                meant[change.item_id] = meant[change.item_id] | change.after
            outcome = outcomes.pop(change.row, None)
            if (
                outcome is None
                or outcome.status is not expected
                or (outcome.reason == "") != (expected is OutcomeStatus.UPDATED)
            ):
                wrong.append(f"row {change.row}: {outcome}, expected {expected}")
            times = landed[change.item_id]
            if times > (expected is OutcomeStatus.UPDATED):
                counts["sent twice"] += 1
                wrong.append(f"row {change.row} was stored {times} times")
        lost = [item_id for item_id, data in meant.items() if after[item_id]["fieldData"] != data]
        counts["rows lost"] += len(lost) + len(outcomes)
        wrong += [f"item {item_id} holds something else" for item_id in lost]
        wrong += [f"row {row} came from nowhere" for row in outcomes]
        wrong += self.sent_again(log)
        wrong += self.unbalanced(run_id)
        counts["runs"] += 1
        counts["rows"] += len(scenario.changes)
        counts["requests"] += len(log)
        self.figures.faults.update(entry["fault"] for entry in log if entry["fault"])
        self.figures.wrong += [f"seed {scenario.seed}: {what}" for what in wrong]

    def sent_again(self, log: list[dict[str, Any]]) -> list[str]:
        """Requests that carry an item after a request that stored it."""
        stored_at: dict[str, float] = {}
        again = []
        for entry in sorted(filter(is_write, log), key=lambda entry: entry["at"]):
            again += [f"item {item} was sent after it had landed" for item in entry["items"] if item in stored_at]
            if entry["status"] == 200:
                stored_at |= dict.fromkeys(entry["items"], entry["at"])
        return again

    def unbalanced(self, run_id: str) -> list[str]:
        order, run = orders.order_of(self.db, run_id), records.run_of(self.db, run_id)
        assert order is not None and run is not None
        outcomes = records.outcomes_of(self.db, run_id)
        balance = run_balance(row_results(order.plan, outcomes, order.collection))
        figures = balance.updated + balance.unchanged + balance.left_out + balance.failed
        is_true = figures == balance.rows == order.plan.balance.rows and run.done == run.change_count
        doubts = [f"unfinished: {work}" for work in batches.unfinished(self.db, run_id)]
        return doubts if is_true else [*doubts, f"{balance} does not add up"]


def send_signal(worker: ForkServerProcess, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # it has ended by itself meanwhile
        os.kill(worker.pid or 0, number)


def is_write(entry: dict[str, Any]) -> bool:
    return entry["method"] == "PATCH" and entry["path"].endswith("/items")


@pytest.fixture
def box() -> Iterator[Sandbox]:
    """A sandbox whose windows last a second, so that a 429 does not cost a minute."""
    box = Sandbox(budget=1_000_000, window_seconds=1.0)
    box.start()
    yield box
    box.stop()


def test_no_row_is_lost_and_none_is_sent_twice_whatever_happens(
    journal: Database, journal_url: str, box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    figures, started = Figures(), time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as drivers:
        seeds = range(FIRST_SEED, FIRST_SEED + RUNS)
        for part in drivers.map(lambda seed: Campaign(journal, journal_url, box).run(seed), seeds):
            figures.add(part)
    with capsys.disabled():
        print(figures.told("SQLite" if journal.is_sqlite else "PostgreSQL", time.monotonic() - started))
    assert figures.wrong == []
    assert figures.counts["runs"] == RUNS
    assert figures.counts[Event.KILL] and figures.counts[Event.TERM] and figures.counts[Event.FREEZE]
    with journal.read() as connection:
        everything = "".join(str(list(connection.execute(table.select()))) for table in metadata.sorted_tables)
    assert "posts.csv" in everything and "campaign-" not in everything
