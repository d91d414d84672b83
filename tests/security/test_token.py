"""A token is in memory only: after a run in which everything goes wrong, it is looked for wherever it could be."""

import copy
import logging
import pickle
import traceback
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa
import streamlit as st
from streamlit.testing.v1 import AppTest

from lib.journal import codec, views
from lib.journal.database import Database, database
from lib.journal.tables import metadata
from lib.model.run import Run
from lib.model.run_state import RunState, StopCause
from lib.runs import process
from lib.runs.service.runs import Runs
from lib.runs.timing import Timing
from lib.webflow.connection import Connection
from lib.workflow import connect
from lib.workflow.demo import demo_server
from pages.shared.visit import Visit
from tests.pages.revisit import RESULTS, UNDO, another_visit, at, run_of
from tests.pages.walk import HEADER, click, sign_in, to_submit, visit, wait_for_runs
from tests.security.allowing import SECRET, go, led_back, register
from tests.security.visitors import QUICK, ROOT, a_cookie, a_site, from_browser, shown, tab

TOKEN = "marked-5f0c9b1e7a3d42"
OF_A_TEAM = f"{TOKEN}-shared"
SLUGS = ("sea-glass-mug-small", "sea-glass-mug-medium", "oat-mug-small", "oat-mug-medium", "ink-mug-small")
FILE = HEADER + "".join(f"{slug},{40 + place}.75,x,\n" for place, slug in enumerate(SLUGS)) + "no-such-mug,5,,\n"
WayIn = Callable[[pytest.MonkeyPatch], AppTest]


class Trouble:
    """What goes wrong, one after the other, in the only run of this module."""

    def __init__(self, app: AppTest, patch: pytest.MonkeyPatch) -> None:
        self._app, self._patch, self.token = app, patch, visit(app).way_in.token
        self.runs = Runs(db=database(), timing=Timing(settle_seconds=0.05, stand_by_seconds=0.05, policy=QUICK))

    @property
    def run(self) -> Run:
        run = self.runs.get(run_of(self._app))
        assert run is not None
        return run

    def resume(self) -> None:
        """The run goes on, to its next end."""
        assert self.runs.resume(visit(self._app).way_in, self.run)
        wait_for_runs()

    def crash(self) -> None:
        """The HTTP library breaks down, with the request in its words."""
        with self._patch.context() as patch:
            patch.setattr(requests.adapters.HTTPAdapter, "send", breaking_down)
            click(self._app, "update")
            wait_for_runs()

    @property
    def no(self) -> dict[str, object]:
        """An answer that repeats the token wherever it can."""
        echo = f"Unknown header 'Authorization: Bearer {self.token}'"
        return {"code": self.token, "message": echo, "details": [{"param": self.token, "description": echo}]}

    def order(self, kind: str, **order: Any) -> None:
        demo_server().order_fault(kind, method="PATCH", token=self.token, **order)


def breaking_down(adapter: object, request: requests.PreparedRequest, **options: object) -> None:
    raise RuntimeError(f"cannot send {request.headers}")


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """The files that pages offer, by label."""
    offered: dict[str, Callable[[], bytes]] = {}
    button = st.download_button

    def offer(label: str, data: Callable[[], bytes], **options: Any) -> bool:
        offered[label] = data
        return button(label, data, **options)

    monkeypatch.setattr(st, "download_button", offer)
    return offered


