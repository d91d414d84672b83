"""One matched column of a sheet, read and held against what the items hold; kept as long as that stays true."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.fields import ReadContext, Reading, kind_of, together
from lib.fields.characters import is_blank
from lib.fields.column import Mask
from lib.model.collection import Field
from lib.model.mapping import Blanks, Match, ReadingChoices
from lib.model.problem import Severity
from lib.model.sheet import Sheet
from lib.model.stored_form import Memory
from lib.stages.already_stored import already_stored
from lib.stages.damage import witnessed
from lib.stages.dangling import settle_gone
from lib.stages.found import Found
from lib.stages.live_rows import LiveRows
from lib.stages.row_languages import UNKNOWN
from lib.stages.schema import refuse_lost

MOST_ROWS_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """One matched column while it is being checked. `has_value` tells the cells that were read, `untouched` those that
    say what the live item holds or what Webflow made of it, `by_name` those that only the name of a file tells."""

    field: Field
    match: Match
    texts: pd.Series
    reading: Reading
    has_value: Mask
    untouched: Mask
    by_name: Mask

    @property
    def cleared(self) -> Mask:
        """The blank cells, where those empty the field."""
        if self.match.blanks is not Blanks.CLEAR:
            return np.zeros(len(self.texts), bool)
        return is_blank(self.texts).to_numpy(dtype=bool)

    @property
    def sent(self) -> Mask:
        """The cells that take part."""
        return (self.has_value & ~self.untouched) | self.cleared

    @property
    def values(self) -> pd.Series:
        """What was read, without what says nothing new."""
        values = self.reading.values.to_numpy(copy=True)
        values[self.untouched] = None
        return pd.Series(values, index=self.texts.index, dtype="object")


class ReadColumns:
    """What columns were read as, for as long as all that they were read from is the same: an edit of one column costs
    no more than that one. Of large sheets nothing is kept, since memory is dearer there than time."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[_Basis, ReadColumn]] = {}

    def __reduce__(self) -> tuple[type["ReadColumns"], tuple[()]]:
        """Stored without what is kept, which can be read again."""
        return ReadColumns, ()

    def read(
        self, sheet: Sheet, match: Match, field: Field, found: Found, context: ReadContext, memory: Memory
    ) -> ReadColumn:
        """The column, read now or as it was."""
        basis = _Basis(sheet, match, field, found, context, memory)
        before = self._kept.get(match.column)
        if before and before[0].is_like(basis):
            return before[1]
        column = read_column(sheet, match, field, LiveRows(found, context), found.items, found.spoken, context, memory)
        if sheet.row_count <= MOST_ROWS_KEPT:
            self._kept[match.column] = basis, column
        return column


@dataclass(frozen=True, slots=True)
class _Basis:
    """All that a column is read from."""

    sheet: Sheet
    match: Match
    field: Field
    found: Found
    context: ReadContext
    memory: Memory

    def is_like(self, other: "_Basis") -> bool:
        return (
            self.found.is_like(other.found)
            and self.context.targets is other.context.targets
            and self.context.created == other.context.created
            and (self.match, self.field, self.memory) == (other.match, other.field, other.memory)
            and (self._as_found, self._refused) == (other._as_found, other._refused)
            and self.sheet.frame[self.match.column].equals(other.sheet.frame[self.match.column])
        )

    @property
    def _as_found(self) -> Mapping[int, str]:
        return self.sheet.as_found.get(self.match.column, {})

    @property
    def _refused(self) -> list[int]:
        return _refused(self.sheet, self.match.column)


def read_column(
    sheet: Sheet,
    match: Match,
    field: Field,
    live: LiveRows,
    items: pd.Series,
    spoken: pd.Series,
    context: ReadContext,
    memory: Memory,
) -> ReadColumn:
    kind = kind_of(field.type)
    texts, before, shown = sheet.frame[match.column], live.held(field.slug), live.shown(field)
    says_so = _says_what_is_shown(sheet, texts, shown)
    reading = _read(texts, before, field, match.choices, context, spoken, ~says_so)
    already = already_stored(reading.values, before, items, field, memory)
    has_value = reading.values.notna().to_numpy()
    untouched = says_so | already.cells
    both = np.flatnonzero(has_value & ~untouched & (shown != "").to_numpy(dtype=bool))
    untouched[both] = kind.same(before.iloc[both], reading.values.iloc[both])
    reading = witnessed(reading, _untold(sheet, texts, shown), shown, has_value & ~untouched, field, match.choices)
    refuse_lost(reading, texts, untouched)
    return ReadColumn(field, match, texts, reading, has_value, untouched, already.by_name)


def _read(
    texts: pd.Series,
    before: pd.Series,
    field: Field,
    choices: ReadingChoices,
    context: ReadContext,
    spoken: pd.Series,
    wanted: Mask,
) -> Reading:
    """What the texts mean; references language by language, since each knows its own items by its own names."""
    kind = kind_of(field.type)
    if not kind.is_reference:
        return kind.read(texts, field, choices, context, wanted)
    readings = []
    for locale in spoken.unique():
        own = context if locale == UNKNOWN else context.spoken(locale)  # which is told already
        here = (spoken == locale).to_numpy(dtype=bool)
        reading = kind.read(texts[here], field, choices, own, wanted[here])
        if kind.choice == "separator":  # a list of references
            reading = settle_gone(reading, texts[here], before[here], field, choices, own)
        readings.append(reading)
    return together(readings, texts.index)


def _says_what_is_shown(sheet: Sheet, texts: pd.Series, shown: pd.Series) -> Mask:
    says_so = texts == shown
    if texts.name in sheet.as_found:
        says_so |= _as_found(sheet, texts) == shown
    if sheet.source.encoding and not sheet.source.encoding.startswith("utf"):
        says_so |= texts == _as_written(shown, sheet.source.encoding)
    told: Mask = ((shown != "") & says_so).to_numpy(dtype=bool)
    return told


def _untold(sheet: Sheet, texts: pd.Series, shown: pd.Series) -> pd.Series:
    """A column in which cells that reading has refused are as the items have them: one word about each is enough."""
    told = _refused(sheet, str(texts.name))
    return texts.mask(texts.index.isin(told), shown) if told else texts


def _refused(sheet: Sheet, column: str) -> list[int]:
    """The rows whose cell in this column reading has refused."""
    refused = (one for one in sheet.problems if one.column == column and one.severity is Severity.ERROR)
    return [row for problem in refused for row in problem.rows]


def _as_found(sheet: Sheet, texts: pd.Series) -> pd.Series:
    """A column as it stood in the file, before anything was taken off its cells."""
    found = sheet.as_found[str(texts.name)]
    return texts.mask(texts.index.isin(list(found)), pd.Series(found, dtype="str"))


def _as_written(shown: pd.Series, encoding: str) -> pd.Series:
    """What is left of texts in the encoding of the file: "?" stands for letters that it does not have."""
    return shown.map(lambda text: text.encode(encoding, "replace").decode(encoding))
