"""Rows of text → `Sheet`: the header, unique labels, and a finding for every row that does not fit."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import groupby

import pandas as pd

from lib.errors import UnreadableFile
from lib.model.problem import Finding, Severity
from lib.model.sheet import Sheet
from lib.stages.read.grid import Grid, Oddity

HEADER_WITHIN_ROWS = 20
HEADER_SHARE = 0.6
ESCAPED_FORMULA = re.compile(r"^'(?='*[=+\-@\t\r])")


def build_sheet(grid: Grid, header_row: int | None) -> Sheet:
    """The sheet below the header (None: detect it); raises `UnreadableFile` when there is nothing below."""
    rows = _without_blank_end(grid.rows)
    header_index = detect_header(rows) if header_row is None else header_row - 1
    if header_index >= len(rows) - 1:
        raise UnreadableFile(
            "This file has a header but no rows below it. Add one row for each item you want to update."
            if header_row is None
            else f"There are no rows below row {header_row}. Choose another row as the header."
        )
    body = {number: row for number, row in enumerate(rows[header_index + 1 :], header_index + 2) if not _blank(row)}
    labels, kept, findings = _labels(rows[header_index], body)
    frame = _frame(labels, kept, body, len(rows[header_index]))
    findings += _ragged(body, len(rows[header_index]))
    findings += _skipped(set(range(header_index + 2, len(rows) + 1)) - set(body))
    findings += _placed(grid.oddities, dict(zip(kept, labels, strict=True)), set(body))
    findings += [_finding((note,), "") for note in grid.notes]
    source = replace(grid.source, header_row=header_index + 1)
    return Sheet(source=source, frame=_clean(frame, findings), findings=tuple(findings))


def detect_header(rows: list[list[str]]) -> int:
    """Index of the first row that is nearly as full as the fullest of the first rows: titles above are narrower."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:HEADER_WITHIN_ROWS]]
    needed = max(max(filled, default=0) * HEADER_SHARE, 1)
    return next((index for index, count in enumerate(filled) if count >= needed), 0)


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _blank(row: list[str]) -> bool:
    return not "".join(row).strip()


def _without_blank_end(rows: list[list[str]]) -> list[list[str]]:
    end = len(rows)
    while end and _blank(rows[end - 1]):
        end -= 1
    return rows[:end]


def _labels(header: list[str], body: dict[int, list[str]]) -> tuple[list[str], list[int], list[Finding]]:
    """Unique labels, the indices of the columns they belong to, and what was odd about the header."""
    names = [unicodedata.normalize("NFC", " ".join(cell.split())) for cell in header]
    kept = [i for i, name in enumerate(names) if name or any(i < len(row) and row[i].strip() for row in body.values())]
    used: Counter[str] = Counter()
    labels: list[str] = []
    for index in kept:
        label = names[index] or f"Column {column_letters(index)}"
        used[label] += 1
        while used[label] == 1 and label in labels:
            used[label] += 1
        unique = label if used[label] == 1 else f"{label} ({used[label]})"
        labels.append(unique)
    return labels, kept, _header_findings(names, kept)


def _header_findings(names: list[str], kept: list[int]) -> list[Finding]:
    findings: list[Finding] = []
    for name, times in Counter(names[index] for index in kept).items():
        letters = ", ".join(column_letters(index) for index in kept if names[index] == name)
        if not name:
            fix = f"Column {letters} has values but no header. Give it a name in the header row to use it."
            findings.append(_about_header("Column without a name", "a name for every column", fix))
        elif times > 1:
            fix = f"The columns {letters} are all called “{name}”. Choose yourself which one to use, or rename them."
            findings.append(_about_header("Same header twice", "a different name for each column", fix, name))
    return findings


def _about_header(kind: str, expected: str, fix: str, column: str = "") -> Finding:
    return Finding(kind=kind, expected=expected, fix=fix, column=column, severity=Severity.WARNING)


def _frame(labels: list[str], kept: list[int], body: dict[int, list[str]], width: int) -> pd.DataFrame:
    padded = [row if len(row) == width else (row + [""] * width)[:width] for row in body.values()]
    columns = list(zip(*padded, strict=True))
    index = pd.Index(list(body), name="row")
    data = {label: pd.Series(columns[at], index=index, dtype="str") for label, at in zip(labels, kept, strict=True)}
    return pd.DataFrame(data, index=index)


def _ragged(body: dict[int, list[str]], width: int) -> list[Finding]:
    long = {number: row for number, row in body.items() if len(row) > width and not _blank(row[width:])}
    short = {number: row for number, row in body.items() if len(row) < width}
    findings: list[Finding] = []
    if long:
        findings.append(
            Finding(
                kind="Too many values",
                expected=f"{width} values, one for each column",
                fix="Put quotation marks around values that contain the separator, or remove the extra cells.",
                rows=tuple(long),
                values=tuple(f"{len(row)} values" for row in long.values()),
            )
        )
    if short:
        findings.append(
            Finding(
                kind="Too few values",
                expected=f"{width} values, one for each column",
                fix="The missing cells at the end of the row are taken as empty.",
                severity=Severity.WARNING,
                rows=tuple(short),
                values=tuple(f"{len(row)} values" for row in short.values()),
            )
        )
    return findings


def _skipped(blank_rows: set[int]) -> list[Finding]:
    if not blank_rows:
        return []
    return [
        Finding(
            kind="Blank row",
            expected="one item in every row",
            fix="Nothing to do: blank rows are not items and are skipped.",
            severity=Severity.FIXED,
            rows=tuple(sorted(blank_rows)),
        )
    ]


def _placed(oddities: tuple[Oddity, ...], labels: dict[int, str], rows: set[int]) -> list[Finding]:
    """Oddities of cells below the header, gathered by column and kind."""

    def place(oddity: Oddity) -> tuple[str, str]:
        return labels[oddity.column], oddity.kind

    below = [oddity for oddity in oddities if oddity.row in rows and oddity.column in labels]
    gathered = groupby(sorted(below, key=lambda o: (*place(o), o.row)), place)
    return [_finding(tuple(group), label) for (label, _), group in gathered]


def _finding(oddities: tuple[Oddity, ...], label: str) -> Finding:
    first = oddities[0]
    return Finding(
        kind=first.kind,
        expected=first.expected,
        fix=first.fix,
        severity=first.severity,
        column=label,
        rows=tuple(oddity.row for oddity in oddities if oddity.row),
        values=tuple(oddity.found for oddity in oddities if oddity.row),
    )


def _clean(frame: pd.DataFrame, findings: list[Finding]) -> pd.DataFrame:
    """Take back the quote that our own downloads put before formulas, and remove NUL characters, which no field
    can hold."""
    columns = {}
    for label, texts in frame.items():
        if texts.str.startswith("'").any():
            texts = texts.str.replace(ESCAPED_FORMULA, "", regex=True)
        with_nul = texts.str.contains("\x00", regex=False)
        if with_nul.any():
            findings.append(_nul(str(label), texts[with_nul]))
            texts = texts.str.replace("\x00", "", regex=False)
        columns[label] = texts
    return pd.DataFrame(columns, index=frame.index)


def _nul(label: str, texts: pd.Series) -> Finding:
    return Finding(
        kind="Invisible characters",
        expected="text",
        fix="Nothing to do: characters that cannot be shown were removed.",
        severity=Severity.FIXED,
        column=label,
        rows=tuple(texts.index),
        values=tuple(texts.str.replace("\x00", "�", regex=False)),
    )
