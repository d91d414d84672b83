"""How much longer a run takes, from how it went so far."""

from datetime import UTC, datetime

from lib.model.run import Run


def seconds_left(run: Run, now: datetime | None = None) -> float | None:
    """Seconds until the end at the pace so far; None while there is no pace yet."""
    done = len(run.outcomes)
    if not done or run.finished_on:
        return None
    elapsed = ((now or datetime.now(UTC)) - run.started_on).total_seconds()
    return elapsed / done * (run.change_count - done)
