"""`RunReport`: everything there is to show about a run, from the records alone, forever the same."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lib.journal import specs, views
from lib.journal.database import Database
from lib.model.new_item import is_new
from lib.model.row_status import LANDED, RowStatus
from lib.model.run import Attempt, Difference, Outcome, Run
from lib.model.run_spec import RunSpec
from lib.model.words import with_reason
from lib.reports.deeds import Deed, deeds_of
from lib.reports.held import HeldLine, held_lines
from lib.reports.refused import refused_files
from lib.reports.results import counts_of, created_items, row_results, updated_items
from lib.reports.stored import stored_table


@dataclass(frozen=True, kw_only=True)
class RunReport:
    """`results` is the table of `row_results`; `differences` are cells that Webflow stored otherwise.

    What is made of them is worked out once, when somebody looks at it.
    """

    run: Run
    spec: RunSpec
    outcomes: tuple[Outcome, ...]
    attempts: tuple[Attempt, ...]
    differences: list[Difference]
    results: pd.DataFrame

    @cached_property
    def counts(self) -> Counter[RowStatus]:
        """How many rows have each status; they add up."""
        return counts_of(self.results)

    @cached_property
    def held(self) -> list[HeldLine]:
        """The cells of items that were held back, as far as it is known which items these are."""
        held = [one for one in self.outcomes if one.status is RowStatus.HELD_BACK and not is_new(one.item_id)]
        return held_lines(self.spec, {one.row: one for one in held})

    @cached_property
    def stored(self) -> pd.DataFrame:
        """The cells that Webflow stored otherwise, see `stored_table`."""
        return stored_table(self.spec, self.differences)

    @cached_property
    def updated(self) -> pd.DataFrame:
        """The items that were updated, see `updated_items`."""
        return updated_items(self.spec.plan, self.results, self.spec.collection)

    @cached_property
    def created(self) -> pd.DataFrame:
        """The items that were created, see `created_items`."""
        return created_items(self.spec.plan, self.results)

    @cached_property
    def refused(self) -> pd.DataFrame:
        """The images and files that were refused while the rest of their rows was stored, see `refused_files`."""
        return refused_files(self.spec, self.outcomes)

    @cached_property
    def meant(self) -> Counter[Deed]:
        """What the run was to do, to how many items."""
        return deeds_of(self.run.kind, self.spec.plan.changes)

    @cached_property
    def done(self) -> Counter[Deed]:
        """The same, of items that hold now what was meant because of it."""
        landed = set(self.results.index[self.results["status"].isin(LANDED)])
        return deeds_of(self.run.kind, (change for change in self.spec.plan.changes if change.row in landed))

    @cached_property
    def new_rows(self) -> frozenset[int]:
        """The rows whose items were to be created."""
        return frozenset(change.row for change in self.spec.plan.changes if change.creates)

    def is_about(self, run: Run) -> bool:
        """Whether nothing has happened since."""
        return (self.run.id, self.run.state, self.run.finished_on) == (run.id, run.state, run.finished_on)


def open_report(db: Database, run: Run) -> RunReport | None:
    """The report of a run; None when it is not on record any more."""
    spec = specs.spec_of(db, run.id)
    if spec is None:
        return None
    outcomes = tuple(with_reason(one, run.stop) for one in views.outcomes_of(db, run.id))
    return RunReport(
        run=run,
        spec=spec,
        outcomes=outcomes,
        attempts=views.attempts_of(db, run.id),
        differences=views.differences_of(db, run.id),
        results=row_results(spec.plan, outcomes, spec.collection),
    )
