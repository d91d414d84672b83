"""Starting a run, and everything people may ask of one afterwards, from any process on the same records."""

import threading
from dataclasses import replace

from lib.journal import control, records, specs
from lib.journal.database import Database
from lib.model.plan import Batch
from lib.model.run import Run, RunState, Wanted
from lib.model.run_spec import RunSpec
from lib.runs import process, worker
from lib.runs.timing import Timing
from lib.webflow.connection import Connection

GIVEN_UP = "It was given up. What was not sent can still be sent: resume the run."


def start(
    db: Database,
    connection: Connection,
    spec: RunSpec,
    batches: tuple[Batch, ...],
    *,
    key: str,
    person: str,
    scope: str,
    who: str = "",
    timing: Timing | None = None,
) -> str:
    """Write the run down, start it in the background, and return its id; the same `key` never starts a second one.

    Raises `CollectionBusy` when another run works on the same `scope`.
    """
    run_id = specs.create(db, spec, batches, key=key, person=person, scope=scope, who=who, is_demo=connection.is_demo)
    carry_on(db, connection, run_id, timing=timing)
    return run_id


def carry_on(db: Database, connection: Connection, run_id: str, *, timing: Timing | None = None) -> bool:
    """Start, or resume, a run that nobody works on; False when somebody does or it has ended.

    Raises `CollectionBusy` when another run works on its collection by now.
    """
    mine = process.current()
    timing = timing or Timing()
    claim = control.claim(db, run_id, mine.name, timing.lease_seconds)
    if claim is None:
        return False
    thread = threading.Thread(
        target=worker.work, args=(db, claim, connection, timing, mine), daemon=True, name=f"run-{run_id}"
    )
    mine.remember(run_id, thread, connection)
    thread.start()
    return True


def pause(db: Database, run_id: str) -> None:
    """Finish the requests under way, then wait."""
    control.want(db, run_id, Wanted.PAUSE)


def unpause(db: Database, run_id: str) -> None:
    """Go on."""
    control.want(db, run_id, Wanted.RUN)


def stop(db: Database, run_id: str) -> None:
    """Finish the batches under way, then end."""
    control.want(db, run_id, Wanted.STOP)


def give_up(db: Database, run_id: str) -> bool:
    """End a run that nobody works on, so that its collection is free."""
    return control.give_up(db, run_id, GIVEN_UP)


def run_of(db: Database, run_id: str) -> Run | None:
    """The run as this process sees it, which knows whether its token is in memory; None when there is no such run."""
    run = records.run_of(db, run_id)
    return run and _seen(run)


def runs_of(db: Database, person: str) -> list[Run]:
    """This person's runs as this process sees them, the newest first."""
    return [_seen(run) for run in records.runs_of(db, person)]


def _seen(run: Run) -> Run:
    needs_token = run.state is RunState.INTERRUPTED and connection_of(run.id) is None
    return replace(run, state=RunState.NEEDS_TOKEN) if needs_token else run


def connection_of(run_id: str) -> Connection | None:
    """The way in that this process holds for a run; a demo run's outlives it."""
    mine = process.current()
    return mine.connections.get(run_id) or mine.demo.get(run_id)


def trouble_of(run_id: str) -> str:
    """Why this process could not go on with a run, "" if nothing is known."""
    return process.current().troubles.get(run_id, "")


def demo_sites_of(browser: str) -> list[Connection]:
    """The demo sites that were opened from the browser with this secret, the newest first."""
    visitors = list(process.current().demo_visitors)
    return [connection for known, connection in reversed(visitors) if browser and known == browser]
