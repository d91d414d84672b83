"""`Mapping`: which column feeds which field, and the column that finds the item."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Columns of a Webflow export that are not fields, by their header."""

    ITEM_ID = "Item ID"
    COLLECTION_ID = "Collection ID"
    LOCALE_ID = "Locale ID"
    ARCHIVED = "Archived"
    DRAFT = "Draft"
    STATUS = "Status"
    CREATED_ON = "Created On"
    UPDATED_ON = "Updated On"
    PUBLISHED_ON = "Published On"


class MatchedBy(StrEnum):
    """How a column came to its field; by closeness or by its values only after a person said yes."""

    SLUG = "slug"
    NAME = "name"
    CLOSENESS = "closeness"
    VALUES = "values"
    PERSON = "person"


class Blanks(StrEnum):
    """What an empty cell means: leave the item's value as it is, or clear it."""

    KEEP = "keep"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChoices:
    """How the texts of a column are to be understood where they do not say so themselves.

    None everywhere means: detect. `separator` parts multi values; `day_first` settles 03/04/2025; `decimal` is "." or
    ","; `markdown` turns Markdown into rich text. `accepts` are the kinds of damage that the person knows of: such
    cells are used as they stand in the file.
    """

    separator: str | None = None
    day_first: bool | None = None
    decimal: str | None = None
    markdown: bool = False
    accepts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One column and what it feeds: a field or the alt text of one (by slug), a role, or nothing (both None: the column
    is ignored).

    `suggestion` is what it may feed, the slug of a field or a role: one with a similar name, or `because` of its
    values, in words. It feeds nothing until a person says so.
    """

    column: str
    field_slug: str | None = None
    role: Role | None = None
    matched_by: MatchedBy | None = None
    suggestion: str | None = None
    because: str = ""
    blanks: Blanks = Blanks.KEEP
    choices: ReadingChoices = field(default_factory=ReadingChoices)

    @property
    def is_ignored(self) -> bool:
        """Whether the column feeds nothing."""
        return self.field_slug is None and self.role is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """One `Match` per column of the sheet, in order, and `key_column`, whose texts find the items.

    The key column must be matched: to `Role.ITEM_ID` or to a text field (slug, name, any plain text).
    No field and no role is fed by two columns. `accepted_keys` are texts of the key column that name no item exactly,
    with the id of the item that the person says they mean.
    """

    matches: tuple[Match, ...]
    key_column: str | None = None
    accepted_keys: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        fed: list[str] = [match.field_slug for match in self.matches if match.field_slug] + [
            m.role for m in self.matches if m.role
        ]
        if len(fed) != len(set(fed)):
            raise ValueError("a field may be fed by one column only")

    @property
    def key(self) -> Match | None:
        """The match of the key column, or None while no key is chosen."""
        return next((match for match in self.matches if match.column == self.key_column), None)

    @property
    def fields(self) -> tuple[Match, ...]:
        """The matches that feed a field. The key column finds the item and never changes it."""
        return tuple(match for match in self.matches if match.field_slug and match.column != self.key_column)

    @property
    def suggested(self) -> tuple[Match, ...]:
        """Columns that feed nothing and have a suggestion that nothing feeds."""
        fed = {match.field_slug or match.role for match in self.matches}
        return tuple(m for m in self.matches if m.is_ignored and m.suggestion and m.suggestion not in fed)

    @property
    def finding(self) -> tuple[Match | None, ...]:
        """The columns that decide which item a row finds."""
        return self.key, self.of_role(Role.LOCALE_ID)

    def of_role(self, role: Role) -> Match | None:
        """The column that plays `role`, if any."""
        return next((match for match in self.matches if match.role is role), None)
