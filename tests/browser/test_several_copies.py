"""Several copies of the app on one database, behind the proxy of our example: a run belongs to none of them."""

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lib.sandbox import Sandbox
from tests.browser.conftest import App
from tests.browser.test_runs import ITEMS, LONG, a_tab, at_full_speed, expect_all_updated_once, give_token, start_run
from tests.browser.walk import settle
from tests.campaign.campaign import sent_again
from tests.conftest import Door, empty_schema
from tests.equipment import proxy
from tests.equipment.postgresql import PostgreSQL
from tests.patience import until

pytestmark = pytest.mark.browser
BATCH_SECONDS = 6.0  # so slow that somebody elsewhere comes in time to pause
MANY = 999
INSIDE = ("/health", "/_stcore/metrics")


@pytest.fixture
def copies(sandbox: Sandbox, postgresql: PostgreSQL, tmp_path: Path) -> Iterator[tuple[App, App]]:
    """Two of them; answers may take not much longer than they do, so that doubts are settled soon."""
    told = {"JOURNAL_URL": empty_schema(postgresql), "WEBFLOW_TIMEOUT_SECONDS": f"{BATCH_SECONDS + 1:g}"}
    folders = [tmp_path / name for name in ("one", "other")]
    for folder in folders:
        folder.mkdir()
    one, other = (App(folder, sandbox.url, script="serve.py", **told) for folder in folders)
    with ThreadPoolExecutor() as pool:
        list(pool.map(App.start, (one, other)))
    yield one, other
    for app in (one, other):
        app.end()


@pytest.fixture
def address(copies: tuple[App, App], tmp_path: Path) -> Iterator[str]:
    with proxy.serving([app.url.removeprefix("http://") for app in copies], tmp_path) as url:
        yield url


@pytest.fixture
def visitors(browser: Browser) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """Two people with a browser each."""
    came = browser.new_context(), browser.new_context()
    yield came
    for context in came:
        context.close()


def said_of_policy(page: Page) -> list[str]:
    """What the browser says of the page's policy, from now on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Security Policy" in message.text else None)
    return said


def where(copies: tuple[App, App], what: str) -> list[App]:
    """The copies in which this happened."""
    return [app for app in copies if f'"what": "{what}"' in app.log()]


def test_a_run_is_seen_paused_resumed_and_taken_up_from_another_copy_and_nothing_is_sent_twice(
    copies: tuple[App, App],
    address: str,
    visitors: tuple[BrowserContext, BrowserContext],
    demo: Door,
    tmp_path: Path,
) -> None:
    first, second = (a_tab(context, address) for context in visitors)
    refused = [said_of_policy(page) for page in (first, second)]
    run = start_run(first, demo, tmp_path, BATCH_SECONDS)
    second.goto(run)
    give_token(second, demo)
    second.get_by_role("button", name="Pause").click()
    for page in (second, first):
        expect(page.get_by_role("heading", name="Paused at")).to_be_visible(timeout=LONG)
    (home,), (elsewhere,) = where(copies, "run started"), where(copies, "pause asked")
    assert home is not elsewhere
    at_full_speed(demo)
    order = demo.box.order_fault("slow", count=MANY, seconds=BATCH_SECONDS, method="PATCH", token=demo.token)
    second.get_by_role("button", name="Resume").click()
    expect(first.get_by_role("heading", name=f"Updating {ITEMS:,} items")).to_be_visible(timeout=LONG)
    until(lambda: order.count < MANY, "something is under way")
    home.end(signal.SIGKILL)
    at_full_speed(demo)
    expect(second.get_by_role("heading", name="This run was interrupted at")).to_be_visible(timeout=LONG)
    settle(second)
    second.get_by_role("button", name="Resume with").click()
    expect(second.get_by_role("heading", name=f"{ITEMS:,} items updated")).to_be_visible(timeout=LONG)
    first.goto(run)
    expect(first.get_by_text("Give the token that started this run")).to_be_visible(timeout=LONG)
    assert where(copies, "run taken up") == [elsewhere]
    expect_all_updated_once(demo)
    assert sent_again(demo.requests()) == []
    assert refused == [[], []]
    first.evaluate("address => fetch(address).catch(() => 0)", demo.box.root)
    assert refused[0] and all(demo.box.root in said for said in refused[0])


def test_the_proxy_keeps_a_browser_with_its_copy_and_adds_what_streamlit_does_not_say(
    copies: tuple[App, App], address: str
) -> None:
    with requests.Session() as browser:
        page = browser.get(address, timeout=10)
        (cookie,) = page.headers["Set-Cookie"].splitlines()
        assert cookie.startswith("flowsheet_copy=") and "HttpOnly" in cookie
        assert "Set-Cookie" not in browser.get(address, timeout=10).headers
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    for app in copies:
        assert requests.get(f"{app.url}/health", timeout=10).text == "ok"
    assert {requests.get(address + path, timeout=10).status_code for path in INSIDE} == {404}
