"""One run in a world and with processes of its own: let everything happen, then judge what came of it."""

import contextlib
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from typing import Any

from lib.journal import batches, claims, specs, views
from lib.journal.database import Database
from lib.model.plan import Change, SendChoices
from lib.model.row_status import LANDED, RowStatus
from lib.model.run import RunKind
from lib.model.run_spec import RunSpec
from lib.model.run_state import RunState, Wanted
from lib.reports.results import counts_of, row_results
from lib.runs import undoing
from lib.runs.new_items import as_known
from lib.runs.reading import read_updated
from lib.sandbox import Sandbox
from lib.sandbox.seed.demo import GERMAN
from lib.sandbox.world import timestamp
from lib.stages.batch import batched
from tests.builders import a_plan, a_sheet
from tests.campaign.scenario import FRIENDS, Event, Scenario, draw
from tests.campaign.worker import FREEZE_SECONDS, work
from tests.conftest import Door

JSON = dict[str, Any]
Content = Mapping[str, JSON]  # what each item holds, by id
MOST_PROCESSES = 40
VERDICT = ("lost", "created twice", "sent again")
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
        verdict = (
            f"{self.counts['lost']} rows lost, {self.counts['created twice']} created twice, "
            f"{self.counts['sent again']} sent after they had landed"
        )
        told = [f"{n} {what}" for what, n in sorted(self.counts.items()) if what not in VERDICT]
        return f"\n{backend}: {'; '.join(told)}; {self.faults.total()} faults ({kinds}); {verdict}; {seconds:.0f} s"


