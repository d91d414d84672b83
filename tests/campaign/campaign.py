"""One run in a world and with processes of its own: let everything happen, then judge what came of it."""

import contextlib
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from typing import Any

from lib.journal import batches, claims, specs, views
from lib.journal.database import Database
from lib.model.plan import SendChoices
from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.model.run_spec import RunSpec
from lib.model.run_state import RunState, Wanted
from lib.reports.results import counts_of, row_results
from lib.runs import undoing
from lib.runs.reading import read_updated
from lib.sandbox import Sandbox
from lib.stages.batch import batched
from tests.builders import a_plan, a_sheet
from tests.campaign.scenario import Event, Scenario, draw
from tests.campaign.worker import FREEZE_SECONDS, work
from tests.conftest import Door

JSON = dict[str, Any]
Content = Mapping[str, JSON]  # what each item holds, by id
MOST_PROCESSES = 40
SEEDS_FOR_AN_UNDO = 4  # every so many runs are taken back, under faults again
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
        verdict = f"{self.counts['lost']} rows lost, {self.counts['sent again']} sent after they had landed"
        told = [f"{n} {what}" for what, n in sorted(self.counts.items()) if what not in ("lost", "sent again")]
        return f"\n{backend}: {'; '.join(told)}; {self.faults.total()} faults ({kinds}); {verdict}; {seconds:.0f} s"


