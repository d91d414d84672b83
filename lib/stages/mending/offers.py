"""What can be done about a group of problems with one click: each mend is tried on the person's own cells, and offered
for those that the field then takes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lib.fields import ReadContext, kind_of
from lib.fields.mend import ANYWHERE
from lib.fields.reference import separator_of
from lib.model.collection import Field
from lib.model.mapping import Match, ReadingChoices
from lib.model.problem import Severity
from lib.stages.mending.groups import Group

EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A mend that helps: the new `texts` by row, and a few different texts with what becomes of them."""

    title: str
    texts: Mapping[int, str]
    examples: tuple[tuple[str, str], ...]


def offers(group: Group, column: pd.Series, field: Field, match: Match, context: ReadContext) -> tuple[Offer, ...]:
    """The mends that help some cells of a group; `column` are all texts of its column. None that do the same twice."""
    choices = _as_used(column, field, match.choices, context)
    found: list[Offer] = []
    for mend in (*kind_of(field.type).mends(field, choices, context), *ANYWHERE):
        distinct = group.values.index.to_series()
        new = group.texts.map(dict(zip(distinct, mend.mended(distinct), strict=True))).astype("str")
        new = new[(new != group.texts) & (new != "")]
        texts = _taken(new, column, field, match.choices, context)
        by_row = dict(zip(texts.index.tolist(), texts.tolist(), strict=True))
        if by_row and all(by_row != other.texts for other in found):
            found.append(Offer(title=mend.title, texts=by_row, examples=_examples(group.texts, texts)))
    return tuple(sorted(found, key=lambda offer: -len(offer.texts)))


def _as_used(column: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> ReadingChoices:
    """The choices, with the separator that was found where none was chosen."""
    if kind_of(field.type).choice != "separator":
        return choices
    return replace(choices, separator=separator_of(column, field, choices, context))


def _taken(new: pd.Series, column: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> pd.Series:
    """Those of the new texts that the field takes, as part of their column."""
    if new.empty:
        return new
    kind, mended = kind_of(field.type), column.copy()
    mended[new.index] = new
    wanted = np.isin(column.index, new.index)
    reading = kind.read(mended, field, choices, context, wanted)
    values = reading.values[new.index].dropna()
    wrong = {row for problem in reading.problems if problem.severity is Severity.ERROR for row in problem.rows}
    for rule in kind.rules(field):
        wrong.update(values.index[~rule.holds(values).to_numpy(dtype=bool)])
    return new[new.index.isin(values.index) & ~new.index.isin(list(wrong))]


def _examples(before: pd.Series, after: pd.Series) -> tuple[tuple[str, str], ...]:
    pairs = dict(zip(before[after.index], after, strict=True))
    return tuple(list(pairs.items())[:EXAMPLES])
