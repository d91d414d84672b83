"""`Checked`: what the values of a file mean and all that is wrong with them; what is derived is worked out once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from lib.fields import kind_of
from lib.fields.reference import separator_of
from lib.model import checked
from lib.model.mapping import Match, Role
from lib.model.problem import problem_table
from lib.stages.damage import Decision, decisions
from lib.stages.mending.candidates import texts_of
from lib.stages.mending.groups import Group, groups
from lib.stages.mending.offers import Offer, offers
from lib.stages.mending.rows import Rows, rows_of
from lib.stages.wrong_cells import WrongCells, wrong_cells
from lib.words.say import say
from lib.workflow.destination import Stage
from lib.workflow.matching import Matched

MOST_OFFERED = 12  # groups of problems that are shown at once, with what mends them


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
        """How many rows there are of each sort, by what it is called."""
        figures = {
            say("Rows ready"): self.good,
            say("Rows with errors"): self.bad,
            say("Rows with warnings"): self.warned,
        }
        more = {say("New items"): self.created, say("Rows you left out"): len(self.before.before.left_out)}
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
        locale = on.mapping.of_role(Role.LOCALE_ID)
        if locale and group.column == locale.column:
            return [language.display_name for language in on.languages.known]
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
