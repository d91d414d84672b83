"""The records of runs, as configured, and who may see which."""

import streamlit as st

from lib import workflow
from lib.journal.database import Database
from lib.model.run import Run
from lib.runs import control
from lib.runs.access import Access, access_to, may_control, persons_of
from lib.webflow.connection import Connection
from pages.shared import browser, visit


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
    """The run at an address; None when there is none, or when somebody else made it after signing in."""
    run = control.run_of(db, run_id) if run_id else None
    return run if run and access_to(run, persons(db, run)) is not Access.NOTHING else None


def is_own(db: Database, run: Run) -> bool:
    """Whether this visitor may see the run's values and control it; its address alone is not enough."""
    return may_control(run, persons(db, run))


def persons(db: Database, run: Run) -> frozenset[str]:
    """Everybody that this visitor is, as far as the run is concerned."""
    return persons_of(db, ways_in(run), signed_in())


def ways_in(run: Run) -> list[Connection]:
    """What this visitor has shown: the token given for the run, the visit's own, this browser's demo sites.

    A demo site never opens a real run, nor a real site's token a demo run.
    """
    state = visit.current()
    own = [state.given.get(run.id), state.connection]
    shown = [one for one in own if one is not None and one.is_demo == run.is_demo]
    return [*shown, *(control.demo_sites_of(browser.secret()) if run.is_demo else [])]
