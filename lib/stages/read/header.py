"""Which row is the header, and what its columns are called."""

import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from lib.model.problem import Cause, Problem, Severity
from lib.stages.read.clean import LOST, plain_texts
from lib.stages.read.places import column_letters

HEADER_WITHIN_ROWS = 20
HEADER_SHARE = 0.6
LONGEST_NAME = 250


def detect_header(rows: list[list[str]]) -> int:
    """Index of the first row that is nearly as full as the fullest of the first rows: titles above are narrower."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:HEADER_WITHIN_ROWS]]
    needed = max(max(filled, default=0) * HEADER_SHARE, 1)
    return next((index for index, count in enumerate(filled) if count >= needed), 0)


def name_columns(header: list[str], has_values: Callable[[int], bool]) -> tuple[list[str], list[int], list[Problem]]:
    """Unique labels, the indices of the columns they belong to, and what was odd about the header; `has_values` tells
    whether a column holds anything below it."""
    names = _names(header)
    kept = [index for index, name in enumerate(names) if name or has_values(index)]
    used: Counter[str] = Counter()
    labels: list[str] = []
    for index in kept:
        label = _short(names[index]) or f"Column {column_letters(index)}"
        used[label] += 1
        while used[label] == 1 and label in labels:
            used[label] += 1
        unique = label if used[label] == 1 else f"{label} ({used[label]})"
        labels.append(unique)
    return labels, kept, _header_findings(names, kept)


def _names(header: list[str]) -> list[str]:
    cells = plain_texts(pd.Series(header, dtype="str"))
    return [unicodedata.normalize("NFC", " ".join(cell.split())) for cell in cells]


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _header_findings(names: list[str], kept: list[int]) -> list[Problem]:
    problems: list[Problem] = []
    for name, times in Counter(names[index] for index in kept).items():
        letters = ", ".join(column_letters(index) for index in kept if names[index] == name)
        if not name:
            fix = f"Column {letters} has values but no header. Give it a name in the header row to use it."
            problems.append(_about_header("Column without a name", "a name for every column", fix))
        elif times > 1:
            fix = f"The columns {letters} are all called “{name}”. Choose yourself which one to use, or rename them."
            twice = _about_header("Same header twice", "a different name for each column", fix, _short(name))
            problems.append(replace(twice, cause=Cause.SAME_HEADER))
        if LOST in name:
            fix = f"Letters of this name were lost ({LOST}). Correct it, or choose another encoding on Upload."
            problems.append(_about_header("Damaged letters", "a name that can be read", fix, _short(name)))
        if len(name) > LONGEST_NAME:
            fix = f"This header has {len(name):,} characters, of which the first are shown. Is it the header row?"
            problems.append(_about_header("Very long header", "a short name", fix, _short(name)))
    return problems


def _about_header(kind: str, expected: str, fix: str, column: str = "") -> Problem:
    return Problem(kind=kind, expected=expected, fix=fix, column=column, severity=Severity.WARNING)
