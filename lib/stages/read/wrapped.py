"""Lines that stand in quotation marks as a whole, as programs save a CSV that they took for a single column."""

from collections import Counter
from itertools import chain

from lib.model.problem import Problem, Severity
from lib.stages.read.delimiter import detect_delimiter
from lib.stages.read.grid import CellProblem
from lib.stages.read.records import QuoteTrouble, read_records
from lib.words.say import later

KIND = later("Line in quotation marks")
EXPECTED = later("quotation marks around single values only")
SINGLE = Problem(
    kind=KIND,
    expected=EXPECTED,
    fix=later("The whole line seems to stand in one pair of quotation marks. If so, remove the outer ones."),
    severity=Severity.WARNING,
)
ALL = Problem(
    kind=KIND,
    expected=EXPECTED,
    fix=later(
        "Every line of this file stood in one pair of quotation marks. They were taken off; check the first rows."
    ),
    severity=Severity.FIXED,
)


def unwrapped(rows: list[list[str]], chosen: str | None) -> tuple[list[list[str]], str, Problem] | None:
    """The rows inside, what separates their columns, and a note; None where not every line is wrapped."""
    lines = [row[0] if row else "" for row in rows]
    if not lines or any(len(row) > 1 for row in rows):
        return None
    delimiter = chosen or detect_delimiter("\n".join(lines))
    inner = [_inside(line, delimiter) for line in lines]
    widths = {len(row) for row in inner if row}
    if len(widths) != 1 or widths == {1} or len(list(filter(None, inner))) < 2:
        return None
    return inner, delimiter, ALL


def wrapped_lines(rows: list[list[str]], delimiter: str) -> list[CellProblem]:
    """Single lines that are wrapped among others that are not: what stands in them cannot be told for certain."""
    singles = [(number, row[0]) for number, row in enumerate(rows, 1) if _is_single(row) and delimiter in row[0]]
    if not singles:
        return []
    (width, _), *_ = Counter(len(row) for row in rows if row).most_common(1)
    return [
        CellProblem(number, 0, SINGLE, cell)
        for number, cell in singles
        if width > 1 and len(_inside(cell, delimiter)) == width
    ]


def _is_single(row: list[str]) -> bool:
    return bool(row) and bool(row[0]) and not any(row[1:])


def _inside(line: str, delimiter: str) -> list[str]:
    """The values in a line; the line itself where it does not hold exactly one row of them."""
    try:
        rows = read_records(line, delimiter)
    except QuoteTrouble:
        return [line]
    return list(chain.from_iterable(rows)) if len(rows) <= 1 else [line]
