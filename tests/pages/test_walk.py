"""The whole road in the app, page by page, against the demo site over real HTTP."""

import pytest
from streamlit.testing.v1 import AppTest

from lib.model.mapping import Blanks, MatchedBy
from lib.model.plan import LeaveOut, StatusChoice
from lib.webflow.connection import Connection
from lib.workflow import demo
from lib.workflow.demo import demo_server
from lib.workflow.destination import Chosen, Opened, Uploaded
from lib.workflow.matching import Matched
from lib.workflow.planning import Planned
from pages.parts import connect_picture
from pages.shared import waits
from pages.shared.plain import plain
from tests.pages.walk import (
    HEADER,
    changes,
    choose,
    click,
    listed,
    live_items,
    run_to_the_end,
    said,
    stage,
    to_check,
    to_match,
    to_preview,
    to_submit,
    to_upload,
    visit,
    wait_for_runs,
)

GOOD = HEADER + "sea-glass-mug-small,23.75,x,no\nsea-glass-mug-medium,28.25,y,yes\n"
MIXED = GOOD + "no-such-mug,1,,\noat-mug-small,free,,\nink-mug-small,,,\n"


def test_the_first_page_offers_the_demo_and_a_token(app: AppTest) -> None:
    assert not app.exception
    assert app.text_input(key="token").proto.type == 1  # a password field
    told = said(app)
    assert "Site settings → Apps & integrations → API access" in told and "is never written down" in told
    assert "What is a token?" in {link.label for link in app.get("page_link")}


def test_the_first_page_shows_what_becomes_of_a_sheet_and_what_never_happens(app: AppTest) -> None:
    assert "3 rows in the file = 2 will update + 1 already up to date" in said(app)
    sheet, changes = connect_picture.SHEET, connect_picture.CHANGES
    lines = [line.split("|")[1:-1] for line in changes.strip().splitlines()[2:]]
    assert len({item for item, *_ in lines}) == 2 and all(now != after for *_, now, after in lines)
    for _, _, _, after in lines:
        assert after.strip().removeprefix(":green[**").removesuffix("**]") in sheet
    assert all(promise in said(app) for promise in connect_picture.NEVER)


def test_no_wait_of_the_road_leaves_its_signs_behind(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "A_MOMENT_SECONDS", 0)
    monkeypatch.setattr(waits, "LOOK_SECONDS", 0)
    to_preview(app, "Slug,Price,Category\nsea-glass-mug-small,23.75,Bowls\n")  # whose items are read, too
    assert stage(app, Planned).counts.total() == 1
    assert not [button for button in app.button if button.label == "Cancel"]


def test_connecting_without_a_token_says_what_is_missing(app: AppTest) -> None:
    click(app, "connect_own")
    assert "Paste your site token first" in said(app)


@pytest.fixture
def a_site(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> Connection:
    """A site that the app can be connected to by a token that is pasted."""
    click(app, "demo")
    connection = visit(app).way_in
    click(app, "disconnect")
    monkeypatch.setenv("WEBFLOW_API_URL", connection.base_url)
    return connection


def test_a_token_that_opens_no_site_is_told(app: AppTest, a_site: Connection) -> None:
    demo_server().order_fault("body", token=a_site.token, status=200, body={"sites": []}, path="/sites")
    app.text_input(key="token").set_value(a_site.token)
    click(app, "connect_own")
    assert "This opens no site." in said(app) and visit(app).connection is None


def test_a_wrong_token_is_told_apart_from_silence(app: AppTest, a_site: Connection) -> None:
    app.text_input(key="token").set_value("wrong")
    click(app, "connect_own")
    assert "does not accept this token" in said(app)
    assert visit(app).connection is None
    assert a_site.token not in repr(a_site)


def test_the_collection_is_shown_with_its_counts(app: AppTest) -> None:
    assert not click(app, "demo").metric
    choose(app, "categories")
    assert {metric.label: metric.value for metric in app.metric}["Items"] == "8"
    assert stage(app, Chosen).collection.slug == "categories"


def test_the_only_collection_of_a_site_needs_no_choice(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    server = demo_server()
    server.add_world("only-one", seed="demo")
    collections = server.service.worlds["only-one"].collections
    for one in list(collections.values()):
        if one["slug"] != "journal":
            del collections[one["id"]]
    monkeypatch.setenv("WEBFLOW_API_URL", server.url)
    app.text_input(key="token").set_value("only-one")
    click(app, "connect_own")
    assert stage(app, Chosen).collection.slug == "journal"
    assert app.button(key="next").label == "Continue with Journal"


@pytest.mark.parametrize(
    "page", ["steps/upload", "steps/match", "steps/check", "steps/preview", "steps/submit", "runs/results"]
)
def test_a_page_opened_too_early_leads_to_the_first_open_step(app: AppTest, page: str) -> None:
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    assert app.button(key="demo")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Slug,Price\n", "no rows below"),
        (b"%PDF-1.7", "a PDF document"),
        (b",".join(b"c%d" % n for n in range(5000)) + b"\nx\n", "more than 500 columns"),
    ],
    ids=["empty", "header only", "pdf", "more than 500 columns"],
)
def test_a_file_that_cannot_be_read_gets_one_clear_sentence(app: AppTest, content: bytes, words: str) -> None:
    to_upload(app)
    app.file_uploader(key="file").set_value(("a.csv", content, "text/csv"))
    app.run()
    assert not app.exception
    (error,) = app.error
    assert words in error.value.replace("\\", "")


