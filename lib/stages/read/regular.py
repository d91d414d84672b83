"""Text files that leave no doubt, cut by Arrow: UTF-8, rows of one width, quotation marks around whole values only.

Whatever is otherwise in any way is left to `text`, which takes more care and more time. What both can read, they read
alike.
"""

import csv
import io

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from lib.model.sheet import Source
from lib.stages.read.columns import Columns, Numbers, filled_rows, lengths
from lib.stages.read.delimiter import DELIMITERS, detect_delimiter, named_delimiter
from lib.stages.read.encoding import SAMPLE, UTF_8, is_for_programs
from lib.stages.read.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS

MARK = b"\xef\xbb\xbf"
QUOTE, LINE_ENDS = ord('"'), b"\r\n"
HEAD_BYTES = 4 * SAMPLE  # a character has at most four
TAIL_BYTES = 1_000
PIECE_BYTES = 1 << 18


def read_regular(file_name: str, content: bytes, *, encoding: str | None, delimiter: str | None) -> Columns | None:
    """The cells of a text file, or None where it is not as regular as it has to be."""
    start = len(MARK) * (content.startswith(MARK) + content.startswith(MARK * 2))
    tail = content[-TAIL_BYTES:]
    body = memoryview(content)[start : len(content) - len(tail) + len(tail.rstrip(LINE_ENDS))]
    head = bytes(body[:HEAD_BYTES]).decode(errors="ignore")[:SAMPLE]
    if encoding not in (None, UTF_8) or not head or head[0] == "\ufeff" or b"\x00" in content:
        return None
    if is_for_programs(head) or named_delimiter(head):
        return None
    found = delimiter or detect_delimiter(head)
    if found not in DELIMITERS or not _has_plain_quotes(body, found):
        return None
    cells = _cut(body, found, _width(head, found))
    if cells is None:
        return None
    return _as_others_read(Source(file_name=file_name, encoding=UTF_8, delimiter=found), cells)


def _width(head: str, delimiter: str) -> int:
    """How many cells the first row has, 0 if it cannot be told."""
    try:
        return len(next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), ()))
    except csv.Error:
        return 0


def _has_plain_quotes(body: memoryview, delimiter: str) -> bool:
    """Whether every quotation mark opens a whole value, closes it, or stands there twice."""
    octets = np.frombuffer(body, np.uint8)
    pieces = range(0, len(octets), PIECE_BYTES)
    quotes = np.concatenate([np.flatnonzero(octets[at : at + PIECE_BYTES] == QUOTE) + at for at in pieces])
    opening, closing = quotes[::2], quotes[1::2]
    if len(opening) != len(closing):
        return False
    goes_on = opening[1:] == closing[:-1] + 1
    is_end = np.isin(np.arange(256), [ord(delimiter), *LINE_ENDS])
    begins, ends = is_end[octets[opening - 1]], is_end[octets[np.minimum(closing + 1, len(octets) - 1)]]
    begins[:1] |= opening[:1] == 0
    ends[-1:] |= closing[-1:] == len(octets) - 1
    begins[1:] |= goes_on
    ends[:-1] |= goes_on
    return bool(begins.all() and ends.all())


def _cut(body: memoryview, delimiter: str, width: int) -> list[pa.LargeStringArray] | None:
    """The columns, None where some row has another width or a text is no UTF-8."""
    if not 1 < width <= MAX_COLUMNS:
        return None
    names = [str(number) for number in range(width)]
    try:
        table = arrow_csv.read_csv(
            pa.py_buffer(body),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    return [column.combine_chunks() for column in table.columns]


def _as_others_read(source: Source, cells: list[pa.LargeStringArray]) -> Columns | None:
    """The cells without the blank rows and columns at the end; None where a row of blanks, a long text or a line in
    quotation marks asks for more care, or where there is too much."""
    sizes = [lengths(column) for column in cells]
    while sizes and not sizes[-1].any():
        sizes.pop()
    any_text = np.any([size > 0 for size in sizes], axis=0)
    end = int(np.flatnonzero(any_text)[-1]) + 1 if len(sizes) > 1 else 0
    kept = tuple(column.slice(0, end) for column in cells[: len(sizes)])
    too_long = any(size.max() > MAX_CELL // 2 for size in sizes)
    if not end or end > MAX_ROWS or end * len(kept) > MAX_CELLS or too_long:
        return None
    if (filled_rows(kept, end) != any_text[:end]).any() or _has_wrapped_lines(kept, sizes, source.delimiter):
        return None
    return Columns(source=source, cells=kept, widths=np.where(any_text[:end], len(kept), 0))


def _has_wrapped_lines(cells: tuple[pa.LargeStringArray, ...], sizes: list[Numbers], delimiter: str) -> bool:
    """Whether a line holds nothing but a first value in which the delimiter stands."""
    alone = np.flatnonzero(~np.any([size > 0 for size in sizes[1:]], axis=0)[: len(cells[0])])
    return any(delimiter in text for text in cells[0].take(pa.array(alone)).to_pylist())
