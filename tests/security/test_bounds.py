"""No visitor takes the app from the others: whatever can be taken is bounded, for one and for all, and says so."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest
from streamlit.testing.v1 import AppTest

from lib.errors import FlowsheetError, NotConnected, UnreadableFile
from lib.journal import retention
from lib.journal.database import Database, database
from lib.journal.tables import now, run
from lib.journal.under_way import under_way as runs_under_way
from lib.model.run import RunKind
from lib.model.run_state import RunState, Wanted
from lib.runs.service import room
from lib.sandbox import Sandbox
from lib.sandbox import worlds as worlds_of
from lib.stages.read import limits
from lib.stages.read.turns import Turns
from lib.webflow.connection import Connection
from lib.workflow import demo as the_demo
from lib.workflow import live_items
from lib.workflow.open_files import OpenFiles
from tests.builders import a_change
from tests.conftest import Door
from tests.pages.walk import click, run_to_the_end, said, to_check, to_submit, to_upload, visit
from tests.patience import until
from tests.security.visitors import a_cookie, from_browser

MEGABYTE = 1_000_000
FILE = "Slug,Price\nsea-glass-mug-small,23.75\n"
numbers = count(1)


@dataclass
class Tab:
    browser: str
    held_bytes: int = 0


def test_files_in_memory_are_bounded_for_a_browser_and_for_all_and_a_tab_that_is_gone_holds_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UPLOADS_MB", "10")
    files, tabs = OpenFiles(), [Tab(f"browser {number // 2}", MEGABYTE) for number in range(9)]
    for tab in tabs:
        files.join(tab)
    files.check(tabs[0], MEGABYTE)  # instead of the one it holds
    with pytest.raises(FlowsheetError, match="One visitor may have 2 MB of files open at once"):
        files.check(tabs[0], MEGABYTE + 1)
    newcomer = Tab("new")
    files.check(newcomer, MEGABYTE)
    with pytest.raises(FlowsheetError, match=r"as many files open as it can hold \(10 MB\)"):
        files.check(newcomer, MEGABYTE + 1)
    del tabs[-1], tab
    files.check(newcomer, 2 * MEGABYTE)


def test_who_cannot_be_told_apart_shares_what_all_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UPLOADS_MB", "10")
    files, tabs = OpenFiles(), [Tab("", 2 * MEGABYTE) for _ in range(4)]
    for tab in tabs:
        files.join(tab)
    files.check(Tab(""), 2 * MEGABYTE)


def test_a_file_for_which_there_is_no_room_is_told_on_the_page_and_not_read(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPLOADS_MB", "0.0001")
    to_upload(app)
    app.file_uploader(key="file").set_value(("prices.csv", FILE.encode(), "text/csv")).run()
    assert "One visitor may have" in said(app) and visit(app).journey.file is None


def test_the_file_of_a_draft_counts_too(browsers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = a_cookie()
    to_check(from_browser(cookie), FILE)
    monkeypatch.setenv("UPLOADS_MB", "0.0001")
    tab = from_browser(cookie)
    (button,) = [button for button in tab.button if str(button.key).startswith("open-")]
    click(tab, str(button.key))
    assert "One visitor may have" in said(tab) and visit(tab).journey.file is None


def test_only_so_many_files_wait_to_be_read() -> None:
    turns, gate, line = Turns(1, 1), threading.Event(), threading.Event()

    def wait() -> None:
        with turns.turn(lambda ahead: line.set()):
            gate.wait(5)

    with turns.turn(lambda ahead: None):
        second = threading.Thread(target=wait)
        second.start()
        assert line.wait(5)
        with pytest.raises(UnreadableFile, match="Too many files are waiting"), turns.turn(lambda ahead: None):
            pass
    gate.set()
    second.join(5)


def test_only_so_many_collections_are_read_at_once(demo: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(1)
    monkeypatch.setattr(live_items, "TURNS", turns)
    with demo.client() as webflow:
        collection = webflow.collection(demo.collection_id("products"))
    connection = Connection(token=demo.token, base_url=demo.box.url)
    with turns.turn(lambda ahead: None):
        loading = live_items.load(live_items.Wanted(connection=connection, collection=collection, locales=()))
        until(lambda: loading.work.progress.waiting or loading.work.is_over, "it stands in line")
        assert loading.work.progress.waiting.startswith("Many people are reading items")
    assert len(loading.work.result().items) == 480


def test_changes_that_hold_more_text_than_a_file_may_are_told_and_not_made(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_check(app, "Slug,Summary\nsea-glass-mug-small,red\nsea-glass-mug-medium,red\n")
    app.session_state["part_replace"] = True
    app.run()
    app.session_state["part_replace"] = True
    app.text_input(key="replace_find").set_value("red")
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 10)
    app.text_input(key="replace_instead").set_value("purple").run()
    assert "more than 0 MB of new text" in said(app)
    assert "replace" not in {button.key for button in app.button}


def under_way(db: Database, person: str, runs: int, *, is_demo: bool = False, lease_seconds: float = 600) -> None:
    """So many runs of this person, which somebody works on, or did."""
    for number in range(runs):
        line = {"id": f"{person} {number}", "key": f"{person} {number}", "lock_key": f"{person} {number}"}
        line |= {"kind": RunKind.IMPORT, "person": person, "state": RunState.RUNNING, "wanted": Wanted.RUN}
        with db.write() as connection:
            connection.execute(
                run.insert().values(**line, is_demo=is_demo, created_at=now(), lease_until=now() + lease_seconds)
            )


@pytest.mark.parametrize(
    ("runs", "person", "is_demo", "words"),
    [
        ({}, "me", False, ""),
        ({"me": 1}, "me", False, ""),
        ({"me": 2}, "me", False, "2 runs of yours are under way"),
        ({"me": 2}, "you", False, ""),
        ({f"person {n}": 1 for n in range(10)}, "you", False, "As many runs are under way as this app takes"),
        ({f"demo {n}": 1 for n in range(5)}, "demo visitor", True, "As many runs are under way as this app takes"),
        ({f"demo {n}": 1 for n in range(5)}, "you", False, ""),
        ({f"person {n}": 1 for n in range(5)}, "demo visitor", True, ""),
    ],
)
def test_runs_under_way_are_bounded_for_one_for_the_demo_and_for_all(
    journal: Database, monkeypatch: pytest.MonkeyPatch, runs: dict[str, int], person: str, is_demo: bool, words: str
) -> None:
    monkeypatch.setenv("RUNS_AT_ONCE", "10")
    for who, many in runs.items():
        under_way(journal, who, many, is_demo=who.startswith("demo"))
    told = refusal(journal, person, is_demo)
    assert told.startswith(words) and bool(told) == bool(words)


def test_runs_that_nobody_works_on_take_no_place(journal: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNS_AT_ONCE", "2")
    under_way(journal, "me", 9, lease_seconds=-1)
    assert refusal(journal, "me", False) == ""


def refusal(db: Database, person: str, is_demo: bool) -> str:
    try:
        room.check(db, person, is_demo=is_demo)
    except FlowsheetError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("times", "demo_words", "own_words"), [(3, "", ""), (1.5, "The records", ""), (0.5, "The records", "The records")]
)
def test_records_are_bounded_and_the_demo_leaves_half_of_them(
    journal: Database, monkeypatch: pytest.MonkeyPatch, times: float, demo_words: str, own_words: str
) -> None:
    monkeypatch.setenv("JOURNAL_MB", str(retention.size_bytes(journal) * times / MEGABYTE))
    for is_demo, words in ((True, demo_words), (False, own_words)):
        told = refusal(journal, "me", is_demo)
        assert told.startswith(words) and bool(told) == bool(words)


def test_a_run_for_which_there_is_no_place_is_told_on_the_page_and_starts_when_there_is_one(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_submit(app, FILE)
    before = runs_under_way(database(), "nobody").all  # of other tests on the same records, paused for good
    monkeypatch.setenv("RUNS_AT_ONCE", str(2 * before + 2))
    under_way(database(), "somebody", before + 2)
    click(app, "update")
    assert (
        "As many runs are under way as this app takes at once. This one has not started and nothing was sent."
        in said(app)
    )
    with database().write() as connection:
        connection.execute(run.delete().where(run.c.person == "somebody"))
    run_to_the_end(app)
    assert app.title[0].value == "1 item updated"


@pytest.fixture
def few_demo_sites(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Room for three, on a clock of one's own."""
    server = the_demo.demo_server()
    monkeypatch.setattr(worlds_of, "MOST_WORLDS", 3)
    monkeypatch.setattr(server.service, "worlds", {})
    monkeypatch.setattr(server.service, "clock", lambda: server.clock)  # type: ignore[attr-defined]
    monkeypatch.setattr(server, "clock", 0.0, raising=False)
    monkeypatch.setattr(the_demo, "IN_USE_SECONDS", 600.0)
    yield server


