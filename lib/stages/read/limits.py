"""How much is too much, and the sentences that say so. Nothing is ever cut off silently."""

from lib.errors import FlowsheetError, UnreadableFile
from lib.words.say import say

MAX_BYTES = 100_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_CELLS = 3_000_000  # 50,000 rows of the 60 fields that a collection can have; a workbook of these is read in time
MAX_TEXT_BYTES = 100_000_000  # as UTF-8
MAX_MERGED_CELLS = 100_000
MAX_PROBLEMS = 500_000
MAX_CELL = 10_000_000
SHEET_ROWS = 1_048_576  # what a spreadsheet program can hold at all, blank ones included
SHEET_COLUMNS = 16_384
MAX_UNPACKED_BYTES = 500_000_000
MAX_PACKING_RATIO = 100
RATIO_MATTERS_FROM_BYTES = 50_000_000

# What one reading process may use, and how many of them there are at a time.
READER_BYTES = 600_000_000
LIBRARY_BYTES = 300_000_000  # of addresses that its libraries take before it reads anything
READER_SECONDS = 10  # of computing, where the system counts it: a busy machine refuses nobody's file
PATIENCE_SECONDS = 30.0  # until it has answered, on every system
READERS_AT_ONCE = 2
MOST_WAITING = 20


def check_size(rows: int, columns: int) -> None:
    """Raises `UnreadableFile` for a table with too many rows, columns or cells."""
    if columns > MAX_COLUMNS:
        raise UnreadableFile(
            say(
                "This file has {columns:,} columns, and {most:,} is the most. A Webflow collection has at most 60 "
                "fields: remove the columns you do not need. If it should have fewer, check how the columns are "
                "separated.",
                columns=columns,
                most=MAX_COLUMNS,
            )
        )
    if rows > MAX_ROWS:
        raise UnreadableFile(
            say(
                "This file has {rows:,} rows, and {most:,} is the most. "
                "Split it into several files and import them one after the other.",
                rows=rows,
                most=MAX_ROWS,
            )
        )
    if rows * columns > MAX_CELLS:
        raise UnreadableFile(
            say(
                "This file has {rows:,} rows of {columns:,} columns, which is {cells:,} cells, and {most:,} is the "
                "most. Remove the columns you do not need, or split it into several files.",
                rows=rows,
                columns=columns,
                cells=rows * columns,
                most=MAX_CELLS,
            )
        )


def check_reach(rows: int, columns: int, furthest: str) -> None:
    """Raises `UnreadableFile` before a workbook is laid out that reaches so far that it would not fit into memory.

    Up to three times `MAX_CELLS` are laid out: formulas filled down to the end may all show nothing.
    """
    if rows * columns > 3 * MAX_CELLS:
        raise UnreadableFile(
            say(
                "This tab reaches to cell {furthest}, which makes {cells:,} cells, and {most:,} is the most. Delete "
                "what stands far from the table, or copy the table into a new workbook.",
                furthest=furthest,
                cells=rows * columns,
                most=MAX_CELLS,
            )
        )


def check_text(size: int) -> None:
    """Raises `UnreadableFile` for more text, in bytes of UTF-8, than a table may hold."""
    if size > MAX_TEXT_BYTES:
        raise UnreadableFile(
            say(
                "The cells of this file hold more than {most:,.0f} MB of text together, which is the most. "
                "Split it into several files and import them one after the other.",
                most=MAX_TEXT_BYTES / 1e6,
            )
        )


def check_growth(characters: int) -> None:
    """Raises `FlowsheetError` where what a person changes makes more text than a file may hold."""
    if characters > MAX_TEXT_BYTES:
        raise FlowsheetError(
            say(
                "This would make more than {most:,.0f} MB of new text, which is the most. "
                "Put in less at once, or change it in your spreadsheet.",
                most=MAX_TEXT_BYTES / 1e6,
            )
        )


def check_problems(count: int) -> None:
    """Raises `UnreadableFile` for a file with more cells that need a word than anybody can mend."""
    if count > MAX_PROBLEMS:
        raise UnreadableFile(
            say(
                "More than {most:,} cells of this file cannot be used as they are: errors, formulas without a result, "
                "merged cells, or numbers that were rounded. Mend or remove them first.",
                most=MAX_PROBLEMS,
            )
        )


def check_merged(cells: int) -> None:
    """Raises `UnreadableFile` for merged areas that cover more cells than can be told one by one."""
    if cells > MAX_MERGED_CELLS:
        raise UnreadableFile(
            say(
                "Merged cells cover {cells:,} cells of this tab, and {most:,} is the most. "
                "Unmerge them, fill every cell, and save the workbook again.",
                cells=cells,
                most=MAX_MERGED_CELLS,
            )
        )


class TextLimits:
    """Counts the filled rows of a text file while they are being cut, and stops at the first that is too much."""

    def __init__(self) -> None:
        self.widest = 0

    def count(self, row: int, columns: int) -> None:
        """Row number `row` is filled as far as `columns`; raises `UnreadableFile`."""
        self.widest = max(self.widest, columns)
        if columns > MAX_COLUMNS:
            raise too_many_columns()
        if row > MAX_ROWS:
            raise _too_many_rows()
        if row * self.widest > MAX_CELLS:
            raise UnreadableFile(
                say(
                    "This file has more than {most:,} cells, rows times columns, which is the most. "
                    "Remove the columns you do not need, or split it into several files.",
                    most=MAX_CELLS,
                )
            )


def _too_many_rows() -> UnreadableFile:
    return UnreadableFile(
        say(
            "This file has more than {most:,} rows, which is the most. "
            "Split it into several files and import them one after the other.",
            most=MAX_ROWS,
        )
    )


def too_many_columns() -> UnreadableFile:
    """A row is wider than can be read."""
    return UnreadableFile(
        say(
            "This file has more than {most:,} columns, which is the most. A Webflow collection has at most 60 fields: "
            "remove the columns you do not need. If it should have fewer, check how the columns are separated.",
            most=MAX_COLUMNS,
        )
    )


def too_long(row: int) -> UnreadableFile:
    """A cell holds more than can be read."""
    return UnreadableFile(
        say(
            "Row {row:,} has a cell with more than {most:,} characters, which is the most. "
            "Check that its quotation marks are closed, or shorten it.",
            row=row,
            most=MAX_CELL,
        )
    )


def check_unpacked(unpacked: int, packed: int) -> None:
    """Raises `UnreadableFile` for a workbook that would unpack to far more than any real one."""
    suspicious = unpacked > RATIO_MATTERS_FROM_BYTES and unpacked > MAX_PACKING_RATIO * max(packed, 1)
    if unpacked > MAX_UNPACKED_BYTES or suspicious:
        raise UnreadableFile(
            say(
                "This workbook unpacks to {size:,.0f} MB, which is more than can be read safely. "
                "Copy the rows you need into a new workbook, or save them as CSV.",
                size=unpacked / 1e6,
            )
        )
