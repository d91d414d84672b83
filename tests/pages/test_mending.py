"""A messy sheet is mended on the Check page: with one click a kind, taken back and made again, and sent as mended."""

import pytest
from streamlit.testing.v1 import AppTest

from lib.stages.mending.rows import RowState
from lib.workflow.checking import Checked
from lib.workflow.destination import Uploaded
from lib.workflow.planning import Planned
from pages.shared.plain import plain
from tests.pages.walk import click, live_items, press, run_to_the_end, said, stage, to_check

MESSY = (
    "Slug,Price,Finish,On sale\n"
    "sea-glass-mug-small,23 each,Matt,no\n"
    "sea-glass-mug-medium,27 each,Shiny,no\n"
    "sea-glass-mug-large,31,Shiny,perhaps\n"
    "oat-mug-small,40,Matt,no\n"
    "oat-mug-small,41,Matt,no\n"
)


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_a_mend_is_offered_with_what_it_does_and_mends_all_its_cells(app: AppTest) -> None:
    to_check(app, MESSY)
    assert figures(app) == {"Rows ready": "0", "Rows with errors": "5", "Rows with warnings": "0"}
    assert "“23 each” → “23”" in said(app)
    press(app, "Take the number alone in 2 cells")
    assert list(stage(app, Uploaded).edited.frame["Price"]) == ["23", "27", "31", "40", "41"]
    assert list(stage(app, Uploaded).sheet.frame["Price"][:2]) == ["23 each", "27 each"]
    assert figures(app)["Rows ready"] == "1"
    assert "1 change made here." in said(app).replace("*", "")


def test_every_change_can_be_taken_back_and_made_again(app: AppTest) -> None:
    to_check(app, MESSY)
    press(app, "Take the number alone")
    press(app, "Leave out 2 rows")
    assert len(stage(app, Uploaded).edits.done) == 2
    click(app, "undo_edit")
    click(app, "undo_edit")
    assert figures(app) == {"Rows ready": "0", "Rows with errors": "5", "Rows with warnings": "0"}
    assert app.button(key="undo_edit").disabled
    click(app, "redo_edit")
    click(app, "redo_edit")
    assert len(stage(app, Uploaded).edits.done) == 2
    assert app.button(key="redo_edit").disabled


def test_cells_stay_as_they_are_in_webflow_and_the_row_goes_on(app: AppTest) -> None:
    to_check(app, "Slug,Price,Finish\nsea-glass-mug-small,23.75,Shiny\n")
    press(app, "Leave 1 cell as in Webflow")
    assert figures(app)["Rows ready"] == "1"
    click(app, "next")
    (change,) = stage(app, Planned).plan.changes
    assert dict(change.after) == {"price": 23.75}


def test_rows_that_were_left_out_are_told_and_the_books_balance(app: AppTest) -> None:
    to_check(app, "Slug,Price\nsea-glass-mug-small,23.75\nno-such-mug,1\n")
    press(app, "Leave out 1 row")
    assert figures(app)["Rows you left out"] == "1"
    assert "No problems." in said(app)
    click(app, "next")
    assert "2 rows in the file = 1 will update + 0 already up to date + 1 left out + 0 with errors" in said(app)
    assert stage(app, Planned).plan.reasons[3] == "You left this row out."


@pytest.mark.parametrize(("label", "price"), [("Keep the first row", 40), ("Keep the last row", 41)])
def test_of_rows_about_the_same_item_one_is_kept(app: AppTest, label: str, price: int) -> None:
    to_check(app, "Slug,Price\noat-mug-small,40\noat-mug-small,41\n")
    press(app, label)
    click(app, "next")
    (change,) = stage(app, Planned).plan.changes
    assert dict(change.after) == {"price": price}