class Campaign:
    """`run` draws what happens from a seed, and returns the figures."""

    def __init__(self, db: Database, url: str, box: Sandbox, seed: int) -> None:
        self.db, self.url, self.box = db, url, box
        self.door = Door(box, f"campaign-{seed}")
        self.seed = seed
        self.figures = Figures()

    def run(self) -> Figures:
        self.box.add_world(self.door.token)
        items = self.door.items("products")
        scenario = draw(self.seed, [item for item in items if item["lastPublished"]], "main-image")
        self.edit(scenario)
        start = self.content()
        run_id = self.carry_out(self.order(scenario), scenario)
        expected = {change.row: RowStatus.UPDATED for change in scenario.changes}
        expected |= dict.fromkeys(scenario.edits, RowStatus.HELD_BACK)
        expected |= dict.fromkeys(scenario.bad, RowStatus.FAILED)
        self.judge(run_id, expected, start, self.log())
        if self.seed % SEEDS_FOR_AN_UNDO == 0:
            self.take_back(run_id, scenario, start)
        return self.figures

    def take_back(self, run_id: str, scenario: Scenario, before: Content) -> None:
        """Undo the run, under the same faults and kills; everything is as before it then."""
        order, outcomes = specs.spec_of(self.db, run_id), views.outcomes_of(self.db, run_id)
        assert order is not None
        with self.door.client() as webflow:
            now = read_updated(webflow, order.collection.id, undoing.to_undo(order, outcomes), None)
        back = undoing.undo(run_id, order, outcomes, now)
        start, earlier = self.content(), len(self.log())
        undo_id = self.carry_out(back, scenario)
        expected = {change.row: RowStatus.UPDATED for change in back.plan.changes}
        self.judge(undo_id, expected, start, self.log()[earlier:])
        if self.content() != before:
            self.figures.wrong.append(f"seed {self.seed}: undo did not bring everything back")

    def edit(self, scenario: Scenario) -> None:
        """Somebody changes the price of items after the preview."""
        for change in scenario.changes:
            if change.row in scenario.edits:
                path = f"/collections/{self.door.collection_id('products')}/items/{change.item_id}"
                edit = {"fieldData": {"price": scenario.edits[change.row]}}
                assert self.door.call("PATCH", path, edit).status_code == 200

    def order(self, scenario: Scenario) -> RunSpec:
        with self.door.client() as webflow:
            (site,) = webflow.sites()
            collection = webflow.collection(self.door.collection_id("products"))
        sheet = a_sheet({"Name": ["x"] * (len(scenario.changes) + 3)})
        plan = a_plan(scenario.changes, sheet)
        return RunSpec(
            kind=RunKind.IMPORT, site=site, collection=collection, choices=SendChoices(), plan=plan, sheet=sheet
        )

    def carry_out(self, order: RunSpec, scenario: Scenario) -> str:
        """Let everything happen, then resume until the run is done."""
        key = f"{order.kind} {self.seed}"
        parts = batched(order.plan.changes, order.collection, scenario.batch_size)
        run_id = specs.create(self.db, order, parts, key=key, person="me", lock_key=key)
        for fault in scenario.faults:
            self.box.order_fault(token=self.door.token, **fault)
        crew = [self.spawn(run_id)]
        for seconds, event in scenario.events:
            wait([worker.sentinel for worker in crew], seconds)
            if self.state(run_id) is RunState.DONE:
                break
            self.figures.counts[event] += any(worker.is_alive() for worker in crew)
            crew += self.happen(event, crew, run_id)
        self.outlast(crew, run_id)
        self.box.service.faults.clear(self.door.token)
        self.figures.counts["processes"] += len(crew)
        return run_id

    def outlast(self, crew: list[ForkServerProcess], run_id: str) -> None:
        while True:
            for worker in crew:
                worker.join()
            if self.state(run_id) is RunState.DONE:
                return
            assert len(crew) < MOST_PROCESSES, f"seed {self.seed} never ends"
            crew.append(self.spawn(run_id))

    def spawn(self, run_id: str) -> ForkServerProcess:
        arguments = (self.url, self.box.url, self.door.token, run_id)
        worker = processes.Process(target=work, args=arguments, daemon=True)
        worker.start()
        return worker

    def happen(self, event: Event, crew: list[ForkServerProcess], run_id: str) -> list[ForkServerProcess]:
        """Make it happen; returns the processes that come in addition."""
        if event is Event.PAUSE:
            claims.want(self.db, run_id, Wanted.PAUSE)
            wait([worker.sentinel for worker in crew], 0.2)
            claims.want(self.db, run_id, Wanted.RUN)
            return []
        if event is Event.FREEZE:
            return [self.freeze(crew, run_id)]
        if event is Event.STOP:
            claims.want(self.db, run_id, Wanted.STOP)
        if event in (Event.KILL, Event.TERM):
            for worker in crew:
                (worker.kill if event is Event.KILL else worker.terminate)()
                worker.join()
        return [self.spawn(run_id)]

    def freeze(self, crew: list[ForkServerProcess], run_id: str) -> ForkServerProcess:
        """Stop all processes for longer than their lease, so that another one takes the run; then let them go on."""
        frozen = [worker for worker in crew if worker.is_alive()]
        for worker in frozen:
            send_signal(worker, signal.SIGSTOP)
        second = self.spawn(run_id)
        wait([second.sentinel], FREEZE_SECONDS)
        for worker in frozen:
            send_signal(worker, signal.SIGCONT)
        return second

    def judge(self, run_id: str, expected: Mapping[int, RowStatus], start: Content, log: list[JSON]) -> None:
        """Compare what the records say, what the sandbox holds, and what it was sent, with what was meant."""
        order = specs.spec_of(self.db, run_id)
        assert order is not None
        outcomes = {outcome.row: outcome for outcome in views.outcomes_of(self.db, run_id)}
        meant = dict(start)
        wrong = [] if set(outcomes) == set(expected) else ["other rows than those of the plan have outcomes"]
        for change in order.plan.changes:
            outcome, status = outcomes[change.row], expected[change.row]
            if outcome.status is not status or bool(outcome.reason) == (status is RowStatus.UPDATED):
                wrong.append(f"row {change.row}: {outcome}, expected {status}")
            if status is RowStatus.UPDATED:
                both = meant[change.item_id] | change.after
                meant[change.item_id] = {slug: value for slug, value in both.items() if value is not None}
        lost = [item_id for item_id, data in self.content().items() if data != meant[item_id]]
        again = sent_again(log)
        self.figures.counts += Counter({"lost": len(lost), "sent again": len(again)})
        self.figures.counts += Counter({"runs": 1, "rows": len(expected), "requests": len(log)})
        self.figures.faults.update(entry["fault"] for entry in log if entry["fault"])
        wrong += [f"item {item_id} holds something else" for item_id in lost]
        wrong += [*again, *self.unbalanced(run_id, order)]
        self.figures.wrong += [f"seed {self.seed}: {what}" for what in wrong]

    def unbalanced(self, run_id: str, order: RunSpec) -> list[str]:
        run = views.run_of(self.db, run_id)
        assert run is not None
        outcomes = views.outcomes_of(self.db, run_id)
        counts = counts_of(row_results(order.plan, outcomes, order.collection))
        rows = len(order.plan.statuses)
        is_true = (
            counts.total() == rows
            and run.done == run.change_count
            and run.counts == Counter(outcome.status for outcome in outcomes)
        )
        doubts = [f"unfinished: {work}" for work in batches.unfinished(self.db, run_id)]
        return doubts if is_true else [*doubts, f"{counts} does not add up to {rows}"]

    def content(self) -> Content:
        return {item["id"]: item["fieldData"] for item in self.door.items("products")}

    def log(self) -> list[JSON]:
        return [entry for entry in self.door.requests() if entry["path"].endswith("/items")]

    def state(self, run_id: str) -> RunState:
        run = views.run_of(self.db, run_id)
        assert run is not None
        return run.state


def send_signal(worker: ForkServerProcess, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # it has ended by itself meanwhile
        os.kill(worker.pid or 0, number)


def sent_again(log: list[JSON]) -> list[str]:
    """Requests that carry an item after a request that stored it."""
    stored: set[str] = set()
    again = []
    for entry in sorted(log, key=lambda entry: entry["at"]):
        if entry["method"] == "PATCH":
            again += [f"item {item} was sent after it had landed" for item in entry["items"] if item in stored]
            stored |= set(entry["items"]) if entry["status"] == 200 else set()
    return again
