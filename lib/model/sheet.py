"""`Sheet`: the table the person brought, as text, and how it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lib.model.problem import Problem

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """How a file was read: what was detected and can be changed.

    `encoding` and `delimiter` are "" for workbooks; `tab` is "" for text files; `header_row` counts from 1.
    `encoding_is_guess`: nothing in the file says how it is written, and nobody has said so. `readings` are the likely
    encodings of such a file, each with what some of its words are in it, the likeliest first. `tab_sizes` says in
    words how many rows each tab has below its header, "" where that is not known.
    """

    file_name: str
    encoding: str = ""
    delimiter: str = ""
    tab: str = ""
    tabs: tuple[str, ...] = ()
    tab_sizes: tuple[str, ...] = ()
    header_row: int = 1
    encoding_is_guess: bool = False
    readings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The rows below the header, every cell as the text a person sees; an empty cell is "".

    `frame` has one `str` column per column of the sheet, in order, with unique labels; its index holds the row
    numbers that the spreadsheet shows (unique, rising, not necessarily without gaps). `problems` is what was wrong
    with the file itself. `as_found` holds the texts that reading changed as they stood: column → row → text.
    `places` says how many columns stand before each one in the file, where that is known.
    """

    source: Source
    frame: "pd.DataFrame"
    problems: tuple[Problem, ...] = ()
    as_found: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Column labels from left to right."""
        return tuple(self.frame.columns)

    @property
    def row_count(self) -> int:
        """Rows below the header."""
        return len(self.frame)
