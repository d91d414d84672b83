"""Whose token a run's page uses: the one given for it, the visit's own, and never the demo's for a real site."""

import pytest
from streamlit.testing.v1 import AppTest

from lib import workflow
from lib.webflow.connection import Connection
from tests.pages.revisit import GOOD, RESULTS, UNDO, another_visit, at, keys, run_of
from tests.pages.walk import click, run_to_the_end, said, to_submit, visit, wait_for_runs


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> Connection:
    """A site of one's own: the demo's server, reached with a token instead of a click."""
    demo = workflow.connect_demo()
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
    server = workflow._demo_servers[0]
    server.add_world("token-of-another-site", seed="empty")
    return "token-of-another-site"


def give(app: AppTest, run_id: str, token: str) -> AppTest:
    app.text_input(key=f"again_{run_id}_token").set_value(token)
    next(button for button in app.button if button.label == "Use this token").click()
    return app.run()


def test_who_comes_back_gives_the_token_once(run_id: str, real: Connection) -> None:
    other = another_visit(RESULTS, run_id)
    assert "give the token for Tidepool Goods once more" in said(other)
    assert "Site settings → Apps & integrations" in said(other)
    assert len([box for box in other.text_input if "token" in str(box.key)]) == 1
    give(other, run_id, real.token)
    assert {"publish", "undo"} <= keys(other)
    assert not [box for box in other.text_input if "token" in str(box.key)]


@pytest.mark.parametrize("token", ["wrong", "other site"])
def test_a_token_that_does_not_fit_is_refused_with_the_reason(run_id: str, token: str) -> None:
    other = another_visit(RESULTS, run_id)
    give(other, run_id, other_site() if token == "other site" else token)
    words = "does not open Products on Tidepool Goods" if token == "other site" else "does not accept this token"
    assert words in said(other)
    assert "undo" not in keys(other)


def test_the_demo_site_is_never_used_for_a_real_run(run_id: str) -> None:
    other = another_visit(RESULTS, run_id)
    visit(other).keep(connection=workflow.connect_demo())
    other.run()
    assert "give the token for Tidepool Goods once more" in said(other)
    assert "undo" not in keys(other)


def test_a_token_of_another_site_in_the_visit_is_replaced_on_the_page(run_id: str, real: Connection) -> None:
    other = another_visit(RESULTS, run_id)
    wrong = Connection(token=other_site(), base_url=real.base_url)
    visit(other).keep(connection=wrong)
    at(other, UNDO, run_id)
    assert other.error and "undo_now" not in keys(other)
    other.text_input(key=f"undo_{run_id}_token").set_value(real.token)
    next(button for button in other.button if button.label == "Show what would change").click()
    other.run()
    assert "3 items that this run changed = 3 will be brought back" in said(other)
    assert visit(other).connection == wrong
    click(other, "undo_now")
    wait_for_runs()
    visit(other).keep(connection=real)
    at(other, RESULTS, run_id)
    assert "This run was undone on" in said(other)


def test_publishing_with_the_token_of_another_site_starts_nothing_and_asks(run_id: str, real: Connection) -> None:
    other = another_visit(RESULTS, run_id)
    visit(other).keep(connection=Connection(token=other_site(), base_url=real.base_url))
    click(click(other.run(), "publish"), "publish_now")
    assert other.text_input(key=f"again_{run_id}_token")
    assert not [button for button in other.button if str(button.key).startswith("open_")]
    give(other, run_id, real.token)
    click(click(other, "publish"), "publish_now")
    wait_for_runs()
    at(other, RESULTS, run_id)
    assert "3 of these items were published" in said(other)
