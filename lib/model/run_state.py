"""Where a run is, why it stopped, and which way it may go from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class RunState(StrEnum):
    """Where a run is.

    | state | what it means | goes on to |
    |---|---|---|
    | QUEUED | written down, nobody works on it yet | RUNNING, STOPPED |
    | RUNNING | looking around and sending | any state of work, or an end |
    | PAUSING, PAUSED | a person wants it to wait; the first while something is still under way | the same |
    | STOPPING | it ends early, as soon as what is under way has ended | the same |
    | CHECKING | everything is sent, and what Webflow stored is being read back | the same |
    | INTERRUPTED | nobody works on it: the app was stopped, or its records were away | RUNNING, STOPPED |
    | NEEDS_TOKEN | INTERRUPTED, and its token is in nobody's memory; never on record, since memory is not | as that |
    | STOPPED | it ended early, see `StopCause`; it may be resumed | RUNNING |
    | DONE | every change has its end | nothing |
    """

    QUEUED = "queued"
    RUNNING = "running"
    PAUSING = "pausing"
    PAUSED = "paused"
    STOPPING = "stopping"
    CHECKING = "checking"
    INTERRUPTED = "interrupted"
    NEEDS_TOKEN = "needs token"
    STOPPED = "stopped"
    DONE = "done"


WORKED_ON = (RunState.RUNNING, RunState.PAUSING, RunState.PAUSED, RunState.STOPPING, RunState.CHECKING)
IDLE = (RunState.INTERRUPTED, RunState.NEEDS_TOKEN)
LIVE = (RunState.QUEUED, *WORKED_ON, *IDLE)
ENDED = (RunState.STOPPED, RunState.DONE)
NEXT: Mapping[RunState, tuple[RunState, ...]] = {
    RunState.QUEUED: (RunState.RUNNING, RunState.STOPPED),
    **dict.fromkeys(WORKED_ON, (*WORKED_ON, RunState.INTERRUPTED, *ENDED)),
    **dict.fromkeys(IDLE, (RunState.RUNNING, RunState.STOPPED)),
    RunState.STOPPED: (RunState.RUNNING,),
    RunState.DONE: (),
}


def leading_to(state: RunState) -> tuple[RunState, ...]:
    """The states that a run may go on from to this one."""
    return tuple(before for before, following in NEXT.items() if state in following)


class Wanted(StrEnum):
    """What people want of a run; only its worker acts on it."""

    RUN = "run"
    PAUSE = "pause"
    STOP = "stop"


SAME_FAILURES_TO_STOP = 3  # batches in a row that fail for one reason: the others would, too


class StopCause(StrEnum):
    """Why a run ended early.

    GIVEN_UP: a person ended it while nobody worked on it. ABANDONED: nobody went on with it for so long that another
    run took its place. SAME_FAILURES: so many batches in a row were refused for one reason, which the detail tells.
    REFUSED: Webflow or the way to it stopped all of it, and the detail says so in whole sentences. FAULT: a mistake of
    ours.
    """

    BY_PERSON = "by person"
    GIVEN_UP = "given up"
    ABANDONED = "abandoned"
    SAME_FAILURES = "same failures"
    REFUSED = "refused"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run ended early, as an identifier and what was told on the occasion."""

    cause: StopCause
    detail: str = ""