def test_nobody_in_a_demo_site_is_pushed_out_by_who_comes_and_who_rested_is(
    few_demo_sites: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = [the_demo.connect_demo(f"browser {number}") for number in range(3)]
    monkeypatch.setattr(few_demo_sites, "clock", 599.0)
    with pytest.raises(FlowsheetError, match="All 3 demo sites of this app are in use"):
        the_demo.connect_demo("a browser more")
    monkeypatch.setattr(few_demo_sites, "clock", 601.0)
    the_demo.connect_demo("a browser more")
    assert first.token not in few_demo_sites.service.worlds and len(few_demo_sites.service.worlds) == 3


def test_a_full_demo_is_told_on_the_page(app: AppTest, few_demo_sites: Sandbox) -> None:
    for number in range(3):
        the_demo.connect_demo(f"browser {number}")
    click(app, "demo")
    assert "All 3 demo sites of this app are in use" in said(app) and visit(app).connection is None


def test_a_browser_has_only_so_many_demo_sites_and_the_oldest_of_its_own_go(app: AppTest) -> None:
    browser = f"browser {next(numbers)} of bounds"
    sites = [the_demo.connect_demo(browser) for _ in range(the_demo.MOST_OF_A_BROWSER + 2)]
    worlds = the_demo.demo_server().service.worlds
    assert [site.token in worlds for site in sites] == [False, False, *[True] * the_demo.MOST_OF_A_BROWSER]


def test_a_demo_site_takes_in_only_so_much(demo: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    path, item = f"/collections/{demo.collection_id('products')}/items", demo.items("products")[0]
    monkeypatch.setattr(demo.box.service, "most_bytes", 100)
    change = {"items": [{"id": item["id"], "fieldData": {"price": 5}}]}
    assert [demo.call("PATCH", path, change).status_code for _ in range(3)] == [200, 403, 403]
    with demo.client() as webflow, pytest.raises(NotConnected, match="taken in as much as a demo site can hold"):
        webflow.write_items(
            demo.collection_id("products"), [a_change(after={"summary": "y" * 300}, item_id=item["id"])]
        )
    assert demo.get("/sites")["sites"]


def test_the_demo_is_bounded(app: AppTest) -> None:
    server = the_demo.demo_server()
    site = the_demo.connect_demo()
    assert server.service.most_bytes == the_demo.MOST_BYTES
    assert server.service.worlds[site.token].requests.maxlen == the_demo.LOG_LENGTH
