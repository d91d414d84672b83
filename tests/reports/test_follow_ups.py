"""What came out of a run later, and whether it still stands."""

import sqlalchemy as sa

from lib.journal import batches, claims
from lib.journal.database import Database
from lib.journal.views import run_of
from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.model.run_state import RunState
from lib.reports.follow_ups import FollowUps, follow_ups
from tests.journal.test_journal import an_order, claimed, outcome, start


def done(
    db: Database,
    key: str,
    kind: RunKind = RunKind.IMPORT,
    parent: str | None = None,
    landed: int = 5,
    landed_as: RowStatus = RowStatus.UPDATED,
) -> str:
    """A run of five changes of which so many have landed, and the others were held back."""
    run_id = start(db, an_order(kind=kind, parent_id=parent), key=key)
    mine = claimed(db, run_id)
    for work in batches.unfinished(db, run_id):
        rows = [change.row for change in work.changes]
        ends = [landed_as if row < 2 + landed else RowStatus.HELD_BACK for row in rows]
        batches.keep(db, mine, work, [outcome(row, end) for row, end in zip(rows, ends, strict=True)])
    claims.mark(db, mine, RunState.DONE)
    return run_id


def later(db: Database, run_id: str, *, is_live: bool = False) -> FollowUps:
    run = run_of(db, run_id)
    assert run is not None
    return follow_ups(db, run, is_live=is_live)


def test_an_undo_undoes_until_it_is_undone_in_turn(journal: Database) -> None:
    run_id = parent = done(journal, "import")
    for number, is_undone in enumerate([True, False, True, False]):
        parent = done(journal, f"undo {number}", RunKind.UNDO, parent)
        assert later(journal, run_id).is_undone is is_undone
    assert [run.kind for run in later(journal, run_id).runs] == [RunKind.UNDO]


def test_an_undo_of_a_part_does_not_undo_the_run(journal: Database) -> None:
    run_id = done(journal, "import")
    done(journal, "undo", RunKind.UNDO, run_id, landed=4)
    found = later(journal, run_id)
    assert not found.is_undone and [run.updated for run in found.runs] == [4]


def test_all_that_followed_is_told_the_oldest_first(journal: Database) -> None:
    run_id = done(journal, "import")
    ids = [done(journal, kind, kind, run_id) for kind in (RunKind.RETRY, RunKind.PUBLISH, RunKind.UNDO)]
    done(journal, "of the undo", RunKind.UNDO, ids[-1])
    found = later(journal, run_id)
    assert [run.id for run in found.runs] == ids
    assert (found.is_published, found.is_undone, found.are_going_on) == (True, False, False)
    assert later(journal, ids[0]) == FollowUps()


def test_a_run_that_went_live_at_once_is_published_once_what_it_created_is(journal: Database) -> None:
    run_id = done(journal, "import", landed=2, landed_as=RowStatus.CREATED)
    publish = start(journal, an_order(2, kind=RunKind.PUBLISH, parent_id=run_id), key="publish")
    mine = claimed(journal, publish)
    assert not later(journal, run_id, is_live=True).is_published, "it goes on"
    for work in batches.unfinished(journal, publish):
        ends = [outcome(change.row, RowStatus.UPDATED) for change in work.changes]
        batches.keep(journal, mine, work, ends)
    claims.mark(journal, mine, RunState.DONE)
    assert later(journal, run_id, is_live=True).is_published


def test_what_followed_a_run_is_asked_in_one_query(journal: Database) -> None:
    run_id = parent = done(journal, "import")
    for number in range(4):
        parent = done(journal, f"undo {number}", RunKind.UNDO, parent)
    run, asked = run_of(journal, run_id), []
    assert run is not None
    sa.event.listen(journal.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    follow_ups(journal, run)
    assert len([sql for sql in asked if sql.lstrip().upper().startswith(("SELECT", "WITH"))]) == 1
