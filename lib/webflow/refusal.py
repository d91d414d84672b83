"""From an answer that says no to the error that says so in whole sentences."""

import re
from typing import Any

import requests

from lib.errors import Detail, NotConnected, NotFound, RequestRefused, WebflowError, WebflowUnavailable
from lib.webflow.plain_words import explain
from lib.webflow.wire import details_from_json

WHERE_TOKENS_ARE = "Site settings → Apps & integrations → API access"


def parsed(response: requests.Response) -> Any:
    """The JSON body of an answer, None when it is none."""
    try:
        return response.json()
    except ValueError:
        return None


def words(response: requests.Response) -> tuple[str, str, tuple[Detail, ...]]:
    """Code, message and details of an error; unknown addresses still answer in an older shape."""
    body = parsed(response)
    if not isinstance(body, dict):
        return "", "", ()
    message = body.get("message") or body.get("msg") or ""
    return str(body.get("code") or ""), str(message), details_from_json(body.get("details"))


def error_from(response: requests.Response) -> WebflowError:
    """The typed error for an answer of 3xx, 4xx or 5xx."""
    code, message, details = words(response)
    status = response.status_code
    kind, sentence = _kind_and_sentence(status, message, details)
    return kind(sentence, status=status, code=code, remote_message=message, details=details)


def _kind_and_sentence(status: int, message: str, details: tuple[Detail, ...]) -> tuple[type[WebflowError], str]:
    if status == 401:
        return NotConnected, (
            "Webflow does not accept this token. It may be mistyped, revoked, or unused for a year. "
            f"Make a new one under {WHERE_TOKENS_ARE} and connect again."
        )
    if status == 403:
        return NotConnected, _forbidden(message)
    if status == 404:
        return NotFound, (
            "Webflow cannot find this any more, or this token may not see it. "
            "Somebody may have deleted it. Connect again to see what is there now."
        )
    if status == 429:
        return WebflowUnavailable, "Webflow asked us to slow down, again and again. Wait a few minutes and try again."
    if status >= 500:
        return WebflowUnavailable, (
            f"Webflow has a problem of its own right now (status {status}). Wait a few minutes and try again."
        )
    if status < 400:
        return WebflowUnavailable, (
            f"The server at the configured address is not Webflow: it answered with status {status}. "
            "Ask the person who runs this app to check the address."
        )
    return RequestRefused, explain(details, message)


def _forbidden(message: str) -> str:
    missing = re.findall(r"'([a-z_]+:[a-z]+)'", message)
    if missing:
        return (
            f"This token lacks the permission {', '.join(missing)}. "
            f"Make a token that has it under {WHERE_TOKENS_ARE} and connect again."
        )
    return f"This token may not do that. Make one with more permissions under {WHERE_TOKENS_ARE} and connect again."
