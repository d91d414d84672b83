"""Columns of text → `Sheet`: the header, unique labels, and a problem for every row that does not fit."""

from dataclasses import replace
from itertools import groupby

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.errors import UnreadableFile
from lib.model.problem import Problem, Severity
from lib.model.sheet import Sheet
from lib.stages.read.clean import clean
from lib.stages.read.columns import Columns, Numbers, filled, filled_rows
from lib.stages.read.grid import CellProblem
from lib.stages.read.header import HEADER_WITHIN_ROWS, detect_header, name_columns
from lib.words.say import later, say, say_many


def build_sheet(found: Columns, header_row: int | None) -> Sheet:
    """The sheet below the header (None: detect it); raises `UnreadableFile` when there is nothing below."""
    is_filled = filled_rows(found.cells, len(found.widths))
    end = int(np.flatnonzero(is_filled)[-1]) + 1 if is_filled.any() else 0
    header_index = _header_index(found, end) if header_row is None else header_row - 1
    if header_index >= end - 1:
        raise UnreadableFile(_nothing_below(header_row, is_tab=bool(found.source.tab)))
    header = found.row(header_index)
    below = np.flatnonzero(is_filled[header_index + 1 : end]) + header_index + 1
    body = [_at(column, below) for column in found.cells]
    labels, kept, problems = name_columns(header, lambda index: bool(filled(body[index]).any()))
    frame = _frame(dict(zip(labels, (body[at] for at in kept), strict=True)), below + 1)
    problems += _ragged(body, found.widths[below], below + 1, len(header))
    problems += _skipped(np.flatnonzero(~is_filled[header_index + 1 : end]) + header_index + 2)
    problems += _placed(found.problems, dict(zip(kept, labels, strict=True)), set(frame.index))
    problems += found.notes
    cleaned = clean(frame)
    return Sheet(
        source=replace(found.source, header_row=header_index + 1),
        frame=cleaned.frame,
        problems=(*problems, *cleaned.problems),
        as_found=cleaned.as_found,
        places=dict(zip(labels, kept, strict=True)),
    )


def _nothing_below(header_row: int | None, *, is_tab: bool) -> str:
    if header_row is not None:
        return say("There are no rows below row {row}. Choose another row as the header.", row=header_row)
    if is_tab:
        return say("This tab has a header but no rows below it. Add one row for each item you want to update.")
    return say("This file has a header but no rows below it. Add one row for each item you want to update.")


def _header_index(found: Columns, end: int) -> int:
    return detect_header([found.row(index) for index in range(min(end, HEADER_WITHIN_ROWS))])


def _at(column: pa.LargeStringArray, rows: Numbers) -> pa.LargeStringArray:
    """The texts of these rows; a view where none is left out."""
    first, last = int(rows[0]), int(rows[-1])
    return column.slice(first, len(rows)) if last - first + 1 == len(rows) else column.take(pa.array(rows))


def _frame(columns: dict[str, pa.LargeStringArray], rows: Numbers) -> pd.DataFrame:
    index = pd.Index(rows, name="row")
    return pd.DataFrame({label: pd.array(texts, dtype="str") for label, texts in columns.items()}, index=index)


def _ragged(body: list[pa.LargeStringArray], widths: Numbers, rows: Numbers, width: int) -> list[Problem]:
    long, short = widths > width, widths < width
    if long.any():
        long &= filled_rows(tuple(body[width:]), len(rows))
    problems: list[Problem] = []
    expected = say_many(width, "{number} values, one for each column", "{number} values, one for each column")
    if long.any():
        problems.append(
            Problem(
                kind=later("Too many values"),
                expected=expected,
                fix=say("Put quotation marks around values that contain the separator, or remove the extra cells."),
                rows=tuple(rows[long].tolist()),
                values=_numbers(widths[long]),
            )
        )
    if short.any():
        problems.append(
            Problem(
                kind=later("Too few values"),
                expected=expected,
                fix=say("The missing cells at the end of the row are taken as empty."),
                severity=Severity.WARNING,
                rows=tuple(rows[short].tolist()),
                values=_numbers(widths[short]),
            )
        )
    return problems


def _numbers(widths: Numbers) -> tuple[str, ...]:
    words = {number: say_many(number, "{number} values", "{number} values") for number in np.unique(widths).tolist()}
    return tuple(words[number] for number in widths.tolist())


def _skipped(blank_rows: Numbers) -> list[Problem]:
    if not len(blank_rows):
        return []
    return [
        Problem(
            kind=later("Blank row"),
            expected=say("one item in every row"),
            fix=say("Nothing to do: blank rows are not items and are skipped."),
            severity=Severity.FIXED,
            rows=tuple(blank_rows.tolist()),
        )
    ]


def _placed(found: tuple[CellProblem, ...], labels: dict[int, str], rows: set[int]) -> list[Problem]:
    """Problems of cells below the header, gathered by column and kind."""

    def place(one: CellProblem) -> tuple[str, str]:
        return labels[one.column], one.problem.kind

    below = [one for one in found if one.row in rows and one.column in labels]
    gathered = groupby(sorted(below, key=lambda one: (*place(one), one.row)), place)
    return [_gathered(list(group), label) for (label, _), group in gathered]


def _gathered(group: list[CellProblem], label: str) -> Problem:
    rows, values = tuple(one.row for one in group), tuple(one.found for one in group)
    return replace(group[0].problem, column=label, rows=rows, values=values)
