"""The button that leads to Webflow: where it is, where it leads back to, what is said when it leads nowhere."""

import logging

import pytest
from streamlit.testing.v1 import AppTest

from lib.workflow import authorising
from pages.shared import at_webflow
from tests.pages.walk import click, said, sign_in, to_check, visit
from tests.security.allowing import go, led_back, register
from tests.security.conftest import browsers
from tests.security.visitors import a_cookie, from_browser, tab

__all__ = ["browsers"]
DEMO, ALLOW, PASTE, TEAM = WAYS_IN = (
    "Try the demo site",
    "Connect with Webflow",
    "Connect your site",
    "Connect to your team's site",
)
PRICES = "Slug,Price\nsea-glass-mug-small,23\n"


@pytest.fixture(autouse=True)
def registered(browsers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, "site-of-who-connects")


def kinds(app: AppTest) -> dict[str, str]:
    """How the buttons of the ways in look."""
    return {button.label: button.proto.type for button in app.button if button.label in WAYS_IN}


def test_it_stands_before_the_pasted_token() -> None:
    assert kinds(from_browser(a_cookie())) == {DEMO: "primary", ALLOW: "primary", PASTE: "secondary"}


def test_where_a_team_shares_a_token_that_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBFLOW_SHARED_TOKEN", "of-a-team")
    app = sign_in(tab(a_cookie()), "ada@example.com").run()
    assert {way for way, kind in kinds(app).items() if kind == "primary"} == {TEAM}


@pytest.mark.parametrize("name", [*authorising.NEEDED, None])
def test_without_a_registration_there_is_none_and_the_log_names_what_is_missing(
    name: str | None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    at_webflow._log_left_out.cache_clear()
    for one in authorising.NEEDED if name is None else (name,):
        monkeypatch.delenv(one)
    with caplog.at_level(logging.WARNING, "flowsheet"):
        app = from_browser(a_cookie())
        query = {"code": "c", "state": "s"}
        assert ALLOW not in kinds(app) and kinds(app)[PASTE] == "primary"
        assert "Webflow was not begun" not in said(led_back(a_cookie(), query).run())
    told = [record.getMessage() for record in caplog.records if "Connect with Webflow" in record.getMessage()]
    assert told == ([] if name is None else [f"“Connect with Webflow” is not offered, since these are missing: {name}"])


def test_a_browser_without_cookies_is_told_so() -> None:
    app = click(from_browser(""), "connect_webflow")
    assert "Allow cookies and load this page anew" in app.error[0].value and not app.get("link_button")


def test_who_does_not_allow_it_reads_so_calmly() -> None:
    cookie = a_cookie()
    app = led_back(cookie, go(from_browser(cookie), decision="deny").query).run()
    assert [one.value for one in app.info] == ["You did not allow it on Webflow's page, so nothing was connected."]
    assert not app.error and ALLOW in kinds(app) and not app.query_params


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"error": "invalid_scope", "error_description": "![x](https://evil.example/x.png)"},
            "Webflow did not ask you",
        ),
        ({"code": "made-up"}, "used already, or is older than 15 minutes"),
        ({"state": "made-up"}, "was not begun in this browser"),
    ],
)
def test_what_leads_nowhere_is_said_in_our_own_words(change: dict[str, str], words: str) -> None:
    cookie = a_cookie()
    query = go(from_browser(cookie)).query | change
    if "error" in change:
        query.pop("code")
    app = led_back(cookie, query).run()
    (error,) = app.error
    assert words in error.value and "evil" not in said(app) and visit(app).connection is None


def test_an_app_that_webflow_does_not_know_any_more_says_who_can_help(monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = a_cookie()
    trip = go(from_browser(cookie))
    monkeypatch.setenv("WEBFLOW_CLIENT_SECRET", "renewed-in-webflow")
    app = led_back(cookie, trip.query).run()
    assert "Ask the person who runs this app to compare its client id" in app.error[0].value


def test_a_way_back_out_of_the_history_of_the_browser_says_nothing_to_who_is_in() -> None:
    cookie = a_cookie()
    trip = go(from_browser(cookie))
    app = led_back(cookie, trip.query).run()
    for name, value in trip.query.items():
        app.query_params[name] = value
    app.run()
    assert not app.error and visit(app).connection is not None and not app.query_params


def test_a_draft_that_waits_is_opened_by_who_comes_back() -> None:
    cookie = a_cookie()
    begun = led_back(cookie, go(from_browser(cookie)).query).run()
    to_check(begun, PRICES)
    assert visit(begun).draft is not None
    app = from_browser(cookie)
    (button,) = [button for button in app.button if str(button.key).startswith("open-")]
    waiting = click(app, str(button.key))
    back = led_back(cookie, go(waiting).query).run()
    assert back.title[0].value == "Do all values fit?"
    denied = led_back(cookie, go(click(from_browser(cookie), str(button.key)), decision="deny").query).run()
    assert "To go on with prices.csv" in said(denied)


def test_whose_runs_are_asked_for_reads_their_own_after_connecting() -> None:
    cookie = a_cookie()
    app = from_browser(cookie).switch_page("pages/runs/history.py").run()
    back = led_back(cookie, go(app, "history_webflow").query).run()
    assert back.title[0].value == "Your runs" and "No runs yet" in said(back)
