"""A request and its answer: patience, pace, and what people are told, against odd answers over real HTTP."""

import logging
import socket
import ssl
from pathlib import Path

import pytest
import requests

from lib.errors import NotConnected, RequestRefused, WaitReason, WebflowError, WebflowUnavailable
from lib.webflow.client import Webflow
from lib.webflow.exchange import Waiting
from lib.webflow.no_response import NoResponse, no_response_of, sentence
from lib.webflow.pace import pacer_of
from tests.conftest import Door
from tests.webflow.conftest import Clock, Script

SITES = {"sites": []}


def test_a_429_waits_for_retry_after(script: Script, client: Webflow, clock: Clock) -> None:
    script.answer(429, {"message": "Too Many Requests"}, Retry_After="37", X_RateLimit_Remaining="0")
    script.answer(200, SITES)
    assert client.sites() == ()
    assert clock.sleeps == [37]
    assert clock.waits == [Waiting(seconds=37, reason=WaitReason.RATE_LIMIT)]


def test_a_429_may_name_the_moment_instead(script: Script, client: Webflow, clock: Clock) -> None:
    told = {"Retry_After": "Wed, 21 Oct 2026 07:28:00 GMT", "Date": "Wed, 21 Oct 2026 07:27:23 GMT"}
    script.answer(429, {"message": "Too Many Requests"}, **told)
    script.answer(200, SITES)
    client.sites()
    assert clock.sleeps == [37]


def test_a_429_holds_the_other_clients_of_the_token_too(script: Script, client: Webflow, clock: Clock) -> None:
    script.answer(429, {"message": "Too Many Requests"}, Retry_After="37")
    script.answer(200, SITES)
    other_waits: list[Waiting] = []

    def meanwhile(waiting: Waiting) -> None:
        with Webflow("secret-token", base_url=script.url, wait=other_waits.append, clock=clock) as other:
            other.sites()
        clock.wait(waiting)

    with Webflow("secret-token", base_url=script.url, wait=meanwhile, clock=clock) as first:
        first.sites()
    assert (clock.sleeps, [one.seconds for one in other_waits]) == ([37], [37])


def test_retry_after_on_success_is_not_waited_for(script: Script, client: Webflow, clock: Clock) -> None:
    script.answer(200, SITES, Retry_After="60", X_RateLimit_Remaining="5", X_RateLimit_Limit="60")
    client.sites()
    client.sites()
    assert clock.sleeps == []
    assert client.exchange.pacer.limit == 60


def test_a_used_up_window_is_waited_out_before_the_next_call(script: Script, client: Webflow, clock: Clock) -> None:
    script.answer(200, SITES, Retry_After="21", X_RateLimit_Remaining="0", X_RateLimit_Limit="60")
    client.sites()
    assert clock.sleeps == []
    client.sites()
    assert clock.sleeps == [21]


def test_a_computer_that_slept_too_long_waits_no_longer_than_needed(script: Script, clock: Clock) -> None:
    def oversleep(waiting: Waiting) -> None:
        clock.wait(waiting)
        if len(clock.sleeps) == 1:
            clock.now += 600
            pacer_of("sleepy", script.url).hold(clock.now + 30)

    script.answer(200, SITES)
    pacer_of("sleepy", script.url).hold(clock.now + 10)
    with Webflow("sleepy", base_url=script.url, wait=oversleep, clock=clock) as client:
        client.sites()
    assert clock.sleeps == [10, 30]


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520])
def test_failures_back_off_and_then_end(script: Script, client: Webflow, clock: Clock, status: int) -> None:
    script.answer(status, "<html>no</html>", Retry_After="50")
    with pytest.raises(WebflowUnavailable, match="problem of its own") as error:
        client.sites()
    assert error.value.status == status
    assert clock.sleeps == [1.0, 2.0, 4.0]


def test_endless_429s_end_with_a_sentence(script: Script, client: Webflow, clock: Clock) -> None:
    script.answer(429, {"message": "Too Many Requests"}, Retry_After="60")
    with pytest.raises(WebflowUnavailable, match="slow down"):
        client.sites()
    assert sum(clock.sleeps) <= 600


def test_a_dropped_connection_is_tried_again(script: Script, client: Webflow, clock: Clock) -> None:
    script.hang_up()
    script.answer(200, SITES)
    assert client.sites() == ()
    assert len(script.asked) == 2
    assert [wait.reason for wait in clock.waits] == [WaitReason.NO_ANSWER]


def test_every_request_is_told_with_what_came_back(script: Script, client: Webflow, clock: Clock) -> None:
    script.answer(503, {"message": "Later", "code": "service_unavailable"})
    with pytest.raises(WebflowUnavailable) as error:
        client.publish_items("c", [("x", None)])
    assert (error.value.code, error.value.remote_message) == ("service_unavailable", "Later")
    assert client.exchange.answered is not None and client.exchange.answered.status == 503
    script.answers[:] = [None]
    with pytest.raises(WebflowUnavailable) as error:
        client.publish_items("c", [("x", None)])
    assert (client.exchange.answered.status, error.value.code) == (None, NoResponse.BROKEN_OFF)
    script.answers[:] = []
    script.answer(200, SITES, X_RateLimit_Limit="60", X_RateLimit_Remaining="58", Retry_After="60")
    client.sites()
    assert (client.exchange.answered.status, client.exchange.room.limit, client.exchange.room.left) == (
        200,
        60,
        57,
    )  # three asked


