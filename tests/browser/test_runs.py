"""A run that nobody can lose: tabs come and go, the server is killed and comes back, and every item is updated once."""

import re
import signal
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lib.journal import views
from lib.journal.database import Database
from lib.model.run_state import RunState
from tests.browser.conftest import App
from tests.browser.walk import choose_products, connect, press, settle, upload
from tests.conftest import Door

pytestmark = pytest.mark.browser
ITEMS = 2000
SLOW_SECONDS = 1.5
HELD_SECONDS = 50.0  # less than the client waits for an answer; tabs take their time
# The lease of a killed process has to run out first, and its last requests must surely be over.
LONG = 60_000


def start_run(page: Page, demo: Door, folder: Path, batch_seconds: float = SLOW_SECONDS) -> str:
    """Walk up to the run, and return its address."""
    collection_id = demo.collection_id("products")
    items = [{"name": f"Tile {number}", "slug": f"tile-{number}", "price": 1} for number in range(ITEMS)]
    demo.box.plant(demo.token, items=[{"collectionId": collection_id, "fieldData": data} for data in items])
    path = folder / "prices.csv"
    path.write_text("Slug,Price\n" + "".join(f"tile-{number},{1000 + number}\n" for number in range(ITEMS)))
    demo.box.order_fault("slow", count=999, seconds=batch_seconds, method="PATCH", token=demo.token)
    connect(page, demo.token)
    choose_products(page)
    upload(page, path)
    press(page, "Preview the changes")
    press(page, f"Continue with {ITEMS:,} items")
    press(page, f"Update {ITEMS:,} items")
    page.wait_for_url(re.compile(r"/results\?run="))
    return page.url


def a_tab(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(LONG)
    page.goto(address)
    return page


def give_token(page: Page, demo: Door) -> None:
    """A tab that was opened by the address alone shows how far the run is, and neither values nor buttons."""
    expect(page.get_by_text("Give the token that started this run")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("button", name=re.compile("Pause|Stop"))).to_have_count(0)
    page.get_by_label("Site token").fill(demo.token)
    page.get_by_role("button", name="Use this token").click()


def until_something_landed(page: Page) -> None:
    expect(page.get_by_text(re.compile(rf"[1-9]00 of {ITEMS:,} items"))).to_be_visible(timeout=LONG)


def at_full_speed(demo: Door) -> None:
    """The requests from now on; those under way take as long as they were meant to."""
    demo.box.service.faults.clear(demo.token)


def expect_all_updated_once(demo: Door) -> None:
    tiles = [item["fieldData"] for item in demo.items("products") if item["fieldData"]["slug"].startswith("tile-")]
    assert len(tiles) == ITEMS
    assert all(tile["price"] == 1000 + int(tile["slug"].removeprefix("tile-")) for tile in tiles)
    stored = [entry for entry in demo.requests() if entry["method"] == "PATCH" and entry["status"] == 200]
    assert set(Counter(item for entry in stored for item in entry["items"]).values()) == {1}


def test_tabs_come_and_go_and_any_of_them_controls_the_run(
    browser: Browser, app_url: str, demo: Door, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    first = a_tab(context, app_url)
    held = demo.box.order_fault("slow", count=99, seconds=HELD_SECONDS, method="PATCH", token=demo.token)
    address = start_run(first, demo, tmp_path)
    first.reload()
    expect(first.get_by_role("heading", name=f"Updating {ITEMS:,} items")).to_be_visible()
    second = a_tab(context, address)
    give_token(second, demo)
    second.get_by_role("button", name="Pause").click()
    expect(second.get_by_role("heading", name="Pausing at")).to_be_visible(timeout=LONG)
    demo.box.service.faults.withdraw(held)
    expect(second.get_by_role("heading", name="Paused at")).to_be_visible(timeout=LONG)
    expect(first.get_by_role("heading", name="Paused at")).to_be_visible(timeout=LONG)
    first.close()
    sent = len([entry for entry in demo.requests() if entry["method"] == "PATCH"])
    again = a_tab(context, address)
    give_token(again, demo)
    expect(again.get_by_text("You can close this tab: it stays paused")).to_be_visible()
    again.get_by_role("link", name="Runs").click()
    expect(again.get_by_role("heading", name="Your runs")).to_be_visible()
    again.go_back()
    assert len([entry for entry in demo.requests() if entry["method"] == "PATCH"]) == sent < ITEMS / 100
    at_full_speed(demo)
    again.get_by_role("button", name="Resume").click()
    for page in (again, second):
        expect(page.get_by_role("heading", name=f"{ITEMS:,} items updated")).to_be_visible(timeout=LONG)
    expect_all_updated_once(demo)
    context.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_run_outlives_its_server_and_goes_on_with_the_token(
    browser: Browser, own_app: App, demo: Door, tmp_path: Path, number: signal.Signals
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = a_tab(context, own_app.url)
    address = start_run(page, demo, tmp_path)
    until_something_landed(page)
    own_app.end(number)
    if number is signal.SIGTERM:  # given back at once, without waiting for the lease
        db = Database(own_app.journal)
        run = views.run_of(db, address.split("run=")[1])
        assert run is not None and run.state is RunState.INTERRUPTED
        db.close()
    at_full_speed(demo)  # what had to be caught under way was caught
    own_app.start()
    page.goto(address)
    expect(page.get_by_role("heading", name="This run was interrupted at")).to_be_visible(timeout=LONG)
    settle(page)  # the form to resume takes the place of another one, with what was typed in there
    page.get_by_label("Site token").fill(demo.token)
    page.get_by_role("button", name="Resume with").click()
    expect(page.get_by_role("heading", name=f"{ITEMS:,} items updated")).to_be_visible(timeout=LONG)
    expect_all_updated_once(demo)
    assert demo.token not in own_app.log() + Path(own_app.journal.removeprefix("sqlite:///")).read_bytes().decode(
        "latin-1"
    )
    context.close()