def pasted(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """A visit with a token of its own."""
    monkeypatch.setenv("WEBFLOW_API_URL", a_site(TOKEN).base_url)
    app = from_browser(a_cookie())
    app.text_input(key="token").set_value(TOKEN)
    return click(app, "connect_own")


def shared(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """A visit with the token of a team."""
    monkeypatch.setenv("WEBFLOW_API_URL", a_site(OF_A_TEAM).base_url)
    monkeypatch.setenv("WEBFLOW_SHARED_TOKEN", OF_A_TEAM)
    app = sign_in(tab(a_cookie()), "ada@example.com").run()
    assert TOKEN not in shown(app)
    return click(app, "connect_team")


def allowed(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """A visit with a token that Webflow gave, since somebody allowed it."""
    register(monkeypatch, OF_A_TEAM)
    cookie = a_cookie()
    return led_back(cookie, go(from_browser(cookie)).query).run()


def run_into_trouble(way_in: WayIn, monkeypatch: pytest.MonkeyPatch) -> tuple[AppTest, Trouble]:
    """A visit and its run: a crash, a 401, a refusal that quotes the token, an unreadable answer, a lost one, and a
    dropped connection."""
    app = way_in(monkeypatch)
    visit(app).connection = replace(visit(app).way_in, policy=QUICK)
    to_submit(app, FILE)
    trouble = Trouble(app, monkeypatch)
    trouble.crash()
    assert trouble.run.stop is not None and trouble.run.stop.cause is StopCause.FAULT
    trouble.order("body", status=401, body=trouble.no)
    trouble.resume()
    assert trouble.run.stop is not None and trouble.run.stop.cause is StopCause.REFUSED
    trouble.order("body", status=400, body=trouble.no, count=2)
    trouble.order("dropped")
    trouble.order("body", applied=True)
    trouble.order("lost")
    trouble.resume()
    assert trouble.run.state is RunState.DONE
    return at(app, RESULTS, run_of(app)), trouble


def in_records(db: Database) -> str:
    """Every cell of every table, unpacked where it is packed."""
    with db.read() as connection:
        lines = [line for table in metadata.sorted_tables for line in connection.execute(sa.select(table)).all()]
    return "\n".join(_text(cell) for line in lines for cell in line)


def _text(cell: object) -> str:
    if not isinstance(cell, bytes):
        return str(cell)
    try:
        return zlib.decompress(cell).decode("utf-8", "replace")
    except zlib.error:
        return str(codec.unpacked(cell))


def said_by(error: BaseException | None) -> str:
    """Everything that an error and those behind it say and hold."""
    texts = []
    while error is not None:
        texts += ["".join(traceback.format_exception(error)), repr(error), str(vars(error)), str(error.args)]
        error = error.__cause__ or error.__context__
    return "".join(texts)


@pytest.mark.parametrize("way_in", [pasted, shared, allowed])
def test_after_a_run_in_which_everything_goes_wrong_the_token_is_nowhere(
    browsers: None,
    way_in: WayIn,
    downloads: dict[str, Callable[[], bytes]],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    app, trouble = run_into_trouble(way_in, monkeypatch)
    page = shown(app)
    made = {label: make() for label, make in downloads.items()}
    assert {"Report (JSON)", "All rows (CSV)", "Rows to fix (CSV)", "Rows to fix (Excel)"} <= set(made)
    undo, stranger = shown(at(app, UNDO, run_of(app))), shown(another_visit(RESULTS, run_of(app)))
    records, log = in_records(database()), caplog.text + "".join(capfd.readouterr())
    errors = "".join(said_by(entry.exc_info[1]) for entry in caplog.records if entry.exc_info)
    told = str([trouble.run, *views.outcomes_of(database(), run_of(app)), process.current().troubles])
    asked = str(list(demo_server().service.worlds[trouble.token].requests))
    assert "no-such-mug" in records and "run failed" in log and "RuntimeError" in errors and "/v2/" in log
    assert "Updated" in page and "PATCH" in asked
    places = {"page": page, "undo": undo, "stranger": stranger, "records": records, "log": log, "errors": errors}
    places |= {"told": told, "addresses": asked} | {name: str(content) for name, content in made.items()}
    assert [place for place, text in places.items() if trouble.token in text or SECRET in text] == []


def test_a_draft_and_what_is_remembered_of_a_file_hold_no_token(browsers: None) -> None:
    site = a_site(TOKEN)
    tab = from_browser(a_cookie())
    visit(tab).connect(site, connect.sites(site))
    tab.run()
    to_submit(tab, FILE)
    records = in_records(database())
    assert "no-such-mug" in records and TOKEN not in records
    assert visit(tab).draft is not None and TOKEN not in shown(tab)


def holders() -> dict[str, object]:
    """All that holds a token, and what holds that in turn."""
    way_in = Connection(token=TOKEN, base_url="http://127.0.0.1:1/v2")
    state = Visit(connection=way_in, given={"run": way_in})
    client = way_in.open()
    return {"connection": way_in, "visit": state, "client": client, "process": _process_with(way_in)}


def _process_with(way_in: Connection) -> process.Process:
    mine = process.Process()
    mine.connections["run"] = way_in
    mine.remember_demo("secret of a browser", way_in)
    return mine


@pytest.mark.parametrize("name", list(holders()))
def test_no_text_of_what_holds_a_token_tells_it_and_none_of_it_is_pickled_or_copied(name: str) -> None:
    holder = holders()[name]
    for show in (repr, str, lambda it: f"{it!r:>99}"):
        assert TOKEN not in show(holder)
    for take in (pickle.dumps, copy.copy, copy.deepcopy):
        if name in ("visit", "process") and take is copy.copy:
            continue  # the same token in the same memory
        with pytest.raises(TypeError):
            take(holder)


def test_no_cache_of_streamlits_is_used_that_visitors_would_share() -> None:
    sources = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "lib").rglob("*.py")]
    assert not [path for path in map(Path, sources) if "st.cache" in path.read_text()]
