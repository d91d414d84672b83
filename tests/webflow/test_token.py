"""The token shows nowhere: not in texts, errors, logs, pickles, waits or addresses."""

import copy
import logging
import pickle
import traceback
from collections.abc import Callable

import pytest

from lib.errors import NotConnected, WebflowError
from lib.webflow.bearer_auth import BearerAuth
from lib.webflow.client import Webflow
from tests.webflow.conftest import Clock, Script

TOKEN = "secret-token"


def told(error: BaseException) -> str:
    """Everything an error and the errors behind it say and hold."""
    texts = ["".join(traceback.format_exception(error))]
    behind: BaseException | None = error
    while behind is not None:
        texts += [repr(behind), str(vars(behind)), str(behind.args)]
        behind = behind.__cause__ or behind.__context__
    return "".join(texts)


@pytest.mark.parametrize(
    ("status", "body"), [(401, {"message": "no"}), (400, {"message": "no"}), (200, "<html>"), (500, ""), (None, "")]
)
def test_no_error_log_or_wait_holds_the_token(
    script: Script,
    client: Webflow,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    status: int | None,
    body: object,
) -> None:
    caplog.set_level(logging.DEBUG)
    script.hang_up() if status is None else script.answer(status, body)
    with pytest.raises(WebflowError) as error:
        client.sites()
    method, path, headers, _ = script.asked[0]
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert caplog.text
    assert (
        TOKEN not in told(error.value) + caplog.text + str(clock.waits) + str(client.exchange.answered) + method + path
    )
    assert error.value.__cause__ is None and error.value.__context__ is None


def test_a_server_that_repeats_the_token_is_not_quoted(script: Script, client: Webflow) -> None:
    echo = f"Unknown header 'Authorization: Bearer {TOKEN}'"
    script.answer(400, {"code": TOKEN, "message": echo, "details": [{"param": TOKEN, "description": echo}]})
    with pytest.raises(WebflowError) as error:
        client.sites()
    assert "Unknown header" in error.value.remote_message
    assert TOKEN not in told(error.value)


@pytest.mark.parametrize("show", [repr, str, lambda client: str(vars(client)), lambda client: f"{client!r:>99}"])
def test_no_text_of_a_client_holds_the_token(client: Webflow, show: Callable[[object], str]) -> None:
    assert TOKEN not in show(client)
    assert TOKEN not in show(client.exchange) + show(client.exchange._session) + repr(client.exchange._session.auth)


def test_neither_a_client_nor_its_parts_are_pickled(client: Webflow) -> None:
    for holder in (client, client.exchange, client.exchange._session, client.exchange._session.auth):
        with pytest.raises(TypeError):
            pickle.dumps(holder)


@pytest.mark.parametrize("copy_of", [copy.copy, copy.deepcopy])
def test_a_client_is_not_copied(client: Webflow, copy_of: Callable[[Webflow], Webflow]) -> None:
    with pytest.raises(TypeError):
        copy_of(client)


@pytest.mark.parametrize(
    "token",
    ["", "ťoken-of-mine", "token\nof-mine", "token of-mine", " token-of-mine", "to\u200bken-of-mine", "to\x00ken"],
)
def test_what_cannot_be_a_token_is_never_sent_and_never_repeated(token: str, script: Script, clock: Clock) -> None:
    with pytest.raises(NotConnected, match="cannot be a Webflow token") as error:
        Webflow(token, base_url=script.url, wait=clock.wait, clock=clock)
    assert "of-mine" not in told(error.value)
    assert (script.asked, clock.sleeps) == ([], [])


def test_what_looks_like_a_token_is_one() -> None:
    for token in ("a" * 64, "demo-Ab_1.x-Y~+/=", "1"):
        BearerAuth(token)
