"""`RunContext`: what all senders of a run share."""

from dataclasses import dataclass

from lib.errors import WaitReason
from lib.journal import claims
from lib.model.run_spec import RunSpec
from lib.runs.clock import RunClock
from lib.runs.existing_items import ExistingItems
from lib.runs.guard import Guard
from lib.runs.lease import Lease
from lib.runs.new_items import NewItems
from lib.runs.signals import Signals
from lib.runs.variants import Variants
from lib.runs.waits import WORTH_TELLING_SECONDS
from lib.webflow.client import Webflow
from lib.webflow.connection import Connection
from lib.webflow.exchange import Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class RunContext:
    """What is to be done, and with what. `moments` are those on Webflow's clock."""

    spec: RunSpec
    lease: Lease
    connection: Connection
    signals: Signals
    moments: RunClock
    guard: Guard
    existing_items: ExistingItems
    new_items: NewItems
    variants: Variants

    def open(self) -> Webflow:
        """A client whose waits are told, and end with `Halted` as soon as there is a reason to.

        A reading of many pages waits deep inside the client, and so does a turn; neither has anything under way then.
        """
        return self.connection.open(self._wait)

    def tell_waiting(self, reason: WaitReason, seconds: float) -> None:
        """Say on the page why nothing happens, for so long."""
        self.lease.write(claims.say_waiting, reason, seconds)

    def _wait(self, waiting: Waiting) -> None:
        if waiting.seconds >= WORTH_TELLING_SECONDS:
            self.tell_waiting(waiting.reason, waiting.seconds)
        self.signals.wait(waiting.seconds)
