"""A plan without some of its items: those that a person leaves out by hand, and all but one for a trial."""

from collections.abc import Set
from dataclasses import replace

from lib.model.plan import Plan
from lib.model.row_status import RowStatus
from lib.model.words import ITEM_LEFT_OUT


def without_items(plan: Plan, rows: Set[int], why: str = ITEM_LEFT_OUT) -> Plan:
    """The plan without the changes of these rows, which are left out; rows that change nothing stay what they are."""
    left = [change.row for change in plan.changes if change.row in rows]
    if not left:
        return plan
    statuses, reasons = plan.statuses.copy(), plan.reasons.copy()
    statuses[left] = RowStatus.LEFT_OUT
    reasons[left] = why
    changes = tuple(change for change in plan.changes if change.row not in rows)
    return replace(plan, changes=changes, statuses=statuses, reasons=reasons)
