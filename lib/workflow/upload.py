"""`Upload`: a file as it came in, to be read."""

from dataclasses import dataclass, field

from lib.model.sheet import Sheet
from lib.stages.read import Told, read_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came in, and how it is to be read (None: detect)."""

    name: str
    content: bytes = field(repr=False)
    tab: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None

    def read(self, waiting: Told = lambda ahead: None) -> Sheet:
        """The sheet in this file; raises `UnreadableFile`. `waiting`: see `read_sheet`."""
        return read_sheet(
            self.name,
            self.content,
            tab=self.tab,
            header_row=self.header_row,
            encoding=self.encoding,
            delimiter=self.delimiter,
            waiting=waiting,
        )
