"""Rows go out to a spreadsheet and come back corrected: the cells that were corrected change, and no others."""

from collections.abc import Mapping

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib.errors import UnreadableFile
from lib.model.edits import Edit, Edits
from lib.model.problem import Problem, problem_table
from lib.model.row_key import RowKeys, file_mark, read_key, state_mark
from lib.model.sheet import Sheet, Source
from lib.reports.files import csv_bytes
from lib.reports.to_fix import errors_to_fix, to_come_back
from lib.reports.workbook import TAB, excel_bytes
from lib.stages.edited import edited
from lib.stages.mending.corrections import Corrections, corrections
from tests.builders import a_sheet
from tests.reading import read_sheet
from tests.reports.test_reports import DANGEROUS, GUARDLIKE
from tests.reports.test_reports import TEXTS as ANY

MARK = file_mark(b"the file", Source(file_name="a.csv"))
LONG = "(a text that no cell can hold)"
ROWS = st.integers(2, 5)
COLUMNS = st.sampled_from(["Name", "Problem", "Price"])
TEXT = ANY | GUARDLIKE | st.sampled_from(["", LONG, "a\r\nb", "a\rb", "\uffff", " 1 ", "TRUE", *DANGEROUS])
CELLS = st.dictionaries(COLUMNS, st.dictionaries(ROWS, TEXT, max_size=3), max_size=2)
STEP = st.builds(Edit, what=st.just("typed"), texts=CELLS)
SHEETS = st.fixed_dictionaries({name: st.lists(TEXT, min_size=4, max_size=4) for name in ("Name", "Problem", "Price")})


def gone_out(
    sheet: Sheet, edits: Edits, rows: set[int], corrected: Mapping[str, Mapping[int, str]] | None = None
) -> bytes:
    """The rows with errors as they are downloaded, corrected in a spreadsheet."""
    wrong = Problem(kind="Wrong", expected="", fix="Mend it.", column="Price", rows=tuple(sorted(rows)), values=())
    table, red = errors_to_fix(edited(sheet, edits), problem_table([wrong]))
    assert red == {"Price": set(range(len(rows)))}
    for column, texts in (corrected or {}).items():
        for row, text in texts.items():
            table.loc[row, column] = text
    return to_come_back(table, red, RowKeys(file=MARK, state=state_mark(edits), rows=len(table)), {})


def back(content: bytes, sheet: Sheet, edits: Edits) -> Corrections:
    return corrections(read_sheet("back.xlsx", content, tab=TAB), sheet, edits, MARK)


def normal(frame: pd.DataFrame) -> list[list[str]]:
    return [[text.replace("\r\n", "\n").replace("\r", "\n") for text in row] for row in frame.to_numpy()]


@given(
    texts=SHEETS,
    before=st.lists(STEP, max_size=2),
    since=st.lists(STEP, max_size=2),
    undone=st.integers(0, 1),
    rows=st.sets(ROWS, min_size=1),
    corrected=CELLS,
)
@example(
    texts={name: [LONG, "a", "b", "c"] for name in ("Name", "Problem", "Price")},
    before=[],
    since=[],
    undone=0,
    rows={2, 3},
    corrected={},
)
def test_what_was_corrected_changes_and_nothing_else(
    texts: dict[str, list[str]],
    before: list[Edit],
    since: list[Edit],
    undone: int,
    rows: set[int],
    corrected: dict[str, dict[int, str]],
) -> None:
    sheet = a_sheet(
        {name: ["x" * 40_000 if text == LONG else text for text in column] for name, column in texts.items()}
    )
    out = Edits(done=tuple(before))
    then = edited(sheet, out).frame
    cells = {
        column: {row: text for row, text in new.items() if row in rows and fits_and_is_new(text, then.loc[row, column])}
        for column, new in corrected.items()
    }
    now = out.and_then(*since)
    for _ in range(min(undone, len(now.done))):
        now = now.undo()
    found = back(gone_out(sheet, out, rows, cells), sheet, now)
    after = edited(sheet, now.and_then(Edit(what="corrections", texts=found.texts))).frame
    wanted = edited(sheet, now.and_then(Edit(what="by hand", texts=cells))).frame
    assert normal(after) == normal(wanted)
    assert (found.unknown, found.unlike, found.missing, found.lost, found.unread) == (0, 0, 0, (), 0)
    assert not found.is_behind
    assert not back(gone_out(sheet, out, rows), sheet, now).texts, "what nobody corrected is nothing to make"


def fits_and_is_new(text: str, went: str) -> bool:
    return text != LONG and "\uffff" not in text and "\ufffd" not in text and text != went


SHEET = a_sheet({"Slug": ["a", "b", "c"], "Price": ["1", "free", "3"]})
KEYS = RowKeys(file=MARK, state=state_mark(Edits()), rows=2)


