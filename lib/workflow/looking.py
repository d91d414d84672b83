"""Which changes of a plan somebody looks at, and in which order."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from lib.model.effect import Effect, Risk
from lib.workflow.planning import Planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is asked for; what is left empty asks for all. `words` is part of an item's name, or of a text now or after.
    `is_new`: only items that are created.

    In the order of rows, or `by_size`: the largest change first.
    """

    risk: Risk | None = None
    is_new: bool = False
    fields: Collection[str] = ()
    effects: Collection[Effect] = ()
    words: str = ""
    by_size: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether anything may be left out of sight."""
        return bool(self.risk or self.is_new or self.fields or self.effects or self.words)

    def at(self, planned: Planned) -> pd.DataFrame:
        """The lines of the table of changes that are asked for, see `lib.stages.diff`."""
        changes = planned.changes
        asked = pd.Series(True, index=changes.index)
        if self.risk and self.risk is not Risk.LIVE:  # which is about all of them
            asked &= changes["risk"] == self.risk
        if self.is_new:
            asked &= changes["row"].isin(planned.new_rows)
        if self.fields:
            asked &= changes["field"].isin(self.fields)
        if self.effects:
            asked &= changes["effect"].isin(self.effects)
        if self.words:
            asked &= _holding(changes[["item", "now", "after"]], self.words)
        found = changes[asked]
        if not self.by_size:
            return found
        return found.loc[planned.sizes[asked].sort_values(ascending=False, kind="stable").index]


def _holding(texts: pd.DataFrame, words: str) -> pd.Series:
    """Which lines hold these words in any column."""
    found = [texts[column].str.contains(words, case=False, regex=False) for column in texts]
    return pd.concat(found, axis=1).any(axis=1)
