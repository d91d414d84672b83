"""A page loaded anew, and an app started anew, lead back to where the work was left, with all that was done."""

import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import App
from tests.browser.walk import choose_products, connect, press, settle, upload
from tests.conftest import Door

pytestmark = pytest.mark.browser
LONG = 60_000
CHECK = "Do all values fit?"
PRICES = "Slug;Price\nsea-glass-mug-small;23 each\nsea-glass-mug-medium;27\nno-such-mug;5\n"


def to_check(page: Page, token: str, path: Path) -> None:
    """At Check, with one change made."""
    path.write_text(PRICES)
    connect(page, token)
    choose_products(page)
    upload(page, path)
    expect(page.get_by_role("heading", name=CHECK)).to_be_visible(timeout=LONG)
    press(page, "Take the number alone in 1 cell")
    expect(page.get_by_text("1 change made here.")).to_be_visible()
    settle(page)


def test_a_page_loaded_anew_asks_for_the_token_and_goes_on_where_it_was(page: Page, demo: Door, tmp_path: Path) -> None:
    to_check(page, demo.token, tmp_path / "prices.csv")
    expect(page).to_have_url(re.compile("draft="))
    page.reload()
    expect(page.get_by_text("To go on with prices.csv, paste a token of")).to_be_visible(timeout=LONG)
    connect(page, demo.token)
    expect(page.get_by_role("heading", name=CHECK)).to_be_visible(timeout=LONG)
    expect(page.get_by_text("1 change made here.")).to_be_visible()
    expect(page.get_by_role("button", name="Take the number alone")).to_have_count(0)


def test_the_address_of_a_draft_is_no_step_of_its_own_on_the_way_back(page: Page, demo: Door, tmp_path: Path) -> None:
    to_check(page, demo.token, tmp_path / "prices.csv")
    expect(page).to_have_url(re.compile("/check.draft="))
    for place, heading in (("/match.draft=", "Which column goes where?"), ("/upload", "Which file brings")):
        page.go_back()
        expect(page).to_have_url(re.compile(place))
        expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=LONG)


def test_the_demo_goes_on_without_a_question(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(PRICES)
    press(page, "Try the demo site")
    choose_products(page)
    upload(page, path)
    expect(page.get_by_role("heading", name=CHECK)).to_be_visible(timeout=LONG)
    press(page, "Take the number alone in 1 cell")
    expect(page.get_by_text("1 change made here.")).to_be_visible()
    settle(page)
    page.reload()
    expect(page.get_by_role("heading", name=CHECK)).to_be_visible(timeout=LONG)
    expect(page.get_by_text("1 change made here.")).to_be_visible()


def test_an_app_that_was_killed_still_has_the_draft(browser: Browser, own_app: App, demo: Door, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(own_app.url)
    to_check(page, demo.token, tmp_path / "prices.csv")
    own_app.end(signal.SIGKILL)
    own_app.start()
    page.goto(own_app.url)
    press(page, "Go on")
    expect(page.get_by_text("To go on with prices.csv, paste a token")).to_be_visible()
    connect(page, demo.token)
    expect(page.get_by_role("heading", name=CHECK)).to_be_visible(timeout=LONG)
    expect(page.get_by_text("1 change made here.")).to_be_visible()
    context.close()
