"""Moments on Webflow's own clock: before the items of a plan were read, and before what a run is about to send."""

import threading
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from lib.model.row_status import LANDED, RowStatus
from lib.model.run import Outcome
from lib.model.run_spec import RunSpec
from lib.webflow.client import MOST_ITEMS

SKEW = timedelta(minutes=1)  # Webflow has many servers, and their clocks differ a little, from ours too
TICK = timedelta(milliseconds=1)  # the finest that Webflow's times tell


class RunClock:
    """Safe for threads. Whatever is sent from now on is stored later than `earlier()`."""

    def __init__(self, start: datetime | None) -> None:
        self._start = start
        self._latest: datetime | None = None
        self._lock = threading.Lock()

    def saw(self, moments: Iterable[datetime | None]) -> None:
        """An answer told these moments."""
        told = [moment for moment in moments if moment]
        with self._lock:
            self._latest = max([*told, self._latest] if self._latest else told, default=None)

    def asked(self, told_on: datetime | None, seconds_ago: float) -> None:
        """We asked so long ago, and by now Webflow's answer tells this time; ours counts where it is earlier."""
        if told_on is not None:
            self.saw([earlier_clock(told_on) - timedelta(seconds=seconds_ago)])

    def earlier(self) -> datetime | None:
        """A moment before everything that is sent from now on; None when nothing is known."""
        with self._lock:
            known = [self._start] if self._start else []
            return max([*known, self._latest - SKEW] if self._latest else known, default=None)


def earlier_clock(told_on: datetime | None) -> datetime:
    """Now, by Webflow's clock as it was told or by ours, whichever is earlier: neither is believed alone."""
    ours = datetime.now(UTC)
    return min(told_on or ours, ours)


def since_reading(
    newest_before: datetime | None, read_on: datetime, seen: Iterable[datetime | None]
) -> datetime | None:
    """A moment on Webflow's clock: whatever is stored after the items were read bears it or a later one.

    `newest_before` is the newest update that Webflow told of just before the first page, `read_on` the time then, and
    `seen` are the updates of all items read. An update that was there before the reading is earlier than all that come
    after it, whatever any other clock says; so is one that is older than `read_on` by more than clocks may differ.
    The moment is a minute earlier still, for servers whose clocks differ, where that costs no more than one page of
    items; after a bulk import it is right after the newest update. None when nothing is known.
    """
    told = [moment for moment in seen if moment]
    before = [moment for moment in told if moment < read_on - SKEW]
    newest = max([*before, newest_before] if newest_before else before, default=None)
    if newest is None:
        return None
    is_quiet = sum(moment >= newest - SKEW for moment in told) <= MOST_ITEMS
    return newest - SKEW if is_quiet else newest + TICK


def since_stored(spec: RunSpec, outcomes: Iterable[Outcome]) -> datetime | None:
    """A moment before everything that a run has stored, or may have: the first that Webflow told of, where it did."""
    told = [one.updated_on for one in outcomes if one.status in (*LANDED, RowStatus.IN_DOUBT)]
    moments = [moment or since_of(spec) for moment in told]
    return None if None in moments else min(filter(None, moments), default=None)


def since_of(spec: RunSpec) -> datetime | None:
    """`RunSpec.since`; for orders without one, a moment before the newest of the items as they were read."""
    if spec.since is not None:
        return spec.since
    newest = max((change.seen_on for change in spec.plan.changes if change.seen_on), default=None)
    known = [moment for moment in (spec.read_on, newest) if moment]
    return min(known) - SKEW if newest else None
