"""What came out of a run later on: undone, published, tried again, and whether that still stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.journal import views
from lib.journal.database import Database
from lib.model.row_status import RowStatus
from lib.model.run import Run, RunKind
from lib.model.run_state import RunState


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUps:
    """The runs that followed one, the oldest first.

    `is_undone`: everything that it stored was taken back, and that was not undone in turn. `is_published`: all of it
    that was not published at once.
    """

    runs: tuple[Run, ...] = ()
    is_undone: bool = False
    is_published: bool = False

    @property
    def are_going_on(self) -> bool:
        """Whether one of them has not ended."""
        return any(run.is_live for run in self.runs)


def follow_ups(db: Database, run: Run) -> FollowUps:
    """All runs that came out of this one."""
    family = views.descendants_of(db, run.id)
    found = [later for later in family if later.parent_id == run.id]
    return FollowUps(
        runs=tuple(found),
        is_undone=_is_undone(run, family),
        is_published=any(_publishes(later, run) for later in found if later.kind is RunKind.PUBLISH),
    )


def _covers(later: Run, run: Run) -> bool:
    """Whether a later run did its work on everything that this one stored."""
    return later.state is RunState.DONE and _done(later) >= run.landed > 0


def _publishes(later: Run, run: Run) -> bool:
    """Whether a later run published all that this one had left to publish, and it has stored nothing since. Of a run
    that went live at once that is only what it created."""
    is_later = run.finished_on is not None and later.created_on >= run.finished_on
    return later.state is RunState.DONE and is_later and _done(later) == later.change_count > 0


def _done(run: Run) -> int:
    return run.landed + run.counts[RowStatus.UNCHANGED]


def _is_undone(run: Run, family: Sequence[Run]) -> bool:
    undos = [later for later in family if later.parent_id == run.id and later.kind is RunKind.UNDO]
    return any(_covers(undo, run) and not _is_undone(undo, family) for undo in undos)
