"""The log tells what happened to runs and visitors, and nothing of what they brought or who they are."""

import json
from typing import Any

import pytest
import requests

from lib import log
from lib.webflow.connection import Connection
from lib.workflow import connect, demo
from lib.workflow.destination import Opened
from pages.shared.own_runs import open_runs
from tests.pages.revisit import run_of
from tests.pages.walk import click, said, sign_in, stage, to_upload, visit, wait_for_runs
from tests.security.visitors import a_cookie, a_site, from_browser, shown, tab

MARK = "marked93b1f0"  # no letter that a page would escape
NAME = f"{MARK}-prices.csv"
ADDRESS = f"{MARK}@example.com"
COLUMN = f"{MARK} column"
FILE = f"Slug,Summary,{COLUMN}\nsea-glass-mug-small,{MARK} a text,x\nno-such-{MARK},y,\n"
TOKEN = f"{MARK}-token"
Lines = list[dict[str, Any]]


@pytest.fixture(autouse=True)
def written(browsers: None) -> None:
    log.set_up()


def told(capfd: pytest.CaptureFixture[str]) -> Lines:
    """What was logged since, after a look for what must not be there, in whatever else was written too."""
    written = "".join(capfd.readouterr())
    assert MARK not in written
    return [json.loads(line) for line in written.splitlines() if line.startswith("{")]


def named(lines: Lines) -> list[str]:
    return [line["what"] for line in lines]


def breaking_down(adapter: object, request: requests.PreparedRequest, **options: object) -> None:
    raise RuntimeError(f"cannot send {request.body!r}")


def a_run(way_in: Connection) -> Any:
    """A visit whose plan is ready to be sent."""
    app = from_browser(a_cookie())
    visit(app).connect(way_in, connect.sites(way_in))
    to_upload(app.run())
    app.file_uploader(key="file").set_value((NAME, FILE.encode(), "text/csv"))
    app.run()
    for _ in range(4):
        click(app, "next")
    return app


def test_of_a_run_the_log_tells_its_steps_its_person_and_its_figures(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = a_run(a_site(TOKEN))
    assert MARK in shown(app)
    with monkeypatch.context() as patch:
        patch.setattr(requests.adapters.HTTPAdapter, "send", breaking_down)
        click(app, "update")
        wait_for_runs()
    runs, run_id = open_runs(None, None), run_of(app)
    run = runs.get(run_id)
    assert run is not None and runs.resume(visit(app).way_in, run)
    wait_for_runs()
    lines = told(capfd)
    assert named(lines) == ["run started", "run failed", "run ended", "run taken up", "run ended"]
    assert {line["run"] for line in lines} == {run_id[: log.RUN_LETTERS]}
    assert {line.get("who") for line in lines} - {None} == {runs.person(visit(app).way_in)[: log.WHO_LETTERS]}
    assert lines[1]["errors"][0]["kind"] == "RuntimeError" and lines[2]["why"] == "fault"
    assert lines[-1]["why"] == "done" and lines[-1]["updated"] == 1
    assert stage(app, Opened).site.display_name not in json.dumps(lines)


def test_a_page_that_fails_on_a_value_says_where_and_not_on_which(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*given: object, **named: object) -> None:
        raise ValueError(f"{MARK} is no price")

    app = from_browser(a_cookie())
    monkeypatch.setattr(demo, "connect_demo", fails)
    click(app, "demo")
    assert "made a mistake on this page" in said(app)
    (line,) = told(capfd)
    assert (line["what"], line["errors"][0]["kind"]) == ("page failed", "ValueError")


def test_whoever_is_turned_away_is_told_by_fingerprint_and_reason(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGN_IN_DOMAINS", "example.org")
    app = sign_in(tab(a_cookie()), ADDRESS).run()
    assert MARK in said(app)
    (line,) = told(capfd)
    assert (line["what"], line["why"]) == ("sign-in refused", "not listed") and len(line["who"]) == log.WHO_LETTERS
