"""Languages that a run adds to items: what happens where Webflow does something else instead.

The call that adds them is hardly described, so the first one goes alone, and after it went astray no other is sent.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from lib.model.item import Item
from lib.model.plan import Change
from lib.model.row_status import RowStatus
from lib.model.run import Outcome
from lib.model.run_spec import RunSpec
from lib.words.language import Language, speaking
from lib.words.say import later, say

ASTRAY = later(
    "Webflow was asked to add a language to this item, and answered with another item or language (Item ID {ids}). "
    "Look for it in Webflow, and archive it if it should not be there. Add the language in Webflow, and import the "
    "file again."
)
LEFT_AS_IT_WAS = later("Webflow said that all is well, but did not add this language. Add it in Webflow.")
MOST_NAMED = 3
NOT_SENT = later(
    "Not sent: when this run was to add a language to another item, Webflow did something else. Add the language in "
    "Webflow, and import the file again."
)


def strays(changes: Iterable[Change], answer: Iterable[Item]) -> list[Item]:
    """What an answer holds that is none of these items in its language; an answer need not name the language."""
    locales = {change.item_id: change.cms_locale_id for change in changes}
    return [item for item in answer if item.id not in locales or item.cms_locale_id not in (None, locales[item.id])]


def stray_of(change: Change, items: Iterable[Item], since: datetime | None) -> Item | None:
    """After an unclear answer: the item that was made instead of the language, told by its page address."""
    return next(
        (
            item
            for item in items
            if (item.cms_locale_id, item.slug) == (change.cms_locale_id, change.after["slug"])
            and item.id != change.item_id
            and (since is None or item.created_on is None or item.created_on >= since)
        ),
        None,
    )


def astray(change: Change, others: Sequence[Item]) -> Outcome:
    """The outcome of a language that was not added, where Webflow answered with these items, or made them."""
    named = ", ".join(sorted(item.id for item in others[:MOST_NAMED]))
    reason = say(ASTRAY, ids=named)
    return Outcome(row=change.row, item_id=change.item_id, status=RowStatus.FAILED, reason=reason)


def says_astray(reason: str) -> bool:
    """Whether this is the reason of a language that went astray, in whatever language it was written down: whoever
    takes a run up may speak another one, and still no second one is to be sent."""
    return any(reason.startswith(beginnings) for beginnings in map(_beginnings, Language))


def _beginnings(language: Language) -> tuple[str, str]:
    with speaking(language):
        return say(ASTRAY, ids="\n").partition("\n")[0], say(LEFT_AS_IT_WAS)


class Variants:
    """Those of one run, as its outcomes come. Whoever creates is under way alone, so no lock is needed."""

    def __init__(self, spec: RunSpec, outcomes: Iterable[Outcome] = ()) -> None:
        self._rows = frozenset(change.row for change in spec.plan.changes if change.is_variant)
        self._went_astray = False
        self.learn(outcomes)

    def learn(self, outcomes: Iterable[Outcome]) -> None:
        """These have come."""
        self._went_astray = self._went_astray or any(
            one.row in self._rows and one.status is RowStatus.FAILED and says_astray(one.reason) for one in outcomes
        )

    def why_not(self, change: Change) -> Outcome | None:
        """The outcome of a change that is not sent; None where it is."""
        if not (change.is_variant and self._went_astray):
            return None
        return Outcome(row=change.row, item_id=change.item_id, status=RowStatus.FAILED, reason=say(NOT_SENT))
