"""Which changes of a plan somebody looks at."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from lib.model.effect import Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is asked for; what is left empty asks for all. `words` is part of an item's name."""

    risk: Risk | None = None
    fields: Collection[str] = ()
    words: str = ""

    def at(self, changes: pd.DataFrame) -> pd.DataFrame:
        """The lines of the table of changes that are asked for, see `lib.stages.diff`."""
        asked = pd.Series(True, index=changes.index)
        if self.risk and self.risk is not Risk.LIVE:  # which is about all of them
            asked &= changes["risk"] == self.risk
        if self.fields:
            asked &= changes["field"].isin(self.fields)
        if self.words:
            asked &= changes["item"].str.contains(self.words, case=False, regex=False)
        return changes[asked]
