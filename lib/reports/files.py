"""Tables as files that are safe to open: no cell becomes a formula or a link."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from lib.model.formula_guard import guarded, guarded_where_mistakable

NARROWEST_COLUMN = 8
WIDEST_COLUMN = 60
MOST_CELL_CHARACTERS = 32_767  # Excel's own limit


def csv_bytes(table: pd.DataFrame) -> bytes:
    """CSV in UTF-8 with the mark that Excel needs to see it.

    Lines end as in RFC 4180; both signs of that make a cell stand in quotes, so that neither ends a line within one.
    """
    safe = table.astype("str").apply(guarded)
    safe.columns = guarded(pd.Series(table.columns, dtype="str"))
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def excel_bytes(
    table: pd.DataFrame,
    highlights: Mapping[str, set[int]] | None = None,
    choices: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """An .xlsx with every cell as text.

    `highlights` marks cells red: column → positions of rows; `choices` offers a list of values in a column. A text that
    no cell can hold is never cut: its cell stays empty, and a tab of its own names it.
    """
    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(target, options) as workbook:
        sheet = workbook.add_worksheet("Rows")
        header = workbook.add_format({"bold": True, "bottom": 1})
        red = workbook.add_format({"bg_color": "#FAD4D0", "font_color": "#8C1D18"})
        sheet.freeze_panes(1, 0)
        too_long: list[tuple[str, str, str]] = []
        for column, (label, texts) in enumerate(table.astype("str").items()):
            marked = (highlights or {}).get(str(label), set())
            lengths = texts.str.len()
            too_long += _too_long(str(label), lengths)
            cells = guarded_where_mistakable(texts).mask(lengths >= MOST_CELL_CHARACTERS, "")
            sheet.write_string(0, column, str(label), header)
            for row, text in enumerate(cells):
                sheet.write_string(row + 1, column, text, red if row in marked else None)
            widest = max([int(lengths.max()) if len(texts) else 0, len(str(label)), NARROWEST_COLUMN])
            sheet.set_column(column, column, min(widest, WIDEST_COLUMN))
        _name_long_texts(workbook, too_long)
        _offer_choices(workbook, sheet, table, choices or {})
    return target.getvalue()


def _too_long(label: str, lengths: pd.Series) -> list[tuple[str, str, str]]:
    """Row of the sheet, column and length of each text that no cell can hold."""
    places = enumerate(lengths, 2)
    return [(str(row), label, str(length)) for row, length in places if length >= MOST_CELL_CHARACTERS]


def _name_long_texts(workbook: Any, too_long: Sequence[tuple[str, str, str]]) -> None:
    if not too_long:
        return
    notes = workbook.add_worksheet("Too long for Excel")
    for row, line in enumerate([("Row", "Column", "Characters"), *too_long]):
        for column, text in enumerate(line):
            notes.write_string(row, column, text)


def _offer_choices(workbook: Any, sheet: Any, table: pd.DataFrame, choices: Mapping[str, Sequence[str]]) -> None:
    """Lists to choose from. They stand on a hidden tab, since a list inside a cell may hold 255 characters only."""
    offered = {label: names for label, names in choices.items() if names and len(table)}
    if not offered:
        return
    lists = workbook.add_worksheet("Options")
    lists.hide()
    for place, (label, names) in enumerate(offered.items()):
        for row, name in enumerate(names):
            lists.write_string(row, place, name)
        source = f"=Options!{xl_col_to_name(place, True)}$1:{xl_col_to_name(place, True)}${len(names)}"
        column = table.columns.get_loc(label)
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(1, column, len(table), column, rule)
