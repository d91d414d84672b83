"""Excel workbooks: the cells of one tab, as the text a person sees."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from lib.errors import UnreadableFile
from lib.model.problem import Problem, Severity
from lib.model.sheet import Source
from lib.stages.read.cells import NO_NUMBER, number_problems, text_of, unreadable_row
from lib.stages.read.grid import CellProblem, Grid, UnreadableTab
from lib.stages.read.kind import FileKind
from lib.stages.read.limits import check_reach, check_size, check_text
from lib.stages.read.package import Package
from lib.stages.read.places import column_letters
from lib.stages.read.shared_texts import long_texts
from lib.stages.read.sheet_scan import scan
from lib.stages.read.styles import forms, show
from lib.stages.read.tab_count import Counter
from lib.stages.read.tabs import MAX_TABS, Tab, in_order, most_likely
from lib.stages.read.unseen import hidden_columns, merged_cells
from lib.words.say import later, say

UNSEEN = Problem(
    kind=later("Error cells cannot be seen"),
    expected=later("a workbook in the .xlsx format"),
    fix=later(
        "In this file, cells with errors such as #N/A look empty, 15% may be read as 0.15 and 00101 as "
        "101, and hidden rows are not told. If the sheet has any of these, save it as .xlsx first."
    ),
    severity=Severity.WARNING,
)
UNNAMED = "Cannot detect file format"  # the reader has tried them all and forgotten why each one failed
PASSWORD = later(
    "This workbook is protected with a password. Open it in your spreadsheet program, remove the password, "
    "save it, and upload it again."
)


def read_workbook(file_name: str, content: bytes, kind: FileKind, *, tab: str | None) -> Grid:
    """The rows of one tab (None: the one that is most likely the table); raises `UnreadableFile`."""
    package = Package(content) if kind is FileKind.XLSX else None
    parts = package.tab_parts() if package else {}
    texts = long_texts(package) if package else {}  # before anybody makes room for them
    workbook = _opened(content)
    tabs = in_order(_tabs(workbook, package, parts))
    names = tuple(tab.name for tab in tabs)
    chosen = tab if tab in names else most_likely(tabs)
    source = Source(file_name=file_name, tab=chosen, tabs=names, tab_sizes=tuple(tab.size for tab in tabs))
    try:
        return _read_tab(workbook, package, parts.get(chosen), texts, source)
    except UnreadableFile as error:
        raise UnreadableTab(str(error), source) from None


def _read_tab(
    workbook: CalamineWorkbook, package: Package | None, part: str | None, texts: dict[int, int], source: Source
) -> Grid:
    if package is None or part is None:
        sheet = _laid_out(workbook, source.tab)
        rows, problems = _cells(sheet)
        problems += merged_cells(_ranges(sheet), rows)
        return Grid(source=source, rows=rows, problems=tuple(problems), notes=(UNSEEN,))
    shown = forms(package)
    seen = scan(package, part, texts, shown)
    check_reach(seen.rows, seen.columns, f"{column_letters(seen.columns - 1)}{seen.rows}")
    rows, problems = _cells(_laid_out(workbook, source.tab))
    problems += [*merged_cells(seen.merged, rows), *seen.problems, *show(rows, seen.styled, shown)]
    return Grid(
        source=source,
        rows=rows,
        problems=tuple(problems),
        notes=tuple(hidden_columns(seen.hidden_columns, rows)),
    )


def _opened(content: bytes) -> CalamineWorkbook:
    with _told():
        return CalamineWorkbook.from_filelike(io.BytesIO(content))


def _laid_out(workbook: CalamineWorkbook, tab: str) -> Any:
    with _told():
        return workbook.get_sheet_by_name(tab)


@contextmanager
def _told() -> Iterator[None]:
    """What the workbook reader stumbles over, as a sentence."""
    try:
        yield
    except PasswordError:
        raise UnreadableFile(say(PASSWORD)) from None
    except (MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise UnreadableFile(_reason(error)) from None


def _reason(error: BaseException) -> str:
    has_words = isinstance(error, (CalamineError, OSError, ValueError)) and str(error) != UNNAMED
    known = str(error)[:100] if has_words else say("what it holds is not as its format asks for")
    return say(
        "This workbook is damaged or protected in a way that cannot be undone here ({reason}). Open it in "
        "your spreadsheet program, remove the password if it has one, and save it again as .xlsx.",
        reason=known,
    )


def _tabs(workbook: CalamineWorkbook, package: Package | None, parts: dict[str, str]) -> list[Tab]:
    """Tabs with cells, which charts have not; counted where there is a choice."""
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = {sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible}
    names = [sheet.name for sheet in sheets]
    if not 1 < len(names) <= MAX_TABS:
        return [Tab(name=name, is_visible=name in visible) for name in names]
    if package:
        counter = Counter(package)
        return [counter.counted(name, parts.get(name), is_visible=name in visible) for name in names]
    return [_reach(workbook, name, is_visible=name in visible) for name in names]


def _reach(workbook: CalamineWorkbook, name: str, *, is_visible: bool) -> Tab:
    """A tab of a format without parts to look into, with the size of what is laid out."""
    try:
        sheet = _laid_out(workbook, name)
    except UnreadableFile:  # whoever chooses it is told
        return Tab(name=name, is_visible=is_visible)
    return Tab(name=name, is_visible=is_visible, rows=sheet.height, columns=sheet.width)


def _cells(sheet: Any) -> tuple[list[list[str]], list[CellProblem]]:
    """All rows from the first one of the tab on, as wide as the last column that holds anything; and what is odd."""
    rows: list[list[str]] = []
    problems: list[CellProblem] = []
    size = 0
    for cells in _each_row(sheet):
        if cells is None:
            cells = [NO_NUMBER]
            problems.append(unreadable_row(len(rows) + 1))
        problems += number_problems(cells, len(rows) + 1)
        row = [cell if type(cell) is str else text_of(cell) for cell in cells]
        while row and not row[-1]:
            row.pop()
        size += sum(map(len, row))
        check_text(size)
        rows.append(row)
    return rectangle(rows), problems


def rectangle(rows: list[list[str]]) -> list[list[str]]:
    """Rows of the same length, without the blank ones at the end; raises `UnreadableFile`."""
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    check_size(len(rows), width)
    for row in rows:
        row += [""] * (width - len(row))
    return rows


def _each_row(sheet: Any) -> Iterator[list[Any] | None]:
    """The rows that are laid out; None for one with values that cannot be had. The reader goes on behind it."""
    rows = sheet.iter_rows()
    for _ in range(sheet.total_height + 1):  # in any case an end
        try:
            yield next(rows)
        except StopIteration:
            return
        except MemoryError:
            raise
        except BaseException:  # a panic of the reader is no Exception
            yield None


def _ranges(sheet: Any) -> list[tuple[int, int, int, int]]:
    return [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