ANSWERS: tuple[tuple[int | None, type[WebflowError]], ...] = (
    (None, WebflowUnavailable),
    (302, WebflowUnavailable),
    (400, RequestRefused),
    (401, NotConnected),
    (408, WebflowUnavailable),
    (429, WebflowUnavailable),
    (500, WebflowUnavailable),
    (504, WebflowUnavailable),
)


@pytest.mark.parametrize(("status", "kind"), ANSWERS)
def test_a_write_is_sent_once_whatever_comes_back(
    script: Script, client: Webflow, clock: Clock, status: int | None, kind: type[WebflowError]
) -> None:
    script.hang_up() if status is None else script.answer(status, {"message": "no"}, Retry_After="37")
    with pytest.raises(kind):
        client.publish_items("c", [("x", None)])
    assert len(script.asked) == 1 and clock.sleeps == []


def test_a_turn_waits_for_room_and_the_write_within_it_does_not(script: Script, client: Webflow, clock: Clock) -> None:
    script.answer(429, {"message": "Too Many Requests"}, Retry_After="37")
    with pytest.raises(WebflowUnavailable):
        client.publish_items("c", [("x", None)])
    script.answers[:] = []
    script.answer(200, {"publishedItemIds": ["x"]})
    with client.exchange.turn():
        assert clock.sleeps == [37] == [client.exchange.waited]
        assert client.publish_items("c", [("x", None)]) == {"x": ""}
    assert clock.sleeps == [37]


def test_a_turn_in_which_nothing_is_sent_is_given_back(script: Script, client: Webflow, clock: Clock) -> None:
    """What is under way counts against every new window until its answer comes."""
    for _ in range(3):
        with pytest.raises(KeyError), client.exchange.turn():
            raise KeyError
    script.answer(200, SITES, X_RateLimit_Limit="60", X_RateLimit_Remaining="59", Retry_After="60")
    client.sites()
    clock.now += 61
    client.sites()
    assert client.exchange.room.left == 59


def test_a_server_that_is_not_there_says_so(clock: Clock) -> None:
    client = Webflow("t", base_url="http://127.0.0.1:9/v2", wait=clock.wait, clock=clock)
    with (
        client,
        pytest.raises(WebflowUnavailable, match="takes no connections") as error,
    ):
        client.sites()
    assert (error.value.status, error.value.code) == (None, "connection refused")
    assert [wait.reason for wait in clock.waits] == [WaitReason.NO_ANSWER] * 3


@pytest.mark.parametrize(
    ("error", "no_response"),
    [
        (requests.exceptions.ReadTimeout(), NoResponse.TIMEOUT),
        (requests.exceptions.ConnectTimeout(), NoResponse.TIMEOUT),
        (requests.exceptions.SSLError(ssl.SSLError()), NoResponse.CERTIFICATE),
        (requests.exceptions.ProxyError(), NoResponse.PROXY),
        (requests.exceptions.ChunkedEncodingError(), NoResponse.BROKEN_OFF),
        (ConnectionResetError(), NoResponse.BROKEN_OFF),
    ],
    ids=["reading", "connecting", "certificate", "proxy", "half an answer", "reset"],
)
def test_silence_is_told_apart_and_said_in_words(error: Exception, no_response: NoResponse) -> None:
    assert no_response_of(error) is no_response
    assert sentence(no_response, "api.webflow.com").startswith("Webflow cannot be reached: ")


def test_a_name_that_nobody_knows_says_so(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    def unknown(*arguments: object, **options: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("urllib3.util.connection.socket.getaddrinfo", unknown)
    for variable in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    client = Webflow("t", base_url="https://webflow.invalid/v2", wait=clock.wait, clock=clock)
    with client, pytest.raises(WebflowUnavailable, match=r"nobody knows the name webflow\.invalid"):
        client.sites()


def test_a_proxy_in_the_environment_does_not_take_the_demo_site_away(
    script: Script, client: Webflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    script.answer(200, SITES)
    assert client.sites() == ()


def test_a_netrc_file_does_not_replace_the_token(
    script: Script, client: Webflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password other")
    monkeypatch.setenv("NETRC", str(netrc))
    client.exchange._session.trust_env = True  # as for a server elsewhere
    script.answer(200, SITES)
    client.sites()
    assert script.asked[0][2]["Authorization"] == "Bearer secret-token"


def test_one_connection_serves_all_calls(demo: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "urllib3")
    with demo.client() as webflow:
        for _ in range(3):
            webflow.sites()
    assert caplog.text.count("Starting new HTTP connection") == 1


def test_requests_say_who_asks_and_what_for(script: Script, client: Webflow) -> None:
    script.answer(200, SITES)
    client.sites()
    headers = script.asked[0][2]
    assert (headers["User-Agent"], headers["Accept"]) == ("Flowsheet", "application/json")
