"""Who is let in: what the sign-in provider says of somebody, held against the list of who may use this app.

The facts about claims are those of https://openid.net/specs/openid-connect-core-1_0.html#IDToken and #StandardClaims;
Microsoft sends no `email_verified`, and where it is asked to, `xms_edov` in its place, see
https://learn.microsoft.com/en-us/entra/identity-platform/optional-claims-reference.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from lib.model.person import Person
from lib.settings import Settings, one_by_one, same_address
from lib.words.say import later

SECONDS_PER_DAY = 86_400
NAMELESS = later("Somebody who signed in")
YES = (True, 1, "1", "true", "True")
Claims = Mapping[str, object]
_ended: set[str] = set()


class Why(StrEnum):
    """Why somebody is not let in. ENDED: they signed in too long ago, or have signed out in another tab."""

    SIGNED_OUT = "signed out"
    ENDED = "ended"
    NOT_LISTED = "not listed"
    NO_ADDRESS = "no address"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody who is not let in, by the address they came with, and as `Person.key`; "" where there is none."""

    why: Why
    address: str = ""
    key: str = field(default="", compare=False)


def judge(claims: Claims, settings: Settings, now: float) -> Person | Refused:
    """Who it is that the provider makes these claims about, at this time (in seconds since 1970), or why not."""
    if claims.get("is_logged_in") is not True:
        return Refused(Why.SIGNED_OUT)
    issuer, subject, since = claims.get("iss"), claims.get("sub"), claims.get("iat")
    if not (issuer and subject and isinstance(since, int | float)):  # every provider says these three
        return Refused(Why.SIGNED_OUT)
    if now - since > settings.sign_in_days * SECONDS_PER_DAY or _identity(claims) in _ended:
        return Refused(Why.ENDED)
    if refused := _unlisted(claims, settings):
        return replace(refused, key=f"{issuer} {subject}")
    name = claims.get("email") or claims.get("preferred_username") or claims.get("name")
    return Person(name=str(name or NAMELESS), key=f"{issuer} {subject}")


def end(claims: Claims) -> None:
    """This sign-in is over, in all tabs of its browser, as long as this process lives."""
    _ended.add(_identity(claims))


def _unlisted(claims: Claims, settings: Settings) -> Refused | None:
    """Why the list keeps this person out; None where it does not, or there is none."""
    addresses, domains = one_by_one(settings.sign_in_emails), one_by_one(settings.sign_in_domains)
    if not addresses and not domains:
        return None
    address = claims.get("email")
    if not isinstance(address, str) or not address:
        return Refused(Why.NO_ADDRESS)
    proof = claims.get("email_verified")
    if (claims.get("xms_edov") if proof is None else proof) not in YES:
        return Refused(Why.UNPROVEN, address)
    plain = same_address(address)
    is_listed = plain is not None and (plain in addresses or plain.partition("@")[2] in domains)
    return None if is_listed else Refused(Why.NOT_LISTED, address)


def _identity(claims: Claims) -> str:
    """Tells one sign-in from every other of the same person."""
    told = repr([claims.get(name) for name in ("iss", "sub", "iat", "nonce", "at_hash")])
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
