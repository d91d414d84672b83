"""`Columns` ↔ bytes between the process that reads a file and the one that asked for it.

A frame is a letter, a length and so many bytes: first `W`, the widths of the rows, then a `C` for each column, the
lengths of its texts and then the texts; `P` problems of cells; at the end either `G`, what belongs to the whole, or
`U`, why there is nothing. A problem is four texts, each followed by FF, and then FE: bytes that UTF-8 never has. A file
that was asked for itself comes as `F` frames, an empty one at the end.
Whoever receives it counts before it allocates and believes nothing: anything odd is a `ValueError`.
"""

import json
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa

from lib.errors import UnreadableFile
from lib.model.problem import Problem, Severity
from lib.model.sheet import Source
from lib.stages.read.columns import Columns, Numbers, lengths, text_bytes
from lib.stages.read.grid import CellProblem, UnreadableTab
from lib.stages.read.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_PROBLEMS,
    MAX_ROWS,
    MAX_TEXT_BYTES,
    check_problems,
    check_text,
)
from lib.words.say import say

END_OF_CELL, END_OF_ROW = b"\xff", b"\xfe"
HEAD = struct.Struct(">cI")
WIDTH, LENGTH = np.dtype("<u2"), np.dtype("<u4")
PROBLEMS_AT_ONCE = 2_000
PIECE_BYTES, MOST_PIECES = 2_000_000, 100
MAX_HEAD_BYTES = 2_000_000
MAX_KINDS = 1_000
MOST_ROWS = MAX_ROWS + 1  # a text file's line that names the separator is a row more
MOST_CELLS = MAX_CELLS + MOST_ROWS
Read = Callable[[int], bytes]
Frame = bytes | memoryview
Kind = tuple[str, str, str, str]


def dump(columns: Columns) -> Iterator[Frame]:
    """The frames of what was read; raises `UnreadableFile` where it holds too much text."""
    check_text(sum(int(lengths(column).sum()) for column in columns.cells))
    yield frame_of(b"W", columns.widths.astype(WIDTH).tobytes())
    for column in columns.cells:
        sizes = lengths(column)
        yield HEAD.pack(b"C", sizes.size * LENGTH.itemsize + int(sizes.sum()))
        yield sizes.astype(LENGTH).tobytes()
        yield text_bytes(column)
    check_problems(len(columns.problems))
    kinds = list(dict.fromkeys(_kind(one.problem) for one in columns.problems))
    numbers = {kind: str(number) for number, kind in enumerate(kinds)}
    yield from _tables(
        [str(one.row), str(one.column), numbers[_kind(one.problem)], one.found] for one in columns.problems
    )
    notes = (_kind(note) for note in columns.notes)
    head = {"source": asdict(columns.source), "kinds": list(map(_said, kinds)), "notes": list(map(_said, notes))}
    yield frame_of(b"G", json.dumps(head).encode())


def refusal(message: str, source: Source | None = None) -> bytes:
    """The frame that says why there is no grid, and what other tabs there are."""
    head = {"message": message, "source": asdict(source) if source else None}
    return frame_of(b"U", json.dumps(head).encode())


def dump_file(content: bytes) -> Iterator[Frame]:
    """The frames of a file."""
    for first in range(0, len(content), PIECE_BYTES):
        yield frame_of(b"F", content[first : first + PIECE_BYTES])
    yield frame_of(b"F", b"")


def load_file(read: Read) -> bytes:
    """The file in the frames that `read(size)` gives; raises what `load` raises."""
    pieces: list[bytes] = []
    while True:
        letter, size = HEAD.unpack(_exactly(read, HEAD.size))
        if letter not in (b"F", b"U") or size > PIECE_BYTES or len(pieces) > MOST_PIECES:
            raise ValueError("more than there can be")
        payload = _exactly(read, size)
        if letter == b"U":
            raise _refused(_parsed(payload))
        if not payload:
            return b"".join(pieces)
        pieces.append(payload)


def frame_of(letter: bytes, payload: bytes) -> bytes:
    """One frame."""
    return HEAD.pack(letter, len(payload)) + payload


