"""Apps that are registered, the codes that people's consent gives them, and the tokens they trade these for."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from lib.sandbox.answers import JSON
from lib.sandbox.world import ALL_SCOPES

CODE_SECONDS = 900.0  # documented


class OAuthRefusal(Exception):
    """Refused as RFC 6749 §5.2 says; what Webflow's own texts are is not known."""

    def __init__(self, error: str, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.error = error
        self.status = status
        self.body: JSON = {"error": error, "error_description": why}


class Unknown(Exception):
    """No such app, or not its address: nobody is led there, whoever asks is told on a page."""


@dataclass(frozen=True, slots=True)
class App:
    """A registered app; whoever allows it gives it the world of `token`."""

    secret: str
    redirect_url: str
    token: str


@dataclass(frozen=True, slots=True)
class Code:
    """What a code is good for: this app, until then, and with what fits the challenge."""

    client_id: str
    redirect_url: str
    scopes: frozenset[str]
    challenge: str
    method: str
    ends: float


@dataclass(slots=True)
class Grants:
    """`scopes` are those of each token that an app was given."""

    apps: dict[str, App] = field(default_factory=dict)
    scopes: dict[str, frozenset[str]] = field(default_factory=dict)
    _codes: dict[str, Code] = field(default_factory=dict)

    def app_of(self, query: Mapping[str, str]) -> App:
        """The app that somebody is asked about."""
        app = self.apps.get(query.get("client_id", ""))
        if app is None or query.get("redirect_uri", app.redirect_url) != app.redirect_url:
            raise Unknown
        return app

    def check(self, query: Mapping[str, str]) -> None:
        """Refuses what may not be asked for, before anybody is asked."""
        if query.get("response_type") != "code":
            raise OAuthRefusal("unsupported_response_type", "response_type must be code")
        if not _scopes(query) or _scopes(query) - ALL_SCOPES:
            raise OAuthRefusal("invalid_scope", "a scope is unknown, or there is none")
        if query.get("code_challenge_method", "S256") not in ("S256", "plain"):
            raise OAuthRefusal("invalid_request", "code_challenge_method is unknown")

    def allow(self, query: Mapping[str, str], now: float) -> str:
        """A code, for an app that somebody allowed this."""
        code = secrets.token_urlsafe(32)
        challenge, method = query.get("code_challenge", ""), query.get("code_challenge_method", "plain")
        url = self.app_of(query).redirect_url
        self._codes[code] = Code(query["client_id"], url, _scopes(query), challenge, method, now + CODE_SECONDS)
        return code

    def trade(self, form: Mapping[str, str], now: float) -> tuple[str, str, frozenset[str]]:
        """The token whose world is given, a new token for it, and what that may do; a code is taken once."""
        app = self.apps.get(form.get("client_id", ""))
        if app is None or not hmac.compare_digest(app.secret.encode(), form.get("client_secret", "").encode()):
            raise OAuthRefusal("invalid_client", "client_id or client_secret is wrong", status=401)
        if form.get("grant_type") != "authorization_code":
            raise OAuthRefusal("unsupported_grant_type", "grant_type must be authorization_code")
        code = self._codes.pop(form.get("code", ""), None)
        if code is None or code.client_id != form["client_id"] or now >= code.ends:
            raise OAuthRefusal("invalid_grant", "the code is unknown, used, or too old")
        if form.get("redirect_uri", code.redirect_url) != code.redirect_url:
            raise OAuthRefusal("invalid_grant", "redirect_uri is not that of the authorization")
        if code.challenge and not _fits(code, form.get("code_verifier", "")):
            raise OAuthRefusal("invalid_grant", "code_verifier does not fit")
        given = secrets.token_hex(32)
        self.scopes[given] = code.scopes
        return app.token, given, code.scopes


def _scopes(query: Mapping[str, str]) -> frozenset[str]:
    return frozenset(query.get("scope", "").split())


def _fits(code: Code, verifier: str) -> bool:
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return hmac.compare_digest(code.challenge.encode(), (digest if code.method == "S256" else verifier).encode())
