"""Who may do what next with a run, and why not: one table."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lib.model.row_status import RowStatus
from lib.model.run import BatchLine, BatchState, Run, RunKind
from lib.model.run_state import RunState
from lib.reports.follow_ups import FollowUps
from lib.runs.service.next_steps import Access, Ended, May, goes_on_by_itself, next_steps

ALL = ("resume", "give_up", "publish", "undo", "retry", "overwrite", "delete")
DONE = Run(
    id="an address",
    kind=RunKind.IMPORT,
    parent_id=None,
    state=RunState.DONE,
    person="ada",
    is_demo=False,
    site_name="Tidepool Goods",
    collection_id="0" * 24,
    collection_name="Products",
    file_name="prices.csv",
    created_on=datetime.now(UTC),
    batches=(BatchLine(number=1, state=BatchState.DONE, items=4, counts=Counter({RowStatus.UPDATED: 4})),),
)
NOTHING_LANDED = (BatchLine(number=1, state=BatchState.FAILED, items=4, counts=Counter({RowStatus.FAILED: 4})),)
HALF = (
    BatchLine(number=1, state=BatchState.PARTLY, items=4, counts=Counter({RowStatus.UPDATED: 1, RowStatus.FAILED: 1})),
)


def came_of_it(is_live: bool = False, later: FollowUps | None = None, **figures: int) -> Ended:
    counts = Counter({RowStatus[name.upper()]: number for name, number in figures.items()})
    return Ended(counts=counts, later=later or FollowUps(), is_live=is_live)


WELL = came_of_it(updated=4)
FOLLOWED = FollowUps(runs=(replace(DONE, state=RunState.RUNNING),))


@pytest.mark.parametrize(
    ("run", "ended", "answers"),
    [
        (DONE, WELL, {"publish": May.YES, "undo": May.YES, "delete": May.YES}),
        (DONE, came_of_it(is_live=True, updated=4), {"publish": May.IS_LIVE, "undo": May.YES, "delete": May.YES}),
        (
            replace(DONE, kind=RunKind.PUBLISH),
            WELL,
            {"publish": May.IS_LIVE, "undo": May.NOTHING_TO_DO, "delete": May.YES},
        ),
        (replace(DONE, kind=RunKind.UNDO), WELL, {"publish": May.YES, "undo": May.YES, "delete": May.YES}),
        (
            DONE,
            came_of_it(updated=4, later=FollowUps(is_undone=True)),
            {"publish": May.UNDONE, "undo": May.UNDONE, "delete": May.YES},
        ),
        (
            DONE,
            came_of_it(updated=4, later=FollowUps(is_published=True)),
            {"publish": May.PUBLISHED, "undo": May.YES, "delete": May.YES},
        ),
        (
            DONE,
            came_of_it(updated=4, later=FOLLOWED),
            {"publish": May.FOLLOWED, "undo": May.FOLLOWED, "delete": May.YES},
        ),
        (
            DONE,
            came_of_it(updated=3, held_back=1),
            {"publish": May.YES, "undo": May.YES, "overwrite": May.YES, "delete": May.YES},
        ),
        (replace(DONE, batches=NOTHING_LANDED), came_of_it(failed=4), {"retry": May.YES, "delete": May.YES}),
        (
            replace(DONE, batches=NOTHING_LANDED),
            came_of_it(in_doubt=4),
            {"undo": May.YES, "retry": May.YES, "delete": May.YES},
        ),
        (
            replace(DONE, state=RunState.STOPPED, batches=HALF),
            came_of_it(updated=1, failed=1, not_sent=2),
            {"resume": May.YES, "publish": May.YES, "undo": May.YES, "retry": May.RESUME_FIRST, "delete": May.YES},
        ),
        (
            replace(DONE, state=RunState.STOPPED, batches=(replace(HALF[0], counts=Counter({RowStatus.UPDATED: 1})),)),
            came_of_it(updated=1, not_sent=3),
            {"resume": May.YES, "publish": May.YES, "undo": May.YES, "delete": May.YES},
        ),
    ],
)
def test_what_may_follow_an_ended_run_and_why_the_rest_may_not(run: Run, ended: Ended, answers: dict[str, May]) -> None:
    may = next_steps(run, Access.EVERYTHING, ended, has_token=True)
    expected = dict.fromkeys(ALL, May.NOTHING_TO_DO) | {"give_up": May.GOES_ON} | answers
    assert {step: getattr(may, step) for step in ALL} == expected


@pytest.mark.parametrize("state", [state for state in RunState if state not in (RunState.STOPPED, RunState.DONE)])
def test_a_run_that_goes_on_is_resumed_or_given_up_when_nobody_works_on_it_and_nothing_else(state: RunState) -> None:
    run = replace(DONE, state=state)
    may = next_steps(run, Access.EVERYTHING, None, has_token=True)
    answer = May.YES if run.is_idle else May.GOES_ON
    expected = dict.fromkeys(ALL, May.GOES_ON) | {"resume": answer, "give_up": answer}
    assert {step: getattr(may, step) for step in ALL} == expected


@pytest.mark.parametrize(("is_demo", "why"), [(False, May.NEEDS_TOKEN), (True, May.DEMO_IS_GONE)])
def test_without_a_token_everything_that_could_be_done_waits_for_it(is_demo: bool, why: May) -> None:
    ended = replace(DONE, is_demo=is_demo)
    with_token = next_steps(ended, Access.EVERYTHING, WELL, has_token=True)
    without = next_steps(ended, Access.EVERYTHING, WELL, has_token=False)
    assert without.token is why
    for step in ALL:
        allowed = getattr(with_token, step)
        assert getattr(without, step) is (why if allowed is May.YES else allowed)


def test_a_run_is_given_up_without_a_token() -> None:
    left = replace(DONE, state=RunState.NEEDS_TOKEN)
    may = next_steps(left, Access.EVERYTHING, None, has_token=False)
    assert (may.resume, may.give_up) == (May.NEEDS_TOKEN, May.YES)


@pytest.mark.parametrize("access", [Access.HEADLINE, Access.NOTHING])
@pytest.mark.parametrize(("state", "ended"), [(RunState.DONE, WELL), (RunState.INTERRUPTED, None)])
def test_nobody_does_anything_with_somebody_elses_run(access: Access, state: RunState, ended: Ended | None) -> None:
    may = next_steps(replace(DONE, state=state), access, ended, has_token=True)
    assert {getattr(may, step) for step in (*ALL, "token")} == {May.NOT_YOURS}


@pytest.mark.parametrize(
    ("state", "is_demo", "answer"),
    [
        (RunState.INTERRUPTED, False, True),
        (RunState.INTERRUPTED, True, False),
        (RunState.NEEDS_TOKEN, False, False),
        (RunState.RUNNING, False, False),
    ],
)
def test_only_a_process_that_holds_the_token_of_a_real_site_goes_on_by_itself(
    state: RunState, is_demo: bool, answer: bool
) -> None:
    assert goes_on_by_itself(replace(DONE, state=state, is_demo=is_demo)) is answer
