"""The client's promises, kept against odd answers and against the sandbox."""

import json
import logging
import pickle
import traceback
from pathlib import Path

import pytest

from lib.errors import (
    FlowsheetError,
    NotConnected,
    NotFound,
    RequestRefused,
    WebflowError,
    WebflowUnavailable,
)
from lib.sandbox import Sandbox
from lib.webflow.address import api_url
from lib.webflow.client import Webflow
from lib.webflow.events import Answered, Event, WaitReason
from tests.builders import a_change, an_id
from tests.conftest import Door
from tests.webflow.conftest import Clock, Script, waits

SITES = {"sites": []}
REFUSAL = {"message": "Validation Error", "code": "validation_error", "externalReference": None}


def test_a_429_waits_for_retry_after(script: Script, client: Webflow, clock: Clock, heard: list[Event]) -> None:
    script.answer(429, {"message": "Too Many Requests"}, Retry_After="37")
    script.answer(200, SITES)
    assert client.sites() == ()
    assert clock.sleeps == [pytest.approx(37, abs=0.5)]
    assert [wait.reason for wait in waits(heard)] == [WaitReason.RATE_LIMIT]


def test_retry_after_on_success_is_not_waited_for(script: Script, client: Webflow, clock: Clock) -> None:
    script.answer(200, SITES, Retry_After="60", X_RateLimit_Remaining="5", X_RateLimit_Limit="60")
    client.sites()
    client.sites()
    assert clock.sleeps == []
    assert client.calls_per_minute == 60


def test_a_used_up_window_is_waited_out_before_the_next_call(script: Script, client: Webflow, clock: Clock) -> None:
    script.answer(200, SITES, Retry_After="21", X_RateLimit_Remaining="0", X_RateLimit_Limit="60")
    client.sites()
    assert clock.sleeps == []
    client.sites()
    assert clock.sleeps == [pytest.approx(21, abs=0.5)]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_failures_back_off_and_then_end(script: Script, client: Webflow, clock: Clock, status: int) -> None:
    script.answer(status, {"message": "no"})
    with pytest.raises(WebflowUnavailable) as error:
        client.sites()
    assert error.value.status == status
    assert clock.sleeps == [1.0, 2.0, 4.0]


def test_a_dropped_connection_is_tried_again(script: Script, client: Webflow, heard: list[Event]) -> None:
    script.hang_up()
    script.answer(200, SITES)
    assert client.sites() == ()
    assert [e.status for e in heard if isinstance(e, Answered)] == [None, 200]
    assert [wait.reason for wait in waits(heard)] == [WaitReason.NO_ANSWER]


def test_a_server_that_is_not_there_says_so(clock: Clock) -> None:
    with pytest.raises(WebflowUnavailable, match="cannot be reached"):
        Webflow("t", base_url="http://127.0.0.1:9/v2", sleep=clock.sleep).sites()


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (401, {"message": "Request not authorized"}, NotConnected, "does not accept this token"),
        (403, {"message": "missing the following scopes - 'cms:write'"}, NotConnected, "permission cms:write"),
        (403, {"message": "User is not authorized"}, NotConnected, "may not do that"),
        (404, {"msg": "Route not found", "code": 404}, NotFound, "cannot find this"),
        (
            400,
            REFUSAL | {"details": [{"param": "slug", "description": "Unique value is already in database: 'a'"}]},
            RequestRefused,
            "already has the page address “a”",
        ),
        (400, REFUSAL | {"details": [{"field": "x", "message": "Field is required"}]}, RequestRefused, "is required"),
        (400, REFUSAL | {"details": ["odd"]}, RequestRefused, "said: “odd”"),
        (409, {"message": "Collection structure changed since the last publish"}, RequestRefused, "Publish the site"),
        (400, "<html>proxy</html>", RequestRefused, "said: “nothing”"),
        (302, "", WebflowUnavailable, "not Webflow"),
        (200, "<html>a web page</html>", WebflowUnavailable, "did not answer like Webflow"),
        (200, {"other": 1}, WebflowUnavailable, "did not answer like Webflow"),
    ],
)
def test_every_refusal_is_typed_and_said_in_words(
    script: Script, client: Webflow, status: int, body: object, kind: type[WebflowError], words: str
) -> None:
    script.answer(status, body)
    with pytest.raises(kind, match=words):
        client.sites()
    assert len(script.asked) == 1


