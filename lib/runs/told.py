"""What is logged of a run: read from the records, so that whoever tells it has to know its id only."""

from lib import log
from lib.errors import JournalUnavailable
from lib.journal import views
from lib.journal.database import Database
from lib.log import Event
from lib.model.run import Run
from lib.model.run_state import ENDED, RunState, Wanted

ASKED = {Wanted.PAUSE: Event.PAUSE_ASKED, Wanted.RUN: Event.RESUME_ASKED, Wanted.STOP: Event.STOP_ASKED}
REACHED = {RunState.PAUSED: Event.RUN_PAUSED, RunState.INTERRUPTED: Event.RUN_GIVEN_BACK} | dict.fromkeys(
    ENDED, Event.RUN_ENDED
)
WAITED = (RunState.PAUSING, RunState.PAUSED)


def tell(db: Database, event: Event, run_id: str) -> None:
    """Log something about a run; of one that ends, how it did and what became of how many items."""
    run = _seen(db, run_id)
    if run is None:
        log.tell(event, run=run_id)
    elif event is Event.RUN_ENDED:
        why = run.stop.cause if run.stop else run.state
        log.tell(event, run=run.id, who=run.person, why=why, figures=run.counts.items())
    else:
        log.tell(event, run=run.id, who=run.person)


def tell_state(db: Database, run_id: str, before: RunState, state: RunState) -> None:
    """Log that a run has come to another state, where that is worth a line."""
    event = REACHED.get(state)
    if before in WAITED and state in (RunState.RUNNING, RunState.CHECKING):
        event = Event.RUN_RESUMED
    if event:
        tell(db, event, run_id)


def _seen(db: Database, run_id: str) -> Run | None:
    try:
        return views.run_of(db, run_id)
    except JournalUnavailable:
        return None