def test_the_file_is_shown_as_it_was_read(app: AppTest) -> None:
    to_upload(app)
    app.file_uploader(key="file").set_value(("prices.csv", GOOD.replace(",", ";").encode("cp1252"), "text/csv"))
    app.run()
    assert "prices.csv" in said(app)
    assert any("Semicolon between columns" in expander.label for expander in app.expander)
    assert list(app.dataframe[-1].value.columns) == ["Slug", "Price", "Notes", "On sale"]


def test_columns_are_matched_and_the_key_is_found(app: AppTest) -> None:
    to_match(app, MIXED)
    mapping = stage(app, Matched).mapping
    assert [match.field_slug for match in mapping.matches] == ["slug", "price", None, "on-sale"]
    assert mapping.key_column == "Slug"
    badges = said(app)
    assert "4 rows matched" in badges and "1 × item not found" in badges


def test_a_choice_on_the_match_page_is_kept(app: AppTest) -> None:
    to_match(app, GOOD)
    app.selectbox(key="match-2").set_value("summary")
    app.run()
    mapping = stage(app, Matched).mapping
    assert (mapping.matches[2].field_slug, mapping.matches[2].matched_by) == ("summary", MatchedBy.PERSON)


def test_problems_are_listed_with_their_address(app: AppTest) -> None:
    to_check(app, MIXED)
    table = listed(app)
    assert {metric.label: metric.value for metric in app.metric} == {
        "Rows ready": "3",
        "Rows with errors": "2",
        "Rows with warnings": "0",
    }
    assert list(zip(table.index, table["Column"], table["Problem"], strict=True)) == [
        (4, "Slug", "Item not found"),
        (5, "Price", "Not a number"),
    ]
    assert app.button(key="next").label == "Leave out 2 rows with errors and preview"


def test_problems_can_be_filtered(app: AppTest) -> None:
    to_check(app, MIXED)
    listed(app)
    app.multiselect(key="kind").set_value(["Not a number"])
    app.run()
    assert list(app.dataframe[-1].value.index) == [5]


def test_a_file_without_one_good_row_goes_no_further(app: AppTest) -> None:
    to_check(app, HEADER + "sea-glass-mug-small,free,,\n")
    assert "Every row has an error" in said(app)
    assert app.button(key="match_again")
    assert not [button for button in app.button if button.key == "next"]


def test_the_preview_shows_each_change_and_balances(app: AppTest) -> None:
    to_preview(app, MIXED)
    assert "5 rows in the file = 2 will update + 1 already up to date + 2 left out + 0 with errors" in said(app)
    table = changes(app)
    assert set(table["Item"]) == {"Sea Glass Mug, Small", "Sea Glass Mug, Medium"}
    assert {"Now", "After"} <= set(table.columns)
    assert "About 1 second: 1 request to send, 1 to read back, at 100000 a minute." in said(app)
    assert not app.code, "what is folded is not sent"
    app.session_state["developers"] = True
    app.run()
    assert '"price": 23.75' in "".join(code.value for code in app.code)


