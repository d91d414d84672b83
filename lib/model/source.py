"""`Source`: how a file was read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """How a file was read: what was detected and can be changed.

    `encoding` and `delimiter` are "" for workbooks; `tab` is "" for text files; `header_row` counts from 1.
    """

    file_name: str
    encoding: str = ""
    delimiter: str = ""
    tab: str = ""
    tabs: tuple[str, ...] = ()
    header_row: int = 1
