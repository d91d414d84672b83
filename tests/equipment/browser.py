"""A Chromium: one that is there, else Playwright's own, else the system's package, else a word on what to type."""

import contextlib
import itertools
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from tests.equipment import Missing, is_root

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
PACKAGE_PATH = os.pathsep.join(("/usr/bin", "/usr/local/bin", "/snap/bin"))  # where a package puts programs
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PLAYWRIGHT = (sys.executable, "-m", "playwright")
DOWNLOAD = (*PLAYWRIGHT, "install", "--only-shell", "chromium")
DOWNLOAD_NEEDS = (*PLAYWRIGHT, "install-deps", "chromium")
APT_UPDATE = ("apt-get", "update", "-qq")
APT_INSTALL = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core")


def launch(playwright: Playwright) -> Browser:
    """The first browser on this computer that starts."""
    return _first_that_starts(playwright, present())[1]


def bring() -> str | None:
    """The program of a browser that starts, or None for Playwright's own; installs one where none does."""
    with sync_playwright() as playwright:
        program, browser = _first_that_starts(playwright, itertools.chain(present(), installed()))
        browser.close()
        return program


def present() -> Iterator[str | None]:
    """What may be on this computer already; CHROMIUM names one that goes first, None is Playwright's own."""
    yield from filter(None, [os.environ.get("CHROMIUM")])
    yield from filter(None, map(shutil.which, NAMES))
    yield from (place for place in PLACES if Path(place).exists())
    yield None


def installed() -> Iterator[str | None]:
    """What can be installed, each once it is: the next is only fetched when the one before does not start."""
    print("No browser was found, so one is fetched for the tests; this takes a minute.", file=sys.stderr)
    if _done(DOWNLOAD):
        yield None
        if is_root() and _done(DOWNLOAD_NEEDS):
            yield None
    if is_root() and shutil.which("apt-get"):
        _done(APT_UPDATE)
        if _done(APT_INSTALL):
            yield shutil.which("chromium", path=PACKAGE_PATH)


def what_to_type() -> str:
    """One sentence for somebody whose computer has no browser."""
    if shutil.which("apt-get"):
        way = "type `sudo apt-get install chromium`"
    elif sys.platform == "darwin":
        way = "type `brew install --cask google-chrome`"
    else:
        way = "install Chrome or Chromium, or set CHROMIUM to the program of one"
    return f"The tests in tests/browser need a browser, and none could be fetched: {way}, then `make test` again."


def _first_that_starts(playwright: Playwright, programs: Iterable[str | None]) -> tuple[str | None, Browser]:
    for program in programs:
        with contextlib.suppress(Error):
            return program, playwright.chromium.launch(executable_path=program, args=FLAGS)
    raise Missing(what_to_type())


def _done(command: Sequence[str]) -> bool:
    """Whether the command went well."""
    print(f"Trying: {shlex.join(command)}", file=sys.stderr)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=quiet)
    if done.returncode:
        print(*[line for line in done.stderr.splitlines() if line.startswith(("E:", "Error:"))][:1], file=sys.stderr)
    return done.returncode == 0
