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


def follow_ups(db: Database, run: Run, *, is_live: bool = False) -> FollowUps:
    """All runs that came out of this one. `is_live`: its updates were published at once, so that only what it created
    was left to publish."""
    to_publish = run.created if is_live else run.landed
    family = views.descendants_of(db, run.id)
    found = [later for later in family if later.parent_id == run.id]
    return FollowUps(
        runs=tuple(found),
        is_undone=_is_undone(run, family),
        is_published=any(_publishes(later, run, to_publish) for later in found if later.kind is RunKind.PUBLISH),
    )


def _covers(later: Run, run: Run) -> bool:
    """Whether a later run did its work on everything that this one stored."""
    return later.state is RunState.DONE and _done(later) >= run.landed > 0


def _publishes(later: Run, run: Run, number: int) -> bool:
    """Whether a later run published all of this one's items that were left to publish, so many, and it has stored
    nothing since."""
    is_later = run.finished_on is not None and later.created_on >= run.finished_on
    return later.state is RunState.DONE and is_later and _done(later) >= number > 0


def _done(run: Run) -> int:
    return run.landed + run.counts[RowStatus.UNCHANGED]


def _is_undone(run: Run, family: Sequence[Run]) -> bool:
    undos = [later for later in family if later.parent_id == run.id and later.kind is RunKind.UNDO]
    return any(_covers(undo, run) and not _is_undone(undo, family) for undo in undos)
