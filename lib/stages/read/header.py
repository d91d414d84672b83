"""Which row is the header, and what its columns are called."""

import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from lib.model.problem import Cause, Problem, Severity
from lib.stages.read.clean import LOST, plain_texts
from lib.stages.read.places import column_letters
from lib.words.say import later, say

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
            told = later("Column {letters} has values but no header. Give it a name in the header row to use it.")
            fix = say(told, letters=letters)
            problems.append(_about_header(later("Column without a name"), say("a name for every column"), fix))
        elif times > 1:
            told = later(
                "The columns {letters} are all called “{name}”. Choose yourself which one to use, or rename them."
            )
            fix, expected = say(told, letters=letters, name=name), say("a different name for each column")
            twice = _about_header(later("Same header twice"), expected, fix, _short(name))
            problems.append(replace(twice, cause=Cause.SAME_HEADER))
        if LOST in name:
            told = later("Letters of this name were lost ({sign}). Correct it, or choose another encoding on Upload.")
            fix, expected = say(told, sign=LOST), say("a name that can be read")
            problems.append(_about_header(later("Damaged letters"), expected, fix, _short(name)))
        if len(name) > LONGEST_NAME:
            told = later("This header has {size:,} characters, of which the first are shown. Is it the header row?")
            fix, expected = say(told, size=len(name)), say("a short name")
            problems.append(_about_header(later("Very long header"), expected, fix, _short(name)))
    return problems


def _about_header(kind: str, expected: str, fix: str, column: str = "") -> Problem:
    return Problem(kind=kind, expected=expected, fix=fix, column=column, severity=Severity.WARNING)
