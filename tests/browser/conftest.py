"""A real app server, a real browser. Without a browser these tests fail: they are not skipped."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect, sync_playwright

from lib.sandbox import Sandbox
from tests.browser.walk import hear
from tests.equipment.browser import launch
from tests.equipment.ports import free_port

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 60
expect.set_options(timeout=30_000)  # a busy machine takes its time
STOP_SECONDS = 30


class App:
    """The app in a process of its own, on a port that stays the same; "Connect your site" leads to `api_url`, and its
    secrets are those of this computer, or in the file `secrets`. `script` is app.py, or what begins with it."""

    def __init__(
        self, folder: Path, api_url: str, *, secrets: Path | None = None, script: str = "app.py", **settings: str
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.journal = f"sqlite:///{folder / 'journal.db'}"
        self._log = folder / "log.txt"
        self._script = script
        self._options = ["--secrets.files", str(secrets)] if secrets else []
        self._settings = {"WEBFLOW_API_URL": api_url, "JOURNAL_URL": self.journal} | settings

    def start(self) -> None:
        options = ["--server.address", "127.0.0.1", "--server.port", str(self.port), "--server.headless", "true"]
        options += ["--server.fileWatcherType", "none", *self._options]
        command = [sys.executable, "-m", "streamlit", "run", self._script, *options]
        with self._log.open("a") as output:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | self._settings, stdout=output, stderr=output
            )
        self._wait_until_healthy()

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send the signal, and wait for the end."""
        self._process.send_signal(number)
        self._process.wait(STOP_SECONDS)

    def log(self) -> str:
        return self._log.read_text()

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                if requests.get(f"{self.url}/_stcore/health", timeout=1).text == "ok":
                    return
            except requests.RequestException:
                continue
        raise RuntimeError(f"the app did not start: {self.log()}")


@pytest.fixture(scope="session")
def app_url(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app for all tests that leave it running."""
    app = App(tmp_path_factory.mktemp("app"), sandbox.url)
    app.start()
    yield app.url
    app.end()


@pytest.fixture
def own_app(sandbox: Sandbox, tmp_path: Path) -> Iterator[App]:
    """An app of one's own, to be killed; answers may take two seconds, so that doubts are settled soon."""
    app = App(tmp_path, sandbox.url, WEBFLOW_TIMEOUT_SECONDS="2")
    app.start()
    yield app
    app.end()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, app_url: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(30_000)
    hear(page)
    page.goto(app_url)
    yield page
    context.close()


@pytest.fixture
def visitors(browser: Browser) -> Iterator[list[Page]]:
    """Whoever came, to leave in the end."""
    came: list[Page] = []
    yield came
    for page in came:
        page.context.close()
