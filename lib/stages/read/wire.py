"""`Grid` ↔ bytes between the process that reads a file and the one that asked for it.

A frame is a letter, a length and so many bytes: `R` rows, `P` problems of cells, and at the end either `G`, what
belongs to the whole grid, or `U`, why there is none. A row is its cells, each followed by FF, and then FE: two bytes
that UTF-8 never has, so that a cell can hold any text and cannot be anything but text. Whoever receives it counts
before it allocates and believes nothing: anything odd is a `ValueError`.
"""

import json
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from typing import Any

from lib.errors import UnreadableFile
from lib.model.problem import Problem, Severity
from lib.model.sheet import Source
from lib.stages.read.grid import CellProblem, Grid, UnreadableTab
from lib.stages.read.limits import MAX_CELLS, MAX_PROBLEMS, MAX_ROWS, MAX_TEXT_BYTES, check_problems, check_text

END_OF_CELL, END_OF_ROW = b"\xff", b"\xfe"
HEAD = struct.Struct(">cI")
ROWS_AT_ONCE = 2_000
MAX_HEAD_BYTES = 2_000_000
MAX_KINDS = 1_000
# Every cell and row has its end mark; a text file's line that names the separator is a row more than `MAX_ROWS`.
MOST_ROWS = MAX_ROWS + 1
MOST_MARKS = MAX_CELLS + 2 * MOST_ROWS
Read = Callable[[int], bytes]


def dump(grid: Grid) -> Iterator[bytes]:
    """The frames of a grid; raises `UnreadableFile` for one that holds too much text."""
    size = 0
    for frame in _tables(b"R", grid.rows):
        size += len(frame)
        check_text(size - HEAD.size)
        yield frame
    check_problems(len(grid.problems))
    kinds = list(dict.fromkeys(_kind(one.problem) for one in grid.problems))
    numbers = {kind: str(number) for number, kind in enumerate(kinds)}
    yield from _tables(
        b"P", ([str(one.row), str(one.column), numbers[_kind(one.problem)], one.found] for one in grid.problems)
    )
    head = {"source": asdict(grid.source), "kinds": kinds, "notes": list(map(_kind, grid.notes))}
    yield frame_of(b"G", json.dumps(head).encode())


def refusal(message: str, source: Source | None = None) -> bytes:
    """The frame that says why there is no grid, and what other tabs there are."""
    head = {"message": message, "source": asdict(source) if source else None}
    return frame_of(b"U", json.dumps(head).encode())


def frame_of(letter: bytes, payload: bytes) -> bytes:
    """One frame."""
    return HEAD.pack(letter, len(payload)) + payload


def load(read: Read) -> Grid:
    """The grid in the frames that `read(size)` gives.

    Raises `UnreadableFile` if that is what was sent, `EOFError` where the frames break off, and `ValueError` for
    anything else.
    """
    rows: list[list[str]] = []
    problems: list[list[str]] = []
    left = {b"R": MAX_TEXT_BYTES + MOST_MARKS, b"P": MAX_TEXT_BYTES, b"G": MAX_HEAD_BYTES, b"U": MAX_HEAD_BYTES}
    marks = {b"R": MOST_MARKS, b"P": 4 * MAX_PROBLEMS}
    while True:
        letter, size = HEAD.unpack(_exactly(read, HEAD.size))
        if left.get(letter, -1) < size:
            raise ValueError("more than there can be")
        left[letter] -= size
        payload = _exactly(read, size)
        if letter == b"U":
            raise _refused(json.loads(payload))
        if letter == b"G":
            return _grid(json.loads(payload), rows, problems)
        marks[letter] -= payload.count(END_OF_CELL)
        table = rows if letter == b"R" else problems
        if marks[letter] < 0 or len(table) + payload.count(END_OF_ROW) > (MOST_ROWS if table is rows else MAX_PROBLEMS):
            raise ValueError("more cells than there can be")
        table += _rows(payload)


def _tables(letter: bytes, rows: Iterable[list[str]]) -> Iterator[bytes]:
    source = iter(rows)
    while part := list(islice(source, ROWS_AT_ONCE)):
        lines = (END_OF_CELL.join([*map(str.encode, row), b""]) for row in part)
        yield frame_of(letter, END_OF_ROW.join([*lines, b""]))


def _rows(payload: bytes) -> Iterator[list[str]]:
    *lines, rest = payload.split(END_OF_ROW)
    if rest:
        raise ValueError("a row without an end")
    for line in lines:
        *cells, rest = line.split(END_OF_CELL)
        if rest:
            raise ValueError("a cell without an end")
        yield list(map(bytes.decode, cells))


def _exactly(read: Read, size: int) -> bytes:
    payload = read(size)
    if len(payload) < size:
        raise EOFError
    return payload


def _kind(problem: Problem) -> tuple[str, str, str, str]:
    return problem.kind, problem.expected, str(problem.fix), problem.severity.value


def _refused(head: Any) -> UnreadableFile:
    try:
        message, source = _text(head["message"]), head["source"]
        return UnreadableTab(message, _source(source)) if source else UnreadableFile(message)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a refusal") from error


def _grid(head: Any, rows: list[list[str]], problems: list[list[str]]) -> Grid:
    """Everything checked once more, since a reader that a file has taken over may send anything."""
    try:
        kinds = [_problem(*kind) for kind in head["kinds"][:MAX_KINDS]]
        notes = tuple(_problem(*kind) for kind in head["notes"][:MAX_KINDS])
        placed = tuple(
            CellProblem(int(row), int(column), kinds[int(number)], found) for row, column, number, found in problems
        )
        return Grid(source=_source(head["source"]), rows=rows, problems=placed, notes=notes)
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise ValueError("not a grid") from error


def _problem(kind: object, expected: object, fix: object, severity: object) -> Problem:
    return Problem(kind=_text(kind), expected=_text(expected), fix=_text(fix), severity=Severity(_text(severity)))


def _source(given: dict[str, Any]) -> Source:
    likeness = Source(file_name="")
    return Source(**{name: _like(getattr(likeness, name), value) for name, value in given.items()})


def _like(example: object, value: Any) -> Any:
    """`value`, if it is what `example` is; lists are tuples of texts again."""
    if isinstance(example, tuple):
        return tuple(_like((), entry) if isinstance(entry, list) else _text(entry) for entry in value)
    if type(value) is not type(example):
        raise TypeError(f"not a {type(example).__name__}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
