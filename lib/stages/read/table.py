"""Rows of text → `Sheet`: the header, unique labels, and a problem for every row that does not fit."""

from dataclasses import replace
from itertools import groupby

import pandas as pd

from lib.errors import UnreadableFile
from lib.model.problem import Problem, Severity
from lib.model.sheet import Sheet
from lib.stages.read.clean import clean
from lib.stages.read.grid import CellProblem, Grid
from lib.stages.read.header import detect_header, name_columns


def build_sheet(grid: Grid, header_row: int | None) -> Sheet:
    """The sheet below the header (None: detect it); raises `UnreadableFile` when there is nothing below."""
    rows = _without_blank_end(grid.rows)
    header_index = detect_header(rows) if header_row is None else header_row - 1
    if header_index >= len(rows) - 1:
        raise UnreadableFile(
            f"This {'tab' if grid.source.tab else 'file'} has a header but no rows below it. "
            "Add one row for each item you want to update."
            if header_row is None
            else f"There are no rows below row {header_row}. Choose another row as the header."
        )
    body = {number: row for number, row in enumerate(rows[header_index + 1 :], header_index + 2) if not _blank(row)}
    labels, kept, problems = name_columns(rows[header_index], body)
    frame = _frame(labels, kept, body, len(rows[header_index]))
    problems += _ragged(body, len(rows[header_index]))
    problems += _skipped(set(range(header_index + 2, len(rows) + 1)) - set(body))
    problems += _placed(grid.problems, dict(zip(kept, labels, strict=True)), set(body))
    problems += grid.notes
    cleaned = clean(frame)
    return Sheet(
        source=replace(grid.source, header_row=header_index + 1),
        frame=cleaned.frame,
        problems=(*problems, *cleaned.problems),
        as_found=cleaned.as_found,
    )


def _blank(row: list[str]) -> bool:
    return not "".join(row).strip()


def _without_blank_end(rows: list[list[str]]) -> list[list[str]]:
    end = len(rows)
    while end and _blank(rows[end - 1]):
        end -= 1
    return rows[:end]


def _frame(labels: list[str], kept: list[int], body: dict[int, list[str]], width: int) -> pd.DataFrame:
    padded = [row if len(row) == width else (row + [""] * width)[:width] for row in body.values()]
    columns = list(zip(*padded, strict=True))
    index = pd.Index(list(body), name="row")
    data = {label: pd.Series(columns[at], index=index, dtype="str") for label, at in zip(labels, kept, strict=True)}
    return pd.DataFrame(data, index=index)


def _ragged(body: dict[int, list[str]], width: int) -> list[Problem]:
    long = {number: row for number, row in body.items() if len(row) > width and not _blank(row[width:])}
    short = {number: row for number, row in body.items() if len(row) < width}
    problems: list[Problem] = []
    if long:
        problems.append(
            Problem(
                kind="Too many values",
                expected=f"{width} values, one for each column",
                fix="Put quotation marks around values that contain the separator, or remove the extra cells.",
                rows=tuple(long),
                values=tuple(f"{len(row)} values" for row in long.values()),
            )
        )
    if short:
        problems.append(
            Problem(
                kind="Too few values",
                expected=f"{width} values, one for each column",
                fix="The missing cells at the end of the row are taken as empty.",
                severity=Severity.WARNING,
                rows=tuple(short),
                values=tuple(f"{len(row)} values" for row in short.values()),
            )
        )
    return problems


def _skipped(blank_rows: set[int]) -> list[Problem]:
    if not blank_rows:
        return []
    return [
        Problem(
            kind="Blank row",
            expected="one item in every row",
            fix="Nothing to do: blank rows are not items and are skipped.",
            severity=Severity.FIXED,
            rows=tuple(sorted(blank_rows)),
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
