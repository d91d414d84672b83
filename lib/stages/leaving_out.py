"""A plan without some of its items: those that a person leaves out by hand, all but one for a trial, and with them
those that refer to one that would have been created."""

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import replace

from lib.model.collection import Collection
from lib.model.plan import Plan
from lib.model.row_status import RowStatus
from lib.model.words import ITEM_LEFT_OUT
from lib.stages.new_references import waits_of
from lib.words.say import later, say

NOT_CREATED = later("It refers to the new item of row {row}, which is not created.")


def without_items(plan: Plan, rows: Set[int], collection: Collection, why: str = ITEM_LEFT_OUT) -> Plan:
    """The plan without the changes of these rows, which are left out; rows that change nothing stay what they are."""
    left = {change.row: why for change in plan.changes if change.row in rows}
    rest = _without(plan, left, RowStatus.LEFT_OUT) if left else plan
    return without_dangling(rest, collection) if any(change.is_new for change in plan.changes) else rest


def without_dangling(plan: Plan, collection: Collection, status: RowStatus = RowStatus.LEFT_OUT) -> Plan:
    """The plan without changes that refer to new items that it does not create, nor those that refer to these."""
    waits = waits_of(plan.changes, collection)
    waiting = defaultdict[int, list[int]](list)
    for row, others in waits.items():
        for other in others:
            waiting[other].append(row)
    there = {change.row for change in plan.changes if change.is_new}
    dangling: dict[int, str] = {}
    gone = waiting.keys() - there
    while gone:
        more = {row for other in gone for row in waiting[other]} - dangling.keys()
        dangling |= {row: say(NOT_CREATED, row=min(waits[row] - there)) for row in more}
        there -= more
        gone = more & waiting.keys()
    return _without(plan, dangling, status) if dangling else plan


def _without(plan: Plan, why: Mapping[int, str], status: RowStatus) -> Plan:
    """The plan without the changes of these rows, each of which says why."""
    statuses, reasons = plan.statuses.copy(), plan.reasons.copy()
    statuses[list(why)] = status
    reasons[list(why)] = list(why.values())
    return replace(
        plan, changes=tuple(one for one in plan.changes if one.row not in why), statuses=statuses, reasons=reasons
    )
