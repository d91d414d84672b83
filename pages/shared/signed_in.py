"""Who is signed in to this app, and whose what is kept is: this person's, or else this browser's.

Streamlit holds what the provider said of somebody for as long as a tab is open, and runs callbacks and fragments
before or without app.py, and so its gate. So whoever leads to records or demo sites asks here first, every time.
"""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import streamlit as st

from lib.errors import FlowsheetError, NotSignedIn
from lib.model.person import Person
from lib.settings import Settings, settings
from lib.words.say import say
from lib.workflow import sign_in
from pages.shared import browser

LISTS = ("SIGN_IN_EMAILS", "SIGN_IN_DOMAINS")
DAYS = "SIGN_IN_DAYS"


def is_required() -> bool:
    """Whether this app has a sign-in; secrets that nobody can read may name one, so they count as one."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:  # what Streamlit raises for both
        return any(Path(path).exists() for path in st.get_option("secrets.files"))


def verdict() -> Person | sign_in.Refused:
    """Who is signed in, or why nobody is; raises `FlowsheetError` where the settings do not say whom to let in."""
    now = settings()
    if wrong := _not_read(now):
        raise FlowsheetError(
            f"These settings of the sign-in are misspelt or no text, or stand below a line in brackets: {wrong}."
        )
    return sign_in.judge(st.user.to_dict(), now, time.time())


def person() -> Person | None:
    """Who is signed in; None where this app has no sign-in.

    Raises `NotSignedIn` for whoever has not passed it, `FlowsheetError` as `verdict`.
    """
    if not is_required():
        return None
    if isinstance(found := verdict(), Person):
        return found
    raise NotSignedIn(say("You are not signed in, or no longer. Load this page anew to sign in."))


def owner() -> str:
    """Whose drafts, demo sites and open files these are: the person's, or else the browser's; "" without either.

    Raises `NotSignedIn`.
    """
    found = person()
    return found.key if found else browser.secret()


def end() -> None:
    """This sign-in is over, in all tabs of this browser."""
    sign_in.end(st.user.to_dict())


def _not_read(now: Settings) -> str:
    """Settings of the sign-in in the secrets that are none of these, so that everybody would be let in."""
    try:
        return ", ".join(sorted({name for name, is_read in _named(st.secrets, now) if not is_read}))
    except FileNotFoundError:
        return "secrets.toml" if is_required() else ""


def _named(secrets: Mapping[str, object], now: Settings) -> Iterator[tuple[str, bool]]:
    """Everything that is named like a setting of the sign-in, wherever it stands, and whether it is read."""
    for name, value in secrets.items():
        if isinstance(value, Mapping):
            yield from ((below, False) for below, _ in _named(value, now))
        elif name.upper().startswith("SIGN_IN_"):
            is_list = name.upper() in LISTS
            is_text = isinstance(value, str) and value.strip() == getattr(now, name.lower(), None)
            yield name, is_text if is_list else name.upper() == DAYS and isinstance(value, str | int | float)
