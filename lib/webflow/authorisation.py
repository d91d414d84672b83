"""How somebody lets this app act for them at Webflow: the page that asks them, and what its code is traded for.

The authorisation code flow of RFC 6749 §4.1, as https://developers.webflow.com/data/reference/oauth-app describes it.
That says nothing of PKCE (RFC 7636), which is sent all the same: whoever does not know a parameter has to ignore it
(RFC 6749 §3.1 and §3.2), and whoever does takes a code from nobody but the one who asked for it.
"""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from lib.errors import Certainty, NotConnected, Verdict, WebflowError
from lib.settings import settings
from lib.webflow import refusal
from lib.webflow.bearer_auth import can_be_a_token
from lib.webflow.no_response import NoResponse
from lib.webflow.reply import Reply
from lib.webflow.session import Session
from lib.words.say import say

SCOPE = "sites:read cms:read cms:write authorized_user:read"
LONGEST_CODE = 2_000  # letters, far more than any code has
LONGEST_TOKEN = 8_000  # what a header may hold
OK = 200
REFUSED = (400, 401, 403)  # with what RFC 6749 §5.2 says
_TOKEN_PATH = "/oauth/access_token"  # beside the API's /v2; the API's own description names another one, which is wrong


class _NoAuth(requests.auth.AuthBase):
    """Puts nothing into a request: this one is let in by what it says."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def page(state: str, verifier: str) -> str:
    """The address of Webflow's page that asks for access; it leads back with a code, and with this `state`."""
    now = settings()
    asked = {
        "client_id": now.webflow_client_id,
        "response_type": "code",
        "scope": SCOPE,
        "redirect_uri": now.webflow_redirect_url,
        "state": state,
        "code_challenge": create_s256_code_challenge(verifier),
        "code_challenge_method": "S256",
    }
    address: str = add_params_to_uri(now.webflow_authorize_url, asked)
    return address


def trade(code: str, verifier: str) -> str:
    """The token for a code that Webflow's page led back with. Asked for once: a code is good for one question.

    Raises `WebflowError`, which repeats nothing that was sent or answered.
    """
    now = settings()
    url = urlsplit(now.webflow_api_url)._replace(path=_TOKEN_PATH).geturl()
    form = {
        "grant_type": "authorization_code",
        "client_id": now.webflow_client_id,
        "client_secret": now.webflow_client_secret,
        "redirect_uri": now.webflow_redirect_url,
        "code": code,
        "code_verifier": verifier,
    }
    with Session(url, _NoAuth()) as session:
        _, answer = session.answer_to(
            "POST",
            url,
            seconds=now.webflow_timeout_seconds,
            data=urlencode(form).encode(),
            kind="application/x-www-form-urlencoded",
        )
    if isinstance(answer, NoResponse):
        raise refusal.error_without_answer(answer, urlsplit(url).hostname or url)
    token = _token_in(answer)
    if token is None:
        raise _error_from(answer)
    return token


def can_be_a_code(text: str) -> bool:
    """Whether Webflow may have sent it (RFC 6749 §A.11)."""
    return 0 < len(text) <= LONGEST_CODE and text.isascii() and text.isprintable()


def _token_in(reply: Reply) -> str | None:
    """The token in a good answer, which is for `Authorization: Bearer`; None in every other."""
    body: Any = reply.body if isinstance(reply.body, dict) else {}
    token, kind = body.get("access_token"), body.get("token_type", "bearer")
    is_good = reply.status == OK and isinstance(kind, str) and kind.lower() == "bearer" and "error" not in body
    return (
        token if is_good and isinstance(token, str) and len(token) <= LONGEST_TOKEN and can_be_a_token(token) else None
    )


def _error_from(reply: Reply) -> WebflowError:
    """Why there is no token. What a server says is not quoted: it may repeat the secret, or the code."""
    body = reply.body if isinstance(reply.body, dict) else {}
    why = body.get("error")
    if reply.status in REFUSED and isinstance(why, str):
        return NotConnected(_sentence(why), status=reply.status, verdict=Verdict(Certainty.NOT))
    return refusal.error_from(replace(reply, body=None))


def _sentence(why: str) -> str:
    if why == "invalid_grant":
        return say(
            "Webflow's answer was used already, or is older than 15 minutes, so nothing was connected. "
            "Press “Connect with Webflow” once more."
        )
    return say(
        "Webflow does not accept how this app is registered there, so nothing was connected. Ask the person who runs "
        "this app to compare its client id, its client secret and its redirect address with those in Webflow, "
        "or paste a token."
    )
