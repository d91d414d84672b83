"""The order that archives items which the file does not name: a run of its own; nothing is ever deleted."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from lib.model.item import Item
from lib.model.plan import Change, Plan
from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.model.run_spec import RunSpec
from lib.workflow.planning import Planned


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
