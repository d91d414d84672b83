"""The one place that moves a run from state to state: as `run_state` allows, and every ending alike."""

import sqlalchemy as sa

from lib.journal import codec
from lib.journal.tables import now, run
from lib.model.run_state import ENDED, LIVE, WORKED_ON, RunState, Stop, StopCause, leading_to

IS_UNATTENDED = sa.or_(run.c.owner.is_(None), run.c.lease_until < now())


def moving(to: RunState, stop: Stop | None = None) -> sa.Update:
    """The change that moves runs to a state, for the caller to say which; one that may not go there stays as it is.

    Whoever works on it gives it back, unless work is what it moves to. `stop` says why it ends early.
    """
    values: dict[str, object] = {
        "state": to,
        "finished_at": now() if to in ENDED else None,
        "stop_cause": stop.cause if stop else "",
        "stop_detail": codec.clean(stop.detail) if stop else "",
    }
    if to not in WORKED_ON:
        values |= {"owner": None, "lease_until": now(), "waiting": "", "waiting_until": None}
    return run.update().where(run.c.state.in_({*leading_to(to), to})).values(values)


def ending_unattended(cause: StopCause) -> sa.Update:
    """The change that ends live runs that nobody works on, for the caller to say which."""
    return (
        moving(RunState.STOPPED, Stop(cause)).where(run.c.state.in_(LIVE), IS_UNATTENDED).values(fence=run.c.fence + 1)
    )
