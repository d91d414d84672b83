"""How much longer a run takes, from the pace of its last requests."""

from lib.model.run import BatchState, Run

TO_SEND = (BatchState.QUEUED, BatchState.SENDING)


def seconds_left(run: Run) -> float | None:
    """Seconds until everything is sent, with the wait that goes on; None until the first batch has ended."""
    waiting = sum(batch.state in TO_SEND for batch in run.batches)
    if not run.requests_per_second or waiting == len(run.batches):
        return None
    return run.waiting_seconds + waiting / run.requests_per_second
