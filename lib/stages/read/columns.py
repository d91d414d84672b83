"""`Columns`: the rows of a file cell by cell as Arrow holds them, whole columns at a time."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute  # `take` would import it in the middle of the first file

from lib.model.problem import Problem
from lib.model.sheet import Source
from lib.stages.read.grid import CellProblem, Grid

Numbers = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A `Grid` by columns. `widths` says how many cells each row has; those it does not have are "" in `cells`."""

    source: Source
    cells: tuple[pa.LargeStringArray, ...]
    widths: Numbers
    problems: tuple[CellProblem, ...] = ()
    notes: tuple[Problem, ...] = ()

    def row(self, index: int) -> list[str]:
        """One row as it stands in the file; the first one has the index 0."""
        return [column[index].as_py() for column in self.cells[: self.widths[index]]]


def in_columns(grid: Grid) -> Columns:
    """The same cells by columns."""
    widths = np.fromiter(map(len, grid.rows), np.int64, len(grid.rows))
    widest = int(widths.max(initial=0))
    is_even = bool((widths == widest).all())
    rows = grid.rows if is_even else [row + [""] * (widest - len(row)) for row in grid.rows]
    cells = tuple(pa.array(column, pa.large_string()) for column in zip(*rows, strict=True))
    return Columns(source=grid.source, cells=cells, widths=widths, problems=grid.problems, notes=grid.notes)


def lengths(texts: pa.LargeStringArray) -> Numbers:
    """How many bytes of UTF-8 each text has."""
    return np.diff(_offsets(texts))


def text_bytes(texts: pa.LargeStringArray) -> memoryview:
    """The UTF-8 of all texts, one behind the other; a view."""
    offsets = _offsets(texts)
    return memoryview(texts.buffers()[2] or b"")[offsets[0] : offsets[-1]]


def first_bytes(texts: pa.LargeStringArray) -> Numbers:
    """The first byte of each text, 0 for an empty one."""
    firsts = np.zeros(len(texts), np.uint8)
    offsets = _offsets(texts)
    filled = offsets[1:] > offsets[:-1]
    firsts[filled] = np.frombuffer(texts.buffers()[2] or b"", np.uint8)[offsets[:-1][filled]]
    return firsts


def holds(texts: pa.LargeStringArray, byte: int) -> bool:
    """Whether a byte stands anywhere in the texts."""
    return bool((np.frombuffer(text_bytes(texts), np.uint8) == byte).any())


def is_no_graphic(octets: Numbers) -> Numbers:
    """Which bytes are none of the characters of ASCII that one sees."""
    return (octets <= ord(" ")) | (octets > ord("~"))


def filled(texts: pa.LargeStringArray) -> Numbers:
    """Which texts hold anything but blanks."""
    is_unsure = is_no_graphic(first_bytes(texts))
    found = ~is_unsure
    unsure = np.flatnonzero(is_unsure & (lengths(texts) > 0))
    found[unsure] = [bool(text.strip()) for text in texts.take(pa.array(unsure)).to_pylist()]
    return found


def filled_rows(cells: tuple[pa.LargeStringArray, ...], rows: int) -> Numbers:
    """Which of so many rows hold anything but blanks."""
    found = np.zeros(rows, bool)
    for column in cells:
        left = np.flatnonzero(~found)
        if not len(left):
            break
        found[left] = filled(column if len(left) == rows else column.take(pa.array(left)))
    return found


def _offsets(texts: pa.LargeStringArray) -> Numbers:
    offsets = np.frombuffer(texts.buffers()[1], np.int64)
    return offsets[texts.offset : texts.offset + len(texts) + 1]
