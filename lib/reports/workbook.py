"""Tables as workbooks that are safe to open: cells are texts, numbers, days, yes or no, and never formulas or links."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from lib.fields import Cell
from lib.model.cell_limits import fits
from lib.model.formula_guard import guarded_where_mistakable
from lib.words.say import later, say

NARROWEST_COLUMN = 8
WIDEST_COLUMN = 60
MOST_SHOWN_AS_TEXT = 255  # of more characters, cells in the format of texts show ####
EVERYWHERE = "A1:XFD1048576"
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
TEXT, WHOLE = "@", "0"
BUILT_IN = {TEXT: 49, WHOLE: 1}
DAY, MINUTES, SECONDS = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "yyyy-mm-dd hh:mm:ss"
LONGEST_TITLE = 32
TAB = later("Rows")
RED = {"bg_color": "#FAD4D0", "font_color": "#8C1D18"}
UTC_FORMAT = f'{SECONDS} "UTC"'


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a table is shown, by its columns: `red` are positions of rows, `choices` what a column offers, `formats`
    number formats of their own, `notes` what is said where somebody goes into a cell; `typed` columns hold more than
    texts, so that what is typed there is no text either; `hidden` ones are not seen.
    So many `frozen` columns on the left stay in sight. `about` is said on a tab of its own."""

    red: Mapping[str, set[int]] = field(default_factory=dict)
    choices: Mapping[str, Sequence[Cell]] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    typed: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    frozen: int = 1
    about: str = ""


def excel_bytes(table: pd.DataFrame, look: Look | None = None) -> bytes:
    """An .xlsx with a table of `Cell`s.

    A text that no cell can hold is never cut: its cell stays empty, and a tab of its own names it.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        _Writer(workbook, table, look or Look()).write()
    return target.getvalue()


class _Writer:
    """One workbook on its way."""

    def __init__(self, workbook: Any, table: pd.DataFrame, look: Look) -> None:
        self._workbook, self._table, self._look = workbook, table, look
        self._sheet = workbook.add_worksheet(say(TAB))
        self._formats: dict[tuple[str, bool], Any] = {}

    def write(self) -> None:
        """All of it."""
        header = self._workbook.add_format({"bold": True, "bottom": 1})
        self._sheet.freeze_panes(1, self._look.frozen)
        self._sheet.ignore_errors({"number_stored_as_text": EVERYWHERE})
        too_long: list[tuple[str, str, str]] = []
        for place, (name, column) in enumerate(self._table.items()):
            cells = guarded_cells(column)
            long = [row for row, cell in enumerate(cells) if isinstance(cell, str) and not fits(cell)]
            too_long += [(str(row + 2), str(name), str(len(str(cells[row])))) for row in long]
            for row in long:
                cells[row] = ""
            self._sheet.write_string(0, place, str(name), header)
            self._write_column(place, str(name), cells)
        self._name_long_texts(too_long)
        if self._look.about:
            self._workbook.add_worksheet(say("About this file")).write_string(0, 0, self._look.about)
        self._add_rules()

    def _write_column(self, place: int, label: str, cells: list[Cell]) -> None:
        red, own = self._look.red.get(label, set()), self._look.formats.get(label, "")
        usual = "" if label in self._look.typed else TEXT
        for row, cell in enumerate(cells):
            code = usual if cell == "" else own if own and not isinstance(cell, str) else _code(cell)
            self._put(row + 1, place, cell, self._format(code, row in red))
        widest = max([*map(_width, cells), len(label), NARROWEST_COLUMN])
        options = {"hidden": label in self._look.hidden}
        self._sheet.set_column(place, place, min(widest + 1, WIDEST_COLUMN), self._format(usual, False), options)

    def _put(self, row: int, column: int, cell: Cell, form: Any) -> None:
        if isinstance(cell, str):
            write = self._sheet.write_string if cell else self._sheet.write_blank
        elif isinstance(cell, bool):
            write = self._sheet.write_boolean
        else:
            write = self._sheet.write_datetime if isinstance(cell, date) else self._sheet.write_number
        write(row, column, cell, form)

    def _format(self, code: str, is_red: bool) -> Any:
        """The format of such cells; made once."""
        if (code, is_red) not in self._formats:
            form = {"num_format": BUILT_IN.get(code, code)} if code else {}
            self._formats[code, is_red] = self._workbook.add_format(form | (RED if is_red else {}))
        return self._formats[code, is_red]

    def _name_long_texts(self, too_long: Sequence[tuple[str, str, str]]) -> None:
        if not too_long:
            return
        notes = self._workbook.add_worksheet(say("Texts Excel cannot hold"))
        for row, line in enumerate([(say("Row"), say("Column"), say("Characters")), *too_long]):
            for column, text in enumerate(line):
                notes.write_string(row, column, text)

    def _add_rules(self) -> None:
        """What columns offer and say."""
        offered = {label: cells for label, cells in self._look.choices.items() if cells}
        lists = self._workbook.add_worksheet("Options") if offered else None
        for place, label in enumerate([*offered, *(self._look.notes.keys() - offered.keys())]):
            rule: dict[str, Any] = {"validate": "any", "error_type": "warning"}
            if label in offered:
                letter = xl_col_to_name(place, True)
                rule |= {"validate": "list", "source": f"=Options!{letter}$1:{letter}${len(offered[label])}"}
                self._list(lists, place, offered[label])
            if label in self._look.notes:
                rule |= {"input_title": label[:LONGEST_TITLE], "input_message": self._look.notes[label]}
            column = self._table.columns.get_loc(label)
            self._sheet.data_validation(1, column, max(len(self._table), 1), column, rule)

    def _list(self, lists: Any, place: int, cells: Sequence[Cell]) -> None:
        """On a hidden tab, since a list inside a cell may hold 255 characters only."""
        lists.hide()
        for row, cell in enumerate(guarded_cells(pd.Series(cells, dtype="object"))):
            write = lists.write_boolean if isinstance(cell, bool) else lists.write_string
            write(row, place, cell)


def guarded_cells(column: pd.Series) -> list[Cell]:
    """The cells of a column; texts that reading would take for something else are guarded."""
    cells: list[Cell] = column.tolist()
    texts = pd.Series({row: cell for row, cell in enumerate(cells) if isinstance(cell, str)}, dtype="str")
    for row, text in guarded_where_mistakable(texts).items():
        cells[int(str(row))] = text
    return cells


def _code(cell: Cell) -> str:
    """The number format of a cell."""
    if isinstance(cell, datetime):
        return SECONDS if cell.second else MINUTES
    if isinstance(cell, date):
        return DAY
    if isinstance(cell, str):
        return TEXT if len(cell) <= MOST_SHOWN_AS_TEXT else ""
    return WHOLE if not isinstance(cell, bool) and cell == int(cell) else ""


def _width(cell: Cell) -> int:
    return len(cell) if isinstance(cell, str) else len(_code(cell)) if isinstance(cell, date) else len(str(cell))
