"""Which fields a column may feed, told by a look at some of its values."""

import re
from dataclasses import dataclass, field

import pandas as pd

from lib.fields import kind_of
from lib.fields.base import ReadContext
from lib.fields.characters import is_blank
from lib.fields.column import answer, problem_of
from lib.model.collection import Collection, Field
from lib.model.mapping import ReadingChoices, Role
from lib.model.problem import Cause, Problem, Severity
from lib.model.sheet import Sheet

LOOKED_AT = 40  # different values of a column
MENDED = 8  # of them are tried to be mended
OBJECT_ID = re.compile(r"\s*[0-9a-fA-F]{24}\s*")


@dataclass(frozen=True)
class Offers:
    """The targets that each column may feed: slugs of fields, and `Role.ITEM_ID` for a column of ids. A column is
    looked at once, when somebody asks."""

    sheet: Sheet
    collection: Collection
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __getitem__(self, column: str) -> tuple[str, ...]:
        if column not in self._known:
            self._known[column] = _offered(self.sheet.frame[column], self.collection)
        return self._known[column]


def _offered(texts: pd.Series, collection: Collection) -> tuple[str, ...]:
    look = _look(texts)
    ids = (Role.ITEM_ID.value,) if look.str.fullmatch(OBJECT_ID).any() else ()
    return (*ids, *(one.slug for one in collection.targets if _fits(look, one)))


def fits(texts: pd.Series, of: Field) -> bool:
    """Whether any of the first different values can be read for this field, or mended for it; an empty column fits
    everything."""
    return _fits(_look(texts), of)


def _fits(look: pd.Series, of: Field) -> bool:
    kind = kind_of(of.type)
    if look.empty or kind.is_reference:
        return True
    if _is_read(look, of):
        return True
    few = look.head(MENDED)
    mends = (mend.mended(few) for mend in kind.mends(of, ReadingChoices(), ReadContext()))
    return any(_is_read(new[new != few], of) for new in mends)


def _is_read(look: pd.Series, of: Field) -> bool:
    way = kind_of(of.type).way(look, of, ReadingChoices(), ReadContext())
    return any(_is_clear(problem_of(answer(way, text))) for text in look.tolist())


def _is_clear(problem: Problem | None) -> bool:
    """Whether a text could be read, or could be after another choice for its column."""
    return problem is None or problem.severity is not Severity.ERROR or problem.cause is Cause.AMBIGUOUS


def _look(texts: pd.Series) -> pd.Series:
    return texts[~is_blank(texts)].drop_duplicates().head(LOOKED_AT)
