"""How a file was read: a guess is said on Upload, other readings are one click away, and the choice stays in sight."""

import io

import xlsxwriter
from streamlit.testing.v1 import AppTest

from lib.workflow.destination import Uploaded
from tests.pages.walk import click, said, stage, to_upload, visit

POLISH = "slug;Summary\r\nharbour-mug;Żółty stół z Łodzi\r\n".encode("cp1250")


def test_a_guessed_encoding_is_said_and_another_is_one_click_away(app: AppTest) -> None:
    to_upload(app)
    app.file_uploader(key="file").set_value(("stoly.csv", POLISH, "text/csv"))
    app.run()
    assert "so we guessed" in said(app) and "Żółty · stół · Łodzi" in said(app)
    assert app.expander[-1].proto.expanded
    click(app, "reading_cp1251")
    sheet = stage(app, Uploaded).sheet
    assert sheet.source.encoding == "cp1251"
    assert "so we guessed" not in said(app)
    assert app.expander[-1].proto.expanded, "what was chosen stays in sight"
    click(app, "reading_cp1250")
    sheet = stage(app, Uploaded).sheet
    assert sheet.frame.at[2, "Summary"] == "Żółty stół z Łodzi"


def test_a_file_that_says_how_it_is_written_offers_no_other_reading(app: AppTest) -> None:
    to_upload(app)
    app.file_uploader(key="file").set_value(("tables.csv", "slug,Summary\na,Größe\n".encode(), "text/csv"))
    app.run()
    assert not [button.key for button in app.button if str(button.key).startswith("reading_")]
    assert not app.expander[-1].proto.expanded


def test_a_file_that_cannot_be_read_is_tried_again_only_when_somebody_asks(app: AppTest) -> None:
    to_upload(app)
    app.file_uploader(key="file").set_value(("empty.csv", b"", "text/csv"))
    app.run()
    kept = visit(app).journey.file
    assert kept is not None and kept.unread is not None and "is empty" in said(app)
    app.run()
    assert visit(app).journey.file is kept
    click(app, "once_more")
    tried = visit(app).journey.file
    assert tried is not None and tried.unread is not None and tried.unread is not kept.unread


def test_the_tabs_of_a_workbook_are_in_sight_with_their_sizes(app: AppTest) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("Read me").write_row(0, 0, ["What this is"])
        prices = book.add_worksheet("Price list")
        for row, cells in enumerate((["Slug", "Price"], ["sea-glass-mug-small", "1"], ["oat-mug-small", "2"])):
            prices.write_row(row, 0, cells)
    to_upload(app)
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    app.file_uploader(key="file").set_value(("prices.xlsx", content.getvalue(), mime)).run()
    (tabs,) = app.segmented_control
    assert tabs.value == "Price list" and stage(app, Uploaded).sheet.row_count == 2
    assert [option.replace("\\", "") for option in tabs.options] == ["Read me (no rows)", "Price list (2 rows)"]
    tabs.set_value("Read me").run()
    assert "This tab has a header but no rows below it." in said(app)
    (tabs,) = app.segmented_control
    tabs.set_value("Price list").run()
    assert stage(app, Uploaded).sheet.row_count == 2