def test_wrong_cells_can_be_left_out_and_the_rest_of_their_row_is_sent(app: AppTest) -> None:
    to_check(app, "Slug,Price,On sale\nsea-glass-mug-small,23.75,perhaps\nsea-glass-mug-medium,28.25,yes\n")
    assert app.button(key="next").label == "Leave out 1 row with errors and preview"
    app.radio(key="leave_out").set_value(LeaveOut.CELLS)
    app.run()
    assert app.button(key="next").label == "Leave out 1 wrong cell and preview"
    click(app, "next")
    assert "2 rows in the file = 2 will update" in said(app)
    planned = stage(app, Planned)
    assert [sorted(change.after) for change in planned.plan.changes] == [["price"], ["price"]]
    assert list(planned.partial["Why"]) == ["Without On sale (Not yes or no)."]
    run_to_the_end(click(app, "next"))
    assert "1 row went without its wrong cells. To bring it in too: download “Rows to fix” below" in said(app)
    assert "Without wrong cells (1)" in [expander.label for expander in app.expander]
    assert live_items(app)["sea-glass-mug-small"].field_data["price"] == 23.75


def test_a_sheet_whose_only_news_is_wrong_is_not_called_up_to_date(app: AppTest) -> None:
    to_check(app, "Slug,On sale\nsea-glass-mug-small,perhaps\n")
    click(app, "next")
    assert "Nothing to update: 1 row left out" in said(app)


def test_nothing_to_update_is_good_news(app: AppTest) -> None:
    to_preview(app, HEADER + "sea-glass-mug-small,,,\n")
    assert "Nothing to update" in said(app)


def test_choices_change_the_plan(app: AppTest) -> None:
    to_preview(app, GOOD)
    app.radio(key="status").set_value(StatusChoice.DRAFT)
    app.run()
    plan = stage(app, Planned).plan
    assert [change.is_draft for change in plan.changes] == [True, True]


def test_live_updates_ask_to_be_sure(app: AppTest) -> None:
    to_preview(app, GOOD)
    app.radio(key="live").set_value(True)
    click(app.run(), "next")
    assert app.button(key="update").disabled
    assert "Tick the box above" in said(app)
    app.checkbox(key="sure").check()
    app.run()
    assert not app.button(key="update").disabled


def test_the_whole_road_changes_exactly_what_was_shown(app: AppTest) -> None:
    to_submit(app, MIXED)
    before = live_items(app)
    assert app.button(key="update").label == "Update 2 items"
    run_to_the_end(app)
    assert not app.exception
    assert app.title[0].value == "2 of 5 rows updated · 2 left out"
    assert "2 rows of your file were left out. To bring them in too: download “Rows to fix” below" in said(app)
    assert not app.success
    assert "5 rows in the file = 2 updated + 1 already up to date + 2 left out + 0 failed" in said(app)
    after = live_items(app)
    changed = {slug for slug in after if after[slug].field_data != before[slug].field_data}
    assert changed == {"sea-glass-mug-small", "sea-glass-mug-medium"}
    assert after["sea-glass-mug-small"].field_data["price"] == 23.75
    assert after["sea-glass-mug-medium"].field_data["on-sale"] is True


def test_failed_rows_are_shown_with_their_reason(app: AppTest) -> None:
    to_submit(
        app, "Slug,Main image\nsea-glass-mug-small,https://files.invalid/a.jpg\noat-mug-small,https://a.example/b.jpg\n"
    )
    run_to_the_end(app)
    assert "1 item could not be updated" in said(app)
    assert "Failed (1)" in said(app) and "Row 2** · Sea Glass Mug, Small" in said(app)
    assert "could not fetch the file https://files.invalid/a.jpg" in said(app)
    (mend,) = [box for box in app.text_input if str(box.key).startswith("mend_")]
    assert (mend.label, mend.value) == ("Main image: new value", "https://files.invalid/a.jpg")


