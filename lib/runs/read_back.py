"""After the last batch: did Webflow store what was meant?"""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.model.row_status import LANDED, RowStatus
from lib.model.run import Difference, Outcome
from lib.model.run_spec import RunSpec
from lib.model.stored_form import StoredForm
from lib.runs.clock import since_stored
from lib.runs.compare import differing_cells, updated_since
from lib.runs.stored_forms import forms_of
from lib.webflow.client import Webflow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """`differences` are the cells that hold something else (see `differing_cells`), `note` a sentence about it.

    `forms` is what Webflow made of the values of items that nobody has touched since it stored them.
    """

    differences: Sequence[Difference] = ()
    note: str = ""
    forms: Sequence[StoredForm] = ()


def read_back(webflow: Webflow, spec: RunSpec, outcomes: Sequence[Outcome]) -> ReadBack:
    """Read the items that were updated or created, and hold them against what was meant.

    `spec` knows the items that the run has created, see `new_items.as_known`.

    One request for each page of items (see `paging`) that anybody updated since the preview, in each language.
    """
    stored_on = {outcome.row: outcome.updated_on for outcome in outcomes if outcome.status in LANDED}
    changes = [change for change in spec.plan.changes if change.row in stored_on]
    if not changes:
        return ReadBack()
    since = since_stored(spec, outcomes)
    items = updated_since(webflow, spec.collection.id, changes, since)
    cells = differing_cells(changes, items, spec.collection)
    gone = len(changes) - len(items)
    checked = f"Read {len(items):,} of {len(changes):,} {_words_for(outcomes)} items again: "
    differing = "1 cell holds" if len(cells) == 1 else f"{len(cells):,} cells hold"
    verdict = f"{differing} something else." if cells else "all of them hold what was meant."
    missing = f" {gone:,} could not be found again; somebody may have deleted them." if gone else ""
    rows = {change.key: change.row for change in changes}
    untouched = {key: item for key, item in items.items() if item.last_updated == stored_on[rows[key]]}
    return ReadBack(differences=cells, note=checked + verdict + missing, forms=tuple(forms_of(changes, untouched)))


def _words_for(outcomes: Sequence[Outcome]) -> str:
    words = {RowStatus.CREATED: "created", RowStatus.UPDATED: "updated"}
    landed = {outcome.status for outcome in outcomes}
    return " and ".join(word for status, word in words.items() if status in landed)
