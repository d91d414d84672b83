"""What no cell of an Excel file can hold."""

import re

MOST_CELL_CHARACTERS = 32_767  # Excel's own limit, of which characters beyond the first 65,536 take two
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")  # XML has none such


def fits(text: str) -> bool:
    """Whether a cell can hold it; as many characters as it can hold at most look like a text that was cut."""
    return _units(text) < MOST_CELL_CHARACTERS and not _NO_CHARACTERS.search(text)


def _units(text: str) -> int:
    return len(text) if 2 * len(text) < MOST_CELL_CHARACTERS else len(text.encode("utf-16-le", "replace")) // 2
