"""What an import would do: the later stages of the road, from matched columns to the plan, each with what it shows.

Matched → Checked → Decided → Planned. What is derived from a stage is worked out once and kept with it.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from lib.fields import ReadContext, kind_of
from lib.fields.reference import separator_of
from lib.model import checked
from lib.model.collection import Collection, Field
from lib.model.mapping import ColumnMapping, Match, Role
from lib.model.plan import Batch, Plan, SendChoices
from lib.model.problem import Severity, problem_table
from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.model.run_spec import RunSpec
from lib.model.sheet import Sheet
from lib.model.site import Site
from lib.reports.addresses import redirects
from lib.stages.batch import batched
from lib.stages.blanks import would_erase
from lib.stages.damage import Decision, decisions
from lib.stages.diff import change_table
from lib.stages.key import Found, key_candidates
from lib.stages.match import unmatched_required
from lib.stages.roles import foreign_rows
from lib.stages.suggest import suggestion_table
from lib.webflow.wire import update_body
from lib.workflow.destination import Live, Stage, Uploaded


@dataclass(frozen=True, kw_only=True)
class Matched(Stage):
    """What each column feeds, what it may feed (`offers`: see `lib.stages.fit`), and the item of each row."""

    before: Uploaded
    mapping: ColumnMapping
    offers: Mapping[str, tuple[str, ...]]
    found: Found
    _erased: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def sheet(self) -> Sheet:
        """The sheet whose columns are matched."""
        return self.before.sheet

    @property
    def collection(self) -> Collection:
        """The collection to whose fields they are matched."""
        return self.before.before.collection

    @property
    def site(self) -> Site:
        """The site of the collection."""
        return self.before.before.before.site

    @property
    def live(self) -> Live:
        """The items in which the rows were looked for."""
        assert self.before.before.live is not None, "rows are matched to items that were read"
        return self.before.before.live

    @property
    def context(self) -> ReadContext:
        """What values may refer to."""
        return ReadContext(targets=self.live.targets, time_zone=self.site.time_zone)

    @cached_property
    def candidates(self) -> tuple[str, ...]:
        """The columns that can find the items."""
        return key_candidates(self.mapping, self.collection)

    @cached_property
    def missing(self) -> tuple[Field, ...]:
        """Required fields that no column feeds."""
        return unmatched_required(self.mapping, self.collection)

    @cached_property
    def foreign(self) -> int:
        """How many rows were exported from another collection."""
        return len(foreign_rows(self.sheet, self.mapping, self.collection))

    @cached_property
    def meant(self) -> pd.DataFrame:
        """The texts that may mean an item, or were said to."""
        return suggestion_table(self.mapping, self.found.suggestions, self.live.items)

    def would_erase(self, match: Match) -> int:
        """How many values the empty cells of a column would erase; looked up once."""
        if match.column not in self._erased:
            texts = self.sheet.frame[match.column]
            self._erased[match.column] = would_erase(texts, self.found.items, match.field_slug or "")
        return self._erased[match.column]


@dataclass(frozen=True, kw_only=True)
class Checked(Stage):
    """What the file's values mean, and all that is wrong with them."""

    before: Matched
    values: checked.Checked

    @cached_property
    def bad(self) -> int:
        """How many rows have errors."""
        return len(self.values.error_rows)

    @property
    def good(self) -> int:
        """How many rows have none."""
        return self.before.sheet.row_count - self.bad

    @cached_property
    def warned(self) -> int:
        """How many rows have warnings and no errors."""
        return len(self.values.warning_rows)

    @cached_property
    def problems(self) -> pd.DataFrame:
        """All problems as a table, see `lib.model.problem`."""
        return problem_table(self.values.problems)

    @cached_property
    def damages(self) -> tuple[Decision, ...]:
        """What can be decided about damaged cells."""
        return decisions(self.values.problems, self.before.mapping)

    @cached_property
    def tells_item_ids(self) -> bool:
        """Whether items were found in another way than by their ids."""
        key = self.before.mapping.key
        return not (key and key.role is Role.ITEM_ID) and bool((self.values.item_ids != "").any())

    @cached_property
    def separators(self) -> Mapping[str, str]:
        """What parts the names in each column of several references."""
        sheet, found = self.before.sheet, {}
        for match in self.before.mapping.fields:
            of = self.before.collection.field(match.field_slug or "")
            texts = sheet.frame[match.column]
            if kind_of(of.type).choice == "separator" and (texts.str.strip() != "").any():
                found[match.column] = separator_of(texts, of, match.choices, self.before.context)
        return found


@dataclass(frozen=True, kw_only=True)
class Decided(Stage):
    """Whether rows with errors are left out."""

    before: Checked
    leave_out: bool


@dataclass(frozen=True, kw_only=True)
class Planned(Stage):
    """What is to be sent, and how."""

    before: Decided
    choices: SendChoices
    plan: Plan

    @property
    def matched(self) -> Matched:
        """What the plan was made from."""
        return self.before.before.before

    @cached_property
    def counts(self) -> Counter[RowStatus]:
        """Every row in one place."""
        return self.plan.counts

    @cached_property
    def batches(self) -> tuple[Batch, ...]:
        """The requests that send it."""
        return batched(self.plan.changes)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Now → after, one line for each cell, see `lib.stages.diff`."""
        return change_table(self.plan, self.matched.collection, self.matched.context)

    @cached_property
    def moved(self) -> pd.DataFrame:
        """The pages that get a new address."""
        return redirects(self.plan, self.matched.collection)

    @cached_property
    def idle(self) -> pd.DataFrame:
        """The rows that change nothing: Row, What happens, Why."""
        rest = self.plan.statuses != RowStatus.WILL_UPDATE
        table = self.plan.statuses[rest].astype("str").to_frame("What happens").assign(Why=self.plan.reasons[rest])
        return table.reset_index(names="Row")

    @cached_property
    def fields(self) -> Mapping[str, int]:
        """How many items each field changes in, by its slug."""
        return Counter(slug for change in self.plan.changes for slug in change.after)

    def request(self, number: int) -> tuple[str, str]:
        """The request of this batch in Webflow's terms, as a developer reads it: its first line, and its body."""
        live = "/live" if self.choices.live else ""
        skip = str(self.choices.skip_invalid_files).lower()
        address = f"PATCH /v2/collections/{self.matched.collection.id}/items{live}?skipInvalidFiles={skip}"
        body = update_body(self.batches[number - 1].changes)
        return address, json.dumps(body, indent=2, ensure_ascii=False)

    def spec(self, *, read_back: bool) -> RunSpec:
        """The order for sending it, with everything that its results page will need."""
        matched, problems = self.matched, self.before.before.values.problems
        return RunSpec(
            kind=RunKind.IMPORT,
            site=matched.site,
            collection=matched.collection,
            choices=self.choices,
            plan=self.plan,
            read_back=read_back,
            read_on=matched.live.read_on,
            since=matched.live.since,
            sheet=matched.sheet,
            sha256=hashlib.sha256(matched.before.upload.content).hexdigest(),
            mapping=matched.mapping,
            problems=problem_table(problem for problem in problems if problem.severity is Severity.ERROR),
        )
