"""After publishing: do visitors see what was meant? The live items are read, as the read-back reads the staged ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lib.model.plan import Change
from lib.model.row_status import LANDED, RowStatus
from lib.model.run import Difference, Outcome
from lib.model.run_spec import RunSpec
from lib.runs.clock import since_stored
from lib.runs.compare import Tell, differing_cells, updated_since
from lib.runs.follow_up import with_status
from lib.webflow.client import Webflow


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenByVisitors:
    """What visitors saw at `looked_on` of what a run published.

    `changes` are what was meant, `missing` those of them whose items are not among the live ones, `differences` the
    cells that hold something else there. `spec` is the order of the run that stored the values.
    """

    run_id: str
    spec: RunSpec
    changes: Sequence[Change]
    missing: Sequence[Change]
    differences: Sequence[Difference]
    looked_on: datetime

    @property
    def as_meant(self) -> int:
        """How many items show all that was meant."""
        return len(self.changes) - len(self.missing) - len({cell.row for cell in self.differences})


def look(
    webflow: Webflow,
    run_id: str,
    told: Sequence[Outcome],
    stored: tuple[RunSpec, Sequence[Outcome]],
    tell: Tell = lambda number: None,
) -> SeenByVisitors:
    """Read the live items that a run published, and hold them against what was meant.

    `told` are that run's outcomes, and `stored` the order and outcomes of the run that stored the values: another one,
    unless it went live at once. One request for each page of live items (see `paging`) that are as new as what was
    stored, in each language; where some are missing among these, of all live items. `tell` hears how many were read.
    """
    spec, outcomes = stored
    rows = {outcome.row for outcome in told if outcome.status is RowStatus.UPDATED}
    # What the run archived is not to be seen.
    changes = [one for one in with_status(spec, outcomes, LANDED) if one.row in rows and not one.is_archived]
    since, collection = since_stored(spec, outcomes), spec.collection
    items = updated_since(webflow, collection.id, changes, since, tell, live=True)
    if since is not None and len(items) < len(changes):
        items = updated_since(webflow, collection.id, changes, None, tell, live=True)
    return SeenByVisitors(
        run_id=run_id,
        spec=spec,
        changes=changes,
        missing=[change for change in changes if change.key not in items],
        differences=differing_cells(changes, items, collection),
        looked_on=datetime.now(UTC),
    )
