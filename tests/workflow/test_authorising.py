"""Who comes back from Webflow is let in once, in the browser that began it, within a quarter of an hour."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from lib.errors import FlowsheetError
from lib.settings import settings
from lib.workflow import authorising
from lib.workflow.authorising import MOST, MOST_OF_ONE, SECONDS, Authorisations, TurnedAway, Why

HER_PLACE = ("Results", {"run": "r1"})


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in authorising.NEEDED:
        monkeypatch.setenv(name, "https://app.example.com" if name.endswith("URL") else f"of {name}")


def state_of(address: str) -> str:
    (state,) = parse_qs(urlsplit(address).query)["state"]
    return state


class Desk:
    """She has begun at noon; `now` is the time since then."""

    def __init__(self) -> None:
        self.now = 0.0
        self.begun = Authorisations(clock=lambda: self.now)
        self.state = state_of(self.begun.begin("hers", HER_PLACE))

    def takes(self, owner: str, state: str, at: float = 0.0) -> bool:
        self.now = at
        return self.begun.take(owner, state) is not None


def test_who_began_it_is_let_in_and_led_back_to_where_they_were() -> None:
    desk = Desk()
    found = desk.begun.take("hers", desk.state)
    assert found is not None and found.place == HER_PLACE


@pytest.mark.parametrize(
    ("what", "attempt"),
    [
        ("a state that nobody began", lambda desk: desk.takes("hers", "made-up")),
        ("no state", lambda desk: desk.takes("hers", "")),
        ("almost the state", lambda desk: desk.takes("hers", desk.state[:-1])),
        ("another browser", lambda desk: desk.takes("his", desk.state)),
        ("a browser that nothing tells from others", lambda desk: desk.takes("", desk.state)),
        ("a quarter of an hour later", lambda desk: desk.takes("hers", desk.state, at=SECONDS)),
        ("used before", lambda desk: desk.takes("hers", desk.state) and desk.takes("hers", desk.state)),
        ("used before, by who came late", lambda desk: desk.takes("hers", desk.state, SECONDS) or again(desk)),
    ],
)
def test_nobody_else_is_let_in(what: str, attempt: Callable[[Any], bool]) -> None:
    assert not attempt(Desk()), what


def again(desk: Desk) -> bool:
    return desk.takes("hers", desk.state, at=0.0)


def test_whoever_saw_an_address_does_not_spoil_it_for_who_began_it() -> None:
    desk = Desk()
    assert not desk.takes("his", desk.state)
    assert desk.takes("hers", desk.state, at=SECONDS - 1)


def test_a_browser_without_cookies_is_told_so_and_nothing_is_begun() -> None:
    with pytest.raises(FlowsheetError, match="Allow cookies"):
        Authorisations().begin("")


def test_of_one_browser_the_oldest_goes_and_of_all_the_oldest_too() -> None:
    begun = Authorisations()
    hers = [state_of(begun.begin("hers")) for _ in range(MOST_OF_ONE + 1)]
    assert [begun.take("hers", state) is not None for state in hers] == [False, *[True] * MOST_OF_ONE]
    first = state_of(begun.begin("hers"))
    for number in range(MOST - 1):
        begun.begin(f"browser {number}")
    assert begun.take("hers", first) is not None
    last = state_of(begun.begin("hers"))
    for number in range(MOST):
        begun.begin(f"browser {number} of many")
    assert begun.take("hers", last) is None


def test_every_time_it_is_another_state_and_another_challenge() -> None:
    begun = Authorisations()
    asked = [parse_qs(urlsplit(begun.begin("hers")).query) for _ in range(2)]
    for name in ("state", "code_challenge"):
        first, second = (one[name][0] for one in asked)
        assert first != second and len(first) >= 43  # 32 bytes


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"code": ""},
        {"code": "a" * 2_001},
        {"code": "two\nlines"},
        {"code": "cödé"},
        {"code": "\ud800"},
        {"code": "good", "state": "made-up"},
        {"error": "access_denied", "state": "made-up"},
    ],
)
def test_what_cannot_be_webflows_is_not_traded(query: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    monkeypatch.setattr(authorising, "AUTHORISATIONS", desk.begun)
    found = authorising.led_back("hers", {"state": desk.state} | query)
    assert isinstance(found, TurnedAway) and found.why is Why.NOT_BEGUN


@pytest.mark.parametrize(("error", "why"), [("access_denied", Why.DENIED), ("invalid_scope", Why.NOT_ASKED)])
def test_whoever_denies_or_is_not_asked_is_told_so_where_they_were(
    error: str, why: Why, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk()
    monkeypatch.setattr(authorising, "AUTHORISATIONS", desk.begun)
    found = authorising.led_back("hers", {"state": desk.state, "error": error})
    assert isinstance(found, TurnedAway) and (found.why, found.place) == (why, HER_PLACE)


@pytest.mark.parametrize(
    ("without", "left_out"),
    [
        ((), ()),
        (("WEBFLOW_CLIENT_SECRET",), ("WEBFLOW_CLIENT_SECRET",)),
        (("WEBFLOW_CLIENT_ID", "WEBFLOW_REDIRECT_URL"), ("WEBFLOW_CLIENT_ID", "WEBFLOW_REDIRECT_URL")),
        (authorising.NEEDED, ()),
    ],
)
def test_it_is_offered_where_all_settings_are_there_and_missing_ones_are_named(
    without: tuple[str, ...], left_out: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in without:
        monkeypatch.setenv(name, " ")
    assert (authorising.is_offered(), authorising.left_out()) == (not without, left_out)
    assert settings().webflow_authorize_url == "https://webflow.com/oauth/authorize"


def test_no_text_of_what_is_kept_tells_a_state_or_a_verifier() -> None:
    desk = Desk()
    found = desk.begun.take("hers", desk.state)
    assert found is not None
    told = repr(desk.begun) + repr(found) + str(found)
    assert found.verifier and not [secret for secret in (found.verifier, desk.state, "hers") if secret in told]
