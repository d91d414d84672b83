"""Images and files that Webflow refuses: by choice the rest of their rows is sent without them, and each is named.

Webflow's own way, `skipInvalidFiles`, drops them without a word.
"""

from collections.abc import Collection as Several
from collections.abc import Mapping, Sequence

from lib.errors import Detail, WebflowError
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.run import Outcome
from lib.model.run_spec import RunSpec
from lib.runs.compare import Cell, Key, cells_of
from lib.runs.isolate import Group, named_by_value
from lib.runs.refused import failed
from lib.runs.without_files import dispensable, told, without


def lacking(
    changes: Sequence[Change], items: Mapping[Key, Item], collection: Collection, slugs: Several[str]
) -> dict[int, list[str]]:
    """Those of the fields `slugs` in which an item still holds what it held before, by the row of its change.

    A language begins with the files of its item, which nobody has seen in it before: it lacks what is not as meant.
    """
    here = [change for change in changes if change.key in items and not set(slugs).isdisjoint(change.after)]
    found: dict[int, list[str]] = {}
    for change, slug, cell in cells_of(here, items, collection):
        if slug in slugs and (cell is Cell.FOUND or (change.is_variant and cell is not Cell.MEANT)):
            found.setdefault(change.row, []).append(slug)
    return found


class RefusedFiles:
    """Those of one batch, as its refusals come."""

    def __init__(self, spec: RunSpec) -> None:
        self._collection = spec.collection
        self._slugs = dispensable(spec)
        self._found: dict[int, tuple[tuple[str, ...], str]] = {}

    def leave_out(self, group: Group, error: WebflowError) -> tuple[Group, list[Outcome]] | None:
        """What is to be sent instead of a refused group, in one request more, and what fails since nothing is left of
        it; None where files are not all that is to blame, or nobody knows whose."""
        refused = _refused(group, error.details, self._slugs)
        if not refused:
            return None
        failures = {change.row: failed(change, error) for change in group if change.row in refused}
        for row, slugs in refused.items():
            earlier, why = self._found.get(row, ((), failures[row].reason))
            self._found[row] = (*earlier, *slugs), why
        rest = tuple(without(change, refused.get(change.row, ())) for change in group)
        left = tuple(change for change in rest if _has_something(change))
        rows = {change.row for change in left}
        return left, [outcome for row, outcome in failures.items() if row not in rows]

    def rest_of(self, changes: Group) -> Group:
        """The changes without the files that were refused so far."""
        return tuple(without(one, self._found[one.row][0]) if one.row in self._found else one for one in changes)

    def told(self, outcome: Outcome) -> Outcome:
        """The outcome, which names the files that it lacks."""
        slugs, why = self._found.get(outcome.row, ((), ""))
        return told(outcome, slugs, self._collection, why)


def _refused(group: Group, details: Sequence[Detail], slugs: frozenset[str]) -> dict[int, tuple[str, ...]]:
    """The fields to blame, by the row that is surely meant: the only one that has them, or whose value is named."""
    params = {detail.param for detail in details}
    if not params or not params <= slugs:
        return {}
    carriers = [change for change in group if params & set(change.after)]
    if len(carriers) == 1:
        return {carriers[0].row: tuple(sorted(params & set(carriers[0].after)))}
    named = {
        change.row: tuple(sorted({detail.param for detail in details if named_by_value(change, detail)}))
        for change in carriers
    }
    return {row: found for row, found in named.items() if found}


def _has_something(change: Change) -> bool:
    return bool(change.is_new or change.after) or (change.is_draft, change.is_archived) != (None, None)
