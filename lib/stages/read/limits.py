"""How much is too much, and the sentences that say so. Nothing is ever cut off silently."""

from lib.errors import FlowsheetError, UnreadableFile

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

SPLIT = "Split it into several files and import them one after the other."


def check_size(rows: int, columns: int) -> None:
    """Raises `UnreadableFile` for a table with too many rows, columns or cells."""
    if columns > MAX_COLUMNS:
        raise UnreadableFile(
            f"This file has {columns:,} columns, and {MAX_COLUMNS:,} is the most. A Webflow collection has at most 60 "
            "fields: remove the columns you do not need. If it should have fewer, check how the columns are separated."
        )
    if rows > MAX_ROWS:
        raise UnreadableFile(f"This file has {rows:,} rows, and {MAX_ROWS:,} is the most. {SPLIT}")
    if rows * columns > MAX_CELLS:
        raise UnreadableFile(
            f"This file has {rows:,} rows of {columns:,} columns, which is {rows * columns:,} cells, and "
            f"{MAX_CELLS:,} is the most. Remove the columns you do not need, or split it into several files."
        )


def check_reach(rows: int, columns: int, furthest: str) -> None:
    """Raises `UnreadableFile` before a workbook is laid out that reaches so far that it would not fit into memory.

    Up to three times `MAX_CELLS` are laid out: formulas filled down to the end may all show nothing.
    """
    if rows * columns > 3 * MAX_CELLS:
        raise UnreadableFile(
            f"This tab reaches to cell {furthest}, which makes {rows * columns:,} cells, and {MAX_CELLS:,} is the "
            "most. Delete what stands far from the table, or copy the table into a new workbook."
        )


def check_text(size: int) -> None:
    """Raises `UnreadableFile` for more text, in bytes of UTF-8, than a table may hold."""
    if size > MAX_TEXT_BYTES:
        raise UnreadableFile(
            f"The cells of this file hold more than {MAX_TEXT_BYTES / 1e6:,.0f} MB of text together, which is the "
            f"most. {SPLIT}"
        )


def check_growth(characters: int) -> None:
    """Raises `FlowsheetError` where what a person changes makes more text than a file may hold."""
    if characters > MAX_TEXT_BYTES:
        raise FlowsheetError(
            f"This would make more than {MAX_TEXT_BYTES / 1e6:,.0f} MB of new text, which is the most. "
            "Put in less at once, or change it in your spreadsheet."
        )


def check_problems(count: int) -> None:
    """Raises `UnreadableFile` for a file with more cells that need a word than anybody can mend."""
    if count > MAX_PROBLEMS:
        raise UnreadableFile(
            f"More than {MAX_PROBLEMS:,} cells of this file cannot be used as they are: errors, formulas without a "
            "result, merged cells, or numbers that were rounded. Mend or remove them first."
        )


def check_merged(cells: int) -> None:
    """Raises `UnreadableFile` for merged areas that cover more cells than can be told one by one."""
    if cells > MAX_MERGED_CELLS:
        raise UnreadableFile(
            f"Merged cells cover {cells:,} cells of this tab, and {MAX_MERGED_CELLS:,} is the most. "
            "Unmerge them, fill every cell, and save the workbook again."
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
            raise UnreadableFile(f"This file has more than {MAX_ROWS:,} rows, which is the most. {SPLIT}")
        if row * self.widest > MAX_CELLS:
            raise UnreadableFile(
                f"This file has more than {MAX_CELLS:,} cells, rows times columns, which is the most. "
                "Remove the columns you do not need, or split it into several files."
            )


def too_many_columns() -> UnreadableFile:
    """A row is wider than can be read."""
    return UnreadableFile(
        f"This file has more than {MAX_COLUMNS:,} columns, which is the most. A Webflow collection has at most 60 "
        "fields: remove the columns you do not need. If it should have fewer, check how the columns are separated."
    )


def too_long(row: int) -> UnreadableFile:
    """A cell holds more than can be read."""
    return UnreadableFile(
        f"Row {row:,} has a cell with more than {MAX_CELL:,} characters, which is the most. "
        "Check that its quotation marks are closed, or shorten it."
    )


def check_unpacked(unpacked: int, packed: int) -> None:
    """Raises `UnreadableFile` for a workbook that would unpack to far more than any real one."""
    suspicious = unpacked > RATIO_MATTERS_FROM_BYTES and unpacked > MAX_PACKING_RATIO * max(packed, 1)
    if unpacked > MAX_UNPACKED_BYTES or suspicious:
        raise UnreadableFile(
            f"This workbook unpacks to {unpacked / 1e6:,.0f} MB, which is more than can be read safely. "
            "Copy the rows you need into a new workbook, or save them as CSV."
        )