def test_which_row_of_an_item_to_keep_can_be_chosen_item_by_item(app: AppTest) -> None:
    lines = ("oat-mug-small,40,yes", "oat-mug-small,41,yes", "ink-mug-small,50,no", "ink-mug-small,51,no")
    to_check(app, "\n".join(["Slug,Price,On sale", *lines]))
    checked = stage(app, Checked)
    group = next(group for group in checked.groups if checked.is_repeated(group))
    fold = f"part_repeats-{group.severity}-{group.column}-{group.kind}"
    app.session_state[fold] = True
    app.run()
    keep = next(button for button in app.button if str(button.key).startswith("chosen-"))
    assert keep.disabled and keep.help == "Choose a row first."
    first = next(radio for radio in app.radio if str(radio.key).startswith("repeat-2-"))
    assert first.options == ["Row 2: Price “40”", "Row 3: Price “41”"]
    app.session_state[fold] = True
    first.set_value(3)
    app.run()
    press(app, "Keep the chosen row of 1 item")
    assert figures(app)["Rows you left out"] == "1" and figures(app)["Rows with errors"] == "2"
    click(app, "next")
    (change,) = stage(app, Planned).plan.changes
    assert (change.row, dict(change.after)) == (3, {"price": 41, "on-sale": True})


def test_values_are_listed_with_their_rows_and_the_closest_that_exist(app: AppTest) -> None:
    to_check(app, "Slug,Finish\nsea-glass-mug-small,Mattt\nsea-glass-mug-medium,Mattt\noat-mug-small,Unknown\n")
    app.session_state["part_error-Finish-No such option"] = True
    app.run()
    choices = {box.label: box for box in app.selectbox if box.key.startswith("value-")}
    assert {label: box.value for label, box in choices.items()} == {
        "“Mattt” · 2 rows": "Matt",
        "“Unknown” · 1 row": None,
    }
    assert choices["“Mattt” · 2 rows"].options[:3] == ["Matt", "— Leave as in Webflow", "— Leave the rows out"]
    press(app, "Settle 1 value in 2 rows")
    assert list(stage(app, Uploaded).edited.frame["Finish"]) == ["Matt", "Matt", "Unknown"]
    app.session_state["part_changes"] = True
    assert list(app.run().dataframe[0].value["Change"]) == ["Finish: “Mattt” → “Matt”"]
    app.session_state["part_error-Finish-No such option"] = True
    app.run()
    (left,) = (box for box in app.selectbox if box.key.startswith("value-"))
    left.set_value("— Leave the rows out").run()
    press(app, "Settle 1 value in 1 row")
    assert list(stage(app, Uploaded).left_out) == [4]


def test_every_row_is_shown_with_what_is_wrong_with_it(app: AppTest) -> None:
    to_check(app, MESSY)
    app.session_state["part_rows"] = True
    app.run()
    table = app.dataframe[-1].value
    assert list(table["Row"]) == [2, 3, 4, 5, 6]
    assert table["What is wrong"].iloc[1].startswith("Price: Not a number. ")
    app.segmented_control(key="rows_shown").set_value(RowState.READY).run()
    assert "No row is like that." in said(app)
    app.segmented_control(key="rows_shown").set_value(RowState.ERROR).run()
    app.text_input(key="rows_search").set_value("PERHAPS").run()
    assert list(app.dataframe[-1].value["Row"]) == [4]


def shown_rows(app: AppTest) -> list[int]:
    app.session_state["part_rows"] = True
    app.run()
    return list(app.dataframe[-1].value["Row"])


def test_rows_are_filtered_by_the_columns_and_kinds_of_their_problems(app: AppTest) -> None:
    to_check(app, MESSY)
    assert shown_rows(app) == [2, 3, 4, 5, 6]
    columns, kinds = app.pills(key="rows_columns"), app.pills(key="rows_kinds")
    assert set(columns.options) == {"Price 2", "Finish 2", "Slug 2", "On sale 1"}
    assert columns.options[-1] == "On sale 1", "the most frequent come first"
    assert set(kinds.options) == {"Not a number 2", "No such option 2", "Same item twice 2", "Not yes or no 1"}
    columns.set_value(["Finish", "On sale"])
    assert shown_rows(app) == [3, 4]
    assert app.pills(key="rows_kinds").options == ["No such option 2", "Not yes or no 1"]
    app.pills(key="rows_kinds").set_value(["Not yes or no"])
    assert shown_rows(app) == [4]


def test_a_filter_stays_when_what_it_filters_is_mended(app: AppTest) -> None:
    to_check(app, MESSY)
    shown_rows(app)
    app.pills(key="rows_columns").set_value(["Price", "Finish"])
    assert shown_rows(app) == [2, 3, 4]
    app.session_state["part_rows"] = True
    press(app, "Take the number alone")
    assert app.pills(key="rows_columns").value == ["Finish"]
    assert shown_rows(app) == [3, 4]


