"""Signing in with a real provider: who is let in finds the way and their own work, and nobody else gets anywhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.sandbox import Sandbox
from tests.browser.conftest import App
from tests.browser.test_accessibility import faults
from tests.browser.walk import choose_products, hear, press, settle, upload
from tests.equipment import sign_in

pytestmark = pytest.mark.browser
PEOPLE: dict[str, dict[str, object]] = {
    "ada": {"email": "Ada@Example.com", "email_verified": True, "name": "Ada"},
    "bob": {"email": "bob@example.com", "email_verified": True, "name": "Bob"},
    "eve": {"email": "eve@example.com.evil.org", "email_verified": True, "name": "Eve"},
}
TOKEN = "marked-2f6d0c8e51ab97"
GATE, CHECK = "Sign in to Flowsheet", "Do all values fit?"
PRICES = "Slug;Price\nsea-glass-mug-small;23 each\nno-such-mug;5\n"
LOOPBACK = re.compile(r"^(https?|wss?)://127\.0\.0\.1[:/]")


@pytest.fixture(scope="module")
def app(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app for people of example.com, whose team shares a token."""
    folder = tmp_path_factory.mktemp("signed-in")
    secrets = folder / "secrets.toml"
    sandbox.add_world(TOKEN)
    with sign_in.serving(PEOPLE, folder) as provider:
        app = App(folder, sandbox.url, secrets=secrets)
        secrets.write_text(
            f'SIGN_IN_DOMAINS = "example.com"\nWEBFLOW_SHARED_TOKEN = "{TOKEN}"\n' + sign_in.settings(provider, app.url)
        )
        app.start()
        yield app
        app.end()


def a_browser(browser: Browser, visitors: list[Page], address: str) -> Page:
    """Somebody with a browser of their own, at this address."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route(lambda url: not LOOPBACK.match(url), lambda route: route.abort())  # the provider's page has a style
    page = context.new_page()
    page.set_default_timeout(30_000)
    hear(page)
    page.goto(address)
    visitors.append(page)
    return page


def address_of(who: str) -> re.Pattern[str]:
    """Their address as it stands on a page, where it is no link (see `pages.shared.plain`)."""
    return re.compile(str(PEOPLE[who]["email"]).replace("@", ".?@"))


def enter(page: Page, who: str) -> None:
    """By the provider's own page."""
    expect(page.get_by_role("heading", name=GATE)).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name=who, exact=True).click()


def test_somebody_signs_in_works_comes_back_to_it_and_signs_out(
    browser: Browser, app: App, visitors: list[Page], tmp_path: Path
) -> None:
    ada = a_browser(browser, visitors, app.url)
    enter(ada, "ada")
    expect(ada.get_by_text(address_of("ada"))).to_be_visible()
    path = tmp_path / "prices.csv"
    path.write_text(PRICES)
    press(ada, "Try the demo site")
    choose_products(ada)
    upload(ada, path)
    expect(ada.get_by_role("heading", name=CHECK)).to_be_visible()
    press(ada, "Take the number alone in 1 cell")
    expect(ada.get_by_text("1 change made here.")).to_be_visible()
    settle(ada)
    expect(ada).to_have_url(re.compile("/check.draft="))
    address = ada.url

    bob = a_browser(browser, visitors, address)
    enter(bob, "bob")
    expect(bob.get_by_role("heading", name="Update your Webflow")).to_be_visible()
    expect(bob.get_by_text(address_of("bob"))).to_be_visible()
    expect(bob.get_by_text("prices.csv")).to_have_count(0)

    elsewhere = a_browser(browser, visitors, address)
    enter(elsewhere, "ada")
    expect(elsewhere.get_by_role("heading", name=CHECK)).to_be_visible()
    expect(elsewhere.get_by_text("1 change made here.")).to_be_visible()

    tab = ada.context.new_page()
    tab.goto(app.url)
    expect(tab.get_by_text("Your drafts")).to_be_visible()
    press(tab, "Sign out")
    tab.get_by_role("button", name="End session").click()
    expect(tab.get_by_role("heading", name=GATE)).to_be_visible()
    ada.get_by_role("link", name="Runs").click()  # the other tab knows nothing of it yet
    expect(ada.get_by_role("heading", name=GATE)).to_be_visible()
    expect(ada.locator("[data-testid=stPageLink]")).to_have_count(0)


def test_whoever_is_not_on_the_list_is_turned_away_and_may_try_another_address(
    browser: Browser, app: App, visitors: list[Page]
) -> None:
    page = a_browser(browser, visitors, app.url)
    expect(page).to_have_title("Sign in · Flowsheet")
    assert faults(page, "signed out") == []
    enter(page, "eve")
    expect(page.get_by_text("this address may not use this app")).to_be_visible()
    expect(page.get_by_text(address_of("eve"))).to_be_visible()
    assert faults(page, "turned away") == []
    expect(page.locator("[data-testid=stPageLink]")).to_have_count(0)
    press(page, "Sign in with another address")
    page.get_by_role("button", name="End session").click()
    enter(page, "bob")
    expect(page.get_by_role("heading", name="Update your Webflow")).to_be_visible()


def test_a_team_works_without_handling_its_token(
    browser: Browser, app: App, visitors: list[Page], tmp_path: Path
) -> None:
    page = a_browser(browser, visitors, f"{app.url}/runs?run=somebody-elses")
    enter(page, "bob")
    expect(page.get_by_role("heading", name="Your runs")).to_be_visible()
    page.get_by_role("link", name="Flowsheet").click()
    expect(page.get_by_role("button", name="Connect to your team's site")).to_be_visible()
    assert faults(page, "first page of a team") == []
    press(page, "Connect to your team's site")
    expect(page.get_by_role("combobox", name="Collection")).to_be_visible()
    assert TOKEN not in page.content() and TOKEN not in app.log()
