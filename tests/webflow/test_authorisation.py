"""The page that asks for access, and the trade of its code: whatever answers, no secret gets anywhere but there."""

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from lib.errors import Certainty, NotConnected, WebflowError, WebflowUnavailable
from lib.webflow import authorisation
from lib.webflow.no_response import NoResponse
from tests.security.test_wire import encrypted_server
from tests.webflow.conftest import Script
from tests.webflow.test_hostile import HEAD, drip, endless_text, server
from tests.webflow.test_token import told

CLIENT, SECRET, BACK = "client-1", "marked-secret", "https://app.example.com/back"
CODE, VERIFIER, TOKEN = "marked-code", "marked-verifier-" + "v" * 32, "marked-token"
SECRETS = (SECRET, CODE, VERIFIER, TOKEN)
GOOD = {"token_type": "bearer", "access_token": TOKEN, "scope": "sites:read"}


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBFLOW_CLIENT_ID", CLIENT)
    monkeypatch.setenv("WEBFLOW_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("WEBFLOW_REDIRECT_URL", BACK)


@pytest.fixture
def webflow(script: Script, monkeypatch: pytest.MonkeyPatch) -> Script:
    monkeypatch.setenv("WEBFLOW_API_URL", script.url)
    return script


def asked(address: str) -> dict[str, str]:
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}


def test_the_page_is_asked_for_what_an_import_needs_and_the_challenge_fits_the_verifier() -> None:
    address = authorisation.page("a state", VERIFIER)
    assert address.startswith("https://webflow.com/oauth/authorize?")
    assert asked(address) == {
        "client_id": CLIENT,
        "response_type": "code",
        "scope": "sites:read cms:read cms:write authorized_user:read",
        "redirect_uri": BACK,
        "state": "a state",
        "code_challenge": create_s256_code_challenge(VERIFIER),
        "code_challenge_method": "S256",
    }
    assert not [secret for secret in SECRETS if secret in address]


def test_a_code_is_traded_in_the_body_beside_the_api(webflow: Script) -> None:
    webflow.answer(200, GOOD)
    assert authorisation.trade(CODE, VERIFIER) == TOKEN
    ((method, path, headers, body),) = webflow.asked
    assert (method, path, headers["Content-Type"]) == (
        "POST",
        "/oauth/access_token",
        "application/x-www-form-urlencoded",
    )
    assert {name: value for name, (value,) in parse_qs(body.decode()).items()} == {
        "grant_type": "authorization_code",
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uri": BACK,
        "code": CODE,
        "code_verifier": VERIFIER,
    }
    assert "Authorization" not in headers


def test_a_password_in_a_file_of_this_computer_is_not_sent_along(
    webflow: Script, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login me password of-this-computer")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setattr("lib.webflow.session.LOOPBACK", ())  # as for a server that is elsewhere
    monkeypatch.setenv("WEBFLOW_API_URL", webflow.url.replace("127.0.0.1", "localhost"))
    monkeypatch.setenv("NO_PROXY", "localhost")
    webflow.answer(200, GOOD)
    assert authorisation.trade(CODE, VERIFIER) == TOKEN
    assert "Authorization" not in webflow.asked[0][2]


ECHO = f"{SECRET} {CODE} {VERIFIER}"
NOT_WEBFLOWS: list[tuple[int, Any]] = [
    (200, "<html>"),
    (200, "[" * 100_000),
    (200, [GOOD]),
    (200, {}),
    (200, {"access_token": None}),
    (200, {"access_token": ""}),
    (200, {"access_token": ["x"]}),
    (200, {"access_token": "two words"}),
    (200, {"access_token": f"{TOKEN}\r\nX-Evil: 1"}),
    (200, {"access_token": "tökén"}),
    (200, {"access_token": "x" * 9_000}),
    (200, GOOD | {"token_type": "mac"}),
    (200, GOOD | {"token_type": 7}),
    (200, GOOD | {"error": "invalid_grant"}),
    (202, GOOD),
    (302, GOOD),
    (400, "<html>"),
    (400, {"message": ECHO, "code": ECHO}),
    (400, {"error": {"message": ECHO}}),
    (404, {"error": "invalid_grant", "message": ECHO}),
]


@pytest.mark.parametrize(("status", "body"), NOT_WEBFLOWS)
def test_what_is_no_token_is_none(webflow: Script, status: int, body: Any) -> None:
    webflow.answer(status, body)
    with pytest.raises(WebflowUnavailable, match="did not answer like Webflow"):
        authorisation.trade(CODE, VERIFIER)
    assert len(webflow.asked) == 1


@pytest.mark.parametrize("kind", ["bearer", "Bearer", None])
def test_what_is_a_token_is_one(webflow: Script, kind: str | None) -> None:
    webflow.answer(200, {name: text for name, text in (GOOD | {"token_type": kind}).items() if text})
    assert authorisation.trade(CODE, VERIFIER) == TOKEN


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (400, "invalid_grant", "used already, or is older than 15 minutes"),
        (401, "invalid_client", "how this app is registered"),
        (400, "unauthorized_client", "how this app is registered"),
        (403, ECHO, "how this app is registered"),
    ],
)
def test_why_there_is_no_token_is_said_in_our_words(webflow: Script, status: int, error: str, words: str) -> None:
    webflow.answer(status, {"error": error, "error_description": ECHO})
    with pytest.raises(NotConnected, match=words) as found:
        authorisation.trade(CODE, VERIFIER)
    assert found.value.verdict.certainty is Certainty.NOT


