"""Who is signed in to this app, and whose what is kept is: this person's, or else this browser's.

Streamlit holds what the provider said of somebody for as long as a tab is open, and runs callbacks and fragments
before or without app.py, and so its gate. So whoever leads to records or demo sites asks here first, every time.
"""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import streamlit as st

from lib.errors import NotSignedIn
from lib.model.person import Person
from lib.settings import settings
from lib.workflow import sign_in
from pages.shared import browser

LISTS = ("SIGN_IN_EMAILS", "SIGN_IN_DOMAINS")
SETTINGS = (*LISTS, "SIGN_IN_DAYS")


def is_required() -> bool:
    """Whether this app has a sign-in; secrets that nobody can read may name one, so they count as one."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:  # what Streamlit raises for both
        return any(Path(path).exists() for path in st.get_option("secrets.files"))


def verdict() -> Person | sign_in.Refused:
    """Who is signed in, or why nobody is; raises `FlowsheetError` where the settings do not say whom to let in."""
    return sign_in.judge(st.user.to_dict(), settings(), time.time())


def person() -> Person | None:
    """Who is signed in; None where this app has no sign-in. Raises `NotSignedIn` for whoever has not passed it."""
    if not is_required():
        return None
    if isinstance(found := verdict(), Person) and not misplaced():
        return found
    raise NotSignedIn("You are not signed in, or no longer. Load this page anew to sign in.")


def owner() -> str:
    """Whose drafts, demo sites and open files these are: the person's, or else the browser's; "" without either.

    Raises `NotSignedIn`.
    """
    found = person()
    return found.key if found else browser.secret()


def end() -> None:
    """This sign-in is over, in all tabs of this browser."""
    sign_in.end(st.user.to_dict())


def misplaced() -> list[str]:
    """Settings of the sign-in that would be read by nobody, so that everybody would be let in: below the headline of
    another part of the secrets, misspelt, or no text."""
    try:
        return sorted({name for name, is_read in _named(st.secrets) if not is_read})
    except FileNotFoundError:
        return ["secrets.toml"]


def _named(secrets: Mapping[str, object]) -> Iterator[tuple[str, bool]]:
    """Every setting of the sign-in, wherever it stands, and whether it is read from there."""
    for name, value in secrets.items():
        if isinstance(value, Mapping):
            yield from ((below, False) for below, _ in _named(value))
        elif name.upper().startswith("SIGN_IN_"):
            yield name, name.upper() in SETTINGS and isinstance(value, str | int | float)
