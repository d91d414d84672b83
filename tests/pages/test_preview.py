"""The Preview page: what is worth a look comes first, and leads to exactly the changes that it is about."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from lib.model.effect import Effect, Risk
from lib.model.mapping import Blanks
from lib.workflow.planning import Planned
from tests.pages.walk import changes, click, live_items, run_to_the_end, said, stage, to_match, to_preview, to_upload

HARMLESS = "Slug,Price\nsea-glass-mug-small,23.75\nsea-glass-mug-medium,28.25\n"
RISKY = (
    "Name,Slug,Summary,Main image,Price\n"
    '"Sea Glass Mug, Small",tiny-mug,,https://a.example/new.jpg,23.75\n'
    '"Sea Glass Mug, Medium",,,,28.25\n'
)


def to_risky_preview(app: AppTest) -> AppTest:
    to_match(app, RISKY)
    app.radio(key="blanks-2").set_value(Blanks.CLEAR)
    return click(click(app.run(), "next"), "next")


def test_a_plan_without_risks_says_so_in_one_sentence(app: AppTest) -> None:
    to_preview(app, HARMLESS)
    assert app.header[0].value == "2 items will be updated: 1 field, 2 cells."
    assert "No page moves, nothing is erased" in said(app)
    assert not [button for button in app.button if button.label.startswith("Show ")]


def test_risks_come_first_each_with_its_number(app: AppTest) -> None:
    to_risky_preview(app)
    assert app.header[0].value == "2 items will be updated: 4 fields, 6 cells. 3 things to look at first."
    shows = [button.label for button in app.button if button.label.startswith("Show ")]
    assert shows == ["Show 1 page", "Show 2 values", "Show 1 image or file"]
    assert "No page moves" not in said(app)


@pytest.mark.parametrize(
    ("risk", "fields"), [(Risk.MOVED, {"Slug"}), (Risk.ERASED, {"Summary"}), (Risk.IMPORTED, {"Main image"})]
)
def test_a_risk_shows_exactly_its_changes(app: AppTest, risk: Risk, fields: set[str]) -> None:
    to_risky_preview(app)
    app.text_input(key="search").set_value("nothing is called so")
    app.run()
    assert "No change is like that" in said(app)
    click(app, f"show_{risk}")
    table = changes(app)
    assert set(table["Field"]) == fields
    assert "[Shown below](#changes)" in said(app)
    assert len(table) == stage(app, Planned).risks[risk]
    app.selectbox(key="look_at").set_value("all")
    assert len(changes(app)) == 6


def test_going_live_at_once_is_a_risk_of_all_items(app: AppTest) -> None:
    to_preview(app, HARMLESS)
    app.radio(key="live").set_value(True)
    app.run()
    assert "2 items** would change for visitors at once" in said(app)
    click(app, "show_live")
    assert len(changes(app)) == 2


def test_another_plan_without_the_risk_that_was_looked_at_shows_all(app: AppTest) -> None:
    to_risky_preview(app)
    click(app, "show_erased")
    app.switch_page("pages/steps/match.py").run()
    app.radio(key="blanks-2").set_value(Blanks.KEEP)
    app.run()
    app.switch_page("pages/steps/check.py").run()
    click(app, "next")
    assert not app.exception
    app.switch_page("pages/steps/preview.py").run()
    assert set(changes(app)["Field"]) == {"Slug", "Main image", "Price"}


def test_changes_are_filtered_by_field_kind_and_words_and_all_of_them_come_back(app: AppTest) -> None:
    to_risky_preview(app)
    app.multiselect(key="field").set_value(["Summary", "Price"])
    assert len(changes(app)) == 4
    app.multiselect(key="effects").set_value([Effect.ERASED.value])
    assert set(changes(app)["Field"]) == {"Summary"}
    app.text_input(key="search").set_value("glass mug, medium")
    assert list(changes(app)["Item"]) == ["Sea Glass Mug, Medium"]
    assert "1 change of 6 shown" in said(app)
    click(app, "show_everything")
    assert len(changes(app)) == 6
    assert app.multiselect(key="field").value == []


def test_the_largest_change_may_come_first(app: AppTest) -> None:
    to_risky_preview(app)
    app.selectbox(key="order").set_value("size")
    assert changes(app)["Field"].iloc[0] == "Main image"
    assert changes(app)["Field"].iloc[-1] == "Price"


def test_fields_are_counted_in_a_drawing_and_in_a_table(app: AppTest) -> None:
    to_risky_preview(app)
    (chart,) = app.get("vega_lite_chart")
    assert "Summary" in str(chart.proto)
    app.checkbox(key="fields_as_table").check()
    table = next(frame.value for frame in app.run().dataframe if "Stays" in frame.value)
    assert table.set_index("Field").loc["Summary"].to_dict() == {"Changed": 0, "New": 0, "Erased": 2, "Stays": 0}
    assert not app.get("vega_lite_chart")


def test_one_field_needs_no_drawing(app: AppTest) -> None:
    to_preview(app, HARMLESS)
    assert not app.get("vega_lite_chart")


def htmls(app: AppTest) -> str:
    return "".join(str(element.proto.body) for element in app.get("html"))


def marked(app: AppTest) -> str:
    """Everything that stands on the cards."""
    bodies = [element.proto.body for element in app.get("html")]
    return "".join(body for body in bodies if "<dl" in body)


def test_items_are_shown_one_by_one_with_their_changes(app: AppTest) -> None:
    to_risky_preview(app)
    assert "Items 1 to 2 of 2" in said(app)
    assert "**Sea Glass Mug, Small**" in said(app)
    assert "</del> → <ins>23.75</ins></dd>" in marked(app)
    assert "<dt>Slug · the page moves</dt>" in marked(app)
    assert "</del> → (empty)" in marked(app)


def test_a_card_says_what_of_its_item_is_not_shown(app: AppTest) -> None:
    to_risky_preview(app)
    click(app, "show_moved")
    assert "3 other changes of this item not shown" in said(app)


def test_values_of_a_file_are_never_html(app: AppTest) -> None:
    to_preview(app, 'Slug,Summary\nsea-glass-mug-small,"<img src=x onerror=alert(1)> **bold** </dd><script>"\n')
    assert "<img" not in marked(app) and "<script" not in marked(app)
    assert "&lt;img src=x onerror=alert(1)&gt; **bold** &lt;/dd&gt;&lt;script&gt;" in marked(app)


def test_pictures_are_asked_for_on_demand_and_only_where_they_travel_encrypted(app: AppTest) -> None:
    hostile = "https://a.example/new.jpg?q=%22onerror"
    to_preview(app, f"Slug,Main image\nsea-glass-mug-small,{hostile}\nsea-glass-mug-medium,http://a.example/b.jpg\n")
    assert "<img" not in htmls(app)
    app.session_state["pictures-2"] = app.session_state["pictures-3"] = True
    app.run()
    (before,) = stage(app, Planned).by_row[2].before.values()
    shown = re.findall(r'<img src="([^"]*)"', htmls(app))
    assert shown[:2] == [before["url"], hostile] and not [one for one in shown if not one.startswith("https://")]
    assert "Your browser fetches them from where they are." in said(app)


def test_an_item_that_is_archived_is_a_risk(app: AppTest) -> None:
    to_preview(app, "Slug,Archived\nsea-glass-mug-small,yes\n")
    assert "**1 item** would be archived: visitors see nothing of it after the next publish." in said(app)
    click(app, f"show_{Risk.ARCHIVED}")
    assert list(changes(app)["Field"]) == ["Archived"]


def test_html_is_shown_on_demand(app: AppTest) -> None:
    to_preview(app, "Slug,Description\nsea-glass-mug-small,<p>New <em>words</em></p>\n")
    assert "New words" in marked(app)
    assert not app.code
    app.session_state["html-2"] = True
    app.run()
    assert "<p>New <em>words</em></p>" in [code.value for code in app.code]


def test_many_items_are_shown_page_by_page(app: AppTest) -> None:
    slugs = list(live_items(to_upload(app)))[:23]
    lines = ["Slug,Price", *(f"{slug},{900 + number}" for number, slug in enumerate(slugs))]
    app.file_uploader(key="file").set_value(("prices.csv", "\n".join(lines).encode(), "text/csv"))
    app.run()
    for _ in range(3):
        click(app, "next")
    assert "Items 1 to 10 of 23" in said(app)
    app.switch_page("pages/steps/preview.py").run()
    app.session_state["item_page"] = 3
    app.run()
    assert "Items 21 to 23 of 23" in said(app)
    assert "<ins>922</ins>" in marked(app) and "<ins>900</ins>" not in marked(app)
    app.text_input(key="search").set_value("922")
    app.run()
    assert "Items 1 to 1 of 1" in said(app)


def test_an_item_that_is_left_out_is_counted_and_not_sent(app: AppTest) -> None:
    to_preview(app, HARMLESS)
    click(app, "out-2")
    assert app.header[0].value.startswith("1 item will be updated")
    assert "2 rows in the file = 1 will update + 0 already up to date + 1 left out + 0 with errors" in said(app)
    before = live_items(app)
    run_to_the_end(click(app, "next"))
    assert app.title[0].value.startswith("1 of 2 rows updated")
    after = live_items(app)
    changed = {slug for slug in after if after[slug].field_data != before[slug].field_data}
    assert changed == {"sea-glass-mug-medium"}


def test_items_that_were_left_out_can_be_taken_in_again(app: AppTest) -> None:
    to_preview(app, HARMLESS)
    click(app, "out-2")
    click(app, "out-3")
    assert "Nothing to update: 2 rows left out" in said(app)
    app.session_state["left_out_items"] = True
    app.run()
    assert "You left out 2 items" in [expander.label for expander in app.expander]
    click(app, "in-3")
    assert app.button(key="next").label == "Continue with 1 item"
    click(app, "out-3")
    app.session_state["left_out_items"] = True
    app.run()
    click(app, "in_all")
    assert app.button(key="next").label == "Continue with 2 items"


def test_all_items_that_are_looked_at_are_left_out_at_once(app: AppTest) -> None:
    to_risky_preview(app)
    click(app, "show_erased")
    assert app.button(key="out_all").label == "Leave out these 2 items"
    click(app, "show_moved")
    assert app.button(key="out_all").label == "Leave out this item"
    click(app, "out_all")
    assert "moved" not in stage(app, Planned).risks
    assert app.button(key="next").label == "Continue with 1 item"


def test_what_was_sent_is_left_as_it_is(app: AppTest) -> None:
    to_preview(app, HARMLESS)
    run_to_the_end(click(app, "next"))
    app.switch_page("pages/steps/preview.py").run()
    assert "2 items were to be updated" in app.header[0].value
    assert not [button for button in app.button if button.label.startswith("Leave out")]
