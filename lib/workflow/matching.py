"""`Matched`: what each column of a file feeds, and the item of each row; what is derived is worked out once."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from lib.fields import ReadContext
from lib.model.collection import Collection, Field
from lib.model.mapping import ColumnMapping, Match
from lib.model.new_item import NewItem
from lib.model.sheet import Sheet
from lib.model.site import Languages, Site
from lib.stages.blanks import would_erase
from lib.stages.fit import Offers
from lib.stages.found import Found
from lib.stages.key import find_items, key_candidates
from lib.stages.match import unmatched_required
from lib.stages.new_items import as_targets, new_items, why_not
from lib.stages.read_column import ReadColumns
from lib.stages.reuse import Reused
from lib.stages.roles import foreign_rows
from lib.stages.suggest import suggestion_table
from lib.workflow.destination import Live, Stage, Uploaded


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
    def found_anew(self) -> "Matched":
        """The same with its rows' items looked for once more."""
        return replace(self, found=find_items(self.sheet, self.mapping, self.live.items, self.languages))

    @property
    def languages(self) -> Languages:
        """The languages that its rows may be about."""
        return self.before.before.before.languages

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The languages to read in, see `Uploaded.locales_by`."""
        return self.before.locales_by(self.mapping)

    @property
    def live(self) -> Live:
        """The items in which the rows were looked for."""
        assert self.before.before.live is not None, "rows are matched to items that were read"
        return self.before.before.live

    @cached_property
    def context(self) -> ReadContext:
        """What values may refer to."""
        created = as_targets(self.new, self.collection.id)
        zone = self.site.time_zone
        return ReadContext(targets=self.live.targets, created=created, time_zone=zone, languages=self.languages)

    @cached_property
    def why_not(self) -> pd.Series:
        """Why rows without an item cannot create one, "" where they can, see `lib.stages.new_items`."""
        return why_not(self.sheet, self.mapping, self.found, self.languages)

    @cached_property
    def creatable(self) -> tuple[NewItem, ...]:
        """The items that rows without one could create."""
        rows = self.why_not.index[self.why_not == ""]
        return new_items(self.sheet, self.mapping, self.found, rows, self.languages)

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
        own_last = sorted(self.live.items, key=lambda item: item.cms_locale_id == self.languages.chosen)
        return suggestion_table(self.mapping, self.found.suggestions, own_last)

    def would_erase(self, match: Match) -> int:
        """How many values the empty cells of a column would erase; looked up once."""
        if match.column not in self._erased:
            texts = self.sheet.frame[match.column]
            self._erased[match.column] = would_erase(texts, self.found.items, match.field_slug or "")
        return self._erased[match.column]
