"""The life of a run's thread: shows signs of life, hears what is wanted, and says where the run is."""

import threading

from lib import log
from lib.errors import JournalUnavailable
from lib.journal import claims, specs
from lib.journal.claims import Claim, LostRun
from lib.journal.database import Database
from lib.log import Event
from lib.model.run_state import RunState, Stop, StopCause, Wanted
from lib.model.words import why_stopped
from lib.runs import told
from lib.runs.executor import Executor
from lib.runs.lease import Lease
from lib.runs.process import Process
from lib.runs.signals import Signals
from lib.runs.timing import Clock, Timing
from lib.webflow.connection import Connection
from lib.words.language import Language, speak
from lib.words.say import later, say

LEAVING_SECONDS = 1.0
LOST = later("This run went on elsewhere, or this computer slept.")


def start(db: Database, claim: Claim, connection: Connection, timing: Timing, process: Process) -> None:
    """Work on a claimed run in a thread of its own, which speaks the language of who started the run."""
    given = (_language_of(db, claim.run_id), db, claim, connection, timing, process)
    thread = threading.Thread(target=_work, args=given, daemon=True, name=f"run-{claim.run_id}")
    process.remember(claim.run_id, thread, connection)
    thread.start()


def _language_of(db: Database, run_id: str) -> Language:
    """English where the records cannot be had just now: the run goes on all the same."""
    try:
        return specs.language_of(db, run_id)
    except JournalUnavailable:
        return Language.ENGLISH


def _work(
    language: Language, db: Database, claim: Claim, connection: Connection, timing: Timing, process: Process
) -> None:
    """Work until the run ends or this process does.

    When the run is lost to another process, or its records are away for too long, stand by: we hold its token, so we
    take it up again as soon as nobody else works on it.
    """
    speak(language)
    mine: Claim | None = claim
    try:
        while mine is not None and _run_until_lost(db, mine, connection, timing, process):
            mine = _stand_by(db, claim.run_id, timing, process)
    except Exception:
        log.tell_failure(Event.RUN_FAILED, run=claim.run_id)
        process.troubles[claim.run_id] = why_stopped(Stop(StopCause.FAULT))
    finally:
        process.forget(claim.run_id, threading.current_thread())


def _run_until_lost(db: Database, claim: Claim, connection: Connection, timing: Timing, process: Process) -> bool:
    """Work on the run; True when it was lost before it came to an end."""
    clock = Clock()
    lease = Lease(db, claim, timing, clock)
    signals = Signals(claim.wanted, clock)
    executor = Executor(lease, connection, signals)
    try:
        executor.start()
        state, stop = _watch(lease, signals, executor, process)
        lease.write(claims.mark, state, stop=stop, note=executor.note or None)
        told.tell_state(db, claim.run_id, RunState.RUNNING, state)
    except LostRun as lost:
        process.troubles[claim.run_id] = str(lost) or say(LOST)
        log.tell(Event.RUN_LOST, run=claim.run_id)
        return True
    finally:
        signals.leave()
    process.troubles.pop(claim.run_id, None)
    return False


def _stand_by(db: Database, run_id: str, timing: Timing, process: Process) -> Claim | None:
    """Wait until nobody works on the run, and take it; None when it has ended, or this process does."""
    while not process.leaving.is_set() and process.works_on(run_id, threading.current_thread()):
        try:
            claim = claims.take_over(db, run_id, process.name, timing.lease_seconds)
            if claim is not None:
                told.tell(db, Event.RUN_TAKEN_UP, run_id)
            if claim is not None or not claims.is_live(db, run_id):
                return claim
        except JournalUnavailable as error:
            process.troubles[run_id] = str(error)
        process.leaving.wait(timing.stand_by_seconds)
    return None


def _watch(lease: Lease, signals: Signals, executor: Executor, process: Process) -> tuple[RunState, Stop | None]:
    """The state that the run ends in, and why if it ends early. Raises `LostRun`."""
    shown = RunState.RUNNING
    while True:
        wanted = lease.beat()
        signals.want(wanted)
        if process.leaving.is_set():
            signals.leave()
            executor.wait(LEAVING_SECONDS)
        elif not executor.wait(lease.timing.beat_seconds):
            state = _state(wanted, signals, executor)
            if state is not shown:
                lease.write(claims.mark, state)
                told.tell_state(lease.db, lease.claim.run_id, shown, state)
                shown = state
            continue
        if executor.lost:
            raise executor.lost
        if executor.is_complete:
            return RunState.DONE, None
        if signals.stopped:
            return RunState.STOPPED, signals.stopped
        if process.leaving.is_set():
            return RunState.INTERRUPTED, None
        return RunState.STOPPED, Stop(StopCause.BY_PERSON)


def _state(wanted: Wanted, signals: Signals, executor: Executor) -> RunState:
    if wanted is Wanted.STOP or signals.stopped:
        return RunState.STOPPING
    if wanted is Wanted.PAUSE:
        return RunState.PAUSING if executor.busy else RunState.PAUSED
    return executor.phase
