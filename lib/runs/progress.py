"""How much longer a run takes, from the pace of its last requests."""

from lib.model.run import BatchState, Run


def seconds_left(run: Run) -> float | None:
    """Seconds until everything is sent; None while there is no pace yet."""
    waiting = sum(batch.state in (BatchState.QUEUED, BatchState.SENDING) for batch in run.batches)
    return waiting / run.requests_per_second if run.requests_per_second else None
