"""Items of the collection that no row of the file is about: listed, and archived as a run of its own, never deleted."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lib.model.item import Item
from lib.model.plan import Change, Plan
from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.model.run_spec import RunSpec
from lib.stages.key import Found, find_items
from lib.workflow.planning import Planned
from lib.workflow.preparation import Matched


def absent(matched: Matched) -> tuple[Item, ...]:
    """The items in the language of the file that no row is about, in their order; without those that are archived, and
    those that a row almost names."""
    locale = matched.before.before.before.locale_id
    named = _named(matched.found) | _named(_left_out(matched))
    almost = {suggestion.item_id for suggestion in matched.found.suggestions}
    items = (item for place, item in enumerate(matched.found.table) if place not in named and item.id not in almost)
    return tuple(item for item in items if not item.is_archived and locale in (None, item.cms_locale_id))


def _named(found: Found) -> frozenset[int]:
    return found.shared.union(map(int, found.places))


def _left_out(matched: Matched) -> Found:
    """What the rows are about that a person left out: these items are in the file all the same."""
    on = matched.before
    rows = replace(on.edited, frame=on.edited.frame.loc[on.left_out])
    return find_items(rows, matched.mapping, matched.live.items, on.before.before.locale_id)


def archiving(planned: Planned, items: Sequence[Item]) -> RunSpec:
    """The order that archives these items, numbered from 1; whatever somebody edits meanwhile stays as it is."""
    secondary = planned.matched.before.before.before.secondary_locales
    changes = tuple(
        Change(
            row=number,
            item_id=item.id,
            cms_locale_id=item.cms_locale_id if item.cms_locale_id in secondary else None,
            item_name=item.name,
            is_archived=True,
            was_draft=item.is_draft,
            was_archived=item.is_archived,
            seen_on=item.last_updated,
        )
        for number, item in enumerate(items, 1)
    )
    rows = pd.RangeIndex(1, len(changes) + 1)
    plan = Plan(
        changes=changes,
        statuses=pd.Series([RowStatus.WILL_UPDATE] * len(rows), index=rows, dtype="object"),
        reasons=pd.Series([""] * len(rows), index=rows, dtype="object"),
        item_ids=pd.Series([item.id for item in items], index=rows, dtype="str"),
    )
    spec = planned.spec(read_back=False)
    choices = replace(spec.choices, live=False)
    return replace(spec, kind=RunKind.ARCHIVE, plan=plan, choices=choices, sheet=None, problems=None, mapping=None)
