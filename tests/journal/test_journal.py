"""What the records promise, on SQLite and on PostgreSQL."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from lib.errors import CollectionBusy, JournalUnavailable, WaitReason
from lib.journal import batches, claims, locks, retention, specs, views
from lib.journal.batches import Answer
from lib.journal.claims import Claim, LostRun
from lib.journal.database import BUSY_SECONDS, Database, database
from lib.journal.tables import run
from lib.model.mapping import ColumnMapping, Match
from lib.model.plan import SendChoices
from lib.model.row_status import RowStatus
from lib.model.run import BatchState, Outcome, RunKind
from lib.model.run_spec import RunSpec
from lib.model.run_state import RunState, Stop, StopCause, Wanted
from lib.model.site import Site
from lib.stages.batch import batched
from tests.builders import a_change, a_collection, a_field, a_plan, a_sheet, an_id

LEASE = 60.0


def an_order(count: int = 5, **changes: object) -> RunSpec:
    sheet = a_sheet({"Name": [f"N{n}" for n in range(count + 1)], "Odd\0": ["\0"] * (count + 1)})
    made = [
        a_change(row, {"title": "x\0y", "tags": ["a", None]}, seen_on=datetime(2026, 1, 1, tzinfo=UTC))
        for row in range(2, count + 2)
    ]
    defaults: dict[str, object] = {
        "kind": RunKind.IMPORT,
        "site": Site(id="s", display_name="Shop", short_name="shop", time_zone="UTC"),
        "collection": a_collection(a_field("title", validations={"pattern": {}, "maxLength": 5})),
        "choices": SendChoices(live=True),
        "plan": a_plan(made, sheet),
        "sheet": sheet,
        "sha256": "ab",
        "mapping": ColumnMapping(matches=(Match(column="Name", field_slug="title"),), key_column="Name"),
        "problems": pd.DataFrame({"row": [7], "column": ["Name"], "kind": ["Odd"], "fix": ["Mend it"]}),
    }
    return RunSpec(**(defaults | changes))  # type: ignore[arg-type]


def start(
    db: Database, spec: RunSpec | None = None, *, key: str = "k", person: str = "me", lock_key: str = "c", size: int = 2
) -> str:
    spec = spec or an_order()
    return specs.create(
        db, spec, batched(spec.plan.changes, spec.collection, size), key=key, person=person, lock_key=lock_key
    )


def claimed(db: Database, run_id: str, lease: float = LEASE) -> Claim:
    mine = claims.claim(db, run_id, "me", lease)
    assert mine is not None
    return mine


def outcome(row: int, status: RowStatus = RowStatus.UPDATED, **changes: object) -> Outcome:
    return Outcome(row=row, item_id=an_id(row), status=status, **changes)  # type: ignore[arg-type]


def test_opening_again_keeps_everything(journal: Database, journal_url: str) -> None:
    run_id = start(journal)
    again = Database(journal_url)
    assert views.run_of(again, run_id) is not None
    again.close()


def test_records_of_a_newer_version_are_left_alone(journal: Database, journal_url: str) -> None:
    with journal.write() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    with pytest.raises(JournalUnavailable, match="newer version"):
        Database(journal_url)


def test_an_order_comes_back_as_it_was(journal: Database) -> None:
    spec = an_order()
    again = specs.spec_of(journal, start(journal, spec))
    assert again is not None and again.sheet is not None and spec.sheet is not None
    for name in ("kind", "site", "collection", "choices", "mapping", "sha256", "read_back", "parent_id"):
        assert getattr(again, name) == getattr(spec, name)
    assert again.plan.changes == spec.plan.changes
    assert again.plan.counts == spec.plan.counts
    pd.testing.assert_frame_equal(again.sheet.frame, spec.sheet.frame, check_index_type=False)
    assert again.file_name == "posts.csv"


def test_the_same_key_starts_one_run_however_often_it_is_pressed(journal: Database) -> None:
    assert len({start(journal) for _ in range(3)}) == 1


def test_pressing_at_the_same_moment_starts_one_run(journal: Database) -> None:
    ids: list[str] = []
    threads = [threading.Thread(target=lambda: ids.append(start(journal))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(ids), len(set(ids))) == (5, 1)


@pytest.mark.parametrize(
    ("person", "words", "leads_there"),
    [("me", "run of yours is updating", True), ("you", "somebody else with access", False)],
)
def test_a_second_run_on_a_collection_is_told_who_runs_and_since_when(
    journal: Database, person: str, words: str, leads_there: bool
) -> None:
    first = start(journal)
    with pytest.raises(CollectionBusy, match=words) as refused:
        start(journal, key="other", person=person)
    assert refused.value.run_id == (first if leads_there else None)
    view = views.run_of(journal, first)
    assert view is not None and refused.value.since == view.created_on
    assert start(journal, key="elsewhere", lock_key="another collection")


def test_a_run_that_nobody_resumes_frees_its_collection_after_a_while(journal: Database) -> None:
    first = start(journal)
    claims.mark(journal, claimed(journal, first), RunState.INTERRUPTED)
    with journal.write() as connection:
        connection.execute(run.update().values(lease_until=run.c.lease_until - locks.ABANDONED_SECONDS - 1))
    second = start(journal, key="other")
    found = views.run_of(journal, first)
    assert found is not None and found.state is RunState.STOPPED and found.can_resume
    with pytest.raises(CollectionBusy):
        claims.claim(journal, first, "me", LEASE)
    assert second != first


def test_only_one_of_many_gets_a_run(journal: Database) -> None:
    run_id = start(journal)
    found: list[Claim | None] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(claims.claim(journal, run_id, f"p{n}", LEASE)))
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(claim is not None for claim in found) == 1


def test_a_lease_that_ran_out_goes_to_the_next_and_shuts_the_first_out(journal: Database) -> None:
    run_id = start(journal)
    first = claimed(journal, run_id, lease=-1.0)
    view = views.run_of(journal, run_id)
    assert view is not None and view.state is RunState.INTERRUPTED
    second = claimed(journal, run_id)
    assert second.fence == first.fence + 1
    work = batches.unfinished(journal, run_id)[0]
    forbidden: list[Callable[[], object]] = [
        lambda: claims.beat(journal, first, LEASE),
        lambda: claims.mark(journal, first, RunState.DONE),
        lambda: claims.say_waiting(journal, first, WaitReason.BUSY, 1),
        lambda: batches.sending(journal, first, 1, [2], None),
        lambda: batches.keep(journal, first, work, [outcome(2)]),
        lambda: views.keep_differences(journal, first, [], []),
        lambda: batches.answered(journal, first, 1, Answer(status=200, seconds=1, waited=0)),
    ]
    for forbid in forbidden:
        with pytest.raises(LostRun):
            forbid()
    assert claims.beat(journal, second, LEASE) is Wanted.RUN


def test_what_people_want_reaches_the_worker(journal: Database) -> None:
    run_id = start(journal)
    mine = claimed(journal, run_id)
    for wanted in (Wanted.PAUSE, Wanted.RUN, Wanted.STOP):
        claims.want(journal, run_id, wanted)
        assert claims.beat(journal, mine, LEASE) is wanted


def test_an_ended_run_is_not_claimed_again_and_hears_nothing(journal: Database) -> None:
    run_id = start(journal)
    claims.mark(journal, claimed(journal, run_id), RunState.DONE)
    assert claims.claim(journal, run_id, "me", LEASE) is None
    assert claims.give_up(journal, run_id) is False
    assert start(journal, key="next")


def test_an_interrupted_run_can_be_given_up(journal: Database) -> None:
    run_id = start(journal)
    mine = claimed(journal, run_id)
    assert claims.give_up(journal, run_id) is False
    claims.mark(journal, mine, RunState.INTERRUPTED)
    assert claims.give_up(journal, run_id) is True
    view = views.run_of(journal, run_id)
    assert view is not None and (view.state, view.stop) == (RunState.STOPPED, Stop(StopCause.GIVEN_UP))


def test_what_was_begun_is_in_doubt_until_its_outcome_is_kept(journal: Database) -> None:
    run_id = start(journal)
    mine = claimed(journal, run_id)
    work = batches.unfinished(journal, run_id)[0]
    since = datetime(2026, 1, 2, tzinfo=UTC)
    attempt = batches.sending(journal, mine, 1, [2, 3], since)
    again = batches.unfinished(journal, run_id)[0]
    assert (again.in_doubt, again.attempts, again.since) == ({2, 3}, (attempt,), since)
    assert [one.status for one in views.outcomes_of(journal, run_id)][:3] == [
        "in doubt",
        "in doubt",
        "not sent",
    ]
    batches.answered(journal, mine, attempt, Answer(status=500, seconds=1, waited=0))
    assert batches.unfinished(journal, run_id)[0].in_doubt == {2, 3}
    batches.keep(journal, mine, work, [outcome(2)], settled=[attempt])
    left = batches.unfinished(journal, run_id)[0]
    assert (left.in_doubt, set(left.outcomes)) == (frozenset(), {2})


def test_a_certain_answer_leaves_no_doubt(journal: Database) -> None:
    run_id = start(journal)
    mine = claimed(journal, run_id)
    attempt = batches.sending(journal, mine, 1, [2, 3], None)
    batches.answered(
        journal, mine, attempt, Answer(status=429, seconds=0.5, waited=3, code="too_many\0", is_certain=True)
    )
    assert batches.unfinished(journal, run_id)[0].in_doubt == frozenset()
    (told,) = views.attempts_of(journal, run_id)
    assert (told.status, told.seconds, told.waited_seconds, told.code, told.item_count) == (429, 0.5, 3, "too_many", 2)


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        (["updated", "already up to date"], BatchState.DONE),
        (["updated", "failed"], BatchState.PARTLY),
        (["held back", "failed"], BatchState.FAILED),
    ],
)
def test_a_batch_is_what_its_items_are(journal: Database, statuses: list[str], state: BatchState) -> None:
    run_id = start(journal)
    mine = claimed(journal, run_id)
    work = batches.unfinished(journal, run_id)[0]
    kept = [
        outcome(row, RowStatus(status), reason=f"because {row}") for row, status in zip((2, 3), statuses, strict=True)
    ]
    batches.keep(journal, mine, work, kept)
    view = views.run_of(journal, run_id)
    assert view is not None
    assert (view.batches[0].state, view.batches[0].done, view.batches[1].state) == (state, 2, BatchState.QUEUED)
    assert [work.number for work in batches.unfinished(journal, run_id)] == [2, 3]
    assert views.outcomes_of(journal, run_id)[:2] == tuple(kept)
    assert views.batch_of(journal, run_id, 1)[1] == {2: kept[0], 3: kept[1]}


def test_waiting_is_told_with_the_seconds_left_and_ends_by_itself(journal: Database) -> None:
    run_id = start(journal)
    mine = claimed(journal, run_id)
    claims.say_waiting(journal, mine, WaitReason.RATE_LIMIT, 37)
    view = views.run_of(journal, run_id)
    assert view is not None and view.waiting is WaitReason.RATE_LIMIT and 30 < view.waiting_seconds <= 37
    claims.say_waiting(journal, mine, WaitReason.RATE_LIMIT, -1)
    view = views.run_of(journal, run_id)
    assert view is not None and view.waiting is None


def test_people_see_their_own_runs_only(journal: Database) -> None:
    mine = start(journal)
    start(journal, key="theirs", person="you", lock_key="other")
    found = views.runs_of(journal, "me")
    assert [(one.id, one.change_count) for one in found] == [(mine, 5)]
    assert views.runs_of(journal, "nobody") == []
    child = start(journal, an_order(kind=RunKind.UNDO, parent_id=mine), key="undo", lock_key="u")
    assert views.children_of(journal, [mine], RunKind.UNDO) == {mine: [(child, RunState.QUEUED)]}
    assert views.children_of(journal, [mine], RunKind.RETRY) == {}


def test_fingerprints_are_stable_keyed_and_not_the_token(journal: Database, tmp_path: Path) -> None:
    other = Database(f"sqlite:///{tmp_path / 'other.db'}")
    mine = retention.fingerprint(journal, "secret")
    assert mine == retention.fingerprint(journal, "secret") != retention.fingerprint(journal, "secret2")
    assert mine != retention.fingerprint(other, "secret")
    assert "secret" not in mine
    other.close()


def test_old_runs_are_deleted_and_those_that_are_worked_on_never(journal: Database) -> None:
    ended, live = start(journal), start(journal, key="live", lock_key="other")
    left_behind = start(journal, key="left behind", lock_key="another")
    claimed(journal, live)
    mine = claimed(journal, ended)
    batches.sending(journal, mine, 1, [2], None)
    claims.mark(journal, mine, RunState.STOPPED)
    assert retention.purge(journal, 30) == 0
    with journal.write() as connection:
        day = timedelta(days=31).total_seconds()
        connection.execute(run.update().values(created_at=run.c.created_at - day, finished_at=run.c.finished_at - day))
    assert retention.purge(journal, 30) == 2
    assert views.run_of(journal, left_behind) is None
    assert views.run_of(journal, ended) is None and specs.spec_of(journal, ended) is None
    assert views.attempts_of(journal, ended) == () and views.outcomes_of(journal, ended) == ()
    assert views.run_of(journal, live) is not None
    assert retention.size_bytes(journal) > 0


def test_deleting_gives_the_room_back(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'journal.db'}")
    run_id = start(db, an_order(sha256=os.urandom(2_000_000).hex()))
    claims.mark(db, claimed(db, run_id), RunState.DONE)
    full = retention.size_bytes(db)
    assert retention.forget(db, "me") == 1
    assert full > 2_000_000 > retention.size_bytes(db)
    db.close()


def test_many_senders_that_say_the_same_never_wait_for_each_other(journal: Database) -> None:
    mine = claimed(journal, start(journal))
    with ThreadPoolExecutor(4) as senders:
        list(senders.map(lambda n: claims.say_waiting(journal, mine, WaitReason.BUSY, n), range(60)))


# SQLite's locks end with their process, and waiting for them with busy_timeout.
@pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)
def test_whoever_freezes_in_the_middle_of_a_transaction_does_not_keep_the_others_waiting(journal: Database) -> None:
    with journal.read() as connection:
        for name in ("idle_in_transaction_session_timeout", "lock_timeout"):
            assert connection.exec_driver_sql(f"show {name}").scalar() == f"{BUSY_SECONDS}s"


def test_resuming_frees_the_collection_of_a_run_that_was_left_behind(journal: Database) -> None:
    first = start(journal)
    claims.mark(journal, claimed(journal, first), RunState.STOPPED)
    second = start(journal, key="second")
    claims.mark(journal, claimed(journal, second), RunState.INTERRUPTED)
    with pytest.raises(CollectionBusy):
        claims.claim(journal, first, "me", LEASE)
    with journal.write() as connection:
        connection.execute(run.update().values(lease_until=run.c.lease_until - locks.ABANDONED_SECONDS - 1))
    assert claims.claim(journal, first, "me", LEASE) is not None


def test_forgetting_deletes_ones_own_ended_runs(journal: Database) -> None:
    mine, theirs = start(journal), start(journal, key="theirs", person="you", lock_key="other")
    for run_id in (mine, theirs):
        claims.mark(journal, claimed(journal, run_id), RunState.DONE)
    assert retention.forget(journal, "me", theirs) == 0
    assert retention.forget(journal, "me") == 1
    assert views.run_of(journal, theirs) is not None


def test_forgetting_one_run_leaves_the_others(journal: Database) -> None:
    ids = [start(journal, key=key, lock_key=key) for key in ("a", "b")]
    for run_id in ids:
        claims.mark(journal, claimed(journal, run_id), RunState.DONE)
    assert retention.forget(journal, "me", ids[0]) == 1
    assert [run.id for run in views.runs_of(journal, "me")] == [ids[1]]


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://x/y", "postgresql://nobody@127.0.0.1:1/none", "sqlite:////proc/none/journal.db"]
)
def test_an_address_that_does_not_work_is_a_clear_sentence(url: str) -> None:
    with pytest.raises(JournalUnavailable, match="JOURNAL_URL"):
        database(url)


def test_one_address_is_one_open_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'deep' / 'journal.db'}"
    first = database(url)
    assert database(url) is first
    first.close()


def test_a_full_disk_says_so_and_changes_nothing(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'journal.db'}")
    run_id = start(db)
    sa.event.listen(db.engine, "connect", lambda connection, record: connection.execute("pragma max_page_count=1"))
    db.engine.dispose()
    big = an_order()
    with pytest.raises(JournalUnavailable, match="disk that keeps Flowsheet's records is full"):
        start(db, replace(big, sha256=os.urandom(100_000).hex()), key="big", lock_key="big")
    assert views.run_of(db, run_id) is not None
    db.close()
