"""The life of a run's thread: shows signs of life, hears what is wanted, and says where the run is."""

import logging

from lib.journal import control
from lib.journal.control import Claim, LostRun
from lib.journal.database import Database
from lib.model.run import RunState, Wanted
from lib.runs.crew import FAULT, Crew
from lib.runs.lease import Lease
from lib.runs.process import Process
from lib.runs.signals import Signals
from lib.runs.timing import Timing
from lib.webflow.connection import Connection

STOPPED_BY_PERSON = "It was stopped by hand. What was not sent can still be sent: resume the run."
LEAVING_SECONDS = 1.0
LOST = "This run went on elsewhere, or its records were away for too long. Resume it: it looks before it sends."


def work(db: Database, claim: Claim, connection: Connection, timing: Timing, process: Process) -> None:
    """Work on a claimed run until it ends, is interrupted, or is lost to another process."""
    lease = Lease(db, claim, timing)
    signals = Signals()
    crew = Crew(lease, connection, signals, timing)
    try:
        crew.start()
        state, reason = _watch(lease, signals, crew, timing, process)
        lease.insist(lambda: control.mark(db, claim, state, reason=reason, note=crew.note or None))
        if state is not RunState.INTERRUPTED:
            process.connections.pop(claim.run_id, None)
    except LostRun:
        process.troubles[claim.run_id] = lease.trouble or LOST
    except Exception:
        logging.getLogger("flowsheet").exception("A run failed")
        process.troubles[claim.run_id] = FAULT
    finally:
        signals.leave()
        process.threads.pop(claim.run_id, None)


def _watch(lease: Lease, signals: Signals, crew: Crew, timing: Timing, process: Process) -> tuple[RunState, str]:
    """The state that the run ends in, and why if it ends early. Raises `LostRun`."""
    shown = RunState.RUNNING
    while True:
        wanted = lease.beat()
        signals.want(wanted)
        if process.leaving.is_set():
            signals.leave()
            crew.wait(LEAVING_SECONDS)
        elif not crew.wait(timing.beat_seconds):
            state = _state(wanted, signals, crew)
            if state is not shown:
                _show(lease, state)
                shown = state
            continue
        if crew.is_lost:
            raise LostRun
        if crew.is_complete:
            return RunState.DONE, ""
        if signals.stop_reason:
            return RunState.STOPPED, signals.stop_reason
        if process.leaving.is_set():
            return RunState.INTERRUPTED, ""
        return RunState.STOPPED, STOPPED_BY_PERSON


def _show(lease: Lease, state: RunState) -> None:
    lease.insist(lambda: control.mark(lease.db, lease.claim, state))


def _state(wanted: Wanted, signals: Signals, crew: Crew) -> RunState:
    if wanted is Wanted.STOP or signals.stop_reason:
        return RunState.STOPPING
    if wanted is Wanted.PAUSE:
        return RunState.PAUSING if crew.busy else RunState.PAUSED
    return crew.phase
