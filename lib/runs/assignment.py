"""`Assignment`: what all senders of a run share."""

from dataclasses import dataclass

from lib.model.order import Order
from lib.runs.clock import RunClock
from lib.runs.guard import Guard
from lib.runs.roll_call import RollCall
from lib.runs.signals import Signals
from lib.runs.timing import Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The order and how to carry it out."""

    order: Order
    signals: Signals
    clock: RunClock
    timing: Timing
    guard: Guard
    roll_call: RollCall
