"""The records of runs, as configured, and who may see which."""

import streamlit as st

from lib import workflow
from lib.journal.database import Database
from lib.model.run import Run
from lib.runs import control


def journal() -> Database:
    """The records; raises `JournalUnavailable`."""
    return workflow.records(_configured_url())


def _configured_url() -> str | None:
    """`[connections.journal] url` in the secrets; None without."""
    try:
        return st.secrets.get("connections", {}).get("journal", {}).get("url")
    except FileNotFoundError:
        return None


def signed_in() -> str:
    """The name of who is signed in to this app; "" where it has no sign-in."""
    return str(st.user.get("email") or "") if st.user.get("is_logged_in") else ""


def run_at(db: Database, run_id: str | None) -> Run | None:
    """The run at an address; None when there is none, or when somebody else made it after signing in.

    Where an app has no sign-in, its address is the key to a run: too long to guess, and told to nobody else.
    """
    run = control.run_of(db, run_id) if run_id else None
    return run if run and run.who in ("", signed_in()) else None