def frame(**columns: list[str]) -> pd.DataFrame:
    """The rows 3 and 4 as they came back."""
    told = {"Slug": ["b", "c"], "Price": ["2", "3"], "Row key": [KEYS.of(3), KEYS.of(4)]} | columns
    return pd.DataFrame({name.replace("_", " "): texts for name, texts in told.items()})


def taken(table: pd.DataFrame, edits: Edits | None = None) -> Corrections:
    return back(excel_bytes(table), SHEET, edits or Edits())


OTHER = RowKeys(file=file_mark(b"another", Source(file_name="a.csv")), state=KEYS.state, rows=2)


def test_cells_that_differ_are_corrections_wherever_their_rows_stand() -> None:
    found = taken(frame()[["Price", "Row key", "Slug"]].iloc[::-1])
    assert found == Corrections(texts={"Price": {3: "2"}})
    assert (found.cells, found.rows) == (1, 1)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (KEYS.of(3).replace("-3-", "-2-"), "another row was meant"),
        (KEYS.of(3)[:-1] + ("0" if KEYS.of(3)[-1] != "0" else "1"), "filled down"),
        (OTHER.of(3), "of another file"),
        (KEYS.of(9), "no such row"),
        ("", "a row of its own"),
        ("1-2-3-4", "nonsense"),
        ("---" + "9" * 5_000, "nonsense"),
    ],
)
def test_a_row_whose_key_is_not_one_of_ours_is_told_and_never_used(key: str, why: str) -> None:
    found = taken(frame(Slug=["x", "y"], Row_key=[key, KEYS.of(4)]))
    assert found == Corrections(texts={"Slug": {4: "y"}}, unknown=1, missing=1), why


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"Row_key": [OTHER.of(3), OTHER.of(4)]}, "of another file"),
        ({"Row_key": ["x", "y"]}, "keys were altered"),
    ],
)
def test_a_file_of_other_rows_is_refused_in_one_sentence(columns: dict[str, list[str]], said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        taken(frame(**columns))


def test_a_file_without_keys_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="no column “Row key”"):
        taken(frame().drop(columns="Row key"))


def test_the_same_file_read_in_another_way_has_other_rows() -> None:
    assert len({file_mark(b"x", Source(file_name="", tab=tab, header_row=row)) for tab in "ab" for row in (1, 2)}) == 4


def test_rows_deleted_in_the_spreadsheet_stay_and_are_told() -> None:
    assert taken(frame().iloc[:1]) == Corrections(texts={"Price": {3: "2"}}, missing=1)


def test_of_rows_that_are_there_twice_and_unlike_none_is_used() -> None:
    assert taken(pd.concat([frame(), frame()])) == Corrections(texts={"Price": {3: "2"}})
    assert taken(pd.concat([frame(), frame(Price=["7", "3"])])) == Corrections(texts={}, unlike=1)


def test_a_column_that_did_not_come_back_stays_and_is_told() -> None:
    assert taken(frame().drop(columns="Price")) == Corrections(texts={}, lost=("Price",))


def test_a_cell_that_could_not_be_read_is_told_and_not_emptied() -> None:
    lost = frame(Price=["2 \ufffd", "3"])
    assert taken(lost) == Corrections(texts={}, unread=1)


def test_what_was_mended_here_since_stays_unless_the_same_cell_was_corrected() -> None:
    here = Edit(what="mended", texts={"Price": {3: "9"}, "Slug": {4: "cc"}})
    assert taken(frame(Price=["free", "33"]), Edits().and_then(here)).texts == {"Price": {4: "33"}}
    assert taken(frame(), Edits().and_then(here)).texts == {"Price": {3: "2"}}
    assert taken(frame(Price=["9", "3"]), Edits().and_then(here)).texts == {}


def test_it_is_said_where_nobody_knows_any_more_what_went_out() -> None:
    gone = RowKeys(file=MARK, state=state_mark(Edits().and_then(Edit(what="", texts={"Price": {3: "8"}}))), rows=2)
    found = taken(frame(Row_key=[gone.of(3), gone.of(4)]))
    assert (found.is_behind, found.texts) == (True, {"Price": {3: "2"}})


def test_a_correction_without_excel_works_too() -> None:
    found = corrections(read_sheet("back.csv", csv_bytes(frame())), SHEET, Edits(), MARK)
    assert found == Corrections(texts={"Price": {3: "2"}})


@given(file=st.text(max_size=12), state=st.text(max_size=12), rows=st.integers(0, 200_000), row=st.integers(1, 200_000))
def test_a_key_is_read_back_or_it_is_none(file: str, state: str, rows: int, row: int) -> None:
    keys = RowKeys(file=file, state=state, rows=rows)
    assert read_key(MARK + keys.of(row)) is None
    if not set("-") & set(file + state) and keys.of(row).strip() == keys.of(row):
        assert read_key(keys.of(row)) == (keys, row)
