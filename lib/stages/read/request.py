"""`Request`: what is asked of the process that reads a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How a file is to be read; None: detect."""

    file_name: str
    tab: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
