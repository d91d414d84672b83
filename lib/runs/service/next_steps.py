"""Who may do what with a run, see everything or only how far it is; which step may come next, and why not."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from lib.model.row_status import TO_TRY_AGAIN, RowStatus
from lib.model.run import Run, RunKind
from lib.model.run_state import RunState
from lib.reports.follow_ups import FollowUps


class Access(StrEnum):
    """What somebody with the address of a run may do.

    EVERYTHING: see its values, take its files, pause, stop, resume, publish, undo. HEADLINE: see that it exists and
    how far it is: no name, no value, no file, no button. NOTHING: not even that, since its person signed in.
    """

    EVERYTHING = "everything"
    HEADLINE = "headline"
    NOTHING = "nothing"


def access_to(run: Run, persons: Collection[str]) -> Access:
    """What somebody who is all of these `persons` (fingerprints of a signed-in name or of tokens) may do.

    The address alone is no proof of anything: it is copied, shared, and kept in histories.
    """
    if run.person in persons:
        return Access.EVERYTHING
    return Access.NOTHING if run.who else Access.HEADLINE


class May(StrEnum):
    """Whether a step may be taken; everything but YES says why not.

    NEEDS_TOKEN: once its token is given. DEMO_IS_GONE: never, its made-up site went with the process that held it.
    NOT_YOURS: it is somebody else's run. NOTHING_TO_DO: it has nothing that the step is for. IS_LIVE: its values are
    public already. UNDONE, PUBLISHED: a later run did so. FOLLOWED: a later run goes on. RESUME_FIRST: something is
    left to send. GOES_ON: it has not ended, or somebody works on it.
    """

    YES = "yes"
    NEEDS_TOKEN = "needs token"
    DEMO_IS_GONE = "demo is gone"
    NOT_YOURS = "not yours"
    NOTHING_TO_DO = "nothing to do"
    IS_LIVE = "is live"
    UNDONE = "undone"
    PUBLISHED = "published"
    FOLLOWED = "followed"
    RESUME_FIRST = "resume first"
    GOES_ON = "goes on"


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSteps:
    """What may be done with a run now. `token`: whether the token that every step but giving up needs is at hand."""

    token: May
    resume: May
    give_up: May
    publish: May
    undo: May
    retry: May
    overwrite: May
    delete: May


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What came of an ended run: what became of its rows, what followed it, and whether it published what it stored."""

    counts: Counter[RowStatus]
    later: FollowUps
    is_live: bool


def next_steps(run: Run, access: Access, ended: Ended | None, *, has_token: bool) -> NextSteps:
    """The steps for somebody with this access, and a token that opens the run or none; `ended` is None until it has."""
    token = _token(run, access, has_token=has_token)

    def may(reason: May | None) -> May:
        return reason if reason and token is not May.NOT_YOURS else token

    return NextSteps(
        token=token,
        resume=may(None if run.can_resume else May.GOES_ON if run.is_live else May.NOTHING_TO_DO),
        give_up=May.NOT_YOURS if token is May.NOT_YOURS else May.YES if run.is_idle else May.GOES_ON,
        publish=may(_publish(run, ended) if ended else May.GOES_ON),
        undo=may(_undo(run, ended) if ended else May.GOES_ON),
        retry=may(_retry(run, ended.counts) if ended else May.GOES_ON),
        overwrite=may(_overwrite(ended.counts) if ended else May.GOES_ON),
        delete=may(None if ended else May.GOES_ON),
    )


def goes_on_by_itself(run: Run) -> bool:
    """Whether the process that holds its token takes the run up again, so that nobody has to."""
    return run.state is RunState.INTERRUPTED and not run.is_demo


def _token(run: Run, access: Access, *, has_token: bool) -> May:
    if access is not Access.EVERYTHING:
        return May.NOT_YOURS
    if has_token:
        return May.YES
    return May.DEMO_IS_GONE if run.is_demo else May.NEEDS_TOKEN


def _publish(run: Run, ended: Ended) -> May | None:
    if not run.landed or run.kind is RunKind.ARCHIVE:  # what is archived leaves with the site's next publishing
        return May.NOTHING_TO_DO
    if run.kind is RunKind.PUBLISH or (ended.is_live and not run.created):  # what is new is staged all the same
        return May.IS_LIVE
    return May.PUBLISHED if ended.later.is_published else _followed(ended.later)


def _undo(run: Run, ended: Ended) -> May | None:
    if run.kind is RunKind.PUBLISH or not (run.landed or ended.counts[RowStatus.IN_DOUBT]):
        return May.NOTHING_TO_DO
    return _followed(ended.later)


def _followed(later: FollowUps) -> May | None:
    if later.is_undone:
        return May.UNDONE
    return May.FOLLOWED if later.are_going_on else None


def _retry(run: Run, counts: Counter[RowStatus]) -> May | None:
    if run.can_resume:
        return May.RESUME_FIRST if counts[RowStatus.FAILED] else May.NOTHING_TO_DO
    return None if any(counts[status] for status in TO_TRY_AGAIN) else May.NOTHING_TO_DO


def _overwrite(counts: Counter[RowStatus]) -> May | None:
    return None if counts[RowStatus.HELD_BACK] else May.NOTHING_TO_DO
