"""What every field type can do: read a column of text, say which values break a rule, compare, and show.

A field type is one object with these four abilities; `lib.fields.kind_of` finds it. Everything works on whole columns
(`pd.Series`, all with the same index of row numbers). Values are Webflow's own JSON values as they are *written*
(developers.webflow.com, "Field Types & Item Values"): text, number, bool, `{"url": …}`, id, list of ids; None for
an empty or unreadable cell.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd

from lib.model.collection import Field
from lib.model.item import Item
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadContext:
    """What values may refer to: the items of referenced collections (by collection id) and the site's time zone."""

    targets: Mapping[str, Sequence[Item]] = field(default_factory=dict)
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A column read: `values` (dtype object, None = blank or unreadable) and what was noticed on the way.

    Every cell with text has a value or stands in the rows of an error problem: nothing gets lost.
    """

    values: pd.Series
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A limit on values, from a field's validations: `holds` maps a column of values without None to booleans."""

    kind: str
    expected: str
    fix: str
    holds: Callable[[pd.Series], pd.Series]


class FieldKind(Protocol):
    """One Webflow field type."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Reading:
        """The values that a column of texts means. `texts` is `str`, blank cells are ""; its name is the column."""

    def rules(self, field: Field) -> tuple[Rule, ...]:
        """The limits that this field's validations set, ready to become checks of a pandera schema."""

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        """Whether two columns of values mean the same, cell by cell; `before` as Webflow sends, `after` as read."""

    def show(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        """Values (as Webflow sends them or as read) as the text of a Webflow export; None becomes ""."""
