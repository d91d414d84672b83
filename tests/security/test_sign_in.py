"""Where the app has a sign-in nobody gets past it, whatever the address, the button, or what is wrong with it;
what is kept belongs to who is signed in; and a token that a team shares is theirs alone."""

import logging
import secrets
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.runtime.secrets import Secrets, secrets_singleton
from streamlit.testing.v1 import AppTest

from lib.errors import NotSignedIn
from lib.sandbox import Sandbox
from pages.shared import gate, signed_in, steps
from pages.shared.plain import plain
from tests.browser.conftest import App
from tests.pages.revisit import RESULTS, UNDO, at, run_of
from tests.pages.walk import HEADER, click, press, run_to_the_end, said, sign_in, to_submit, visit, wait_for_runs
from tests.security.test_deep_links import asked
from tests.security.visitors import a_cookie, a_site, shown, tab

FILE = HEADER + "sea-glass-mug-small,23,x,\nno-such-mug,5,,\n"
DONE = "1 of 2 rows updated · 1 left out"
GATE = "Sign in to Flowsheet"
ADA, BOB = "ada@example.com", "bob@example.com"
TOKEN = "marked-7b1c44d2e9f05a"
AUTH = """
[auth]
redirect_uri = "http://127.0.0.1:1/oauth2callback"
cookie_secret = "a secret of the tests, long enough"
client_id = "flowsheet"
client_secret = "of no use"
server_metadata_url = "http://127.0.0.1:1/.well-known/openid-configuration"
"""


def a_tab(address: str | None, subject: str = "", **claims: object) -> AppTest:
    """A new browser, in which somebody has signed in; nobody where there is no address."""
    return sign_in(tab(a_cookie()), address, subject, **claims).run()


def is_at_the_gate(app: AppTest) -> bool:
    """Nothing is there but the gate."""
    elements = {str(element.value) for element in app.title}
    return elements == {GATE} and not app.get("page_link") and not app.get("dataframe") and not app.text_input


@pytest.fixture(autouse=True)
def said_anew(browsers: None) -> Iterator[None]:
    """What is logged once is logged again in each test."""
    for once in (gate._log_missing, gate._log_ignored_token):
        once.cache_clear()
    yield