class Campaign:
    """`run` draws what happens from a seed, and returns the figures."""

    def __init__(self, db: Database, url: str, box: Sandbox, seed: int) -> None:
        self.db, self.url, self.box = db, url, box
        self.door = Door(box, f"campaign-{seed}")
        self.seed = seed
        self.figures = Figures()
        self.somebody = Door(box, f"campaign-{seed}-somebody")  # in the same world, and spared by the faults
        self.rivals: dict[str, JSON] = {}  # what somebody made while the run went on, by id

    def run(self) -> Figures:
        # Every third world takes an address twice, so that whoever sends twice creates twice.
        takes_any_address = self.seed % 3 == 0
        self.box.add_world(self.door.token, behaviour={"slugs_get_endings": takes_any_address})
        self.box.service.worlds[self.somebody.token] = self.box.service.worlds[self.door.token]
        items = self.door.items("products")
        published = [item for item in items if item["lastPublished"]]
        scenario = draw(self.seed, published, "main-image", takes_any_address=takes_any_address)
        order = self.order(scenario)
        self.edit(scenario)
        start = self.content()
        run_id = self.carry_out(order, scenario)
        self.judge(run_id, self.expected(scenario), start, self.log(), scenario.refused_files)
        if self.seed % SEEDS_FOR_AN_UNDO == 0:
            self.take_back(run_id, scenario, start)
        return self.figures

    def expected(self, scenario: Scenario) -> dict[int, set[RowStatus]]:
        """What must become of every row; who refers to an item that was not created fails."""
        expected: dict[int, set[RowStatus]] = {}
        missing: set[str] = set()
        for change in scenario.changes:
            friends = change.after.get(FRIENDS)
            if change.row in scenario.edits or change.row in scenario.clashes:
                expected[change.row] = {RowStatus.HELD_BACK}
            elif change.row in scenario.failing or (isinstance(friends, list) and missing & set(friends)):
                expected[change.row] = {RowStatus.FAILED}
            elif change is scenario.rival and self.rivals:
                expected[change.row] = {RowStatus.HELD_BACK, RowStatus.FAILED}  # found there, or refused by Webflow
            else:
                expected[change.row] = {RowStatus.CREATED if change.creates else RowStatus.UPDATED}
            missing |= set() if expected[change.row] & {*LANDED} else {change.item_id}
        return expected

    def take_back(self, run_id: str, scenario: Scenario, before: Content) -> None:
        """Undo the run, under the same faults and kills; everything is as before it then."""
        order, outcomes = specs.spec_of(self.db, run_id), views.outcomes_of(self.db, run_id)
        assert order is not None
        with self.door.client() as webflow:
            now = read_updated(webflow, order.collection.id, undoing.to_undo(order, outcomes), None)
        back = undoing.undo(run_id, order, outcomes, now)
        start, earlier = self.content(), len(self.log())
        undo_id = self.carry_out(back, scenario)
        expected = {change.row: {RowStatus.UPDATED} for change in back.plan.changes}
        self.judge(undo_id, expected, start, self.log()[earlier:])
        rows = {outcome.row: outcome.item_id for outcome in outcomes if outcome.status is RowStatus.CREATED}
        created = {place(replace(c, item_id=rows[c.row])) for c in order.plan.changes if c.row in rows}
        put_away = {name for name, item in self.items().items() if item["isArchived"]}
        left = {name: data for name, data in self.content().items() if name not in created}
        if left != {**before, **self.rivals} or not created <= put_away:
            self.figures.wrong.append(f"seed {self.seed}: undo did not bring everything back")

    def edit(self, scenario: Scenario) -> None:
        """Somebody changes the price of items after the preview, and makes new ones."""
        for change in scenario.changes:
            if change.row in scenario.edits:
                path = f"/collections/{self.door.collection_id('products')}/items/{change.item_id}"
                edit = {"fieldData": {"price": scenario.edits[change.row]}}
                assert self.door.call("PATCH", path, edit).status_code == 200
            if change.row in scenario.clashes:
                assert self.make(change)

    def make(self, change: Change) -> Content:
        """Somebody creates an item at the page address of this one, with another price; none where it is taken."""
        values = {slug: value for slug, value in change.after.items() if slug != FRIENDS} | {"price": 1}
        path = f"/collections/{self.door.collection_id('products')}/items"
        answer = self.somebody.call("POST", path, {"fieldData": values})
        assert answer.status_code in (202, 400), answer.text
        made = answer.json()
        return {made["id"]: filled(made["fieldData"])} if answer.status_code == 202 else {}

    def order(self, scenario: Scenario) -> RunSpec:
        with self.door.client() as webflow:
            (site,) = webflow.sites()
            collection = webflow.collection(self.door.collection_id("products"))
        sheet = a_sheet({"Name": ["x"] * (len(scenario.changes) + 3)})
        plan = a_plan(scenario.changes, sheet)
        return RunSpec(
            kind=RunKind.IMPORT,
            site=site,
            collection=collection,
            choices=SendChoices(without_refused_files=scenario.without_refused_files),
            plan=plan,
            sheet=sheet,
            since=datetime.fromisoformat(timestamp(datetime.now(UTC))),
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
            crew += self.happen(event, crew, run_id, scenario)
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

    def happen(
        self, event: Event, crew: list[ForkServerProcess], run_id: str, scenario: Scenario
    ) -> list[ForkServerProcess]:
        """Make it happen; returns the processes that come in addition."""
        if event is Event.RIVAL:
            self.rivals |= self.make(scenario.rival) if scenario.rival else {}
            return []
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

    def judge(
        self,
        run_id: str,
        expected: Mapping[int, set[RowStatus]],
        start: Content,
        log: list[JSON],
        without_files: frozenset[int] = frozenset(),
    ) -> None:
        """Compare what the records say, what the sandbox holds, and what it was sent, with what was meant."""
        planned = specs.spec_of(self.db, run_id)
        assert planned is not None
        outcomes = {outcome.row: outcome for outcome in views.outcomes_of(self.db, run_id)}
        order, now = as_known(planned, outcomes.values()), self.content()
        meant = {**start, **self.rivals}
        wrong = [] if set(outcomes) == set(expected) else ["other rows than those of the plan have outcomes"]
        for change in order.plan.changes:
            outcome = outcomes[change.row]
            is_whole = outcome.status in LANDED and change.row not in without_files
            if outcome.status not in expected[change.row] or bool(outcome.reason) == is_whole:
                wrong.append(f"row {change.row}: {outcome}, expected {expected[change.row]}")
            if outcome.status in LANDED:
                self.figures.counts["languages added"] += change.is_variant
                self.figures.counts["rows without a refused file"] += change.row in without_files
                follows = start[change.item_id] if change.is_variant else {}
                meant[place(change)] = filled({**follows, **meant.get(place(change), {}), **change.after})
        lost = [item_id for item_id, data in meant.items() if now.get(item_id) != data]
        twice = [f"item {item_id} was created by nobody, or twice" for item_id in now if item_id not in meant]
        again = sent_again(log)
        self.figures.counts += Counter({"lost": len(lost), "created twice": len(twice), "sent again": len(again)})
        self.figures.counts += Counter({"runs": 1, "rows": len(expected), "requests": len(log)})
        self.figures.counts["created"] += sum(outcome.status is RowStatus.CREATED for outcome in outcomes.values())
        self.figures.faults.update(entry["fault"] for entry in log if entry["fault"])
        wrong += [f"item {item_id} holds something else" for item_id in lost]
        wrong += [*twice, *again, *self.unbalanced(run_id, planned)]
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
        return {name: filled(item["fieldData"]) for name, item in self.items().items()}

    def items(self) -> dict[str, JSON]:
        """All items, in both languages."""
        path = f"/collections/{self.door.collection_id('products')}/items?cmsLocaleId={GERMAN}"
        german = {f"{item['id']} {GERMAN}": item for item in self.door.get(path)["items"]}
        return {item["id"]: item for item in self.door.items("products")} | german

    def log(self) -> list[JSON]:
        return [entry for entry in self.door.requests() if entry["path"].endswith(("/items", "/insert"))]

    def state(self, run_id: str) -> RunState:
        run = views.run_of(self.db, run_id)
        assert run is not None
        return run.state


def send_signal(worker: ForkServerProcess, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # it has ended by itself meanwhile
        os.kill(worker.pid or 0, number)


def place(change: Change) -> str:
    """The name of an item in its language."""
    return change.item_id if change.cms_locale_id is None else f"{change.item_id} {change.cms_locale_id}"


def filled(data: JSON) -> JSON:
    """The fields that hold something: Webflow keeps an empty list where something was cleared."""
    return {slug: value for slug, value in data.items() if value not in (None, [])}


def sent_again(log: list[JSON]) -> list[str]:
    """Requests that carry an item after a request that stored it."""
    stored: set[str] = set()
    again = []
    for entry in sorted(log, key=lambda entry: entry["at"]):
        if entry["method"] in ("PATCH", "POST"):
            again += [f"item {item} was sent after it had landed" for item in entry["items"] if item in stored]
            stored |= set(entry["items"]) if entry["status"] in (200, 202) else set()
    return again
