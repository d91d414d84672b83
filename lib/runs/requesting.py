"""One request about a group of changes, and what its answer tells of each of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from lib.model.item import Item
from lib.model.plan import Change
from lib.model.row_status import RowStatus
from lib.model.run import Outcome, RunKind
from lib.model.run_spec import RunSpec
from lib.runs import found_items
from lib.runs.compare import Key
from lib.runs.isolate import Group
from lib.runs.variants import LEFT_AS_IT_WAS, astray, strays
from lib.webflow.client import Webflow
from lib.words.say import later, say

NOT_MENTIONED = later("Webflow said that all is well, but left this item as it was. Try it again.")
NOT_FOUND = later(
    "Webflow said that all is well, but there is no item with the page address “{address}”. Look for “{name}” in "
    "Webflow before you try it again."
)


class Told(NamedTuple):
    """The outcomes that an answer tells, of some changes or all, and the items as it shows them, by id and locale."""

    outcomes: list[Outcome]
    items: Mapping[Key, Item]


def request(webflow: Webflow, spec: RunSpec, group: Group) -> Told:
    """Send one request, once: a group either creates all its items or none. Raises `WebflowError`."""
    if spec.kind is RunKind.PUBLISH:
        return _publish(webflow, spec, group)
    # Whatever became of the updates, what the run created was staged: so it is put away staged, too.
    is_live = spec.choices.live and not (spec.kind is RunKind.UNDO and group[0].only_archives)
    answer = webflow.write_items(spec.collection.id, group, live=is_live)
    return _created(group, answer) if group[0].is_new else _written(group, answer)


def _written(group: Group, answer: Sequence[Item]) -> Told:
    """Of items that have an id. Where their language was to be added, another item may have come of it."""
    status = RowStatus.CREATED if group[0].is_variant else RowStatus.UPDATED
    items = _by_key(answer, {change.key for change in group})
    told = [(change, items.get(change.key)) for change in group]
    outcomes = [outcome_of(change, status, updated_on=item.last_updated) for change, item in told if item]
    if group[0].is_variant and (others := strays(group, answer)):
        outcomes += [astray(change, others) for change, item in told if item is None]
    return Told(outcomes, items)


def _created(group: Group, answer: Sequence[Item]) -> Told:
    told = found_items.told(group, answer)
    return Told(
        [
            outcome_of(change, RowStatus.CREATED, item_id=item.id, updated_on=item.last_updated)
            for change in group
            if (item := told.get(change.row))
        ],
        _by_key(answer),
    )


def _publish(webflow: Webflow, spec: RunSpec, group: Group) -> Told:
    told = webflow.publish_items(spec.collection.id, [change.key for change in group])
    silence = say(NOT_MENTIONED)
    reasons = [(change, told.get(change.item_id, silence)) for change in group]
    failed, landed = RowStatus.FAILED, RowStatus.UPDATED
    return Told([outcome_of(change, failed if reason else landed, reason) for change, reason in reasons], {})


def _by_key(answer: Iterable[Item], named: Iterable[Key] = ()) -> dict[Key, Item]:
    """The items by the names that we have for them: who names no locale means the primary one, and hears its id."""
    items: dict[Key, Item] = {(item.id, item.cms_locale_id): item for item in answer}
    return items | {(item.id, None): item for key, item in items.items() if key not in named}


def outcome_of(change: Change, status: RowStatus, reason: str = "", item_id: str = "", **more: Any) -> Outcome:
    """What became of a change; `item_id` where its item has another id now."""
    return Outcome(row=change.row, item_id=item_id or change.item_id, status=status, reason=reason, **more)


def not_mentioned(change: Change) -> Outcome:
    """The outcome of a change that a good answer does not mention, and that has not landed."""
    if change.is_new:
        reason = say(NOT_FOUND, address=change.after["slug"], name=change.item_name)
    else:
        reason = say(LEFT_AS_IT_WAS) if change.is_variant else say(NOT_MENTIONED)
    return outcome_of(change, RowStatus.FAILED, reason)
