"""`Sheet`: the table the person brought, as text, and how it was read."""

from dataclasses import dataclass

import pandas as pd

from lib.model.problem import Finding
from lib.model.source import Source

__all__ = ["Sheet", "Source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The rows below the header, every cell as the text a person sees; an empty cell is "".

    `frame` has one `str` column per column of the sheet, in order, with unique labels; its index holds the row
    numbers that the spreadsheet shows (unique, rising, not necessarily without gaps). `findings` is what was wrong
    with the file itself.
    """

    source: Source
    frame: pd.DataFrame
    findings: tuple[Finding, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Column labels from left to right."""
        return tuple(self.frame.columns)

    @property
    def row_count(self) -> int:
        """Rows below the header."""
        return len(self.frame)
