"""`RunReport`: everything there is to show about a run, from the records alone, forever the same."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from lib.journal import records, specs
from lib.journal.database import Database
from lib.model.run import Attempt, Outcome, Run
from lib.model.run_spec import RunSpec
from lib.reports.results import RunBalance, row_results, run_balance


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """`results` is the table of `row_results`; `differences` are cells that Webflow stored otherwise."""

    run: Run
    spec: RunSpec
    outcomes: tuple[Outcome, ...]
    attempts: tuple[Attempt, ...]
    differences: list[dict[str, Any]]
    results: pd.DataFrame

    @property
    def balance(self) -> RunBalance:
        """The figures that add up."""
        return run_balance(self.results)

    def is_about(self, run: Run) -> bool:
        """Whether nothing has happened since."""
        return (self.run.id, self.run.state, self.run.finished_on) == (run.id, run.state, run.finished_on)


def open_report(db: Database, run: Run) -> RunReport | None:
    """The report of a run; None when it is not on record any more."""
    spec = specs.spec_of(db, run.id)
    if spec is None:
        return None
    outcomes = records.outcomes_of(db, run.id, run.stop_reason)
    return RunReport(
        run=run,
        spec=spec,
        outcomes=outcomes,
        attempts=records.attempts_of(db, run.id),
        differences=records.differences_of(db, run.id),
        results=row_results(spec.plan, outcomes, spec.collection),
    )
