"""The tabs of a workbook: what each one holds, and which one is most likely the table."""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.errors import UnreadableFile
from lib.words.say import count, say

MAX_TABS = 500
TABLE_COLUMNS = 2  # a note has one


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A tab and what it holds: filled rows and columns, None where they were not counted; `goes_on`: there are more."""

    name: str
    is_visible: bool = True
    rows: int | None = None
    columns: int = 0
    goes_on: bool = False

    @property
    def rows_below_header(self) -> int:
        """The rows that can be items."""
        return max((self.rows or 0) - 1, 0)

    @property
    def size(self) -> str:
        """How many rows it has below its header, in words; "" where nobody has counted."""
        if self.rows is None:
            return ""
        number = self.rows_below_header
        words = count(number, "row", "rows") if number else say("no rows")
        return say("more than {rows}", rows=words) if self.goes_on else words


def in_order(tabs: Sequence[Tab]) -> list[Tab]:
    """Visible ones first; raises `UnreadableFile` for none, or for more than anybody can choose from."""
    if not tabs:
        raise UnreadableFile(
            say("This workbook has no tab with cells. Add a header row and at least one row below it.")
        )
    if len(tabs) > MAX_TABS:
        raise UnreadableFile(
            say(
                "This workbook has {tabs:,} tabs, and {most:,} is the most. Copy the one you need into a new workbook.",
                tabs=len(tabs),
                most=MAX_TABS,
            )
        )
    return sorted(tabs, key=lambda tab: not tab.is_visible)


def most_likely(tabs: Sequence[Tab]) -> str:
    """The name of the visible tab with the most rows below a header of several columns, the first of equals; of the
    first tab where none is like that."""
    tables = [t for t in tabs if t.is_visible and t.columns >= TABLE_COLUMNS and t.rows_below_header]
    return max(tables, key=lambda tab: tab.rows_below_header, default=tabs[0]).name
