"""Excel and OpenDocument workbooks: cells as the text a person sees."""

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from lib.errors import UnreadableFile
from lib.model.severity import Severity
from lib.model.source import Source
from lib.stages.read.grid import Grid, Oddity
from lib.stages.read.kind import FileKind
from lib.stages.read.limits import check_size
from lib.stages.read.prescan import blind_spots

ROUNDED_FROM = 1e15  # Excel keeps 15 digits
NO_ERROR_CELLS = Oddity(
    row=0,
    column=0,
    kind="Error cells cannot be seen",
    found="",
    expected="a workbook in the .xlsx format",
    fix="In this format, cells with errors such as #N/A look empty. If the sheet has formulas, save it as .xlsx first.",
    severity=Severity.WARNING,
)


def read_workbook(file_name: str, content: bytes, kind: FileKind, *, tab: str | None) -> Grid:
    """The rows of one tab (None: the first visible one); raises `UnreadableFile`."""
    workbook = _opened(content)
    tabs = _tabs(workbook)
    if not tabs:
        raise UnreadableFile("This workbook has no tab with cells. Add a header row and at least one row below it.")
    chosen = tab if tab in tabs else tabs[0]
    sheet = workbook.get_sheet_by_name(chosen)
    check_size(sheet.total_height, sheet.total_width)
    cells = sheet.to_python(skip_empty_area=False)
    rows = [[_TEXTS[type(cell)](cell) for cell in row] for row in cells]
    oddities = [*_rounded(cells), *_merged(sheet, rows)]
    if kind is FileKind.XLSX:
        oddities += blind_spots(content, chosen)
    notes = () if kind is FileKind.XLSX else (NO_ERROR_CELLS,)
    source = Source(file_name=file_name, tab=chosen, tabs=tabs)
    return Grid(source=source, rows=rows, oddities=tuple(oddities), notes=notes)


def _opened(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError):
        raise UnreadableFile(
            "This workbook is damaged or protected with a password. Open it in your spreadsheet program, "
            "remove the password if it has one, and save it again as .xlsx."
        ) from None


def _tabs(workbook: CalamineWorkbook) -> tuple[str, ...]:
    """Tabs with cells, visible ones first; charts have none."""
    tabs = [s for s in workbook.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    visible = [s.name for s in tabs if s.visible == SheetVisibleEnum.Visible]
    return (*visible, *(s.name for s in tabs if s.name not in visible))


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else format(value, ".15g")


def _moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ")


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: lambda value: value,
    float: _number,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: str,
}


def _rounded(cells: list[list[Any]]) -> list[Oddity]:
    return [
        Oddity(
            row=row,
            column=column,
            kind="Long number",
            found=_number(value),
            expected="at most 15 digits, or the number as text",
            fix="Excel keeps 15 digits and has rounded this number. Format the column as text and enter it again.",
            severity=Severity.WARNING,
        )
        for row, values in enumerate(cells, 1)
        for column, value in enumerate(values)
        if type(value) is float and abs(value) >= ROUNDED_FROM
    ]


def _merged(sheet: Any, rows: list[list[str]]) -> list[Oddity]:
    """Merged cells: only the first one holds the value, the others are empty for a program."""
    return [
        Oddity(
            row=row + 1,
            column=column,
            kind="Merged cells",
            found=rows[top][left] if top < len(rows) and left < len(rows[top]) else "",
            expected="one value in every cell",
            fix="These cells are merged; only the first one holds the value. Unmerge them and fill every cell.",
            severity=Severity.WARNING,
        )
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        for row in range(top, min(bottom, len(rows) - 1) + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    ]
