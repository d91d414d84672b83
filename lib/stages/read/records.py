"""Text → rows of cells, cut in one pass that neither goes back nor keeps what is blank.

The rules are those of RFC 4180, and what programs make of them: any of the three line ends, also mixed; blanks between
a separator and a quotation mark belong to neither; a quotation mark inside a value without them is a character.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lib.stages.read.limits import (
    MAX_CELL,
    MAX_COLUMNS,
    SHEET_COLUMNS,
    SHEET_ROWS,
    TextLimits,
    too_long,
    too_many_columns,
)

_LINE_END = re.compile(r"[\r\n]")
_QUOTES = re.compile(r'"+')
_QUOTES_OR_ESCAPE = re.compile(r'\\.|"+', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])|""')


class QuoteTrouble(Exception):
    """A quotation mark in `row` (counted from 1) stands where none can be understood, or is never closed."""

    def __init__(self, row: int, *, unclosed: bool) -> None:
        super().__init__(row)
        self.row = row
        self.unclosed = unclosed


@dataclass(frozen=True, slots=True)
class _Dialect:
    """Patterns for one delimiter; none of them can backtrack. `escapes`: quotation marks are written as \\"."""

    delimiter: str
    blank_lines: re.Pattern[str]
    opening: re.Pattern[str]
    blanks_before_quote: re.Pattern[str]
    blanks: re.Pattern[str]
    delimiters: re.Pattern[str]
    unquoted: re.Pattern[str]
    escapes: bool


def read_records(text: str, delimiter: str, *, escapes: bool = False) -> list[list[str]]:
    """All rows up to the last filled one, the cells as far as the widest filled row reaches.

    A row without a value is empty. Raises `UnreadableFile` for more than can be read, and `QuoteTrouble`.
    """
    rows: list[list[str]] = []
    widths: list[int] = []
    limits = TextLimits()
    for number, row, width in _filled_rows(text, _dialect(delimiter, escapes)):
        limits.count(number, len(row))
        blank_rows = number - 1 - len(rows)
        rows += [[] for _ in range(blank_rows)] + [row]
        widths += [0] * blank_rows + [width]
    return [row + [""] * (min(width, limits.widest) - len(row)) for row, width in zip(rows, widths, strict=True)]


def _dialect(delimiter: str, escapes: bool) -> _Dialect:
    mark = re.escape(delimiter)
    blank = " \t\u00a0".replace(delimiter, "")
    return _Dialect(
        delimiter=delimiter,
        blank_lines=re.compile(rf"[{mark}{blank}\r\n]*+"),
        opening=re.compile(rf'[{blank}]*+"'),
        blanks_before_quote=re.compile(rf'(?:^|[{mark}])[{blank}]++"'),
        blanks=re.compile(rf"[{blank}]*+"),
        delimiters=re.compile(rf"[{mark}]*+"),
        unquoted=re.compile(rf"[^{mark}\r\n]*+"),
        escapes=escapes,
    )


def _filled_rows(text: str, dialect: _Dialect) -> Iterator[tuple[int, list[str], int]]:
    """Number, cells up to the last filled one, and width of each row that holds a value."""
    at, number, tried = 0, 0, 0
    while at < len(text):
        start = _after_blank_lines(text, at, dialect)
        number += _line_ends(text, at, start)
        if start == len(text):
            return
        number += 1
        tried += 1
        if tried > SHEET_ROWS:
            TextLimits().count(tried, 1)
        row, width, at = _row(text, start, number, dialect)
        if row:
            yield number, row, width


def _after_blank_lines(text: str, at: int, dialect: _Dialect) -> int:
    blank = dialect.blank_lines.match(text, at)
    assert blank is not None
    if blank.end() == len(text):
        return len(text)
    return max(at, text.rfind("\n", at, blank.end()) + 1, text.rfind("\r", at, blank.end()) + 1)


def _line_ends(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end) + text.count("\r", start, end) - text.count("\r\n", start, end)


def _row(text: str, at: int, number: int, dialect: _Dialect) -> tuple[list[str], int, int]:
    """Cells up to the last filled one, width, and where the next row begins."""
    stop = _LINE_END.search(text, at)
    end = stop.start() if stop else len(text)
    cells = _plain_line(text[at:end], dialect)
    if cells is None:
        row, width, end = _long_way(text, at, number, dialect)
    else:
        row, width = cells, len(cells)
        while row and not row[-1]:
            row.pop()
        if row and max(map(len, row)) > MAX_CELL:
            raise too_long(number)
    return row, width, end + (2 if text.startswith("\r\n", end) else 1)


def _plain_line(line: str, dialect: _Dialect) -> list[str] | None:
    """The cells of an ordinary line, cut by the standard library; None where this needs more care than it takes."""
    if line.count(dialect.delimiter) > MAX_COLUMNS or dialect.blanks_before_quote.search(line):
        return None
    if '"' not in line:
        return line.split(dialect.delimiter)
    if dialect.escapes and "\\" in line:
        return None
    try:
        return next(csv.reader([line], delimiter=dialect.delimiter, strict=True))
    except csv.Error:  # a value that goes on in the next line, or has a quotation mark too many
        return None


def _long_way(text: str, at: int, number: int, dialect: _Dialect) -> tuple[list[str], int, int]:
    row: list[str] = []
    width = 0
    for _ in range(SHEET_COLUMNS):
        value, at = _cell(text, at, number, dialect)
        if len(value) > MAX_CELL:
            raise too_long(number)
        if value:
            if width >= SHEET_COLUMNS:
                raise too_many_columns()
            row += [""] * (width - len(row)) + [value]
        width += 1
        run = dialect.delimiters.match(text, at)
        assert run is not None
        if run.end() == at:
            return row, width, at
        width += run.end() - at - 1
        at = run.end()
    raise too_many_columns()


def _cell(text: str, at: int, number: int, dialect: _Dialect) -> tuple[str, int]:
    """The value that begins at `at`, and where what ends it stands: a delimiter, a line end, the end of the text."""
    opening = dialect.opening.match(text, at)
    if opening is None:
        return _unquoted(text, at, dialect)
    close = _closing(text, opening.end(), dialect.escapes)
    if close - at > 2 * MAX_CELL:
        raise too_long(number)
    blanks = dialect.blanks.match(text, close + 1)
    assert blanks is not None
    end = blanks.end()
    if close >= 0 and (end == len(text) or text[end] in (dialect.delimiter, "\r", "\n")):
        value = text[opening.end() : close]
        return (_unescaped(value) if dialect.escapes else value.replace('""', '"')), end
    if opening.end() - at > 1:  # after blanks, what is no whole quoted value is none at all
        return _unquoted(text, at, dialect)
    raise QuoteTrouble(number, unclosed=close < 0)


def _unquoted(text: str, at: int, dialect: _Dialect) -> tuple[str, int]:
    found = dialect.unquoted.match(text, at)
    assert found is not None
    return found.group(), found.end()


def _closing(text: str, at: int, escapes: bool) -> int:
    """Where the quotation mark that closes a value stands, -1 where none does; two side by side are one inside it."""
    for found in (_QUOTES_OR_ESCAPE if escapes else _QUOTES).finditer(text, at):
        if text[found.start()] == '"' and (found.end() - found.start()) % 2:
            return found.end() - 1
        if found.start() - at > 2 * MAX_CELL:
            return found.start()
    return -1


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: found.group(1) or '"', value)
