"""The files that visits hold in memory: bounded all together, and so that one visitor leaves room to the others."""

import threading
import weakref
from typing import Protocol

from lib.errors import FlowsheetError
from lib.settings import SHARES, settings
from lib.words.say import say

MEGABYTE = 1_000_000


class Holder(Protocol):
    """Who may hold a file; `browser` tells visitors apart, "" where nothing does."""

    browser: str

    @property
    def held_bytes(self) -> int:
        """The size of the file that is held now."""


class OpenFiles:
    """Who holds files, for as long as they live."""

    def __init__(self) -> None:
        self._holders: weakref.WeakValueDictionary[int, Holder] = weakref.WeakValueDictionary()
        self._joining = threading.Lock()

    def join(self, holder: Holder) -> None:
        """Count what this one holds from now on."""
        with self._joining:
            self._holders[id(holder)] = holder

    def has_room(self, holder: Holder, size: int) -> bool:
        """Whether `check` would let it in."""
        try:
            self.check(holder, size)
        except FlowsheetError:
            return False
        return True

    def check(self, holder: Holder, size: int) -> None:
        """Raises `FlowsheetError` where there is no room for a file of so many bytes, instead of the one it holds."""
        with self._joining:
            others = [other for other in self._holders.values() if other is not holder]
        most, own = settings().uploads_mb * MEGABYTE, [one for one in others if holder.browser == one.browser != ""]
        if size + _held(own) > most / SHARES:
            raise FlowsheetError(
                say(
                    "One visitor may have {megabytes:,.0f} MB of files open at once, and with this one it would be "
                    "more. Remove a file in another tab of yours, or bring a smaller one.",
                    megabytes=most / SHARES / MEGABYTE,
                )
            )
        if size + _held(others) > most:
            raise FlowsheetError(
                say(
                    "This app has as many files open as it can hold ({megabytes:,.0f} MB). Try again in some minutes, "
                    "or with a smaller file.",
                    megabytes=most / MEGABYTE,
                )
            )


def _held(holders: list[Holder]) -> int:
    return sum(one.held_bytes for one in holders)


OPEN_FILES = OpenFiles()
