"""Tables as files that are safe to open: no cell becomes a formula or a link."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

# A spreadsheet program runs text that starts so; a quote before it keeps it text (OWASP, "CSV Injection").
DANGEROUS = re.compile(r"^(?=[=+\-@\t\r])")
PLAIN_NUMBER = re.compile(r"-\d+([.,]\d+)?")
WIDEST_COLUMN = 60
MOST_CELL_CHARACTERS = 32_767  # Excel's own limit


def csv_bytes(table: pd.DataFrame) -> bytes:
    """CSV in UTF-8 with the mark that Excel needs to see it."""
    return table.apply(_safe).to_csv(index=False).encode("utf-8-sig")


def _safe(texts: pd.Series) -> pd.Series:
    texts = texts.astype("str")
    risky = texts.str.match(DANGEROUS) & ~texts.str.fullmatch(PLAIN_NUMBER)
    return texts.mask(risky, "'" + texts) if risky.any() else texts


def excel_bytes(
    table: pd.DataFrame,
    highlights: Mapping[str, set[int]] | None = None,
    choices: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """An .xlsx with every cell as text.

    `highlights` marks cells red: column → positions of rows; `choices` offers a list of values in a column.
    """
    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(target, options) as workbook:
        sheet = workbook.add_worksheet("Rows")
        header = workbook.add_format({"bold": True, "bottom": 1})
        red = workbook.add_format({"bg_color": "#FAD4D0", "font_color": "#8C1D18"})
        sheet.freeze_panes(1, 0)
        for column, (label, texts) in enumerate(table.items()):
            marked = (highlights or {}).get(str(label), set())
            sheet.write_string(0, column, str(label), header)
            for row, text in enumerate(texts.astype("str")):
                sheet.write_string(row + 1, column, text[:MOST_CELL_CHARACTERS], red if row in marked else None)
            widest = int(texts.astype("str").str.len().max() or 0) if len(texts) else 0
            sheet.set_column(column, column, min(max(widest, len(str(label)), 8), WIDEST_COLUMN))
        _offer_choices(workbook, sheet, table, choices or {})
    return target.getvalue()


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
