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
from lib.words.say import later, say, say_many


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
    note = say(_sentence_about(outcomes), found=len(items), all=len(changes), verdict=_verdict(len(cells)))
    rows = {change.key: change.row for change in changes}
    untouched = {key: item for key, item in items.items() if item.last_updated == stored_on[rows[key]]}
    return ReadBack(
        differences=cells, note=note + _missing(len(changes) - len(items)), forms=tuple(forms_of(changes, untouched))
    )


def _sentence_about(outcomes: Sequence[Outcome]) -> str:
    landed = {outcome.status for outcome in outcomes}.intersection(LANDED)
    if landed == {RowStatus.CREATED}:
        return later("Read {found:,} of {all:,} created items again: {verdict}")
    if landed == {RowStatus.UPDATED}:
        return later("Read {found:,} of {all:,} updated items again: {verdict}")
    return later("Read {found:,} of {all:,} created and updated items again: {verdict}")


def _verdict(cells: int) -> str:
    if not cells:
        return say("all of them hold what was meant.")
    return say_many(cells, "{number:,} cell holds something else.", "{number:,} cells hold something else.")


def _missing(items: int) -> str:
    if not items:
        return ""
    return " " + say_many(
        items,
        "{number:,} could not be found again; somebody may have deleted them.",
        "{number:,} could not be found again; somebody may have deleted them.",
    )
