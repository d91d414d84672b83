"""No page is a dead end: there is a next step, a way back, and a word about what was lost."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from lib.workflow.demo import connect_demo, demo_server
from lib.workflow.destination import Uploaded
from pages.shared import steps
from tests.pages.revisit import GOOD, RESULTS, another_visit, run_of
from tests.pages.walk import (
    HEADER,
    choose,
    click,
    run_to_the_end,
    said,
    stage,
    to_match,
    to_preview,
    to_submit,
    to_upload,
    visit,
)

HISTORY = "pages/runs/history.py"


def links(app: AppTest) -> dict[str, str]:
    """The links of the page: label → query."""
    return {str(link.label).replace("\\", ""): link.proto.query_string for link in app.get("page_link")}


def bring(app: AppTest, name: str, content: str) -> AppTest:
    app.file_uploader(key="file").set_value((name, content.encode(), "text/csv"))
    return app.run()


def test_each_run_in_the_list_is_a_link(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    app.switch_page(HISTORY).run()
    assert links(app)["Import of prices.csv"] == f"run={run_of(app)}"
    assert "Products on Tidepool Goods · Done · 3 of 3 items updated" in said(app)


def test_an_empty_list_of_runs_leads_to_an_import(app: AppTest) -> None:
    choose(click(app, "demo"), "products")
    app.switch_page(HISTORY).run()
    assert app.button(key="to_start").label == "Go on with the import"
    assert app.button(key="to_start").click().run().title[0].value == "Which file brings the new values?"


TITLES = [step.title for step in steps.STEPS]


def stepper(app: AppTest) -> list[str]:
    """The names of the steps as they are shown, whether links or not."""
    shown = [str(link.label) for link in app.get("page_link")] + [
        str(one.value) for one in (*app.markdown, *app.caption)
    ]
    names = [re.sub(r":material/check: |\d · |\*\*:green\[|\]\*\*", "", text) for text in shown]
    return sorted({name for name in names if name in TITLES}, key=TITLES.index)


def test_every_page_shows_the_whole_stepper(app: AppTest) -> None:
    assert stepper(app) == TITLES
    to_submit(app, GOOD)
    assert stepper(app) == TITLES
    run_to_the_end(app)
    assert app.title[0].value == "3 items updated" and stepper(app) == TITLES
    assert {"Upload", "Match", "Check", "Preview"} <= set(links(app))
    address = run_of(app)
    for page in (steps.HISTORY, steps.HELP, steps.UNDO):
        app.query_params["run"] = address
        assert stepper(app.switch_page(page.path).run()) == TITLES


def test_an_import_found_by_its_address_is_at_its_last_step(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    other = another_visit(RESULTS, run_of(app), app)
    assert "**:green[7 · Results]**" in said(other) and ":material/check: Match" in said(other)
    assert "Match" not in links(other)


def test_while_an_import_is_under_way_another_ones_results_are_no_step_of_it(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    address = run_of(app)
    visit(app).keep(visit(app).journey.forget_items())
    app.query_params["run"] = address
    app.switch_page(RESULTS).run()
    assert "**:green[" not in said(app) and "7 · Results" in said(app)
    assert "Import of " in said(app) and "Back to the import: Match" in links(app)


def test_no_page_has_more_than_one_primary_button_but_the_first_with_its_two_ways_in(app: AppTest) -> None:
    def primaries() -> list[str]:
        return [button.label for button in app.button if button.proto.type == "primary"]

    assert primaries() == ["Try the demo site", "Connect your site"]
    to_upload(app)
    bring(app, "prices.csv", GOOD)
    found = [primaries()]
    for _ in range(4):
        click(app, "next")
        found.append(primaries())
    run_to_the_end(app)
    found.append(primaries())
    assert [len(one) for one in found] == [1] * 6


def test_an_import_that_was_begun_is_gone_back_to_from_the_runs(app: AppTest) -> None:
    to_match(app, GOOD)
    app.switch_page(HISTORY).run()
    assert "Back to the import: Check" in links(app)


def test_a_run_page_has_no_way_back_to_an_import_that_was_sent(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    assert not [label for label in links(app) if label.startswith("Back to the import")]


def test_nothing_to_update_leads_to_another_file(app: AppTest) -> None:
    to_preview(app, HEADER + "sea-glass-mug-small,,,\n")
    click(app, "another_file")
    assert app.title[0].value == "Which file brings the new values?"
    assert visit(app).journey.file is None


def test_taking_the_file_away_takes_away_what_was_read_from_it(app: AppTest) -> None:
    bring(to_upload(app), "prices.csv", GOOD)
    assert stage(app, Uploaded).upload.name == "prices.csv"
    app.file_uploader(key="file").set_value(None)
    app.run()
    journey = visit(app).journey
    assert (journey.file, journey.reached(Uploaded)) == (None, None)
    assert "prices.csv" not in said(app)


def test_who_comes_back_to_the_upload_sees_the_file_instead_of_an_empty_box(app: AppTest) -> None:
    to_match(app, GOOD)
    app.switch_page("pages/steps/upload.py").run()
    assert "prices.csv** is loaded" in said(app) and not app.file_uploader
    assert "None" not in said(app)
    click(app, "another_file")
    bring(app, "other.csv", GOOD)
    sheet = stage(app, Uploaded).sheet
    assert sheet.source.file_name == "other.csv"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("upload", "choose again: the site and the collection."),
        ("match", "choose again: the site, the collection and the file."),
        (
            "submit",
            "choose again: the site, the collection, the file, how its columns are matched, "
            "what to do with rows that have errors and how the items are sent.",
        ),
    ],
)
def test_a_page_that_was_loaded_anew_says_what_to_choose_again(app: AppTest, page: str, words: str) -> None:
    app.switch_page(f"pages/steps/{page}.py").run()
    assert words in said(app) and f"The page {page.title()} goes on with an import" in said(app)
    click(app, "demo")
    click(app.switch_page("pages/steps/connect.py").run(), "disconnect")
    assert "choose again" not in said(app)


def test_leaving_warns_only_while_something_would_be_lost(app: AppTest) -> None:
    def warns() -> bool:
        return "preventDefault" in "".join(str(block.proto.body) for block in app.get("html"))

    to_upload(app)
    assert not warns()
    click(bring(app, "prices.csv", GOOD), "next")
    assert warns()
    for _ in range(3):
        click(app, "next")
    run_to_the_end(app)
    assert not warns()


def test_the_error_of_one_token_is_gone_with_the_next_attempt(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    demo = connect_demo()
    monkeypatch.setenv("WEBFLOW_API_URL", demo.base_url)
    for token in ("wrong", ""):
        app.text_input(key="token").set_value(token)
        click(app, "connect_own")
        assert len(app.error) == 1
    assert "Paste your site token first" in said(app)


def test_a_demo_site_that_was_put_away_leads_to_a_new_one(app: AppTest) -> None:
    to_match(app, GOOD)
    connection, service = visit(app).connection, demo_server().service
    assert connection is not None
    del service.worlds[connection.token]
    service.put_away.append(connection.token)
    click(app, "read_items")
    assert "This demo site was put away after a long rest. Start a new one." in said(app)
    click(app, "connect_again")
    assert app.button(key="demo") and not app.error


def test_an_address_without_its_run_leads_on(app: AppTest) -> None:
    app.query_params["run"] = "nothing-here"
    app.switch_page(RESULTS).run()
    assert {"to_runs", "to_start"} <= {str(button.key) for button in app.button}
