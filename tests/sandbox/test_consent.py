"""Apps that people allow to act for them: the page that asks, the code it gives, the token it is traded for."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from lib.sandbox import Sandbox
from lib.sandbox.grants import CODE_SECONDS
from tests.conftest import Door

CLIENT, SECRET, BACK = "client-1", "secret-1", "https://app.example.com/back"
VERIFIER = "a-verifier-of-more-than-forty-three-letters-in-all"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
ASKED = {
    "client_id": CLIENT,
    "response_type": "code",
    "scope": "sites:read cms:read authorized_user:read",
    "redirect_uri": BACK,
    "state": "state & more",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}
Back = dict[str, str]


@pytest.fixture
def site(demo: Door) -> Iterator[Door]:
    """A site whose people may allow an app."""
    demo.box.register_app(CLIENT, secret=SECRET, redirect_url=BACK, token=demo.token)
    yield demo


def decide(box: Sandbox, decision: str, **asked: str) -> requests.Response:
    return requests.post(
        f"{box.root}/oauth/authorize",
        params=_told(ASKED | asked),
        data={"decision": decision},
        allow_redirects=False,
        timeout=5,
    )


def _told(parameters: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in parameters.items() if value}


def led_back(response: requests.Response) -> Back:
    assert response.status_code == 303 and response.headers["Location"].startswith(f"{BACK}?")
    return {name: value for name, (value,) in parse_qs(urlsplit(response.headers["Location"]).query).items()}


def code_of(box: Sandbox, **asked: str) -> str:
    return led_back(decide(box, "allow", **asked))["code"]


def trade(box: Sandbox, code: str, *, as_json: bool = False, **other: str) -> requests.Response:
    form = {"client_id": CLIENT, "client_secret": SECRET, "grant_type": "authorization_code", "code": code}
    form = _told(form | {"redirect_uri": BACK, "code_verifier": VERIFIER} | other)
    body: Any = {"json": form} if as_json else {"data": form}
    return requests.post(f"{box.root}/oauth/access_token", timeout=5, **body)


@pytest.mark.parametrize("as_json", [False, True])
def test_a_code_is_traded_for_a_token_of_the_same_site_and_person(site: Door, as_json: bool) -> None:
    back = led_back(decide(site.box, "allow"))
    assert back["state"] == ASKED["state"]
    answer = trade(site.box, back["code"], as_json=as_json).json()
    assert (answer["token_type"], set(answer["scope"].split())) == ("bearer", set(ASKED["scope"].split()))
    allowed = Door(site.box, answer["access_token"])
    assert allowed.site_id == site.site_id
    assert allowed.get("/token/authorized_by") == site.get("/token/authorized_by")


def test_each_time_it_is_another_token_and_the_earlier_ones_stay_good(site: Door) -> None:
    tokens = [trade(site.box, code_of(site.box)).json()["access_token"] for _ in range(2)]
    assert len({*tokens, site.token}) == 3
    assert [Door(site.box, token).call("GET", "/sites").status_code for token in tokens] == [200, 200]


def test_a_token_may_do_what_was_asked_for_and_no_more(site: Door) -> None:
    token = trade(site.box, code_of(site.box)).json()["access_token"]
    path = f"/collections/{site.collection_id('products')}/items"
    answer = Door(site.box, token).call("PATCH", path, {"items": []})
    assert (answer.status_code, answer.json()["code"]) == (403, "missing_scopes")


def test_whoever_denies_gives_nothing(site: Door) -> None:
    assert led_back(decide(site.box, "deny")) == {"error": "access_denied", "state": ASKED["state"]}


def test_the_page_names_the_app_as_a_text(site: Door) -> None:
    name = "<b>client</b>"
    site.box.register_app(name, secret=SECRET, redirect_url=BACK, token=site.token)
    page = requests.get(f"{site.box.root}/oauth/authorize", params=ASKED | {"client_id": name}, timeout=5)
    assert page.ok and "Allow" in page.text and "&lt;b&gt;" in page.text and "<b>" not in page.text


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": ""}, "invalid_scope"),
        ({"scope": "sites:read world:write"}, "invalid_scope"),
        ({"code_challenge_method": "S1"}, "invalid_request"),
    ],
)
def test_what_may_not_be_asked_for_is_led_back_with_the_reason(site: Door, asked: Back, error: str) -> None:
    url = f"{site.box.root}/oauth/authorize"
    page = requests.get(url, params=_told(ASKED | asked), allow_redirects=False, timeout=5)
    assert led_back(page)["error"] == error
    assert decide(site.box, "allow", **asked).status_code == 400


@pytest.mark.parametrize("asked", [{"client_id": "nobody"}, {"redirect_uri": "https://evil.example/"}])
def test_nobody_is_led_to_an_address_that_is_not_registered(site: Door, asked: Back) -> None:
    url = f"{site.box.root}/oauth/authorize"
    page = requests.get(url, params=ASKED | asked, allow_redirects=False, timeout=5)
    assert (page.status_code, decide(site.box, "allow", **asked).status_code) == (400, 400)


@pytest.mark.parametrize(
    ("other", "status", "error"),
    [
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_secret": ""}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"code": "made-up"}, 400, "invalid_grant"),
        ({"redirect_uri": "https://evil.example/"}, 400, "invalid_grant"),
        ({"code_verifier": VERIFIER + "x"}, 400, "invalid_grant"),
        ({"code_verifier": ""}, 400, "invalid_grant"),
    ],
)
def test_what_does_not_fit_gets_no_token(site: Door, other: Back, status: int, error: str) -> None:
    answer = trade(site.box, **{"code": code_of(site.box)} | other)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_code_is_good_once_and_only_for_the_app_that_asked(site: Door) -> None:
    site.box.register_app("client-2", secret=SECRET, redirect_url=BACK, token=site.token)
    assert trade(site.box, code_of(site.box), client_id="client-2").json()["error"] == "invalid_grant"
    code = code_of(site.box)
    assert [trade(site.box, code).status_code for _ in range(2)] == [200, 400]


def test_a_code_lives_for_a_quarter_of_an_hour(site: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    code, began = code_of(site.box), site.box.service.clock()
    monkeypatch.setattr(site.box.service, "clock", lambda: began + CODE_SECONDS + 1)
    assert trade(site.box, code).json()["error"] == "invalid_grant"


def test_without_a_challenge_no_verifier_is_asked_for(site: Door) -> None:
    code = code_of(site.box, code_challenge="", code_challenge_method="")
    assert trade(site.box, code, code_verifier="").status_code == 200
