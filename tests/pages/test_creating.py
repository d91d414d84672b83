"""Rows without an item create one: chosen on the Check page, previewed, sent, reported, and taken back."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lib.model.row_status import RowStatus
from lib.runs.reading import load_items
from lib.workflow.checking import Checked
from lib.workflow.destination import Chosen, Opened
from lib.workflow.matching import Matched
from lib.workflow.planning import Planned
from tests.pages.revisit import RESULTS, ROOT, SLUGS, UNDO, at, keys, run_of, slow, undo
from tests.pages.walk import (
    changes,
    choose,
    click,
    live_items,
    run_to_the_end,
    said,
    stage,
    to_check,
    to_match,
    to_preview,
    visit,
    wait_for_runs,
)

HEADER = "Slug,Name,Price,Category\n"
NEW = HEADER + "night-mug,Night Mug,12.5,Cups & Mugs\nday-mug,Day Mug,13.5,Cups & Mugs\n"
BOTH = NEW + f"{SLUGS[0]},,20.75,\n"


def chosen(app: AppTest, content: str = BOTH) -> AppTest:
    """On the Check page, with new items wanted."""
    return click(to_check(app, content), "create_new")


def previewed(app: AppTest, content: str = BOTH) -> AppTest:
    return click(chosen(app, content), "next")


def sent(app: AppTest, content: str = BOTH) -> AppTest:
    click(previewed(app, content), "next")
    return run_to_the_end(app)


def told(app: AppTest) -> str:
    """Everything the page says, without what makes it bold."""
    return said(app).replace("*", "")


def unfolded(app: AppTest, part: str) -> pd.DataFrame:
    """The table in this folded part of the page, which is the only one."""
    app.session_state[part] = True
    table: pd.DataFrame = app.run().dataframe[0].value
    return table


def test_a_file_of_which_no_row_finds_an_item_goes_on_where_rows_can_create_one(app: AppTest) -> None:
    to_match(app, NEW)
    assert "No row of your file finds an item this way. 2 rows can create new items" in told(app)
    assert "Choose another column." not in told(app)
    assert "next" in keys(app)


def test_nothing_is_created_unasked(app: AppTest) -> None:
    to_check(app, BOTH)
    assert "2 rows have no item yet. They are left out, unless you let them create new items." in told(app)
    assert app.button(key="create_new").label == "Create 2 new items"
    assert stage(app, Checked).good == 1
    click(app, "next")
    assert stage(app, Planned).counts == {RowStatus.WILL_UPDATE: 1, RowStatus.LEFT_OUT: 2}
    assert "created" not in told(app) and "Will create" not in told(app)


def test_the_choice_shows_names_and_page_addresses_and_can_be_taken_back(app: AppTest) -> None:
    to_check(app, "Name,Price,Category\nNight Mug,12.5,Cups & Mugs\n[x](http://evil.example),1,Cups & Mugs\n")
    click(app, "create_new")
    assert "2 rows create new items." in told(app) and "evil" not in told(app)
    table = unfolded(app, "part_new_items")
    assert table.reset_index().to_numpy().tolist() == [
        [2, "Night Mug", "night-mug", "its name"],
        [3, "[x](http://evil.example)", "x-http-evil-example", "its name"],
    ]
    click(app, "leave_new")
    assert "2 rows have no item yet" in told(app) and not stage(app, Matched).creates


def test_rows_with_errors_create_nothing_and_are_told(app: AppTest) -> None:
    chosen(app, NEW + "moon-mug,Moon Mug,cheap,Cups & Mugs\n")
    assert "2 rows create new items. 1 more row has an error, and creates none." in told(app)
    click(app, "next")
    assert stage(app, Planned).counts == {RowStatus.WILL_CREATE: 2, RowStatus.LEFT_OUT: 1}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (f"Slug,Price\n{SLUGS[0]},1\nno-mug,2\n", "1 row without an item cannot create one: no column is matched"),
        (f"Slug,Name,Price\n{SLUGS[0]},,1\nno-mug,,2\n", "1 row cannot create an item: the name is blank."),
        (f"Name,SKU,Price\nMug,,1\n{'Sea Glass Mug'},,1\n,,2\n", "1 row cannot create an item: the"),
        ("Item ID,Name,Price\n000000000000000000000bad,Mug,1\n,Night Mug,2\n", "no item here has this Item ID"),
    ],
    ids=["no column for the name", "no name", "nothing to find it by", "an unknown Item ID"],
)
def test_why_a_row_without_an_item_cannot_create_one(app: AppTest, content: str, words: str) -> None:
    assert words in told(to_check(app, content))


def test_a_name_close_to_an_item_that_exists_is_worth_a_look(app: AppTest) -> None:
    name = live_items(to_check(app, NEW))[SLUGS[0]].name
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    chosen(again, f'Name,Price,Category\n"{name.replace(" ", "  ", 1)}",1,Cups & Mugs\n')
    assert "1 of them is close to an item that exists" in told(again)
    assert f"“{name}”" in unfolded(again, "part_new_items")["Worth a look"].iloc[0]


def test_the_preview_counts_marks_and_filters_new_items(app: AppTest) -> None:
    previewed(app)
    assert "1 item will be updated and 2 created: 4 fields, 9 cells." in told(app)
    assert "3 rows in the file = 1 will update + 2 will create + 0 already up to date" in told(app)
    assert "2 new items, as drafts." in told(app)
    cards = [one.proto.body for one in app.get("html")]
    assert any("Night Mug" in card and "→" not in card for card in cards)
    assert "would get a new address" not in told(app)
    click(app, "show_new")
    table = changes(app).reset_index()
    assert set(table["Row"]) == {2, 3}
    assert set(table["Now"]) == {"(empty)"}
    assert ["Draft", "yes"] in table[["Field", "After"]].to_numpy().tolist()


def test_new_items_can_be_ready_to_publish_and_are_never_live(app: AppTest) -> None:
    previewed(app)
    app.radio(key="new_items").set_value(False)
    app.run()
    assert "2 new items, ready to publish." in told(app)
    app.radio(key="live").set_value(True)
    app.run()
    assert "New items are not published at once" in told(app)
    assert "1 item would change for visitors at once" in told(app)
    click(app, "next")
    assert "2 new items go out with the next publishing, and not before." in told(app)


def test_without_new_items_nobody_is_asked_about_them(app: AppTest) -> None:
    to_preview(app, f"Slug,Price\n{SLUGS[0]},20.75\n")
    assert "new_items" not in {radio.key for radio in app.radio}


@pytest.mark.parametrize(
    ("content", "button", "title"),
    [
        (BOTH, "Update 1 and create 2 items", "Ready to update and create"),
        (NEW, "Create 2 items", "Ready to create"),
    ],
)
def test_the_button_says_both_verbs(app: AppTest, content: str, button: str, title: str) -> None:
    click(previewed(app, content), "next")
    assert app.button(key="update").label == button
    assert app.title[0].value == title
    assert f"Flowsheet will {button[0].lower()}{button[1:]} in Products" in told(app)
    assert app.button(key="try").label == "Try it with one new item"


def test_a_run_that_created_says_so_everywhere(app: AppTest) -> None:
    sent(app)
    assert app.title[0].value == "1 updated · 2 created"
    assert "1 item is updated and 2 are created." in told(app)
    assert "3 rows in the file = 1 updated + 2 created + 0 already up to date + 0 left out + 0 failed" in told(app)
    assert "New items are drafts" in told(app)
    assert app.button(key="publish").label == "Publish these 3 items"
    made = unfolded(app, "part_created").reset_index()
    items = live_items(app)
    assert made[["Row", "Page address", "Item ID"]].to_numpy().tolist() == [
        [2, "night-mug", items["night-mug"].id],
        [3, "day-mug", items["day-mug"].id],
    ]
    assert items["night-mug"].is_draft and items["night-mug"].field_data["price"] == 12.5
    app.switch_page("pages/runs/history.py").run()
    assert "3 of 3 items updated or created" in told(app)
    assert list(next(one.value for one in app.dataframe if "Created" in one.value)["Created"]) == [2]


def test_a_run_under_way_says_what_it_does(app: AppTest) -> None:
    click(previewed(app), "next")
    slow(app, "POST", 2.0)
    click(app, "update")
    assert app.run().title[0].value == "Updating and creating 3 items"
    wait_for_runs()


def test_the_file_comes_back_with_the_ids_of_what_was_created(app: AppTest) -> None:
    sent(app)
    report = visit(app).report
    assert report is not None and report.spec.sheet is not None
    assert [one for one in app.get("download_button") if one.label.startswith("My file with Item IDs filled in")]


def test_an_undo_archives_what_was_created(app: AppTest) -> None:
    sent(app)
    run_id = run_of(app)
    at(app, UNDO, run_id)
    assert "3 items that this run changed = 1 will be brought back + 2 will be archived + 0" in told(app)
    assert "2 items that this run created are archived. Webflow keeps them; you can delete them there." in told(app)
    at(app, RESULTS, undo(app, run_id))
    assert app.title[0].value == "1 brought back · 2 archived"
    assert "3 items that the run before changed = 1 brought back + 2 archived" in told(app)
    assert live_items(app)["night-mug"].is_archived
    at(app, RESULTS, run_id)
    assert "the 2 items it created are archived" in told(app)
    assert "3 of 3 items brought back or archived" in told(app)


def test_one_new_item_is_tried_first(app: AppTest) -> None:
    click(previewed(app), "next")
    click(app, "try")
    wait_for_runs()
    app.run()
    assert app.title[0].value == "1 of 3 rows created · 2 left out"
    click(app, "after_trial")
    assert app.button(key="update").label == "Update 1 and create 1 item"
    run_to_the_end(app)
    assert {"night-mug", "day-mug"} <= live_items(app).keys()


def test_the_same_file_brought_again_creates_nothing_more(app: AppTest) -> None:
    sent(app)
    click(app, "again")
    app.file_uploader(key="file").set_value(("prices.csv", BOTH.encode(), "text/csv"))
    click(click(app.run(), "next"), "next")
    assert "no item yet" not in told(app)


def test_a_row_adds_the_language_that_its_item_lacks_and_undoing_puts_it_away(app: AppTest) -> None:
    choose(click(app, "demo"), "journal")
    english, german = (locale.cms_locale_id for locale in stage(app, Opened).site.locales)
    click(app, "next")
    stories = load_items(visit(app).way_in, stage(app, Chosen).collection.id, locales=(english, german))
    spoken = {item.id for item in stories if item.cms_locale_id == german}
    story = next(item for item in stories if item.id not in spoken)
    content = f"Item ID,Name,Summary,Locale\n{story.id},Zu Besuch,Kurz.,German\n,Ohne,,de\n"
    app.file_uploader(key="file").set_value(("stories.csv", content.encode(), "text/csv")).run()
    click(click(app, "next"), "next")
    assert "1 row has an item that lacks the language. It is left out" in told(app)
    assert "With an Item ID, a row can add its language to an item that is there." in told(app)
    assert app.button(key="create_new").label == "Create 1 translation"
    click(app, "create_new")
    assert "1 row creates a translation." in told(app)
    (line,) = unfolded(app, "part_new_items").reset_index().to_dict("records")
    assert (line["Page address"], line["Made from"]) == (story.slug, "the item it translates")
    assert (line["Language"], line["Translation of"]) == ("German", story.name)
    click(click(app, "next"), "next")
    run_to_the_end(app)
    after = load_items(visit(app).way_in, stage(app, Chosen).collection.id, locales=(german,))
    (made,) = (item for item in after if item.id == story.id)
    assert (made.name, made.field_data["summary"], made.is_draft) == ("Zu Besuch", "Kurz.", True)
    undo(app, run_of(app))
    (away,) = (
        item
        for item in load_items(visit(app).way_in, stage(app, Chosen).collection.id, locales=(german,))
        if item.id == story.id
    )
    assert away.is_archived
