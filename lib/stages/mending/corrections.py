"""Rows that went out to be corrected in a spreadsheet and came back: which cells say something else now."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from lib.errors import UnreadableFile
from lib.model.cell_limits import fits
from lib.model.edits import Edits
from lib.model.problem import Severity
from lib.model.row_key import KEY_COLUMN, RowKeys, read_key, state_marks, unused
from lib.model.sheet import Sheet
from lib.stages.edited import edited
from lib.words.say import later, say

ADVICE = later("Download the rows from this page, correct those, and bring that file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """The new `texts` of cells, by column and row; and what of the file that came back was not used.

    Of `unknown` rows the key is missing, altered, or of another file; `unlike` rows are there more than once and say
    different things; `missing` rows and `lost` columns went out and did not come back; `unread` cells could not be
    read. `is_behind`: what was changed here by the time they went out is not known any more.
    """

    texts: Mapping[str, Mapping[int, str]]
    unknown: int = 0
    unlike: int = 0
    missing: int = 0
    lost: tuple[str, ...] = ()
    unread: int = 0
    is_behind: bool = False

    @property
    def cells(self) -> int:
        """How many cells have new texts."""
        return sum(map(len, self.texts.values()))

    @property
    def rows(self) -> int:
        """How many rows have some."""
        return len({row for texts in self.texts.values() for row in texts})


def corrections(back: Sheet, sheet: Sheet, edits: Edits, file: str) -> Corrections:
    """What came `back`, held against the `sheet` as it was changed by the time it went out: what was mended here since
    stays, unless the same cell was corrected. `file` is the mark of the sheet's file.

    Raises `UnreadableFile` where none of its rows is one of this file.
    """
    went, rows = _known(back, sheet, file)
    columns = [column for column in sheet.columns if column in back.frame]
    frame = back.frame.loc[rows.index, columns].set_axis(rows).map(_one_line_end)
    times = Counter(line[0] for line in dict.fromkeys(frame.itertuples(name=None)))
    unlike = [row for row, lines in times.items() if lines > 1]
    frame = frame[~frame.index.duplicated() & ~frame.index.isin(unlike)]
    then, now = state_marks(edits).get(went.state), edited(sheet, edits).frame
    before = edited(sheet, then).frame if then else now
    found = {column: _new(frame[column], before[column], now[column]) for column in columns}
    refused = _refused(back, rows)
    texts = {column: new.drop(new.index.intersection(refused.get(column, []))) for column, new in found.items()}
    return Corrections(
        texts={column: dict(zip(new.index.tolist(), new, strict=True)) for column, new in texts.items() if len(new)},
        unknown=len(back.frame) - len(rows),
        unlike=len(unlike),
        missing=max(went.rows - rows.nunique(), 0),
        lost=tuple(column for column in sheet.columns if column not in back.frame),
        unread=sum(map(len, found.values())) - sum(map(len, texts.values())),
        is_behind=then is None,
    )


def _known(back: Sheet, sheet: Sheet, file: str) -> tuple[RowKeys, pd.Series]:
    """The download that most rows are of, and for each of its rows that came back, which row of the sheet it is."""
    label = unused(KEY_COLUMN, sheet.columns)
    if label not in back.frame:
        what = say("This file has no column “{column}”, so nobody can tell whose rows these are.", column=label)
        raise UnreadableFile(f"{what} {say(ADVICE)}")
    read = {row: key for row, text in back.frame[label].items() if (key := read_key(text))}
    of_file = {row: key for row, key in read.items() if key[0].file == file and key[1] in sheet.frame.index}
    if not of_file:
        what = (
            say("These rows are of another file, or of this one read in another way.")
            if read
            else say("These rows are not known: their keys were altered.")
        )
        raise UnreadableFile(f"{what} {say(ADVICE)}")
    ((went, _),) = Counter(keys for keys, _ in of_file.values()).most_common(1)
    return went, pd.Series({row: number for row, (keys, number) in of_file.items() if keys == went}, dtype="int64")


def _refused(back: Sheet, rows: pd.Series) -> Mapping[str, list[int]]:
    """The cells that reading has refused, by column and row of the sheet: what they say is not what was meant."""
    found: dict[str, list[int]] = {}
    for problem in back.problems:
        if problem.severity is Severity.ERROR and problem.column:
            here = rows.index.intersection(list(problem.rows))
            found.setdefault(problem.column, []).extend(rows[here])
    return found


def _new(texts: pd.Series, before: pd.Series, now: pd.Series) -> pd.Series:
    """The texts that are others than those that went out, where the sheet does not say the same by now."""
    went = before[texts.index]
    is_new = (texts != went.map(_one_line_end)) & (texts != now[texts.index].map(_one_line_end))
    is_new &= (texts != "") | went.map(fits)  # the cell of a text that no cell can hold went out empty
    return texts[is_new]


def _one_line_end(text: str) -> str:
    """Programs write the ends of lines in their own way: that is no correction."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
