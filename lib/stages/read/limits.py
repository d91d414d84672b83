"""How much is too much, and the sentences that say so. Nothing is ever cut off silently."""

from lib.errors import UnreadableFile

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 500
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


def check_unpacked(unpacked: int, packed: int) -> None:
    """Raises `UnreadableFile` for a workbook that would unpack to far more than any real one."""
    suspicious = unpacked > RATIO_MATTERS_FROM_BYTES and unpacked > MAX_PACKING_RATIO * max(packed, 1)
    if unpacked > MAX_UNPACKED_BYTES or suspicious:
        raise UnreadableFile(
            f"This workbook unpacks to {unpacked / 1e6:,.0f} MB, which is more than can be read safely. "
            "Copy the rows you need into a new workbook, or save them as CSV."
        )
