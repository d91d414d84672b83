"""After the last batch: did Webflow store what was meant?"""

from collections.abc import Sequence

from lib.model.order import Order
from lib.model.run import Outcome, OutcomeStatus
from lib.runs.clock import since_stored
from lib.runs.compare import differing_cells, updated_since
from lib.webflow.client import Webflow


def read_back(webflow: Webflow, order: Order, outcomes: Sequence[Outcome]) -> tuple[list[dict[str, object]], str]:
    """The cells that hold something else (see `differing_cells`), and a sentence about it.

    One request for each 100 items that anybody updated since the preview, in each language.
    """
    landed = {outcome.row for outcome in outcomes if outcome.status is OutcomeStatus.UPDATED}
    changes = [change for change in order.plan.changes if change.row in landed]
    if not changes:
        return [], ""
    since = since_stored(order, outcomes)
    items = updated_since(webflow, order.collection.id, changes, since)
    cells = differing_cells(changes, items, order.collection)
    gone = len(changes) - len(items)
    checked = f"Read {len(items):,} of {len(changes):,} updated items again: "
    differing = "1 cell holds" if len(cells) == 1 else f"{len(cells):,} cells hold"
    verdict = f"{differing} something else." if cells else "all of them hold what was meant."
    missing = f" {gone:,} could not be found again; somebody may have deleted them." if gone else ""
    return cells, checked + verdict + missing
