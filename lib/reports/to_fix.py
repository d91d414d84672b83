"""The rows that have to be corrected, with what is wrong and how to fix it, to be worked on in a spreadsheet."""

from collections.abc import Iterable, Mapping

import pandas as pd

from lib.fields import Cell, ReadContext, kind_of
from lib.model.collection import Collection
from lib.model.mapping import ColumnMapping
from lib.model.problem import Severity
from lib.model.row_key import FIX_COLUMN, KEY_COLUMN, PROBLEM_COLUMN, RowKeys, unused
from lib.model.row_status import LANDED, RowStatus
from lib.model.said import said
from lib.model.sheet import Sheet
from lib.model.words import NOTHING_TO_MEND
from lib.reports.workbook import Look, excel_bytes
from lib.words.say import later, say

TO_FIX = {
    RowStatus.FAILED: later("refused this item"),
    RowStatus.LEFT_OUT: later("Left out"),
    RowStatus.HELD_BACK: later("Held back"),
}
NOT_CREATED = later("this item was not created")
RedCells = dict[str, set[int]]  # by column, the positions of rows


def to_fix(results: pd.DataFrame, problems: pd.DataFrame) -> pd.Index:
    """The rows of `row_results` that are not, or not wholly, as the file says, where there is something to mend;
    `problems` are the errors of the file."""
    is_to_fix = results["status"].isin(TO_FIX) & ~results["reason"].isin(NOTHING_TO_MEND)
    return results.index[is_to_fix | _is_refused(results) | results.index.isin(problems["row"].dropna())]


def _is_refused(results: pd.DataFrame) -> pd.Series:
    """The rows that were stored without a file that was refused: only of these a field is named."""
    return results["status"].isin(LANDED) & (results["field"] != "")


def rows_to_fix(
    sheet: Sheet, mapping: ColumnMapping | None, problems: pd.DataFrame, results: pd.DataFrame, collection: Collection
) -> tuple[pd.DataFrame, RedCells]:
    """Rows that failed, were left out, wholly or in part, or held back: with Problem and How to fix, and as they were;
    and the cells to blame.

    `problems` are the errors of the sheet. Ready to be corrected and uploaded again: the two extra columns feed no
    field.
    """
    rows = to_fix(results, problems)
    found = _of_rows(problems)
    told = _told(found).reindex(rows)
    failed = results.loc[rows]
    is_blamed = (failed["status"] == RowStatus.FAILED) | _is_refused(failed)
    ends = {status: say(words) for status, words in TO_FIX.items()}
    what = told["what"].fillna(_blame(failed).where(is_blamed, failed["status"].map(ends)))
    names = {field.slug: field.display_name for field in collection.fields}
    columns = {names.get(m.field_slug or "", ""): m.column for m in (mapping.matches if mapping else ())}
    blamed = failed["field"].map(columns).dropna()
    cells = [*zip(found["row"], found["column"], strict=True), *blamed.items()]
    return _beside(sheet, rows, what, told["fix"].fillna(said(failed["reason"]))), _red(rows, cells)


def errors_to_fix(sheet: Sheet, problems: pd.DataFrame) -> tuple[pd.DataFrame, RedCells]:
    """The same for a sheet that was only checked: the rows with errors, as they stand. `problems` are all of them."""
    found = _of_rows(problems[problems["severity"] == Severity.ERROR])
    told = _told(found)
    rows = sheet.frame.index.intersection(told.index)
    told = told.reindex(rows)
    return _beside(sheet, rows, told["what"], told["fix"]), _red(rows, zip(found["row"], found["column"], strict=True))


def to_come_back(table: pd.DataFrame, red: RedCells, keys: RowKeys, choices: Mapping[str, list[Cell]]) -> bytes:
    """Such rows as a workbook whose rows are known when it is brought back, by a hidden column."""
    label = unused(KEY_COLUMN, [str(column) for column in table])
    keyed = table.assign(**{label: [keys.of(row) for row in table.index]})
    return excel_bytes(keyed, Look(red=red, choices=choices, hidden=frozenset({label}), frozen=0))


def choices_of(mapping: ColumnMapping, collection: Collection, context: ReadContext) -> dict[str, list[Cell]]:
    """What each matched column may offer to choose from."""
    fields = [(match.column, collection.field(match.field_slug or "")) for match in mapping.fields]
    return {column: list(kind_of(field.type).offered(field, context)) for column, field in fields}


def _blame(failed: pd.DataFrame) -> pd.Series:
    """What came of rows that failed; one without an item was to create it."""
    names = failed["field"].where(failed["field"] != "", "Webflow")
    refused, not_created = say(TO_FIX[RowStatus.FAILED]), say(NOT_CREATED)
    ends = failed["item_id"].map(lambda item_id: refused if item_id else not_created)
    return names.str.cat(ends.astype("str"), sep=": ")


def _of_rows(problems: pd.DataFrame) -> pd.DataFrame:
    return problems[problems["row"].notna()].astype({"row": "int64"})


def _told(found: pd.DataFrame) -> pd.DataFrame:
    """By row: `what` is wrong and the `fix`, of all its problems."""
    words = found.assign(what=found["column"].str.cat(said(found["kind"]), sep=": ").str.removeprefix(": "))
    told: pd.DataFrame = words.groupby("row")[["what", "fix"]].agg(" / ".join)
    return told


def _beside(sheet: Sheet, rows: pd.Index, what: pd.Series, fix: pd.Series) -> pd.DataFrame:
    """What is wrong comes first: a sheet may be wide."""
    table = sheet.frame.loc[rows]
    for place, (label, texts) in enumerate(((PROBLEM_COLUMN, what), (FIX_COLUMN, fix))):
        table.insert(place, unused(say(label), sheet.columns), texts)
    return table


def _red(rows: pd.Index, found: Iterable[tuple[int, str]]) -> RedCells:
    place = {row: position for position, row in enumerate(rows)}
    cells: RedCells = {}
    for row, column in found:
        if row in place:
            cells.setdefault(column, set()).add(place[row])
    return cells
