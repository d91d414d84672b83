"""`Request`: what is asked of the process that reads a file."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How a file is to be read; None: detect. `language` is that of what is said about it, by its tag.

    With `texts` (row from 1 → column from 0 → text), the file itself is asked for, with these in the cells of `tab`.
    """

    file_name: str
    tab: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    texts: Mapping[str, Mapping[str, str]] | None = None
    language: str = "en"
