"""Which items did somebody change since the preview? Those are held back before anything is sent, the rest goes on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from lib.journal.batches import BatchWork
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.row_status import LANDED, RowStatus
from lib.model.run import Outcome, RunKind
from lib.model.run_spec import RunSpec
from lib.runs import found_items
from lib.runs.clock import RunClock, since_of
from lib.runs.compare import Key, Standing, now_of, published, standings, updated_since
from lib.runs.new_items import NewItems
from lib.runs.refused_files import lacking
from lib.runs.timing import Clock
from lib.runs.variants import astray, stray_of
from lib.runs.without_files import dispensable, without
from lib.runs.without_files import told as told_without
from lib.webflow.client import Webflow
from lib.words.say import later, say

HELD = later("Held back: somebody changed this item in Webflow after the preview.")
HELD_VARIANT = later("Held back: this language was added to the item in Webflow after the preview.")
HELD_IN_DOUBT = later(
    "Held back: after an unclear answer this item holds neither the old values nor the new ones. Somebody may have "
    "changed it, or Webflow stored the values differently."
)
HOLDS_ALREADY = later("The item held these values before anything was sent.")


class Guard:
    """Looks at the items of a run before the first batch, and again while it goes on.

    An edit of fields that we do not touch is no conflict: only what differs is sent, so it stays. `look` must not be
    called while a request is under way: it counts on knowing which items the run itself has changed.
    """

    def __init__(
        self, spec: RunSpec, moments: RunClock, every_seconds: float, clock: Clock, new: NewItems | None = None
    ) -> None:
        self._spec = spec
        self._new = new or NewItems(spec)
        self._moments = moments
        self._clock = clock
        # What is published is what an item holds then, so there is nothing to look after between two batches.
        self._every_seconds = float("inf") if spec.kind is RunKind.PUBLISH else every_seconds
        self._since = since_of(spec)
        self._looked_at: float | None = None
        self._own: dict[Key, datetime] = {}

    @property
    def is_due(self) -> bool:
        """Whether it is time to look."""
        return self._looked_at is None or self._clock.now() - self._looked_at >= self._every_seconds

    def landed(self, changes: Iterable[Change], outcomes: Mapping[int, Outcome]) -> None:
        """These changes have been stored by this run, or not; only those that have count."""
        for change in changes:
            outcome = outcomes.get(change.row)
            if outcome and outcome.updated_on and outcome.status in LANDED:
                self._own[outcome.item_id, change.cms_locale_id] = outcome.updated_on

    def look(self, webflow: Webflow, works: Sequence[BatchWork]) -> dict[int, Outcome]:
        """Outcomes, by row, for changes that must not or need not be sent any more.

        One request while nobody else edits anything; otherwise one for each page of items that anybody updated since
        the last look, in each language.
        """
        pending = [
            change
            for work in works
            for change in work.changes
            if change.row not in work.outcomes and change.row not in work.in_doubt
        ]
        began = self._clock.now()
        found = self._found(webflow, self._new.resolved(pending))
        self._looked_at = self._clock.now()  # only a look that came to its end counts
        self._moments.asked(webflow.exchange.told_on, self._looked_at - began)
        self._since = self._moments.earlier()
        return {row: outcome for row, outcome in found.items() if outcome is not None}

    def _found(self, webflow: Webflow, pending: Sequence[Change]) -> Mapping[int, Outcome | None]:
        locales = {change.cms_locale_id for change in pending}
        is_first = self._looked_at is None
        if not pending or (not is_first and self._nobody_else_edited(webflow, locales)):
            return {}
        items = updated_since(webflow, self._spec.collection.id, pending, self._since)
        moved = [change for change in pending if change.is_new or _has_moved(change, items)]
        return judged(self._spec, moved, items, self._new, self._since)

    def _nobody_else_edited(self, webflow: Webflow, locales: Iterable[str | None]) -> bool:
        """Whether the items updated since the last look are no more than those that this run wrote itself."""
        since = self._since
        return since is not None and all(
            webflow.item_count(self._spec.collection.id, cms_locale_id=locale, updated_since=since)
            <= sum(on >= since for (_, own_locale), on in self._own.items() if own_locale == locale)
            for locale in locales
        )


def judged(
    spec: RunSpec,
    changes: Sequence[Change],
    items: Mapping[Key, Item],
    new: NewItems,
    since: datetime | None,
    *,
    in_doubt: bool = False,
) -> dict[int, Outcome | None]:
    """The outcome of each change as its item is now, None for one that is still to be sent.

    `items` are those of the changes that were updated at `since` or later. `in_doubt`: the changes were sent, and
    nobody knows what became of them, so an item that is as meant has become so by that; otherwise it was so already.
    """
    creates = [change for change in changes if change.is_new]
    updates = [change for change in changes if not change.is_new]
    optional = dispensable(spec) if in_doubt else frozenset[str]()
    lost = lacking(updates, items, spec.collection, optional)
    updates = [without(change, lost[change.row]) if change.row in lost else change for change in updates]
    if spec.kind is RunKind.PUBLISH:
        found = published(updates, items)
    else:
        found = standings(updates, items, spec.collection, in_doubt=in_doubt) | _retired(spec, updates, items)
    at_hand = [item for (_, locale), item in items.items() if locale is None]
    told = {change.row: _outcome(change, found[change.row], items, in_doubt=in_doubt) for change in updates}
    if in_doubt:
        told |= _astray([change for change in updates if told[change.row] is None], items, since)
    landed = {row: one and told_without(one, lost.get(row, ()), spec.collection) for row, one in told.items()}
    return landed | found_items.judged(
        creates, at_hand, spec.collection, new, since, in_doubt=in_doubt, optional=optional
    )


def _astray(changes: Sequence[Change], items: Mapping[Key, Item], since: datetime | None) -> dict[int, Outcome | None]:
    """Languages in doubt that are not there, but for an item which may have been made in their place."""
    found = {c.row: (c, stray_of(c, items.values(), since)) for c in changes if c.is_variant}
    return {row: astray(change, [stray]) for row, (change, stray) in found.items() if stray}


def _retired(spec: RunSpec, changes: Sequence[Change], items: Mapping[Key, Item]) -> dict[int, Standing]:
    """To undo a creation is to archive the item as it was made: any edit since the preview is somebody else's work."""
    return {
        change.row: Standing.OTHER
        for change in changes
        if spec.kind is RunKind.UNDO
        and change.only_archives
        and change.key in items
        and not items[change.key].is_archived
        and _has_moved(change, items)
    }


def _has_moved(change: Change, items: Mapping[Key, Item]) -> bool:
    item = items.get(change.key)
    return item is not None and item.last_updated != change.seen_on


def _outcome(change: Change, standing: Standing, items: Mapping[Key, Item], *, in_doubt: bool) -> Outcome | None:
    if standing is Standing.BEFORE:
        return None
    item = items[change.key]
    is_held = standing is Standing.OTHER
    held = HELD_IN_DOUBT if in_doubt else HELD_VARIANT if change.is_variant else HELD
    done = RowStatus.CREATED if change.is_variant else RowStatus.UPDATED
    landed, reason = (done, "") if in_doubt else (RowStatus.UNCHANGED, HOLDS_ALREADY)
    return Outcome(
        row=change.row,
        item_id=change.item_id,
        status=RowStatus.HELD_BACK if is_held else landed,
        reason=say(held) if is_held else say(reason),
        now=now_of(change, items) if is_held else None,
        is_draft=item.is_draft if is_held else None,
        is_archived=item.is_archived if is_held else None,
        updated_on=item.last_updated,
    )
