"""What a file means: the middle of the road, from matched columns to checked values, each stage with what it shows.

Matched → Checked. What is derived from a stage is worked out once and kept with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from lib.fields import ReadContext, kind_of
from lib.fields.reference import separator_of
from lib.model import checked
from lib.model.collection import Collection, Field
from lib.model.mapping import ColumnMapping, Match, Role
from lib.model.new_item import NewItem
from lib.model.problem import problem_table
from lib.model.sheet import Sheet
from lib.model.site import Site
from lib.stages.blanks import would_erase
from lib.stages.damage import Decision, decisions
from lib.stages.fit import Offers
from lib.stages.key import Found, key_candidates
from lib.stages.match import unmatched_required
from lib.stages.mending.candidates import texts_of
from lib.stages.mending.groups import Group, groups
from lib.stages.mending.offers import Offer, offers
from lib.stages.mending.rows import Rows, rows_of
from lib.stages.new_items import as_targets, new_items
from lib.stages.read_column import ReadColumns
from lib.stages.reuse import Reused
from lib.stages.roles import foreign_rows
from lib.stages.suggest import suggestion_table
from lib.stages.wrong_cells import WrongCells, wrong_cells
from lib.workflow.destination import Live, Stage, Uploaded

MOST_OFFERED = 12  # groups of problems that are shown at once, with what mends them


@dataclass(frozen=True, kw_only=True)
class Matched(Stage):
    """What each column feeds, what it may feed (`offers`: see `lib.stages.fit`), and the item of each row.

    `columns_read` keeps what the check has read, for the next one. `reused`: what was taken from an earlier file.
    `creates`: rows without an item create one, see `new`.
    """

    before: Uploaded
    mapping: ColumnMapping
    offers: Offers
    found: Found
    reused: Reused | None = None
    creates: bool = False
    columns_read: ReadColumns = field(default_factory=ReadColumns, repr=False, compare=False)
    _erased: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def sheet(self) -> Sheet:
        """The sheet whose columns are matched, as it was edited, without the rows that a person left out."""
        return self.before.used

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

    @cached_property
    def context(self) -> ReadContext:
        """What values may refer to."""
        created = as_targets(self.new, self.collection.id)
        return ReadContext(targets=self.live.targets, created=created, time_zone=self.site.time_zone)

    @cached_property
    def creatable(self) -> tuple[NewItem, ...]:
        """The items that rows without one could create; none in another language than the primary one."""
        opened = self.before.before.before
        is_primary = opened.locale is None or opened.locale.is_primary
        return new_items(self.sheet, self.mapping, self.found, opened.locale_id) if is_primary else ()

    @property
    def is_of_use(self) -> bool:
        """Whether any row is about an item, or may create one."""
        return self.found.is_of_use or bool(self.creatable)

    @property
    def new(self) -> tuple[NewItem, ...]:
        """The items that rows without one create."""
        return self.creatable if self.creates else ()

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
    _offers: dict[tuple[str, str, str], tuple[Offer, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def bad(self) -> int:
        """How many rows have errors."""
        return len(self.values.error_rows)

    @property
    def good(self) -> int:
        """How many rows have none."""
        return self.before.sheet.row_count - self.bad

    @property
    def figures(self) -> Mapping[str, int]:
        """How many rows there are of each sort."""
        figures = {"Rows ready": self.good, "Rows with errors": self.bad, "Rows with warnings": self.warned}
        more = {"New items": self.created, "Rows you left out": len(self.before.before.left_out)}
        return figures | {word: number for word, number in more.items() if number}

    @cached_property
    def wrong_cells(self) -> WrongCells:
        """The wrong cells that rows can do without."""
        return wrong_cells(self.values, self.before.mapping, self.before.collection)

    @cached_property
    def partial(self) -> int:
        """How many of the rows with errors can do without their wrong cells."""
        return len(frozenset().union(*self.wrong_cells.values()))

    @cached_property
    def created(self) -> int:
        """How many rows without errors create an item."""
        return len({item.row for item in self.values.new}.difference(self.values.error_rows))

    @cached_property
    def warned(self) -> int:
        """How many rows have warnings and no errors."""
        return len(self.values.warning_rows)

    @cached_property
    def problems(self) -> pd.DataFrame:
        """All problems as a table, see `lib.model.problem`."""
        return problem_table(self.values.problems)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The problems by what mends them."""
        return groups(self.values.problems)

    def get_ready(self) -> None:
        """Work out what the page shows at first, where that can be waited for."""
        _ = self.problems
        for group in self.groups[:MOST_OFFERED]:
            self.offers(group)

    @cached_property
    def rows(self) -> Rows:
        """Every row with what is wrong with it."""
        return rows_of(self.values)

    def match_of(self, group: Group) -> Match | None:
        """What the column of a group feeds, where it feeds a field and does not find the items."""
        return next((match for match in self.before.mapping.fields if match.column == group.column), None)

    def may_settle(self, group: Group) -> bool:
        """Whether new texts may mend a group: its column feeds something."""
        return any(match.column == group.column and not match.is_ignored for match in self.before.mapping.matches)

    def is_repeated(self, group: Group) -> bool:
        """Whether a group is rows that share an item."""
        repeated = {row for rows in self.before.found.repeated for row in rows}
        return group.column == self.before.mapping.key_column and repeated.issuperset(group.rows)

    def offers(self, group: Group) -> tuple[Offer, ...]:
        """What can be done about a group with one click; tried once."""
        match, on = self.match_of(group), self.before
        place = (group.column, group.kind, group.severity)
        if match is None:
            return ()
        if place not in self._offers:
            of = on.collection.field(match.field_slug or "")
            self._offers[place] = offers(group, on.sheet.frame[group.column], of, match, on.context)
        return self._offers[place]

    def known(self, group: Group) -> Sequence[str]:
        """The texts that the cells of a group may be replaced by; none where any may be written."""
        match, on = self.match_of(group), self.before
        if match is None:
            return texts_of(on.live.items, on.mapping.key) if group.column == on.mapping.key_column else ()
        of = on.collection.field(match.field_slug or "")
        return kind_of(of.type).known(of, on.context)

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