def load(read: Read) -> Columns:
    """The columns in the frames that `read(size)` gives.

    Raises `UnreadableFile` if that is what was sent, `EOFError` where the frames break off, and `ValueError` for
    anything else.
    """
    widths = np.empty(0, WIDTH)
    cells: list[pa.LargeStringArray] = []
    problems: list[list[str]] = []
    marks = 4 * MAX_PROBLEMS
    left = dict.fromkeys((b"G", b"U"), MAX_HEAD_BYTES) | {
        b"W": MOST_ROWS * WIDTH.itemsize,
        b"C": MAX_TEXT_BYTES + MOST_CELLS * LENGTH.itemsize,
        b"P": MAX_TEXT_BYTES,
    }
    while True:
        letter, size = HEAD.unpack(_exactly(read, HEAD.size))
        if left.get(letter, -1) < size or len(cells) > MAX_COLUMNS:
            raise ValueError("more than there can be")
        left[letter] -= size
        payload = _exactly(read, size)
        if letter == b"U":
            raise _refused(_parsed(payload))
        if letter == b"G":
            return _columns(_parsed(payload), widths, cells, problems)
        if letter == b"W":
            widths = np.frombuffer(payload, WIDTH)
        elif letter == b"C":
            cells.append(_column(payload, len(widths)))
        else:
            marks -= payload.count(END_OF_CELL)
            if marks < 0 or len(problems) + payload.count(END_OF_ROW) > MAX_PROBLEMS:
                raise ValueError("more problems than there can be")
            problems += _rows(payload)


def _column(payload: bytes, rows: int) -> pa.LargeStringArray:
    """The texts of a column, looked at to the last byte."""
    sizes = np.frombuffer(payload, LENGTH, rows)
    offsets = np.zeros(rows + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    texts = pa.py_buffer(payload)[rows * LENGTH.itemsize :]
    if offsets[-1] != texts.size:
        raise ValueError("not as many texts as there are rows")
    column = pa.LargeStringArray.from_buffers(rows, pa.py_buffer(offsets), texts)
    column.validate(full=True)
    return column


def _tables(rows: Iterable[list[str]]) -> Iterator[bytes]:
    source = iter(rows)
    while part := list(islice(source, PROBLEMS_AT_ONCE)):
        lines = (END_OF_CELL.join([*map(str.encode, row), b""]) for row in part)
        yield frame_of(b"P", END_OF_ROW.join([*lines, b""]))


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


def _parsed(payload: bytes) -> Any:
    try:
        return json.loads(payload)
    except RecursionError:
        raise ValueError("lists in lists in lists") from None


def _kind(problem: Problem) -> Kind:
    return problem.kind, problem.expected, str(problem.fix), problem.severity.value


def _said(kind: Kind) -> Kind:
    """In the language of whoever asked; the kind itself is a name."""
    name, expected, fix, severity = kind
    return name, say(expected), say(fix), severity


def _refused(head: Any) -> UnreadableFile:
    try:
        message, source = _text(head["message"]), head["source"]
        return UnreadableTab(message, _source(source)) if source else UnreadableFile(message)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a refusal") from error


def _columns(head: Any, widths: Numbers, cells: list[pa.LargeStringArray], problems: list[list[str]]) -> Columns:
    """Everything checked once more, since a reader that a file has taken over may send anything."""
    if widths.max(initial=0) > len(cells) or any(len(column) != len(widths) for column in cells):
        raise ValueError("rows of other widths")
    try:
        kinds = [_problem(*kind) for kind in head["kinds"][:MAX_KINDS]]
        notes = tuple(_problem(*kind) for kind in head["notes"][:MAX_KINDS])
        placed = tuple(
            CellProblem(int(row), int(column), kinds[int(number)], found) for row, column, number, found in problems
        )
        source = _source(head["source"])
        return Columns(source=source, cells=tuple(cells), widths=widths, problems=placed, notes=notes)
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise ValueError("not a table") from error


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
    value.encode()  # half characters, which JSON can carry, are a ValueError here and nowhere later
    return value
