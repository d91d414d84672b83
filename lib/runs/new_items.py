"""Items that a run creates: how others refer to them before they have ids, and which ids they have by now.

A plan names such an item by the row that it comes from. What is on record keeps that name; whatever is sent, compared
or undone has the real id.
"""

import re
from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lib.fields import kind_of
from lib.model.collection import Collection
from lib.model.new_item import is_new, new_item_id, row_of
from lib.model.plan import Change
from lib.model.row_status import RowStatus
from lib.model.run import Outcome
from lib.model.run_spec import RunSpec
from lib.runs.without_files import as_landed
from lib.words.say import later, say

THERE = (RowStatus.CREATED, RowStatus.UNCHANGED)  # there is an item as it was meant: made by the run, or before it came

ENDING = re.compile(r"-[0-9a-f]{5}$")  # what Webflow may put behind a page address that is taken (seen once)


def resolved(changes: Iterable[Change], collection: Collection, ids: Mapping[str, str]) -> tuple[Change, ...]:
    """The changes with real ids for new items, as far as `ids` knows them: their own, and in fields that refer."""
    slugs = reference_slugs(collection)
    return tuple(_resolved(change, slugs, ids) for change in changes)


def _resolved(change: Change, slugs: Several[str], ids: Mapping[str, str]) -> Change:
    named = {slug: _real(change.after[slug], ids) for slug in slugs if slug in change.after}
    return replace(change, item_id=ids.get(change.item_id, change.item_id), after={**change.after, **named})


def _real(value: object, ids: Mapping[str, str]) -> object:
    if isinstance(value, list):
        return [_real(entry, ids) for entry in value]
    return ids.get(value, value) if isinstance(value, str) else value


def reference_slugs(collection: Collection) -> frozenset[str]:
    """The fields that name items; in no other may a text be taken for an id."""
    return frozenset(field.slug for field in collection.fields if kind_of(field.type).is_reference)


def missing(change: Change, collection: Collection) -> dict[str, list[int]]:
    """The rows of new items that a change refers to and that have no id, by field."""
    found = {}
    for slug in sorted(reference_slugs(collection) & set(change.after)):
        value = change.after[slug]
        named = value if isinstance(value, list) else [value]
        if rows := [row_of(entry) for entry in named if is_new(entry)]:
            found[slug] = rows
    return found


def why_missing(rows: Sequence[int]) -> str:
    """Why a change that refers to the new items of these rows is not sent."""
    if len(rows) == 1:
        return say("It refers to the new item of row {row}, which was not created.", row=rows[0])
    told = ", ".join(map(str, rows[:-1]))
    sentence = later("It refers to the new items of rows {rows} and {last}, which were not created.")
    return say(sentence, rows=told, last=rows[-1])


def ids_of(outcomes: Iterable[Outcome], statuses: Several[RowStatus] = THERE) -> dict[str, str]:
    """The ids of the items that were to be created, by what stands for them; of outcomes with these statuses."""
    return {new_item_id(one.row): one.item_id for one in outcomes if one.status in statuses and not is_new(one.item_id)}


def as_known(spec: RunSpec, outcomes: Iterable[Outcome]) -> RunSpec:
    """What a run was told to do, with the ids of the items that it has created, without the files that were refused."""
    known = tuple(outcomes)
    changes = resolved(as_landed(spec.plan.changes, known), spec.collection, ids_of(known))
    return replace(spec, plan=replace(spec.plan, changes=changes))


def addresses(slug: str) -> set[str]:
    """What an item with this page address may have been meant to have for one, in small letters."""
    small = slug.casefold()
    return {small, ENDING.sub("", small)}


class NewItems:
    """Those of one run, as its outcomes come. Whoever creates is under way alone, so no lock is needed."""

    def __init__(self, spec: RunSpec, outcomes: Iterable[Outcome] = ()) -> None:
        self._collection = spec.collection
        self._ids = ids_of(outcomes)
        self.addresses = frozenset(str(change.after.get("slug")) for change in spec.plan.changes if change.is_new)

    def learn(self, outcomes: Iterable[Outcome]) -> None:
        """These have come."""
        self._ids = {**self._ids, **ids_of(outcomes)}

    def resolved(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        """The changes with all the ids that are known."""
        return resolved(changes, self._collection, self._ids)

    @property
    def known(self) -> frozenset[str]:
        """The ids of the items that are there: none of them is what another row creates."""
        return frozenset(self._ids.values())
