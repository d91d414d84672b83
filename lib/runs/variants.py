"""Languages that a run adds to items: what happens where Webflow makes another item instead.

The call that adds them is hardly described, so the first one goes alone, and where it goes wrong no other is sent.
"""

from collections.abc import Iterable

from lib.model.plan import Change
from lib.model.row_status import RowStatus
from lib.model.run import Outcome
from lib.model.run_spec import RunSpec

ASTRAY = "Webflow was asked to add a language to this item, and answered with another item"
NOT_SENT = (
    "Not sent: when this run added a language to another item, Webflow answered with a new item instead. Add the "
    "language in Webflow, and import the file again."
)


def astray(others: Iterable[str]) -> str:
    """Why a language was not added, where Webflow answered with these items."""
    return (
        f"{ASTRAY} (Item ID {', '.join(sorted(others))}). Look for it in Webflow, and archive it if it should not be "
        "there. Add the language in Webflow, and import the file again."
    )


class Variants:
    """Those of one run, as its outcomes come. Whoever creates is under way alone, so no lock is needed."""

    def __init__(self, spec: RunSpec, outcomes: Iterable[Outcome] = ()) -> None:
        self._rows = frozenset(change.row for change in spec.plan.changes if change.is_variant)
        self._went_astray = False
        self.learn(outcomes)

    def learn(self, outcomes: Iterable[Outcome]) -> None:
        """These have come."""
        self._went_astray = self._went_astray or any(
            one.row in self._rows and one.status is RowStatus.FAILED and one.reason.startswith(ASTRAY)
            for one in outcomes
        )

    def why_not(self, change: Change) -> Outcome | None:
        """The outcome of a change that is not sent; None where it is."""
        if not (change.is_variant and self._went_astray):
            return None
        return Outcome(row=change.row, item_id=change.item_id, status=RowStatus.FAILED, reason=NOT_SENT)
