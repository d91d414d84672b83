"""How many filled rows the tabs of an .xlsx file have, counted without laying them out and not for ever."""

from functools import partial

from lib.errors import UnreadableFile
from lib.stages.read import xml_stream
from lib.stages.read.package import Package
from lib.stages.read.tabs import Tab

MOST_CELLS = 200_000  # of all tabs together; it takes a fifth of a second


class _Enough(Exception):
    """So many cells were seen."""


class Counter:
    """Counts one tab after the other until it has seen enough cells."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._left = MOST_CELLS
        self._rows = self._columns = self._filled = 0

    def counted(self, name: str, part: str | None, *, is_visible: bool) -> Tab:
        """A tab with its size, as far as it can be counted."""
        if part is None or not self._left:
            return Tab(name=name, is_visible=is_visible)
        self._rows = self._columns = self._filled = 0
        parser = xml_stream.parser()
        parser.StartElementHandler = self._start
        goes_on = False
        try:
            xml_stream.feed(parser.Parse, partial(self._package.open, part), part)
        except _Enough:
            goes_on = True
        except UnreadableFile:  # whoever chooses it is told
            return Tab(name=name, is_visible=is_visible)
        return Tab(name=name, is_visible=is_visible, rows=self._rows, columns=self._columns, goes_on=goes_on)

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        kind = xml_stream.local(element)
        if kind == "row":
            self._filled = 0
        elif kind == "c":
            self._left -= 1
            if not self._left:
                raise _Enough
        elif kind in ("v", "is"):
            self._filled += 1
            self._rows += self._filled == 1
            self._columns = max(self._columns, self._filled)
