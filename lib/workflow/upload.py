"""`Upload`: a file as it came in, to be read; `File`: the one of an import, with what became of it."""

from dataclasses import dataclass, field, replace
from typing import Any

from lib.errors import UnreadableFile
from lib.model.edits import Edits
from lib.model.sheet import Sheet, Source
from lib.stages.read import Told, read_sheet
from lib.stages.read.reader import Started


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came in, and how it is to be read (None: detect)."""

    name: str
    content: bytes = field(repr=False)
    tab: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None

    def read(self, waiting: Told = lambda ahead: None, started: Started = lambda end: None) -> Sheet:
        """The sheet in this file; raises `UnreadableFile`. `waiting` and `started`: see `read_sheet`."""
        return read_sheet(
            self.name,
            self.content,
            tab=self.tab,
            header_row=self.header_row,
            encoding=self.encoding,
            delimiter=self.delimiter,
            waiting=waiting,
            started=started,
        )

    @property
    def as_detected(self) -> "Upload":
        """The same file, with nothing chosen."""
        return Upload(name=self.name, content=self.content)

    def chosen(self, source: Source, *, tab: str, header_row: int, encoding: str, delimiter: str) -> "Upload":
        """The same file, read as was chosen where that is not how it was read; another tab has its own header."""
        told: dict[str, Any] = {"header_row": header_row, "encoding": encoding, "delimiter": delimiter}
        chosen = {name: choice for name, choice in told.items() if choice != getattr(source, name)}
        return replace(self, **chosen | ({"tab": tab, "header_row": None} if tab != source.tab else {}))


@dataclass(frozen=True, kw_only=True)
class File:
    """The file that was brought. `id` tells files of one name apart; `sheet` is None until it could be read, and
    `unread` is why it was not, once that was tried. `edits` is what was changed in the sheet since; `left_out` are the
    rows whose items are left out of the plan by hand, `tried` those whose items were sent alone before. `creates`: its
    rows without an item create one."""

    id: str
    upload: Upload
    sheet: Sheet | None = None
    unread: UnreadableFile | None = None
    edits: Edits = field(default_factory=Edits)
    left_out: frozenset[int] = frozenset()
    tried: frozenset[int] = frozenset()
    creates: bool = False
