"""Rows with errors are taken to a spreadsheet and brought back corrected on the Check page; the same work goes on."""

import io

import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from lib.reports.workbook import excel_bytes
from lib.workflow.checking import Checked
from lib.workflow.destination import Uploaded
from lib.workflow.planning import Planned
from pages.parts import check_excel
from tests.pages.walk import click, press, said, stage, to_check
from tests.reading import read_sheet

MESSY = (
    "Slug,Price,Finish\nsea-glass-mug-small,23 each,Matt\nsea-glass-mug-medium,27,Shiny\nsea-glass-mug-large,31,Matt\n"
)


def download(app: AppTest) -> bytes:
    """What the button gives."""
    return check_excel.to_fix(stage(app, Checked))


def bring(app: AppTest, content: bytes, name: str = "corrected.xlsx") -> AppTest:
    unfold(app)
    app.file_uploader(key="corrected").set_value((name, content, "application/octet-stream"))
    return unfold(app)


def unfold(app: AppTest) -> AppTest:
    app.session_state["part_excel"] = True
    return app.run()


def corrected(content: bytes, **columns: list[str]) -> bytes:
    table = read_sheet("a.xlsx", content).frame.assign(**columns)
    return excel_bytes(table)


def test_the_download_has_the_rows_with_errors_and_what_to_do(app: AppTest) -> None:
    to_check(app, MESSY)
    assert "2 rows to fix (Excel)" in [button.proto.label for button in unfold(app).get("download_button")]
    frame = read_sheet("a.xlsx", download(app)).frame
    assert list(frame.columns) == ["Problem", "How to fix", "Slug", "Price", "Finish", "Row key"]
    assert list(frame["Problem"]) == ["Price: Not a number", "Finish: No such option"]
    assert list(frame["Slug"]) == ["sea-glass-mug-small", "sea-glass-mug-medium"]
    options = CalamineWorkbook.from_filelike(io.BytesIO(download(app))).get_sheet_by_name("Options").to_python()
    assert "Matt" in {cell for row in options for cell in row}


def test_what_was_corrected_is_shown_and_then_one_step_that_can_be_taken_back(app: AppTest) -> None:
    to_check(app, MESSY)
    content = corrected(download(app), Price=["23", "28"], Finish=["Matt", "Raw"])
    bring(app, content)
    assert "Price, row 2: “23 each” → “23”" in said(app)
    press(app, "Make 3 corrections in 2 rows")
    (step,) = stage(app, Uploaded).edits.done
    assert step.what == "Corrections from corrected.xlsx: 3 cells in 2 rows"
    assert stage(app, Checked).bad == 0
    assert "All that this file says is in the sheet." in said(bring(app, content))
    click(app, "undo_edit")
    assert stage(app, Checked).bad == 2
    click(app, "redo_edit")
    click(app, "next")
    prices = {change.item_name: change.after.get("price") for change in stage(app, Planned).plan.changes}
    assert set(prices.values()) == {23, 28, 31}


def test_the_work_done_here_meanwhile_stays(app: AppTest) -> None:
    to_check(app, MESSY)
    content = download(app)
    press(app, "Take the number alone")
    bring(app, corrected(content, Finish=["Matt", "Raw"]))
    press(app, "Make 1 correction in 1 row")
    assert list(stage(app, Uploaded).edited.frame["Price"]) == ["23", "27", "31"]
    assert stage(app, Checked).bad == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (excel_bytes(read_sheet("a.csv", MESSY.encode()).frame), "This file has no column “Row key”"),
        (b"PK\x03\x04 no workbook at all", "This workbook is damaged"),
    ],
)
def test_a_file_that_is_none_of_this_is_refused_in_words(app: AppTest, content: bytes, told: str) -> None:
    to_check(app, MESSY)
    bring(app, content)
    assert told in said(app)
    assert stage(app, Uploaded).edits.done == ()


def test_the_corrections_of_another_file_are_refused(app: AppTest) -> None:
    to_check(app, MESSY)
    content = download(app)
    click(app, "again")
    click(app, "another_file")
    app.file_uploader(key="file").set_value(("other.csv", MESSY.replace("31", "32").encode(), "text/csv")).run()
    click(app, "next")
    click(app, "next")
    bring(app, content)
    assert "These rows are of another file, or of this one read in another way." in said(app)
    assert stage(app, Uploaded).edits.done == ()


def test_what_is_left_alone_is_told(app: AppTest) -> None:
    to_check(app, MESSY)
    table = read_sheet("a.xlsx", download(app)).frame.iloc[:1].assign(Price=["23"])
    bring(app, excel_bytes(table))
    assert "1 row of the download did not come back. It stays as it is here." in said(app)
    assert "Make 1 correction in 1 row" in [button.label for button in app.button]