def test_uploading_the_same_file_again_finds_nothing_to_do(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    click(app, "again")
    app.file_uploader(key="file").set_value(("prices.csv", GOOD.encode(), "text/csv"))
    app.run()
    for _ in range(3):
        click(app, "next")
    assert "Nothing to update" in said(app)


def test_a_second_import_in_one_visit_is_a_run_of_its_own(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    first = visit(app).run_id
    click(app, "again")
    second = GOOD.replace("23.75", "99")
    app.file_uploader(key="file").set_value(("prices.csv", second.encode(), "text/csv"))
    app.run()
    for _ in range(4):
        click(app, "next")
    run_to_the_end(app)
    assert app.title[0].value == "1 item updated"
    assert visit(app).run_id != first
    assert live_items(app)["sea-glass-mug-small"].field_data["price"] == 99


def test_after_a_run_a_new_choice_starts_from_what_is_there_now(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    app.switch_page("pages/steps/preview.py").run()
    app.radio(key="status").set_value(StatusChoice.DRAFT)
    app.run()
    state = visit(app)
    assert app.title[0].value == "Which column goes where?"
    assert (state.journey.plan, state.run_id) == (None, None)
    assert {item.slug: item for item in stage(app, Matched).live.items}["sea-glass-mug-small"].field_data[
        "price"
    ] == 23.75


def test_values_of_a_file_are_never_markdown(app: AppTest) -> None:
    content = "Slug,![x](https://evil.example/a.png),Summary\nsea-glass-mug-small,**bold** :smile:,**bold** :smile:\n"
    to_match(app, content)
    for is_last in (False, False, False, True):  # Match, Check, Preview, Submit
        kinds = (app.markdown, app.caption, app.title, app.header, app.error, app.warning, app.info, app.success)
        shown = [str(element.value) for kind in kinds for element in kind]
        boxes = (app.button, app.selectbox, app.radio, app.checkbox, app.text_input, app.expander)
        shown += [str(element.label) for kind in boxes for element in kind]
        assert not any("![x](" in text or "**bold**" in text or ":smile:" in text for text in shown)
        click(app, "update" if is_last else "next")
    wait_for_runs()
    app.run()
    assert app.title[0].value == "1 item updated"
    assert not any("**bold**" in str(element.value) for element in (*app.markdown, *app.caption))


def test_another_language_can_be_chosen(app: AppTest) -> None:
    click(app, "demo")
    opened = stage(app, Opened)
    app.selectbox(key="locale").set_value(opened.site.locales[1])
    app.run()
    choose(app, "journal")
    assert "Tidepool Goods  ›  Journal" in said(app)
    assert {metric.label: metric.value for metric in app.metric}["Items"] == "6"


def test_empty_cells_clear_only_where_it_was_said(app: AppTest) -> None:
    to_match(app, "Slug,Summary\nsea-glass-mug-small,\nsea-glass-mug-medium,\n")
    assert "Clear it: would erase 2 values" in [str(option) for radio in app.radio for option in radio.options]
    app.radio(key="blanks-1").set_value(Blanks.CLEAR)
    app.run()
    click(app, "next")
    click(app, "next")
    assert set(changes(app)["After"]) == {"(empty)"}
    run_to_the_end(click(app, "next"))
    assert "summary" not in live_items(app)["sea-glass-mug-small"].field_data


def test_an_undecided_date_is_settled_on_the_match_page(app: AppTest) -> None:
    to_match(app, "Slug,Available from\nsea-glass-mug-small,03/04/2027\n")
    assert app.selectbox(key="day_first-1").value == "Find out from the column"
    app.selectbox(key="day_first-1").set_value("Day first (3 April)")
    app.run()
    click(app, "next")
    click(app, "next")
    assert list(changes(app)["After"]) == ["2027-04-03"]


def test_a_file_of_another_collection_is_asked_about(app: AppTest) -> None:
    to_match(app, f"Slug,Collection ID,Price\nsea-glass-mug-small,{'a' * 24},9\n")
    assert "1 row of this file was exported from another collection" in said(app)
    click(app, "same_collection")
    assert "exported from another collection" not in said(app)


def test_pages_that_move_are_listed_before_anything_is_sent(app: AppTest) -> None:
    to_preview(app, 'Name,Slug\n"Sea Glass Mug, Small",tiny-mug\n')
    assert stage(app, Matched).mapping.key_column == "Name"
    assert "1 page** would get a new address" in said(app)


def test_the_separator_of_references_is_shown(app: AppTest) -> None:
    to_check(app, "Slug,Goes well with\nsea-glass-mug-small,oat-mug-small|ink-mug-small\n")
    assert "Goes well with: a vertical bar separates the names" in said(app)
    click(app, "next")
    assert list(changes(app)["After"]) == ["oat-mug-small; ink-mug-small"]


def test_a_choice_that_cannot_be_read_leads_back(app: AppTest) -> None:
    to_upload(app)
    app.file_uploader(key="file").set_value(("prices.csv", GOOD.encode(), "text/csv"))
    app.run()
    app.number_input[0].set_value(99)
    app.run()
    assert "There are no rows below row 99" in said(app)
    click(app, "read_again")
    assert stage(app, Uploaded).sheet.source.header_row == 1


def test_a_file_may_name_any_separator(app: AppTest) -> None:
    to_upload(app)
    app.file_uploader(key="file").set_value(("prices.csv", b"sep=#\nSlug#Price\noat-mug-small#3\n", "text/csv"))
    app.run()
    assert not app.error
    assert any("# between columns" in expander.label for expander in app.expander)


def test_results_opened_too_early_show_the_run_instead(app: AppTest) -> None:
    to_submit(app, GOOD)
    connection = visit(app).connection
    assert connection is not None
    demo_server().order_fault("slow", seconds=1.5, method="PATCH", token=connection.token)
    click(app, "update")
    app.switch_page("pages/runs/results.py").run()
    assert app.title[0].value == "Updating 2 items"
    wait_for_runs()


def test_a_run_that_is_no_longer_known_says_what_to_do(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    app.query_params["run"] = "gone"
    app.run()
    assert "Import the file again" in said(app)


def test_the_estimate_knows_the_limit_of_the_token(app: AppTest) -> None:
    to_preview(app, GOOD)
    connection = visit(app).connection
    assert connection is not None
    assert connection.room.limit == demo.DEMO_CALLS_PER_MINUTE


def test_a_problem_of_a_whole_column_is_about_all_rows(app: AppTest) -> None:
    to_check(app, "Slug,Created On,Price\noat-mug-small,2026-01-01,free\nink-mug-small,2026-01-01,2\n")
    table = listed(app)
    assert list(zip(table.index, table["Problem"], strict=True)) == [
        ("all", "Column only for reading"),
        ("2", "Not a number"),
    ]


def test_addresses_in_samples_are_text_and_no_links(app: AppTest) -> None:
    to_match(app, "Slug,Notes\nsea-glass-mug-small,https://evil.example/a\n")
    assert plain("https://evil.example/a") in [element.value for element in app.caption]


def test_a_similar_header_waits_for_a_yes(app: AppTest) -> None:
    to_match(app, "Slug,Prices\nsea-glass-mug-small,23.75\n")
    assert stage(app, Matched).mapping.fields == ()
    click(app, "use-1")
    mapping = stage(app, Matched).mapping
    assert [match.field_slug for match in mapping.fields] == ["price"]
    assert "Similar name, confirmed" in said(app)


def test_a_similar_key_waits_for_a_yes(app: AppTest) -> None:
    to_match(app, "Slug,Price\nSEA-GLASS-MUG-SMALL,23.75\noat-mug-small,2\n")
    assert "1 row matched" in said(app) and "1 × item not found" in said(app)
    click(app, "use_all_meant")
    assert "2 rows matched" in said(app)


def test_a_damaged_text_is_held_until_a_person_decides_and_again_after_it(app: AppTest) -> None:
    to_check(app, "Slug,Name\nsea-glass-mug-small,Sea Glass Mug&#44; Small\n")
    assert {metric.label: metric.value for metric in app.metric}["Rows with errors"] == "1"
    (use,) = (button.key for button in app.button if button.label == "Use the file's text all the same for 1 cell")
    click(app, use)
    assert {metric.label: metric.value for metric in app.metric}["Rows with errors"] == "0"
    assert "You decided: the file's text is used for 1 cell" in said(app).replace("\\", "")
    click(app, "held-0")
    assert {metric.label: metric.value for metric in app.metric}["Rows with errors"] == "1"


def test_a_file_in_which_nothing_is_wrong_is_told_so_whatever_was_noticed(app: AppTest) -> None:
    to_check(app, "Slug,Price,Shop link\nsea-glass-mug-small,23.75,tidepool.example/a\n")
    assert "No problems." in said(app) and list(listed(app)["Level"]) == ["Changed for you"]
