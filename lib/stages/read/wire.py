"""`Grid` ↔ bytes between the process that reads a file and the one that asked for it.

A frame is a letter, a length and so many bytes: `R` rows, `O` oddities, and at the end either `G`, what belongs to the
whole grid, or `U`, why there is none. A row is its cells, each followed by FF, and then FE: two bytes that UTF-8
never has, so that a cell can hold any text and cannot be anything but text. Whoever receives it counts before it
allocates and believes nothing: anything odd is a `ValueError`.
"""

import json
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from typing import Any

from lib.errors import UnreadableFile
from lib.model.problem import Severity
from lib.model.sheet import Source
from lib.stages.read.grid import Grid, Oddity, UnreadableTab
from lib.stages.read.limits import MAX_CELLS, MAX_ODDITIES, MAX_ROWS, MAX_TEXT_BYTES, check_oddities, check_text

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
    check_oddities(len(grid.oddities))
    kinds = list(dict.fromkeys(map(_kind, grid.oddities)))
    numbers = {kind: str(number) for number, kind in enumerate(kinds)}
    yield from _tables(
        b"O", ([str(oddity.row), str(oddity.column), numbers[_kind(oddity)], oddity.found] for oddity in grid.oddities)
    )
    head = {"source": asdict(grid.source), "kinds": kinds, "notes": [[*_kind(note), note.found] for note in grid.notes]}
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
    oddities: list[list[str]] = []
    left = {b"R": MAX_TEXT_BYTES + MOST_MARKS, b"O": MAX_TEXT_BYTES, b"G": MAX_HEAD_BYTES, b"U": MAX_HEAD_BYTES}
    marks = {b"R": MOST_MARKS, b"O": 4 * MAX_ODDITIES}
    while True:
        letter, size = HEAD.unpack(_exactly(read, HEAD.size))
        if left.get(letter, -1) < size:
            raise ValueError("more than there can be")
        left[letter] -= size
        payload = _exactly(read, size)
        if letter == b"U":
            raise _refused(json.loads(payload))
        if letter == b"G":
            return _grid(json.loads(payload), rows, oddities)
        marks[letter] -= payload.count(END_OF_CELL)
        table = rows if letter == b"R" else oddities
        if marks[letter] < 0 or len(table) + payload.count(END_OF_ROW) > (MOST_ROWS if table is rows else MAX_ODDITIES):
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


def _kind(oddity: Oddity) -> tuple[str, str, str, str]:
    return oddity.kind, oddity.expected, oddity.fix, oddity.severity.value


def _refused(head: Any) -> UnreadableFile:
    try:
        message, source = _text(head["message"]), head["source"]
        return UnreadableTab(message, _source(source)) if source else UnreadableFile(message)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a refusal") from error


def _grid(head: Any, rows: list[list[str]], oddities: list[list[str]]) -> Grid:
    """Everything checked once more, since a reader that a file has taken over may send anything."""
    try:
        kinds = [_read_kind(*kind) for kind in head["kinds"][:MAX_KINDS]]
        notes = tuple(
            Oddity(row=0, column=0, found=_text(found), **_read_kind(*kind)) for *kind, found in head["notes"]
        )
        placed = tuple(
            Oddity(row=int(row), column=int(column), found=found, **kinds[int(number)])
            for row, column, number, found in oddities
        )
        return Grid(source=_source(head["source"]), rows=rows, oddities=placed, notes=notes)
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise ValueError("not a grid") from error


def _read_kind(kind: object, expected: object, fix: object, severity: object) -> dict[str, Any]:
    return {"kind": _text(kind), "expected": _text(expected), "fix": _text(fix), "severity": Severity(_text(severity))}


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
