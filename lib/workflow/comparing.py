"""`Compared`: every row beside its item, before anything is left out by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lib.model.effect import Effect
from lib.model.item import Item
from lib.model.plan import Plan
from lib.stages.diff import change_table
from lib.stages.effects import sizes
from lib.workflow.absent import absent
from lib.workflow.matching import Matched


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Worked out once, however often items are left out and taken in again."""

    matched: Matched
    plan: Plan

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Now → after, one line for each cell, see `lib.stages.diff`."""
        return change_table(self.plan, self.matched.collection, self.matched.context)

    @cached_property
    def sizes(self) -> pd.Series:
        """How large each change is, see `lib.stages.effects`; worked out when it is asked for."""
        effect = self.changes["effect"]
        now, after = (
            self.changes[side].mask(effect == empty, "")
            for side, empty in (("now", Effect.NEW), ("after", Effect.ERASED))
        )
        return sizes(now, after)

    @cached_property
    def absent(self) -> Sequence[Item]:
        """The items that the file does not name."""
        return absent(self.matched)
