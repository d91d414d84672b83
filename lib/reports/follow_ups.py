"""What came out of a run later on: undone, published, tried again, and whether that still stands."""

from dataclasses import dataclass

from lib.journal import records
from lib.journal.database import Database
from lib.model.run import Run, RunKind, RunState

KINDS = (RunKind.UNDO, RunKind.PUBLISH, RunKind.RETRY)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUps:
    """The runs that followed one, the oldest first.

    `is_undone`: everything that it stored was taken back, and that was not undone in turn. `is_published`: all of it.
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
    found = [later for kind in KINDS for later in _children(db, run, kind)]
    return FollowUps(
        runs=tuple(sorted(found, key=lambda later: later.created_on)),
        is_undone=_is_undone(db, run),
        is_published=any(_covers(later, run) for later in found if later.kind is RunKind.PUBLISH),
    )


def _children(db: Database, run: Run, kind: RunKind) -> list[Run]:
    ids = [run_id for run_id, _ in records.children_of(db, [run.id], kind).get(run.id, [])]
    return [child for run_id in ids if (child := records.run_of(db, run_id)) is not None]


def _covers(later: Run, run: Run) -> bool:
    """Whether a later run did its work on everything that this one stored."""
    done = later.updated + sum(batch.already for batch in later.batches)
    return later.state is RunState.DONE and done >= run.updated > 0


def _is_undone(db: Database, run: Run) -> bool:
    return any(_covers(undo, run) and not _is_undone(db, undo) for undo in _children(db, run, RunKind.UNDO))