@pytest.fixture
def team(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site whose token the team shares."""
    site = a_site(TOKEN)
    monkeypatch.setenv("WEBFLOW_API_URL", site.base_url)
    monkeypatch.setenv("WEBFLOW_SHARED_TOKEN", TOKEN)
    yield TOKEN


@pytest.mark.parametrize("page", steps.PAGES, ids=lambda page: page.title)
def test_no_page_is_drawn_for_somebody_who_is_not_signed_in(page: steps.Step) -> None:
    app = sign_in(tab(a_cookie()), None)
    app.query_params["run"] = app.query_params["draft"] = "somebody-elses"
    app.run()
    app.switch_page(page.path).run()
    assert is_at_the_gate(app) and [button.label for button in app.button] == ["Sign in"]
    assert "visit" not in app.session_state and not app.exception


@pytest.fixture
def app_with_sign_in(sandbox: Sandbox, tmp_path: Path) -> Iterator[App]:
    """An app with a sign-in that nobody has asked for anything."""
    secrets_file = tmp_path / "secrets.toml"
    secrets_file.write_text(AUTH)
    app = App(tmp_path, sandbox.url, secrets=secrets_file)
    app.start()
    yield app
    app.end(signal.SIGKILL)


@pytest.mark.parametrize("page", ["runs", "parts"])
def test_the_first_request_after_a_start_meets_the_gate(app_with_sign_in: App, page: str) -> None:
    found = asked(app_with_sign_in, page, "draft=somebody-elses&run=somebody-elses")
    assert GATE in found and "stepper" not in found and "Your runs" not in found
    assert "Traceback" not in app_with_sign_in.log()


def test_whoever_is_let_in_finds_the_pages_and_reads_who_they_are() -> None:
    app = a_tab(ADA)
    assert GATE not in said(app) and plain(ADA) in [caption.value.split(" ")[-1] for caption in app.caption]
    assert "sign_out" in {button.key for button in app.button}


def test_of_several_providers_each_has_a_button() -> None:
    app = sign_in(tab(a_cookie()), None)
    part = {"client_id": "flowsheet", "server_metadata_url": "https://id.example.com"}
    app.secrets = {"auth": {"cookie_secret": "of the tests", "google": part, "microsoft": part}}
    assert [button.label for button in app.run().button] == ["Sign in with Google", "Sign in with Microsoft"]


@pytest.mark.parametrize("name", ["SIGN_IN_EMAILS", "SIGN_IN_DOMAINS"])
def test_whoever_is_not_on_the_list_reads_which_address_was_used_and_whom_to_ask(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, {"SIGN_IN_EMAILS": ADA, "SIGN_IN_DOMAINS": "example.com"}[name])
    assert not is_at_the_gate(a_tab(ADA))
    app = a_tab("eve_*x*@elsewhere.example")
    (told,) = app.warning
    assert is_at_the_gate(app) and plain("eve_*x*@elsewhere.example") in told.value and "Ask the person" in told.value
    assert [button.label for button in app.button] == ["Sign in with another address"]


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"email_verified": False}, "does not say that this address is really yours"),
        ({"email": None}, "without an e-mail address"),
    ],
)
def test_whoever_comes_without_a_proven_address_reads_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, claims: dict[str, object], words: str
) -> None:
    monkeypatch.setenv("SIGN_IN_EMAILS", ADA)
    app = a_tab(ADA, **claims)
    assert is_at_the_gate(app) and words in said(app)


def test_a_button_that_was_drawn_for_somebody_does_nothing_once_their_sign_in_has_ended() -> None:
    """Streamlit runs what a button calls before app.py."""
    app = a_tab(ADA, secrets.token_hex(4))
    to_submit(app, FILE)
    person = app.user
    sign_in(app, None)
    click(app, "update")
    wait_for_runs()
    assert is_at_the_gate(app) and "visit" not in app.session_state
    app.user = person
    app.run()
    app.switch_page(steps.HISTORY.path).run()
    assert "No runs yet" in said(app)


def test_a_sign_in_that_is_too_old_ends_in_a_tab_that_stayed_open(monkeypatch: pytest.MonkeyPatch) -> None:
    app = a_tab(ADA)
    click(app, "demo")
    assert visit(app).connection is not None
    monkeypatch.setenv("SIGN_IN_DAYS", "0.0000001")
    press(app, "Use another site")
    assert is_at_the_gate(app) and "has ended" in said(app) and "visit" not in app.session_state


def test_signing_out_ends_the_sign_in_in_every_tab_and_forgets_its_token() -> None:
    first = a_tab(ADA)
    second = tab(a_cookie())
    second.secrets, second.user = first.secrets, dict(first.user)
    click(second.run(), "demo")
    held = visit(first)
    click(first, "demo")
    click(first, "sign_out")
    assert is_at_the_gate(first) and held.connection is None and "visit" not in first.session_state
    assert is_at_the_gate(second.run())


def test_what_leads_to_records_asks_who_is_there_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of a page that is drawn again and again does not pass app.py."""
    found = Secrets()
    found._secrets = {"auth": {"client_id": "flowsheet"}}
    monkeypatch.setattr(st, "secrets", found)
    for door in (signed_in.person, signed_in.owner):
        with pytest.raises(NotSignedIn):
            door()


WRONG = {
    "a list below another headline": AUTH + 'SIGN_IN_EMAILS = "ada@example.com"',
    "a list that is no text": 'SIGN_IN_EMAILS = ["ada@example.com"]' + AUTH,
    "a name that is misspelt": 'SIGN_IN_EMAIL = "ada@example.com"' + AUTH,
    "a list without a sign-in": 'SIGN_IN_EMAILS = "ada@example.com"',
    "an address that is none": 'SIGN_IN_EMAILS = "ada"' + AUTH,
    "a domain with a star": 'SIGN_IN_DOMAINS = "*.example.com"' + AUTH,
    "a file that cannot be read": AUTH + "[auth",
    "a sign-in without its parts": "[auth]",
    "a sign-in that is a text": 'auth = "yes"',
}


@pytest.mark.parametrize("wrong", WRONG)
def test_settings_that_would_let_everybody_in_let_nobody_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture, wrong: str
) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(WRONG[wrong])
    known = st.get_option
    for place in (st, config):
        monkeypatch.setattr(place, "get_option", lambda name: [str(path)] if name == "secrets.files" else known(name))
    for name in ("SIGN_IN_EMAILS", "SIGN_IN_DOMAINS", "SIGN_IN_EMAIL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(secrets_singleton, "_secrets", None)
    monkeypatch.setattr(secrets_singleton, "_file_watchers_installed", True)
    app = tab(a_cookie())
    app.user = {"is_logged_in": False}
    app.run()
    if app.button:
        press(app, "Sign in")
    assert is_at_the_gate(app) and "not set up completely" in said(app)
    assert [entry.name for entry in caplog.records if entry.levelno >= logging.ERROR] == ["flowsheet"]


def test_a_list_that_is_not_read_yet_lets_nobody_in() -> None:
    """For a moment, secrets that were just changed stand in no setting."""
    app = sign_in(tab(a_cookie()), ADA)
    app.secrets["SIGN_IN_EMAILS"] = ADA
    assert is_at_the_gate(app.run()) and "not set up completely" in said(app)


def test_without_the_library_that_it_needs_a_sign_in_lets_nobody_in_and_an_app_without_one_is_as_it_was(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "authlib", None)
    app = press(sign_in(tab(a_cookie()), None).run(), "Sign in")
    assert is_at_the_gate(app) and "not set up completely" in said(app) and "Authlib" in caplog.text
    assert visit(click(tab(a_cookie()).run(), "demo")).connection is not None


def test_a_token_that_a_team_shares_is_ignored_without_a_sign_in_and_the_log_says_so_once(
    team: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = tab(a_cookie()).run()
    app.run()
    assert "team" not in said(app) and "connect_team" not in {button.key for button in app.button}
    told = [entry.getMessage() for entry in caplog.records if "WEBFLOW_SHARED_TOKEN" in entry.getMessage()]
    assert len(told) == 1 and TOKEN not in caplog.text


def test_a_token_that_a_team_shares_is_offered_to_who_is_let_in_and_to_nobody_else(
    team: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGN_IN_DOMAINS", "example.com")
    for nobody in (a_tab(None), a_tab("eve@elsewhere.example"), a_tab(ADA, email_verified=False)):
        assert is_at_the_gate(nobody) and "team" not in said(nobody)
    app = click(a_tab(ADA), "connect_team")
    assert visit(app).way_in.token == TOKEN and "Which collection" in said(app)


def test_a_run_by_the_token_of_a_team_belongs_to_who_started_it(team: str) -> None:
    app = click(a_tab(ADA), "connect_team")
    to_submit(app, FILE)
    run_to_the_end(app)
    assert app.title[0].value == DONE
    again = at(a_tab(ADA), RESULTS, run_of(app))
    assert DONE in said(again) and again.get("download_button")
    undo = at(again, UNDO, run_of(app))
    assert "give the token" in said(undo)
    press(undo, "Use your team's token")
    assert undo.title[0].value == "Undo this run?" and "give the token" not in said(undo)
    assert TOKEN not in shown(again) + shown(undo)
    colleague = at(click(a_tab(BOB), "connect_team"), RESULTS, run_of(app))
    assert "not on record" in said(colleague)
    colleague.switch_page(steps.HISTORY.path).run()
    assert "No runs yet" in said(colleague)


def test_drafts_and_demo_sites_are_there_for_the_same_person_in_another_browser_and_for_nobody_else() -> None:
    subject = secrets.token_hex(4)
    to_submit(a_tab(ADA, subject), FILE)
    again = a_tab("ada@new-name.example", subject)
    assert "Your drafts" in said(again)
    key = next(str(button.key) for button in again.button if str(button.key).startswith("open-"))
    click(again, key)
    assert "prices.csv" in said(again) and visit(again).connection is not None
    for other in (a_tab(BOB), a_tab(ADA, secrets.token_hex(4)), tab(a_cookie()).run()):
        assert "Your drafts" not in said(other)


def test_a_draft_of_the_teams_site_goes_on_without_a_token(team: str) -> None:
    subject = secrets.token_hex(4)
    to_submit(click(a_tab(ADA, subject), "connect_team"), FILE)
    again = a_tab(ADA, subject)
    click(again, next(str(button.key) for button in again.button if str(button.key).startswith("open-")))
    assert visit(again).way_in.token == TOKEN and "paste a token" not in said(again)
