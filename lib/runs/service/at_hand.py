"""What this process holds beyond the records: tokens of runs, why one could not go on, how much longer it takes."""

from dataclasses import replace

from lib.model.run import BatchState, Run
from lib.model.run_state import RunState
from lib.runs import process
from lib.stages.cost import seconds_for, sending
from lib.webflow.connection import Connection
from lib.webflow.pace import Room

TO_SEND = (BatchState.QUEUED, BatchState.SENDING)


def seen(run: Run) -> Run:
    """The run as this process sees it, which knows whether its token is in memory."""
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
    return process.current().demo_sites_of(browser)


def seconds_left(run: Run) -> float:
    """About how long it takes until all is sent, if nothing is refused."""
    return seconds_for([sending(sum(batch.state in TO_SEND for batch in run.batches))], room_of(run))


def room_of(run: Run) -> Room:
    """What the token of a run may still ask: as this process knows, and as the wait that is on record tells."""
    connection = connection_of(run.id)
    room = connection.room if connection else Room()
    is_told_elsewhere = run.waiting_seconds > 0 and room.left is None
    return replace(room, left=0, ends_in=run.waiting_seconds) if is_told_elsewhere else room
