"""How much is too much, and the sentences that say so. Nothing is ever cut off silently."""

from lib.errors import UnreadableFile

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_CELLS = 5_000_000
MAX_CELL = 10_000_000
SHEET_ROWS = 1_048_576  # what a spreadsheet program can hold at all, blank ones included
SHEET_COLUMNS = 16_384
MAX_UNPACKED_BYTES = 500_000_000
MAX_PACKING_RATIO = 100
RATIO_MATTERS_FROM_BYTES = 50_000_000


def check_size(rows: int, columns: int) -> None:
    """Raises `UnreadableFile` for a table with too many rows or columns."""
    if columns > MAX_COLUMNS:
        raise UnreadableFile(
            f"This file has {columns:,} columns, and {MAX_COLUMNS:,} is the most. A Webflow collection has at most 60 "
            "fields: remove the columns you do not need. If it should have fewer, check how the columns are separated."
        )
    if rows > MAX_ROWS:
        raise UnreadableFile(
            f"This file has {rows:,} rows, and {MAX_ROWS:,} is the most. "
            "Split it into several files and import them one after the other."
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
            raise UnreadableFile(
                f"This file has more than {MAX_ROWS:,} rows, which is the most. "
                "Split it into several files and import them one after the other."
            )
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
