"""Connecting without a token: to the sandbox's own page of consent and back, by whoever began it and nobody else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lib.sandbox import Sandbox
from tests.browser.conftest import App
from tests.browser.test_accessibility import faults
from tests.browser.walk import choose_products, hear, press, settle, upload

pytestmark = pytest.mark.browser
SITE, CLIENT, SECRET = "marked-site-77d1b0", "flowsheet", "marked-secret-5be29f"
BUTTON = "Connect with Webflow"
FIRST, SITES = "Update your Webflow", "Which collection do you want to update?"
PRICES = "Slug;Price\nsea-glass-mug-small;31.5\nsea-glass-mug-medium;32.5\n"


@pytest.fixture(scope="module")
def app(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app that is registered with the sandbox."""
    folder = tmp_path_factory.mktemp("registered")
    secrets = folder / "secrets.toml"
    app = App(folder, sandbox.url, secrets=secrets)
    secrets.write_text(
        f'WEBFLOW_CLIENT_ID = "{CLIENT}"\nWEBFLOW_CLIENT_SECRET = "{SECRET}"\nWEBFLOW_REDIRECT_URL = "{app.url}"\n'
        f'WEBFLOW_AUTHORIZE_URL = "{sandbox.root}/oauth/authorize"\n'
    )
    sandbox.add_world(SITE)
    sandbox.register_app(CLIENT, secret=SECRET, redirect_url=app.url, token=SITE)
    app.start()
    yield app
    app.end()


def a_browser(browser: Browser, visitors: list[Page], address: str) -> Page:
    """Somebody with a browser of their own, at this address."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(30_000)
    hear(page)
    page.goto(address)
    visitors.append(page)
    return page


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words)).to_be_visible()


def to_webflow(page: Page) -> None:
    """By the button, to the page that asks."""
    settle(page)
    page.get_by_role("button", name=BUTTON).click()
    heading(page, "wants to access a site")


def allow(page: Page) -> None:
    page.get_by_role("button", name="Allow").click()


def test_somebody_allows_it_works_and_finds_their_run_with_another_token(
    browser: Browser, app: App, visitors: list[Page], sandbox: Sandbox, tmp_path: Path
) -> None:
    page = a_browser(browser, visitors, app.url)
    heading(page, FIRST)
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
    assert faults(page, "first page of an app that is registered") == []
    to_webflow(page)
    allow(page)
    heading(page, SITES)
    settle(page)
    expect(page).to_have_url(f"{app.url}/")
    path = tmp_path / "prices.csv"
    path.write_text(PRICES)
    choose_products(page)
    upload(page, path)
    press(page, "Preview the changes")
    press(page, "Continue with 2 items")
    press(page, "Update 2 items")
    heading(page, "2 items updated")
    run = page.url

    back = a_browser(browser, visitors, run)
    expect(back.get_by_text("Give the token that started this run")).to_be_visible()
    to_webflow(back)
    allow(back)
    expect(back.get_by_role("button", name="Undo this run…")).to_be_visible()
    expect(back).to_have_url(re.compile(r"/results\?run="))
    back.get_by_role("link", name="Runs").click()
    expect(back.get_by_text("prices.csv").first).to_be_visible()

    tokens = [token for token, world in sandbox.service.worlds.items() if world is sandbox.service.worlds[SITE]]
    assert len(tokens) > 2
    told = app.log() + page.content() + back.content() + page.url + back.url
    assert [secret for secret in (*tokens, SECRET) if secret in told] == []


def test_whoever_denies_reads_so_and_may_try_again(browser: Browser, app: App, visitors: list[Page]) -> None:
    page = a_browser(browser, visitors, app.url)
    to_webflow(page)
    page.get_by_role("button", name="Deny").click()
    expect(page.get_by_text("You did not allow it on Webflow's page, so nothing was connected.")).to_be_visible()
    settle(page)
    expect(page).to_have_url(f"{app.url}/")
    to_webflow(page)
    allow(page)
    heading(page, SITES)
    page.go_back()  # to the address with the code, which was used
    heading(page, SITES)
    expect(page.get_by_text("nothing was connected")).to_have_count(0)


def test_in_a_frame_it_is_the_page_around_it_that_is_led_there(
    browser: Browser, app: App, visitors: list[Page], sandbox: Sandbox
) -> None:
    """Streamlit Community Cloud shows apps in one, and does what Streamlit asks for when it signs people in."""
    around = f"""<iframe src="{app.url}/" style="width: 1200px; height: 3000px"></iframe><script>
    addEventListener("message", ({{data}}) => {{ if (data.type === "REDIRECT_TO_URL") location.href = data.url; }});
    </script>"""
    page = a_browser(browser, visitors, app.url)
    page.route("**/around", lambda route: route.fulfill(content_type="text/html", body=around))
    page.goto(f"{app.url}/around")
    frame = page.frame_locator("iframe")
    frame.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    frame.get_by_role("button", name=BUTTON).click()
    heading(page, "wants to access a site")
    assert page.url.startswith(f"{sandbox.root}/oauth/authorize?")


def test_an_address_with_a_code_connects_nobody_but_who_began_it(
    browser: Browser, app: App, visitors: list[Page]
) -> None:
    hers = a_browser(browser, visitors, app.url)
    to_webflow(hers)
    decided = hers.request.post(hers.url, form={"decision": "allow"}, max_redirects=0)  # the tab is not led back yet
    address = decided.headers["location"]
    assert "code=" in address
    his = a_browser(browser, visitors, address)
    expect(his.get_by_text("This way back from Webflow was not begun in this browser")).to_be_visible()
    heading(his, FIRST)
    settle(his)
    expect(his).to_have_url(f"{app.url}/")
    hers.goto(address)
    heading(hers, SITES)
    assert "connecting failed" in app.log() and "code=" not in app.log()


def test_a_draft_waits_for_who_went_to_webflow_for_it(
    browser: Browser, app: App, visitors: list[Page], tmp_path: Path
) -> None:
    page = a_browser(browser, visitors, app.url)
    to_webflow(page)
    allow(page)
    heading(page, SITES)
    path = tmp_path / "prices.csv"
    path.write_text(PRICES)
    choose_products(page)
    upload(page, path)
    settle(page)
    expect(page).to_have_url(re.compile("/check.draft="))
    tab = page.context.new_page()
    visitors.append(tab)
    hear(tab)
    tab.goto(page.url)
    expect(tab.get_by_text("To go on with prices.csv")).to_be_visible()
    to_webflow(tab)
    allow(tab)
    heading(tab, "Do all values fit?")
