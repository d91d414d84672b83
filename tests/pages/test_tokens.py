"""Whose token a run's page uses: the one given for it, the visit's own, and never the demo's for a real site."""

import pytest
from streamlit.testing.v1 import AppTest

from lib.journal.database import database
from lib.journal.tables import now, run
from lib.model.run_state import RunState
from lib.webflow.connection import Connection
from lib.workflow.demo import connect_demo, demo_server
from tests.pages.revisit import GOOD, PUBLISH, RESULTS, UNDO, another_visit, at, keys, run_of, slow
from tests.pages.walk import click, run_to_the_end, said, to_submit, visit, wait_for_runs


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> Connection:
    """A site of one's own: the demo's server, reached with a token instead of a click."""
    demo = connect_demo()
    monkeypatch.setenv("WEBFLOW_API_URL", demo.base_url)
    return Connection(token=demo.token, base_url=demo.base_url)


@pytest.fixture
def run_id(app: AppTest, real: Connection) -> str:
    """A run on that site that has ended, made in a visit of its own."""
    app.text_input(key="token").set_value(real.token)
    click(app, "connect_own")
    to_submit(app, GOOD)
    run_to_the_end(app)
    return run_of(app)


def other_site() -> str:
    """The token of a site that does not have the collection."""
    server = demo_server()
    server.add_world("token-of-another-site", seed="empty")
    return "token-of-another-site"


def give(app: AppTest, run_id: str, token: str) -> AppTest:
    app.text_input(key=f"again_{run_id}_token").set_value(token)
    next(button for button in app.button if button.label == "Use this token").click()
    return app.run()


def test_who_comes_back_gives_the_token_once(run_id: str, real: Connection) -> None:
    other = another_visit(RESULTS, run_id)
    assert "Give the token that started this run" in said(other)
    assert "Site settings → Apps & integrations" in said(other)
    assert len([box for box in other.text_input if "token" in str(box.key)]) == 1
    give(other, run_id, real.token)
    assert {"publish", "undo"} <= keys(other)
    assert not [box for box in other.text_input if "token" in str(box.key)]


@pytest.mark.parametrize("token", ["wrong", "other site"])
def test_a_token_that_did_not_start_the_run_is_refused_with_the_reason(run_id: str, token: str) -> None:
    other = another_visit(RESULTS, run_id)
    give(other, run_id, other_site() if token == "other site" else token)
    assert "This is not the token that started this run" in said(other)
    assert keys(other) == {f"FormSubmitter:again_{run_id}-Use this token"}


def test_the_address_of_a_run_shows_how_far_it_is_and_no_more(run_id: str) -> None:
    stranger = another_visit(RESULTS, run_id)
    assert stranger.title[0].value == "3 items updated" and "Done: 3 updated." in said(stranger)
    assert not any(name in said(stranger) for name in ("Tidepool", "Products", "prices.csv", "Mug"))
    assert not stranger.dataframe and not stranger.get("download_button") and not stranger.code
    undo = at(stranger, UNDO, run_id)
    assert not undo.dataframe and "Give the token that started this run" in said(undo)
    assert keys(undo) == {f"FormSubmitter:again_{run_id}-Use this token"}


def test_a_stranger_neither_pauses_nor_stops_a_run_that_goes_on(app: AppTest, real: Connection) -> None:
    app.text_input(key="token").set_value(real.token)
    click(app, "connect_own")
    to_submit(app, GOOD)
    slow(app, "GET", 3.0)
    click(app, "update")
    stranger = another_visit(RESULTS, run_of(app))
    assert stranger.title[0].value == "Updating 3 items"
    assert not {"pause", "stop", "unpause"} & keys(stranger)
    give(stranger, run_of(app), real.token)
    assert {"pause", "stop"} <= keys(stranger)
    wait_for_runs()


@pytest.mark.parametrize("has_a_demo_of_their_own", [False, True])
def test_a_demo_run_is_its_own_visitors(app: AppTest, has_a_demo_of_their_own: bool) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    stranger = another_visit(RESULTS, run_of(app))
    if has_a_demo_of_their_own:
        visit(stranger).connect(connect_demo(), ())
        stranger.run()
    for page in (RESULTS, UNDO):
        at(stranger, page, run_of(app))
        assert "This run belongs to another visitor's demo site" in said(stranger)
        assert not keys(stranger) and not stranger.dataframe and not stranger.text_input
    assert {"publish", "undo"} <= keys(another_visit(RESULTS, run_of(app), app))


def test_a_run_left_behind_is_shown_to_its_person_before_it_is_resumed(run_id: str, real: Connection) -> None:
    leave_behind(run_id)
    stranger = another_visit(RESULTS, run_id)
    assert stranger.title[0].value.startswith("This run was interrupted at 3 of 3 items")
    assert not {"give_up", "resume"} & keys(stranger)
    stranger.text_input(key=f"resume_{run_id}_token").set_value(real.token)
    next(button for button in stranger.button if button.label == "Only show this run").click()
    assert {"give_up", "resume"} <= keys(stranger.run())
    click(stranger, "give_up")
    assert "This run was given up." in said(stranger)


def leave_behind(run_id: str) -> None:
    """Its worker is gone, and this process does not hold its token."""
    with database().write() as records_:
        left = {"state": RunState.RUNNING, "lease_until": now() - 1, "owner": "gone"}
        records_.execute(run.update().where(run.c.id == run_id).values(left))


def test_the_demo_site_is_never_used_for_a_real_run(run_id: str, real: Connection) -> None:
    other = another_visit(RESULTS, run_id)
    visit(other).connect(Connection(token=real.token, base_url=real.base_url, is_demo=True), ())
    other.run()
    assert "Give the token that started this run" in said(other)
    assert "undo" not in keys(other)


def test_a_token_of_another_site_in_the_visit_is_replaced_on_the_page(run_id: str, real: Connection) -> None:
    other = another_visit(RESULTS, run_id)
    wrong = Connection(token=other_site(), base_url=real.base_url)
    visit(other).connect(wrong, ())
    at(other, UNDO, run_id)
    assert "undo_now" not in keys(other)
    give(other, run_id, real.token)
    assert "3 items that this run changed = 3 will be brought back" in said(other)
    assert visit(other).connection == wrong
    click(other, "undo_now")
    wait_for_runs()
    visit(other).connect(real, ())
    at(other, RESULTS, run_id)
    assert "This run was undone on" in said(other)


def test_publishing_with_a_token_that_was_revoked_starts_nothing_and_asks(run_id: str, real: Connection) -> None:
    other = another_visit(RESULTS, run_id)
    visit(other).connect(real, ())
    worlds = demo_server().service.worlds
    world = worlds.pop(real.token)
    click(other.run(), "publish")
    at(other, PUBLISH, run_id)
    assert "does not accept this token" in said(other)
    assert other.text_input(key=f"publish_{run_id}_token").label == "Site token for Tidepool Goods"
    assert not [button for button in other.button if str(button.key).startswith("open_")]
    worlds[real.token] = world
    other.text_input(key=f"publish_{run_id}_token").set_value(real.token)
    next(button for button in other.button if button.label == "Show what would be published").click()
    click(other.run(), "publish_now")
    wait_for_runs()
    at(other, RESULTS, run_id)
    assert "3 of these items were published" in said(other)
