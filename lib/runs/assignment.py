"""`Assignment`: what all senders of a run share."""

from dataclasses import dataclass

from lib.model.run_spec import RunSpec
from lib.runs.clock import RunClock
from lib.runs.existing_items import ExistingItems
from lib.runs.guard import Guard
from lib.runs.signals import Signals
from lib.runs.timing import Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The order and how to carry it out."""

    spec: RunSpec
    signals: Signals
    clock: RunClock
    timing: Timing
    guard: Guard
    existing_items: ExistingItems
