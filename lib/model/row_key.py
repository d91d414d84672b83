"""`RowKeys`: what marks the rows of a file that goes out to be corrected, so that each is known when it comes back.

A key says of which file its row is, what had been changed in that file by then, how many rows went out, and which one
it is. A few digits at its end show whether somebody, or a program that fills cells down, has altered it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from lib.model.edits import Edit, Edits
from lib.model.sheet import Source
from lib.words.say import later

KEY_COLUMN = "Row key"  # in every language: rows that come back are known by it
PROBLEM_COLUMN, FIX_COLUMN = later("Problem"), later("How to fix")
DIGITS, CHECK_DIGITS = 12, 6
LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class RowKeys:
    """The rows that went out together: `file` and `state` are marks, see `file_mark` and `state_marks`."""

    file: str
    state: str
    rows: int

    def of(self, row: int) -> str:
        """The key of one row."""
        told = f"{self.file}-{self.state}-{self.rows}-{row}"
        return f"{told}-{_digest(told)[:CHECK_DIGITS]}"


def read_key(text: str) -> tuple[RowKeys, int] | None:
    """The rows that a key was made for, and which of them it is; None for what is no key, or was altered."""
    file, state, rows, row = [*text.strip().split("-"), "", "", ""][:4]
    if not all(number.isdecimal() and len(number) <= LONGEST_NUMBER for number in (rows, row)):
        return None
    keys = RowKeys(file=file, state=state, rows=int(rows))
    return (keys, int(row)) if keys.of(int(row)) == text.strip() else None


def file_mark(content: bytes, source: Source) -> str:
    """Marks a file as it was read: with another tab, header or encoding, its rows are others."""
    read = (source.tab, source.header_row, source.encoding, source.delimiter)
    return _digest(f"{hashlib.sha256(content).hexdigest()} {read}")


def state_marks(edits: Edits) -> dict[str, Edits]:
    """Marks what was changed at each time from the first change on, as far as these edits still know."""
    steps = (*edits.done, *reversed(edits.undone))
    marks = accumulate(map(_told, steps), lambda mark, step: _digest(mark + step), initial=_digest(""))
    return {mark: Edits(done=steps[:number]) for number, mark in enumerate(marks)}


def state_mark(edits: Edits) -> str:
    """Marks what is changed now."""
    return list(state_marks(Edits(done=edits.done)))[-1]


def unused(label: str, labels: Sequence[str]) -> str:
    """A label for a column of ours beside these: they keep theirs."""
    return label if label not in labels else unused(f"{label} (Flowsheet)", labels)


def _told(step: Edit) -> str:
    texts = sorted((column, sorted(new.items())) for column, new in step.texts.items())
    kept = sorted((column, sorted(rows)) for column, rows in step.kept.items())
    return repr((texts, kept, sorted(step.left_out)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