@pytest.mark.parametrize(("status", "words"), [(429, "slow down"), (500, "a problem of its own"), (503, "status 503")])
def test_a_busy_or_failing_server_is_said_and_not_asked_again(webflow: Script, status: int, words: str) -> None:
    webflow.answer(status, {"error": "server_error", "message": ECHO})
    with pytest.raises(WebflowUnavailable, match=words):
        authorisation.trade(CODE, VERIFIER)
    assert len(webflow.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "/v2/elsewhere"])
def test_no_redirect_is_followed_with_the_secret(webflow: Script, status: int, place: str) -> None:
    webflow.answer(status, "", Location=place)
    with pytest.raises(WebflowUnavailable, match="did not answer like Webflow"):
        authorisation.trade(CODE, VERIFIER)
    assert len(webflow.asked) == 1


def test_a_server_that_cannot_prove_who_it_is_hears_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bytes] = []
    with encrypted_server(heard) as url:
        monkeypatch.setenv("WEBFLOW_API_URL", url)
        with pytest.raises(WebflowUnavailable, match="could not prove to be the real one") as found:
            authorisation.trade(CODE, VERIFIER)
    assert (heard, found.value.code) == ([], NoResponse.CERTIFICATE)


@pytest.mark.parametrize(
    ("talk", "words"),
    [
        (drip(HEAD + b"Content-Length: 1000000\r\n\r\n"), "took too long to answer"),
        (endless_text, "did not answer like Webflow"),
        (lambda connection: None, "broke off"),
    ],
    ids=["drip", "200 MB", "hung up"],
)
def test_an_answer_costs_bounded_time_and_memory(talk: Any, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBFLOW_TIMEOUT_SECONDS", "1" if words.startswith("took") else "60")
    with server(talk) as url:
        monkeypatch.setenv("WEBFLOW_API_URL", url)
        with pytest.raises(WebflowUnavailable, match=words):
            authorisation.trade(CODE, VERIFIER)


@pytest.mark.parametrize(("status", "body"), [*NOT_WEBFLOWS, (400, {"error": ECHO}), (500, ECHO), (None, "")])
def test_no_error_and_no_log_holds_a_secret(
    webflow: Script, status: int | None, body: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    webflow.hang_up() if status is None else webflow.answer(status, body)
    with pytest.raises(WebflowError) as found:
        authorisation.trade(CODE, VERIFIER)
    assert SECRET in webflow.asked[0][3].decode() and caplog.text
    everything = told(found.value) + caplog.text
    assert [secret for secret in SECRETS if secret in everything] == []
    assert found.value.__cause__ is None and found.value.__context__ is None


def test_a_library_that_breaks_down_tells_no_secret(webflow: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking_down(adapter: object, request: Any, **options: object) -> None:
        raise RuntimeError(f"cannot send {request.body}")

    monkeypatch.setattr("requests.adapters.HTTPAdapter.send", breaking_down)
    with pytest.raises(RuntimeError, match="the HTTP library broke down") as found:
        authorisation.trade(CODE, VERIFIER)
    assert [secret for secret in SECRETS if secret in told(found.value)] == []
