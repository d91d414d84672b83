"""A plan without some of its items: those that a person leaves out by hand, and all but one for a trial."""

from collections.abc import Set
from dataclasses import replace

from lib.model.plan import Plan
from lib.model.row_status import RowStatus

LEFT_OUT_BY_HAND = "You left this item out."
SENT_AS_TRIAL = "This item was sent before, to try it."
NOT_IN_TRIAL = "Only one item was sent, to try it."


def without_items(plan: Plan, rows: Set[int], why: str = LEFT_OUT_BY_HAND) -> Plan:
    """The plan without the changes of these rows, which are left out; rows that change nothing stay what they are."""
    left = [change.row for change in plan.changes if change.row in rows]
    if not left:
        return plan
    statuses, reasons = plan.statuses.copy(), plan.reasons.copy()
    statuses[left] = RowStatus.LEFT_OUT
    reasons[left] = why
    changes = tuple(change for change in plan.changes if change.row not in rows)
    return replace(plan, changes=changes, statuses=statuses, reasons=reasons)
