"""The pages of the app in Chromium: how long until each is there, a rerun of each, and the bytes that it sends.

The app, the sandbox and the browser are processes of their own. A rerun is what any click on a page costs.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import requests

from benchmarks import sheets
from benchmarks.sending import PLENTY
from benchmarks.site import Site
from benchmarks.timing import Figure, Goal, Options, Result
from tests.equipment.ports import free_port

ROOT = Path(__file__).parent.parent.parent
USUAL_ROWS = (1_000, 100_000)
GOAL_ROWS = 100_000
START_SECONDS = 60
LONGEST_MS = 600_000
RERUNS = 3
TOKEN = "bench"
# The pages behind the upload: the button that leads to each, and what is there when it is drawn.
ROAD = (
    ("Match", "Continue to matching", "Check the values"),
    ("Check", "Check the values", "and preview"),
    ("Preview", "and preview", "Continue with"),
)
APP = "[data-testid=stApp]"
IDLE = f"{APP}[data-test-script-state=notRunning]"
WATCH = f"""() => {{
    document.activeElement?.blur();
    window.rerun = 0;
    const app = document.querySelector('{APP}');
    let began = 0;
    addEventListener('keydown', () => began = performance.now(), {{once: true, capture: true}});
    let ran = false;
    new MutationObserver((_, watching) => {{
        if (app.dataset.testScriptState !== 'notRunning') ran = true;
        else if (ran) {{ watching.disconnect(); window.rerun = (performance.now() - began) / 1000; }}
    }}).observe(app, {{attributes: true}});
}}"""


@dataclass
class Walk:
    """Seconds to each page and of its reruns, and the bytes that came meanwhile."""

    arrival: dict[str, float] = field(default_factory=dict)
    reruns: dict[str, list[float]] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)


def measure(options: Options) -> Result:
    """One walk a size."""
    if find_spec("playwright") is None:
        return Result(notes=["pages: not run, playwright is not installed"])
    result = Result()
    for rows in options.rows or USUAL_ROWS:
        walk = _walk(rows)
        for page, seconds in walk.arrival.items():
            result.figures.append(Figure(what=f"{rows:,} rows: until {page} is there", samples=(seconds,)))
        for page, several in walk.reruns.items():
            result.figures.append(Figure(what=f"{rows:,} rows: rerun of {page}", samples=tuple(several)))
        for page, size in walk.bytes.items():
            what = f"{rows:,} rows: sent to the browser for {page}"
            result.figures.append(Figure(what=what, samples=(size / 1e6,), unit="MB"))
        if rows == GOAL_ROWS:
            result.goals += _goals(walk)
    return result


def _goals(walk: Walk) -> list[Goal]:
    slowest = tuple(max(one) for one in zip(*walk.reruns.values(), strict=True))
    most = max(walk.bytes.values()) / 1e6

    def goal(what: str, samples: tuple[float, ...], must: float, want: float, unit: str = "s") -> Goal:
        return Goal(number="13", what=f"{GOAL_ROWS:,} rows: {what}", samples=samples, must=must, want=want, unit=unit)

    return [
        goal("upload → first preview", (walk.arrival["Upload"],), 2.0, 1.3),
        goal("slowest rerun", slowest, 0.3, 0.15),
        goal("most bytes for a page", (most,), 1.0, 0.2, "MB"),
    ]


def _walk(rows: int) -> Walk:
    from playwright.sync_api import sync_playwright

    from tests.equipment.browser import launch

    with tempfile.TemporaryDirectory() as folder, Site(rows) as site, sync_playwright() as playwright:
        file = Path(folder) / "things.csv"
        file.write_bytes(sheets.make(rows).csv)
        site.fresh(TOKEN, budget=PLENTY)
        app, url = _app(site.url, folder)
        browser = launch(playwright)
        try:
            return _walked(browser.new_page(), url, file)
        finally:
            browser.close()
            app.kill()
            app.wait()


def _walked(page: Any, url: str, file: Path) -> Walk:
    page.set_default_timeout(LONGEST_MS)
    received, walk = [0], Walk()

    def count(size: int) -> None:
        received[0] += size

    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: count(len(data))))
    page.goto(url)
    page.get_by_label("Site token").fill(TOKEN)
    page.get_by_role("button", name="Connect your site").click()
    page.get_by_role("combobox", name="Collection").click()
    page.get_by_role("option", name="Things").click()
    _button(page, "Continue with Things").click()
    page.locator(IDLE).wait_for()

    def arrive(name: str, leave: Callable[[], None], shows: str) -> None:
        received[0], began = 0, time.perf_counter()
        leave()
        _button(page, shows).wait_for()
        page.locator(IDLE).wait_for()
        walk.arrival[name] = time.perf_counter() - began
        walk.bytes[name] = received[0]
        walk.reruns[name] = [_rerun(page) for _ in range(RERUNS)]

    arrive("Upload", lambda: page.locator("input[type=file]").set_input_files(file), ROAD[0][1])
    for name, button, shows in ROAD:
        arrive(name, _button(page, button).click, shows)
    return walk


def _button(page: Any, name: str) -> Any:
    return page.get_by_role("button", name=name)


def _rerun(page: Any) -> float:
    """Seconds from asking for a rerun, as Streamlit's own key does, until the app rests again."""
    page.evaluate(WATCH)
    page.keyboard.press("r")
    page.wait_for_function("window.rerun > 0", timeout=LONGEST_MS)
    return float(page.evaluate("window.rerun"))


def _app(api_url: str, folder: str) -> tuple[subprocess.Popen[bytes], str]:
    """The app, its address, once it answers."""
    port = free_port()
    settings = {"WEBFLOW_API_URL": api_url, "JOURNAL_URL": f"sqlite:///{Path(folder) / 'journal.db'}"}
    options = ["--server.address", "127.0.0.1", "--server.port", str(port), "--server.headless", "true"]
    options += ["--client.toolbarMode", "developer"]  # the key that asks for a rerun
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options, "--server.fileWatcherType", "none"]
    log = subprocess.DEVNULL
    app = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=log, stderr=log)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if requests.get(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).text == "ok":
                return app, f"http://127.0.0.1:{port}"
        except requests.RequestException:
            time.sleep(0.2)
    app.kill()
    raise RuntimeError("the app did not start")
