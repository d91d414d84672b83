"""What an import would do: the end of the road before sending, each stage with what it shows.

Decided → Planned. What is derived from a stage is worked out once and kept with it.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from lib.model import checked
from lib.model.effect import Effect, Risk
from lib.model.plan import Batch, Change, LeaveOut, Plan, SendChoices
from lib.model.problem import Severity, problem_table
from lib.model.row_status import TO_SEND, RowStatus
from lib.model.run import RunKind
from lib.model.run_spec import RunSpec
from lib.model.said import said
from lib.model.words import NOT_IN_TRIAL, SENT_AS_TRIAL
from lib.reports.addresses import redirects
from lib.reports.results import partial_rows
from lib.stages.batch import batched
from lib.stages.leaving_out import without_items
from lib.stages.new_references import waits_of
from lib.stages.wrong_cells import without
from lib.webflow.wire import writing
from lib.words.say import later
from lib.workflow.checking import Checked
from lib.workflow.comparing import Compared
from lib.workflow.destination import Stage
from lib.workflow.going_live import GoingLive, going_live
from lib.workflow.matching import Matched

STAYS = "stays"


@dataclass(frozen=True, kw_only=True)
class Decided(Stage):
    """What happens to rows with errors. `left_out` are the rows whose items are left out of the plan by hand, `tried`
    those whose items were sent alone before."""

    before: Checked
    leave_out: LeaveOut
    left_out: frozenset[int] = frozenset()
    tried: frozenset[int] = frozenset()

    @property
    def values(self) -> checked.Checked:
        """What was checked, without the cells that are left out."""
        known = self.before.values
        if self.leave_out is not LeaveOut.CELLS:
            return known
        return without(known, self.before.wrong_cells, self.before.before.mapping)


@dataclass(frozen=True, kw_only=True)
class Planned(Stage):
    """What is to be sent, and how."""

    before: Decided
    choices: SendChoices
    compared: Compared

    @classmethod
    def of(cls, decided: Decided, choices: SendChoices, plan: Plan) -> "Planned":
        """The plan that was made by these choices, without the items that are left out of it."""
        return cls(before=decided, choices=choices, compared=Compared(matched=decided.before.before, plan=plan))

    def leave_out(self, rows: Iterable[int]) -> "Planned":
        """Without the items of these rows."""
        return self._leaving_out(self.before.left_out.union(rows))

    def take_in(self, rows: Iterable[int]) -> "Planned":
        """With the items of these rows again."""
        return self._leaving_out(self.before.left_out.difference(rows))

    def _leaving_out(self, rows: frozenset[int]) -> "Planned":
        return replace(self, before=replace(self.before, left_out=rows))

    @property
    def matched(self) -> Matched:
        """What the plan was made from."""
        return self.before.before.before

    @cached_property
    def plan(self) -> Plan:
        """What is to be sent."""
        collection = self.matched.collection
        plan = without_items(self.compared.plan, self.before.left_out, collection)
        return without_items(plan, self.before.tried, collection, SENT_AS_TRIAL)

    @cached_property
    def left_out(self) -> Mapping[int, str]:
        """The names of the items that are left out by hand, by row."""
        return {one.row: one.item_name for one in self.compared.plan.changes if one.row in self.before.left_out}

    @cached_property
    def counts(self) -> Counter[RowStatus]:
        """Every row in one place."""
        return self.plan.counts

    @cached_property
    def batches(self) -> tuple[Batch, ...]:
        """The requests that send it."""
        return batched(self.plan.changes, self.matched.collection)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Now → after, one line for each cell that is to be sent."""
        table, out = self.compared.changes, self.before.left_out | self.before.tried
        return table[~table["row"].isin(out)] if out else table

    @property
    def sizes(self) -> pd.Series:
        """How large each change is."""
        return self.compared.sizes[self.changes.index]

    @cached_property
    def risks(self) -> Mapping[Risk, int]:
        """What to look at first, in how many cells, of LIVE in how many items; only what there is."""
        cells = self.changes["risk"].value_counts()
        found = {risk: int(cells.get(risk.value, 0)) for risk in Risk}
        found[Risk.LIVE] = self.counts[RowStatus.WILL_UPDATE] if self.choices.live else 0
        return {risk: number for risk, number in found.items() if number}

    @cached_property
    def going_live(self) -> GoingLive:
        """What visitors would not see of it, if it is sent live at once."""
        return going_live(self.plan, self.matched)

    @cached_property
    def by_row(self) -> Mapping[int, Change]:
        """The change of each row that has one."""
        return {change.row: change for change in self.plan.changes}

    @cached_property
    def new_rows(self) -> frozenset[int]:
        """The rows that create their items."""
        return frozenset(change.row for change in self.plan.changes if change.creates)

    @cached_property
    def by_field(self) -> pd.DataFrame:
        """In how many of the items each field (index: its name) has which `Effect`, and in how many updated ones it
        STAYS."""
        table = pd.crosstab(self.changes["field"], self.changes["effect"]).reindex(columns=list(Effect), fill_value=0)
        touched = self.changes["field"][~self.changes["row"].isin(self.new_rows)].value_counts()
        table[STAYS] = self.counts[RowStatus.WILL_UPDATE] - touched.reindex(table.index, fill_value=0)
        return table.sort_values(STAYS, kind="stable")

    @cached_property
    def moved(self) -> pd.DataFrame:
        """The pages that get a new address."""
        return redirects(self.plan, self.matched.collection)

    @cached_property
    def idle(self) -> pd.DataFrame:
        """The rows that change nothing: Row, What happens, Why (these three in English)."""
        rest = ~self.plan.statuses.isin(TO_SEND)
        statuses, reasons = said(self.plan.statuses[rest].astype("str")), said(self.plan.reasons[rest])
        table = pd.DataFrame({later("What happens"): statuses, later("Why"): reasons})
        return table.reset_index(names=later("Row"))

    @cached_property
    def partial(self) -> pd.DataFrame:
        """The rows that are sent without their wrong cells: Row, Why (both in English)."""
        return said(partial_rows(self.plan)).rename("Why").rename_axis("Row").reset_index()

    @cached_property
    def fields(self) -> Mapping[str, int]:
        """How many items each field changes in, by its slug."""
        return Counter(slug for change in self.plan.changes for slug in change.after)

    def request(self, number: int) -> tuple[str, str]:
        """The request of this batch in Webflow's terms, as a developer reads it: its first line, and its body."""
        changes = self.batches[number - 1].changes
        method, ending, body = writing(changes, live=self.choices.live)
        address = f"{method} /v2/collections/{self.matched.collection.id}/items{ending}?skipInvalidFiles=false"
        return address, json.dumps(body, indent=2, ensure_ascii=False)

    @cached_property
    def trial_item(self) -> Change | None:
        """The first item that can be sent alone: one with nothing to do with other new items. None when all have, and
        for a single one."""
        changes = self.plan.changes if len(self.plan.changes) > 1 else ()
        creates = any(change.is_new for change in changes)
        waits = waits_of(changes, self.matched.collection) if creates else {}
        tied = waits.keys() | set().union(*waits.values())
        return next((change for change in changes if change.row not in tied), None)

    def trial(self) -> RunSpec:
        """The order for sending the `trial_item` alone, which is read back."""
        others = {change.row for change in self.plan.changes if change is not self.trial_item}
        plan = without_items(self.plan, others, self.matched.collection, NOT_IN_TRIAL)
        return replace(self.spec(read_back=True), plan=plan)

    def after_trial(self) -> "Planned":
        """What is left to be sent after the `trial_item`."""
        tried = {self.trial_item.row} if self.trial_item else set()
        return self._having_tried(self.before.tried | tried)

    def without_trial(self) -> "Planned":
        """With the item that was tried and did not land."""
        return self._having_tried(frozenset())

    def _having_tried(self, rows: frozenset[int]) -> "Planned":
        return replace(self, before=replace(self.before, tried=rows))

    def spec(self, *, read_back: bool) -> RunSpec:
        """The order for sending it, with everything that its results page will need."""
        matched, problems = self.matched, self.before.before.values.problems
        return RunSpec(
            kind=RunKind.IMPORT,
            site=matched.site,
            collection=matched.collection,
            choices=self.choices,
            plan=self.plan,
            read_back=read_back,
            read_on=matched.live.read_on,
            since=matched.live.since,
            sheet=matched.before.edited,
            sha256=hashlib.sha256(matched.before.upload.content).hexdigest(),
            mapping=matched.mapping,
            problems=problem_table(problem for problem in problems if problem.severity is Severity.ERROR),
        )