def test_refusals_carry_status_code_message_and_details(script: Script, client: Webflow) -> None:
    script.answer(400, REFUSAL | {"details": [{"param": "price", "description": "Field is required"}]})
    with pytest.raises(RequestRefused) as error:
        client.update_items("c", [a_change()])
    found = error.value
    assert (found.status, found.code, found.remote_message) == (400, "validation_error", "Validation Error")
    assert found.details[0].param == "price"


def test_an_update_sends_only_what_changes(script: Script, client: Webflow) -> None:
    script.answer(200, {"items": []})
    client.update_items("c", [a_change(2, {"price": 1.5, "note": None})], skip_invalid_files=False)
    method, path, _, body = script.asked[0]
    assert (method, path) == ("PATCH", "/v2/collections/c/items?skipInvalidFiles=false")
    assert json.loads(body) == {"items": [{"id": an_id(2), "fieldData": {"price": 1.5, "note": None}}]}


def test_more_than_a_hundred_items_and_impossible_numbers_never_leave(client: Webflow, script: Script) -> None:
    for changes in ([a_change(n) for n in range(101)], [], [a_change(2, {"price": float("nan")})]):
        with pytest.raises(ValueError):
            client.update_items("c", changes)
    assert script.asked == []


@pytest.mark.parametrize("answers", ["unauthorised", "silence", "refusal"])
def test_the_token_never_shows(script: Script, client: Webflow, caplog: pytest.LogCaptureFixture, answers: str) -> None:
    caplog.set_level(logging.DEBUG)
    if answers == "silence":
        script.hang_up()
    else:
        script.answer(401 if answers == "unauthorised" else 400, {"message": "no"})
    with pytest.raises(WebflowError) as error:
        client.sites()
    shown = "".join(traceback.format_exception(error.value)) + repr(client) + str(vars(error.value)) + caplog.text
    assert script.asked[0][2]["Authorization"] == "Bearer secret-token"
    assert "secret-token" not in shown
    assert error.value.__cause__ is None and error.value.__context__ is None
    with pytest.raises(TypeError):
        pickle.dumps(client)


def test_a_netrc_file_does_not_replace_the_token(
    script: Script, client: Webflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password other")
    monkeypatch.setenv("NETRC", str(netrc))
    script.answer(200, SITES)
    client.sites()
    assert script.asked[0][2]["Authorization"] == "Bearer secret-token"


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("https://proxy.example.com/v2/", True),
        ("http://127.0.0.1:8780/v2", True),
        ("http://proxy.example.com/v2", False),
        ("https://me:secret@example.com/v2", False),
        ("ftp://example.com", False),
        ("nonsense", False),
    ],
)
def test_only_safe_addresses_are_used(address: str, fine: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBFLOW_API_URL", address)
    if fine:
        assert api_url() == address.rstrip("/")
    else:
        with pytest.raises(FlowsheetError, match="WEBFLOW_API_URL"):
            api_url()


def test_without_configuration_it_is_webflow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEBFLOW_API_URL", raising=False)
    assert api_url() == "https://api.webflow.com/v2"


def test_all_items_are_read_once_page_by_page(demo: Door) -> None:
    with demo.client() as webflow:
        items = list(webflow.items(demo.collection_id("products")))
        assert webflow.item_count(demo.collection_id("products")) == 480
    assert len({item.id for item in items}) == len(items) == 480
    assert sum(entry["path"].endswith("/items") for entry in demo.requests()) == 6


def test_an_item_that_moves_between_pages_comes_once(script: Script, client: Webflow) -> None:
    entries = [{"id": an_id(n), "fieldData": {}} for n in range(150)]
    script.answer(200, {"items": entries[:100], "pagination": {"total": 150}})
    script.answer(200, {"items": entries[99:149], "pagination": {"total": 150}})
    assert len(list(client.items("c"))) == 149


def test_pages_without_pagination_are_read_to_the_end(script: Script, client: Webflow) -> None:
    script.answer(200, {"items": [{"id": an_id(n)} for n in range(100)]})
    script.answer(200, {"items": [{"id": an_id(n)} for n in range(100, 107)]})
    assert len(list(client.items("c"))) == 107


def test_the_sandboxes_wrong_token_and_missing_scope_are_told_apart(sandbox: Sandbox, demo: Door) -> None:
    sandbox.add_world("readonly", scopes={"sites:read", "cms:read"})
    with pytest.raises(NotConnected, match="does not accept"):
        Webflow("nobody", base_url=sandbox.url).sites()
    with pytest.raises(NotConnected, match="cms:write"):
        Webflow("readonly", base_url=sandbox.url).update_items(demo.collection_id("products"), [a_change()])
