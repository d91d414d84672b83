"""From an answer that says no to the error that says so in whole sentences."""

import re
from dataclasses import replace

from lib.errors import (
    Detail,
    NotConnected,
    NotFound,
    RequestRefused,
    Scope,
    WaitReason,
    WebflowError,
    WebflowUnavailable,
)
from lib.webflow.no_response import NoResponse, sentence
from lib.webflow.plain_words import explain, lacks_room, sentence_for
from lib.webflow.reply import Reply
from lib.webflow.retry import retry_after_seconds
from lib.webflow.verdict import about_rows, verdict_of
from lib.webflow.wire import details_from_json
from lib.words.say import later, say

WHERE_TOKENS_ARE = "Site settings → Apps & integrations → API access"
REQUEST_TIMEOUT = 408
LONGEST_TEXT = 2000
MOST_DETAILS = 100
_PERMISSIONS = {
    "cms:read": "CMS: read",
    "cms:write": "CMS: read and write",
    "sites:read": "Sites: read",
    "sites:write": "Sites: read and write",
}
_WRONG_TOKEN = later(
    "Webflow does not accept this token. It may be mistyped, revoked, or unused for a year. "
    "Make a new one under {where} and connect again."
)
_SWITCHED_OFF = later(  # seen once, of an app whose scope had been disabled
    "A permission that this needs is switched off for the app that made this token. "
    "Make a token of your own under {where} and connect again."
)
_OF_THE_DEMO = {  # the sandbox's own codes
    "demo_site_put_away": later("This demo site was put away after a long rest. Start a new one."),
    "demo_site_full": later("This demo site has taken in as much as a demo site can hold. Start a new one."),
}
_GONE = later(
    "Webflow cannot find this any more, or this token may not see it. "
    "Somebody may have deleted it. Connect again to see what is there now."
)
_SLOW_DOWN = later("Webflow asked us to slow down, again and again. Wait a few minutes and try again.")
_TOO_LARGE = later("The values are too large for one request. Shorten the longest texts of these items.")
_FAILING = later("Webflow has a problem of its own right now (status {status}). Wait a few minutes and try again.")
_NOT_WEBFLOW = later(
    "The server at the configured address did not answer like Webflow (status {status}). It may be a proxy or a "
    "firewall on the way. Ask the person who runs this app to check the address and the network."
)


def words(reply: Reply) -> tuple[str, str, tuple[Detail, ...]]:
    """Code, message and details of an error, cut where nobody reads on; unknown addresses answer in an older shape.

    Should a server repeat the token, it ends here.
    """
    body = reply.body
    if not isinstance(body, dict):
        return "", "", ()
    details = [
        Detail(param=_readable(one.param, reply), description=_readable(one.description, reply))
        for one in details_from_json(body.get("details"))[:MOST_DETAILS]
    ]
    message = body.get("message") or body.get("msg")
    return _readable(body.get("code"), reply), _readable(message, reply), tuple(details)


def _readable(text: object, reply: Reply) -> str:
    if not isinstance(text, str):
        return str(text) if isinstance(text, int) else ""
    return (text.replace(reply.token, "•••") if reply.token else text)[:LONGEST_TEXT]


def error_from(reply: Reply) -> WebflowError:
    """The typed error for an answer of 3xx, 4xx or 5xx, or for one that is not Webflow's: a web page, half an answer.

    Such a one leaves open what became of the request, even when its status is that of success.
    """
    status = reply.status
    code, message, details = words(reply)
    found = (NotConnected, say(_OF_THE_DEMO[code])) if code in _OF_THE_DEMO else _by_status(status, message)
    kind, words_for_people = found or (WebflowUnavailable, say(_NOT_WEBFLOW, status=status))
    if found is None and isinstance(reply.body, dict):
        kind, words_for_people = _by_words(status, code, message, details)
    verdict = verdict_of(reply)
    if lacks_room(message, details):
        verdict = replace(verdict, scope=Scope.ROW)  # updates need no room
    elif not (issubclass(kind, RequestRefused | NotFound) and about_rows(status, message, details)):
        verdict = replace(verdict, scope=Scope.RUN)
    asked_seconds = retry_after_seconds(reply.headers.get("Retry-After"), reply.headers.get("Date"))
    return kind(
        words_for_people,
        status=status,
        code=WaitReason.UNREADABLE if verdict.retry is WaitReason.UNREADABLE else code,
        remote_message=message,
        details=details,
        verdict=verdict,
        retry_after=asked_seconds if verdict.retry is WaitReason.RATE_LIMIT else None,
    )


def error_without_answer(no_response: NoResponse, host: str) -> WebflowError:
    """The error for a request that stayed without an answer; it has no status, and its code says why."""
    return WebflowUnavailable(sentence(no_response, host), code=no_response, verdict=verdict_of(no_response))


def _by_status(status: int, message: str) -> tuple[type[WebflowError], str] | None:
    """For statuses that say all by themselves, even when a proxy wrote the body."""
    if status == 401:
        return NotConnected, say(_WRONG_TOKEN, where=WHERE_TOKENS_ARE)
    if status == 413:
        return RequestRefused, say(_TOO_LARGE)
    if status == 429:
        return WebflowUnavailable, say(_SLOW_DOWN)
    if status >= 500 or status == REQUEST_TIMEOUT:
        return WebflowUnavailable, say(_FAILING, status=status)
    if status < 400 or message.startswith("Route not found"):
        return WebflowUnavailable, say(_NOT_WEBFLOW, status=status)
    return None


def _by_words(status: int, code: str, message: str, details: tuple[Detail, ...]) -> tuple[type[WebflowError], str]:
    if lacks_room(message, details):
        return RequestRefused, explain(details, message)
    if "invalid_scope" in (code, message):
        return NotConnected, say(_SWITCHED_OFF, where=WHERE_TOKENS_ARE)
    if status == 403:
        return NotConnected, _forbidden(message)
    if status == 404:
        return NotFound, sentence_for(message) or sentence_for(code) or say(_GONE)
    return RequestRefused, explain(details, message)


def _forbidden(message: str) -> str:
    missing = re.findall(r"\b[a-z_]+:(?:read|write)\b", message)
    if missing:
        named = ", ".join(f"{scope} ({_PERMISSIONS[scope]})" if scope in _PERMISSIONS else scope for scope in missing)
        return say(
            "This token lacks the permission {permission}. Make a token that has it under {where} and connect again.",
            permission=named,
            where=WHERE_TOKENS_ARE,
        )
    return say(
        "This token may not do that. Make one with more permissions under {where} and connect again.",
        where=WHERE_TOKENS_ARE,
    )
