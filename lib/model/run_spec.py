"""`RunSpec`: everything a run needs to know and everything its results need to be shown again, forever the same."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from lib.model.collection import Collection
from lib.model.mapping import ColumnMapping
from lib.model.plan import Plan, SendChoices
from lib.model.run import RunKind
from lib.model.sheet import Sheet
from lib.model.site import Site
from lib.words.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSpec:
    """What to send where, and how the person came to want it.

    `read_back`: compare what Webflow stored with what was meant, after the run. `sheet`, `mapping` and `problems` (the
    errors of the sheet, as a problem table) are None for runs that no file was brought for; `sha256` is the file's.
    `read_on` is when reading the live items began that the plan was made from, by the earlier of Webflow's clock and
    ours; `since` is a moment on Webflow's clock: what anybody stored after that reading bears it or a later one.
    `parent_id` is the run that this one undoes, retries or publishes. `language` is that of who started it:
    what it meets is written down in it.
    """

    kind: RunKind
    site: Site
    collection: Collection
    choices: SendChoices
    plan: Plan
    read_back: bool = True
    parent_id: str | None = None
    read_on: datetime | None = None
    since: datetime | None = None
    sheet: Sheet | None = None
    sha256: str = ""
    mapping: ColumnMapping | None = None
    problems: pd.DataFrame | None = None
    language: Language = Language.ENGLISH

    @property
    def file_name(self) -> str:
        """The name of the file, "" without one."""
        return self.sheet.source.file_name if self.sheet else ""
