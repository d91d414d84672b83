"""The door to runs, and which of them are this visitor's."""

from contextlib import suppress

import streamlit as st

from lib.errors import FlowsheetError, JournalUnavailable
from lib.model.collection import Collection
from lib.model.person import Person
from lib.model.run import Run
from lib.model.stored_form import Memory
from lib.runs.service.at_hand import demo_sites_of
from lib.runs.service.next_steps import Access
from lib.runs.service.runs import Runs, open_runs
from lib.webflow.connection import Connection
from pages.shared import signed_in, visit


def runs() -> Runs:
    """The runs on record, as configured; raises `JournalUnavailable`, `NotSignedIn`."""
    return open_runs(_configured_url(), signed_in.person())


def remembered(way_in: Connection, collection: Collection) -> Memory:
    """What Webflow made of values sent before; nothing while the records are away, which costs no more than a guess."""
    try:
        return runs().remembered(way_in, collection)
    except JournalUnavailable:
        return {}


def check_records() -> None:
    """Raises `JournalUnavailable` where the records do not answer, `FlowsheetError` where settings cannot be used."""
    open_runs(_configured_url(), None).db.ask()


def who() -> str:
    """The fingerprint by which records and log know this visitor; "" without one, or while the records are away."""
    with suppress(FlowsheetError):
        return runs().person(visit.current().connection)
    return ""


def fingerprint(person: Person) -> str:
    """The same of somebody who signed in, and may not have been let in."""
    with suppress(FlowsheetError):
        return open_runs(_configured_url(), person).person(None)
    return ""


def _configured_url() -> str | None:
    """`[connections.journal] url` in the secrets; None without."""
    try:
        url: str | None = st.secrets.get("connections", {}).get("journal", {}).get("url")
    except FileNotFoundError:
        return None
    return url


def run_at(run_id: str | None) -> Run | None:
    """The run at an address; None when there is none, or when somebody else made it after signing in."""
    run = runs().get(run_id) if run_id else None
    return run if run and access(run) is not Access.NOTHING else None


def is_own(run: Run) -> bool:
    """Whether this visitor may see the run's values and control it; its address alone is not enough."""
    return access(run) is Access.EVERYTHING


def access(run: Run) -> Access:
    """What this visitor may do with the run: by the token given for it, the visit's own, the visitor's demo sites.

    A demo site never opens a real run, nor a real site's token a demo run.
    """
    state = visit.current()
    own = [state.given.get(run.id), state.connection]
    shown: list[Connection] = [one for one in own if one is not None and one.is_demo == run.is_demo]
    return runs().access(run, [*shown, *(demo_sites_of(signed_in.owner()) if run.is_demo else [])])