def test_what_was_mended_is_what_is_sent(app: AppTest) -> None:
    to_check(app, MESSY)
    for label in (
        "Take the number alone",
        "Leave 2 cells as in Webflow",
        "Leave 1 cell as in Webflow",
        "Keep the last",
    ):
        press(app, label)
    assert stage(app, Checked).bad == 0
    click(app, "next")
    click(app, "next")
    run_to_the_end(app)
    prices = {slug: item.field_data["price"] for slug, item in live_items(app).items()}
    wanted = {"sea-glass-mug-small": 23, "sea-glass-mug-medium": 27, "sea-glass-mug-large": 31, "oat-mug-small": 41}
    assert {slug: prices[slug] for slug in wanted} == wanted


def test_changes_stay_when_the_match_is_looked_at_again(app: AppTest) -> None:
    to_check(app, MESSY)
    press(app, "Take the number alone")
    click(app, "match_again")
    click(app, "next")
    assert len(stage(app, Uploaded).edits.done) == 1
    assert stage(app, Checked).before.sheet.frame["Price"].iloc[0] == "23"


def test_a_text_of_the_file_is_never_markdown_in_a_group(app: AppTest) -> None:
    value = "**bold** <b>x</b> [a](https://evil.example)"
    to_check(app, f"Slug,Finish\nsea-glass-mug-small,{value}\n")
    app.session_state["part_error-Finish-No such option"] = True
    app.run()
    (box,) = (box for box in app.selectbox if str(box.key).startswith("value-"))
    assert box.label == f"“{plain(value)}” · 1 row"
    assert any(value in element.value for element in app.text)
    assert not any("evil" in element.value for element in (*app.markdown, *app.caption))


def test_find_and_replace_says_what_it_changes_before_it_does(app: AppTest) -> None:
    to_check(app, MESSY)
    app.session_state["part_replace"] = True
    app.run()
    assert "Type what to find." in said(app)
    app.session_state["part_replace"] = True
    app.text_input(key="replace_find").set_value("shiny")
    app.text_input(key="replace_instead").set_value("Raw").run()
    assert "Finish, row 3: “Shiny” → “Raw”" in said(app)
    press(app, "Replace in 2 cells")
    assert list(stage(app, Uploaded).edited.frame["Finish"]) == ["Matt", "Raw", "Raw", "Matt", "Matt"]
    click(app, "undo_edit")
    assert list(stage(app, Uploaded).edited.frame["Finish"]) == ["Matt", "Shiny", "Shiny", "Matt", "Matt"]


def test_pages_of_rows_follow_the_search(app: AppTest) -> None:
    rows = "".join(f"none-{number // 70}-{number},1\n" for number in range(120))
    to_check(app, f"Slug,Price\nsea-glass-mug-small,23.75\n{rows}")

    def first_row() -> int:
        app.session_state["part_rows"] = True
        return int(app.run().dataframe[-1].value["Row"].iloc[0])

    first_row()
    app.number_input(key="rows_page").set_value(3)
    assert first_row() == 102
    app.text_input(key="rows_search").set_value("none-0")
    assert first_row() == 3, "the pages are others now: it begins with the first"
    app.text_input(key="rows_search").set_value("none-1-11")
    assert first_row() == 113
    assert not [box for box in app.number_input if box.key == "rows_page"]


def test_when_every_row_was_left_out_the_way_back_is_told(app: AppTest) -> None:
    to_check(app, "Slug,Price\nno-such-mug,1\nno-such-bowl,1\nsea-glass-mug-small,free\n")
    press(app, "Leave out 2 rows")
    press(app, "Leave out 1 row")
    assert "You left every row out" in said(app)
    assert not [button for button in app.button if button.key == "next"]
    click(app, "undo_edit")
    assert figures(app)["Rows with errors"] == "1"


def test_it_is_said_that_another_way_to_read_the_file_takes_changes_back(app: AppTest) -> None:
    to_check(app, MESSY)
    press(app, "Take the number alone")
    click(app, "again")
    assert "Reading it in another way takes back the 1 change made on the Check page." in said(app)
