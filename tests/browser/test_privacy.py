"""What a visitor's browser asks for, and what somebody else sees at the address of a run."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.walk import choose_products, connect, press, settle, upload
from tests.conftest import Door

pytestmark = pytest.mark.browser


def a_file(demo: Door, folder: Path) -> Path:
    path = folder / "prices.csv"
    slugs = [item["fieldData"]["slug"] for item in demo.items("products")[:3]]
    path.write_text("Slug,Price\n" + "".join(f"{slug},{place}.25\n" for place, slug in enumerate(slugs)))
    return path


def a_visitor(browser: Browser, address: str) -> Page:
    """Somebody with a browser of their own."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(30_000)
    page.goto(address)
    return page


def run_of(page: Page, path: Path) -> str:
    """Walk up to the end of a run, and return its address."""
    choose_products(page)
    upload(page, path)
    press(page, "Preview the changes")
    press(page, "Continue with 3 items")
    press(page, "Update 3 items")
    expect(page.get_by_role("heading", name="3 items updated")).to_be_visible()
    return page.url


def hosts_asked(context: BrowserContext) -> set[str]:
    """Fills with the host of everything that is asked for from now on."""
    asked: set[str] = set()

    def note(address: str) -> None:
        if not address.startswith(("data:", "blob:")):  # these hold what they show
            asked.add(address.split("/")[2])

    context.on("request", lambda request: note(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: note(socket.url)))
    return asked


def test_a_walk_through_all_pages_asks_nobody_but_the_app(
    browser: Browser, app_url: str, demo: Door, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    asked = hosts_asked(context)
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(app_url)
    connect(page, demo.token)
    address = run_of(page, a_file(demo, tmp_path))
    page.get_by_role("button", name="Undo this run…").click()
    expect(page.get_by_role("heading", name="Undo this run?")).to_be_visible()
    page.get_by_role("link", name="Runs").click()
    expect(page.get_by_role("heading", name="Your runs")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("heading", name="3 items updated")).to_be_visible()
    settle(page)
    icon = page.locator("link[rel~=icon]").first.get_attribute("href") or ""
    assert icon.startswith("data:image/svg+xml;base64,")
    context.close()
    assert asked == {app_url.removeprefix("http://")}


def test_the_address_of_a_run_gives_a_stranger_no_value_and_no_button(
    browser: Browser, page: Page, demo: Door, tmp_path: Path
) -> None:
    connect(page, demo.token)
    address = run_of(page, a_file(demo, tmp_path))
    stranger = a_visitor(browser, address)
    expect(stranger.get_by_text("Give the token that started this run")).to_be_visible()
    expect(stranger.get_by_role("heading", name="3 items updated")).to_be_visible()
    expect(stranger.get_by_text(re.compile("Tidepool|Products|prices.csv"))).to_have_count(0)
    expect(stranger.locator("[data-testid=stMain] button", has_text=re.compile("Undo|Publish|CSV"))).to_have_count(0)
    stranger.get_by_label("Site token").fill(demo.token)
    stranger.get_by_role("button", name="Use this token").click()
    expect(stranger.get_by_role("button", name="Undo this run…")).to_be_visible()
    stranger.context.close()


def test_a_demo_run_comes_back_after_a_refresh_in_its_own_browser_only(
    browser: Browser, page: Page, demo: Door, tmp_path: Path
) -> None:
    page.get_by_role("button", name="Try the demo site").click()
    address = run_of(page, a_file(demo, tmp_path))
    for again in (page, page.context.new_page()):
        again.goto(address)
        expect(again.get_by_role("button", name="Undo this run…")).to_be_visible()
    stranger = a_visitor(browser, address)
    expect(stranger.get_by_text("another visitor's demo site")).to_be_visible()
    expect(stranger.get_by_role("button", name="Undo this run…")).to_have_count(0)
    stranger.goto(address.split("/results")[0])
    stranger.get_by_role("button", name="Try the demo site").click()
    expect(stranger.get_by_role("combobox", name="Collection")).to_be_visible()
    stranger.goto(address)
    expect(stranger.get_by_text("another visitor's demo site")).to_be_visible()
    expect(stranger.get_by_role("button", name="Undo this run…")).to_have_count(0)
    stranger.context.close()
