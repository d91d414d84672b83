"""`UndoPreview`: what undoing a run would do, from the items as they are now, with what is shown of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lib.fields import ReadContext
from lib.model.row_status import RowStatus
from lib.model.run_spec import RunSpec
from lib.runs import follow_up
from lib.stages.batch import batched
from lib.stages.diff import change_table


@dataclass(frozen=True, kw_only=True)
class UndoPreview:
    """`spec` would undo the run; `names` are its items' names by row. What is shown is worked out once."""

    spec: RunSpec
    names: Mapping[int, str]

    @cached_property
    def counts(self) -> Counter[RowStatus]:
        """Every item of the run in one place."""
        return self.spec.plan.counts

    @cached_property
    def request_count(self) -> int:
        """How many requests send it."""
        return len(batched(self.spec.plan.changes, self.spec.collection))

    @cached_property
    def imports_files_again(self) -> bool:
        """Whether it sends images or files, which Webflow then imports once more."""
        return follow_up.imports_files_again(self.spec)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Now → after, one line for each cell, see `lib.stages.diff`."""
        return change_table(self.spec.plan, self.spec.collection, ReadContext(time_zone=self.spec.site.time_zone))

    @cached_property
    def left_alone(self) -> pd.DataFrame:
        """The items that would not change: Row, Item, Why."""
        plan = self.spec.plan
        reasons = plan.reasons[plan.statuses != RowStatus.WILL_UPDATE]
        names = [self.names[row] for row in reasons.index]
        return pd.DataFrame({"Row": reasons.index, "Item": names, "Why": reasons.to_numpy()})
