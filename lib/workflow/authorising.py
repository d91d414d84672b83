"""The way in by allowing this app to act for oneself at Webflow, instead of a token that one makes and pastes.

Whoever begins it is led to Webflow and back. What leads back is an address, and anybody can send anybody an address: so
it counts only for who began it, once, and not for long. Else somebody could lead others to work in a site of theirs, or
get in by an address that they saw.
"""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lib.errors import FlowsheetError
from lib.model.site import Site
from lib.settings import settings
from lib.webflow import authorisation
from lib.webflow.connection import Connection
from lib.words.say import say
from lib.workflow import connect
from lib.workflow.deep_links import Place

NEEDED = ("WEBFLOW_CLIENT_ID", "WEBFLOW_CLIENT_SECRET", "WEBFLOW_REDIRECT_URL")
MOST = 1_000
MOST_OF_ONE = 5
SECONDS = 900.0  # a code of Webflow's lives no longer
SECRET_BYTES = 32
DENIED = "access_denied"  # RFC 6749 §4.1.2.1


class Why(StrEnum):
    """Why somebody is not let in. NOT_ASKED: Webflow did not even ask them. REFUSED: it gave no token, or no site."""

    NOT_BEGUN = "not begun here"
    DENIED = "denied"
    NOT_ASKED = "not asked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetIn:
    """Somebody whom Webflow gave a way in, what it shows, and where they came from."""

    connection: Connection
    sites: tuple[Site, ...]
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedAway:
    """Somebody who is not let in, and what to tell them; `place` is where they came from, if it is known."""

    why: Why
    sentence: str
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Somebody is at Webflow: who, since when, what proves that it is they who asked, and where they came from."""

    owner: str = field(repr=False)
    since: float
    verifier: str = field(repr=False)
    place: Place | None = None


@dataclass
class Authorisations:
    """Those that were begun, by their state; each is taken once, by who began it, and not kept long."""

    clock: Callable[[], float] = time.monotonic
    _begun: OrderedDict[str, Begun] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def begin(self, owner: str, place: Place | None = None) -> str:
        """The address of Webflow's page for `owner` (who is signed in, or else the secret of the browser).

        Where there are too many, the oldest goes: first of this owner's own, then of all. Raises `FlowsheetError` for
        a browser without a secret.
        """
        if not owner:
            raise FlowsheetError(
                say(
                    "Your browser keeps no cookies for this page, so nobody could tell that it is you who comes back "
                    "from Webflow. Allow cookies and load this page anew, or paste a token."
                )
            )
        state, verifier = secrets.token_urlsafe(SECRET_BYTES), secrets.token_urlsafe(SECRET_BYTES)
        with self._lock:
            own = [known for known, one in self._begun.items() if one.owner == owner]
            for known in own[: max(len(own) - MOST_OF_ONE + 1, 0)]:
                del self._begun[known]
            self._begun[state] = Begun(owner=owner, since=self.clock(), verifier=verifier, place=place)
            while len(self._begun) > MOST:
                self._begun.popitem(last=False)
        return authorisation.page(state, verifier)

    def take(self, owner: str, state: str) -> Begun | None:
        """What this owner began with this state; None for what nobody began, somebody else did, or too long ago."""
        with self._lock:
            found = self._begun.get(state)
            if found is None or found.owner != owner:
                return None  # it stays for who began it: an address of theirs may have been seen
            del self._begun[state]
        return found if self.clock() - found.since < SECONDS else None


AUTHORISATIONS = Authorisations()


def is_offered() -> bool:
    """Whether this app is registered with Webflow; raises `FlowsheetError` for settings that cannot be used."""
    return not _missing()


def left_out() -> tuple[str, ...]:
    """The settings that are missing although somebody began to set this way in up."""
    missing = _missing()
    return missing if len(missing) < len(NEEDED) else ()


def led_back(owner: str, query: Mapping[str, str]) -> LetIn | TurnedAway:
    """What becomes of `owner`, whom Webflow led back with this in the address: a state, and a code or an error.

    Raises `FlowsheetError` for settings that cannot be used.
    """
    begun = AUTHORISATIONS.take(owner, query.get("state", ""))
    code = query.get("code", "")
    if begun is None or not (code or "error" in query) or (code and not authorisation.can_be_a_code(code)):
        return TurnedAway(why=Why.NOT_BEGUN, sentence=_not_begun_here())
    if not code:
        is_denied = query["error"] == DENIED
        why, sentence = (Why.DENIED, _denied()) if is_denied else (Why.NOT_ASKED, _not_asked())
        return TurnedAway(why=why, sentence=sentence, place=begun.place)
    try:
        connection = connect.connect_allowed(authorisation.trade(code, begun.verifier))
        return LetIn(connection=connection, sites=connect.sites(connection), place=begun.place)
    except FlowsheetError as error:
        return TurnedAway(why=Why.REFUSED, sentence=str(error), place=begun.place)


def _not_begun_here() -> str:
    """Whoever reads it may be who was sent an address, and learns no more."""
    return say(
        "This way back from Webflow was not begun in this browser, or was used already, or is older than 15 minutes, "
        "so nothing was connected. Press “Connect with Webflow” to begin anew."
    )


def _denied() -> str:
    return say("You did not allow it on Webflow's page, so nothing was connected.")


def _not_asked() -> str:
    return say(
        "Webflow did not ask you, so nothing was connected. Ask the person who runs this app to look at how it is "
        "registered in Webflow, or paste a token."
    )


def _missing() -> tuple[str, ...]:
    now = settings()
    return tuple(name for name in NEEDED if not getattr(now, name.lower()))
