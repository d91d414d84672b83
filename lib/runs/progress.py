"""What is still to be sent of a run, and what its token may still ask for it."""

from dataclasses import replace

from lib.model.run import BatchState, Run
from lib.runs import control
from lib.webflow.pace import Room

TO_SEND = (BatchState.QUEUED, BatchState.SENDING)


def to_send(run: Run) -> int:
    """How many requests are left, if none is refused."""
    return sum(batch.state in TO_SEND for batch in run.batches)


def room_of(run: Run) -> Room:
    """What the token of a run may still ask: as this process knows, and as the wait that is on record tells."""
    connection = control.connection_of(run.id)
    room = Room()
    if connection is not None:
        with connection.open() as webflow:
            room = webflow.room
    is_told_elsewhere = run.waiting_seconds > 0 and room.left is None
    return replace(room, left=0, ends_in=run.waiting_seconds) if is_told_elsewhere else room
