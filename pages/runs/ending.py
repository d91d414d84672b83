"""How a run went, in one or two sentences on top of its page."""

import streamlit as st

from lib.model.row_status import RowStatus
from lib.model.run import Run, RunKind
from lib.model.run_state import RunState, StopCause
from lib.model.words import NOTHING_TO_MEND, why_stopped
from lib.reports.follow_ups import FollowUps
from lib.reports.results import partial_rows
from lib.reports.run_report import RunReport
from lib.words.say import count
from pages.runs import refused
from pages.runs.words import any_of
from pages.shared.plain import plain

CALM_ENDS = {
    StopCause.BY_PERSON: "You stopped this run.",
    StopCause.GIVEN_UP: "This run was given up.",
    StopCause.ABANDONED: "Nobody resumed this run for 15 minutes, so another one could begin.",
}


def draw(report: RunReport, later: FollowUps) -> None:
    """Calm where a person wanted it so or all is well, a warning where somebody has to look."""
    run = report.run
    rest = not_sent(report)
    if run.stop and run.stop.cause in CALM_ENDS:
        st.info(f"{CALM_ENDS[run.stop.cause]}{rest}", icon=":material/stop_circle:")
    elif run.stop:
        st.error(f"The run stopped early. {plain(why_stopped(run.stop))}{rest}", icon=":material/error:")
    told = troubles(report)
    if later.is_undone:
        st.info(_undone(run), icon=":material/undo:")
    elif told:
        st.warning(" ".join(told), icon=":material/warning:")
    elif run.state is RunState.DONE:
        st.success(_all_is_well(report), icon=":material/check_circle:")


def not_sent(report: RunReport) -> str:
    """What did not get its turn, as sentences to follow another one."""
    old, new = _old_and_new(report, RowStatus.NOT_SENT)
    told = f" {count(old, 'item', 'items')} {_was(old)} not sent and keep{_s(old)} the old values." if old else ""
    return told + (f" {count(new, 'new item', 'new items')} {_was(new)} not created." if new else "")


def troubles(report: RunReport) -> list[str]:
    """A sentence for each kind of thing that somebody has to look at."""
    failed, in_doubt = (report.counts[status] for status in (RowStatus.FAILED, RowStatus.IN_DOUBT))
    told = []
    partial = len(partial_rows(report.spec.plan))
    is_left_out, reasons = report.results["status"] == RowStatus.LEFT_OUT, report.results["reason"]
    left_out = int((is_left_out & ~reasons.isin(NOTHING_TO_MEND)).sum())
    if (left_out or partial) and report.run.kind is RunKind.IMPORT:
        told.append(_left_out(left_out, partial))
    if failed:
        told.append(f"{count(failed, 'item', 'items')} could not be {any_of(report.meant)}; “Failed” below says why.")
    told += [*_held(report), *filter(None, [refused.sentence(report)])]
    if in_doubt:
        told.append(
            f"{count(in_doubt, 'item', 'items')} {'is' if in_doubt == 1 else 'are'} in doubt: Webflow gave no "
            "clear answer, so the new values may or may not be there. Going on looks before it sends."
        )
    if report.differences:
        told.append(_differences(report, is_all=not told and report.run.state is RunState.DONE))
    return told


def _differences(report: RunReport, *, is_all: bool) -> str:
    cells = count(len(report.differences), "cell", "cells")
    what = f"Webflow stored {cells} differently from {'your file' if report.spec.sheet else 'what was sent'}."
    told = f"All items were {any_of(report.meant)}, but {what}" if is_all else what
    return f"{told} See “Stored differently” below."


def _held(report: RunReport) -> list[str]:
    old, new = _old_and_new(report, RowStatus.HELD_BACK)
    since = f"since somebody changed {'it' if old == 1 else 'them'} after the preview."
    told = [f"{count(old, 'item', 'items')} {_was(old)} held back, {since}"] if old else []
    others = "an item like it" if new == 1 else "items like them"
    made = f"since there {'is' if new == 1 else 'are'} {others} in Webflow by now."
    return [*told, f"{count(new, 'new item', 'new items')} {_was(new)} held back, {made}"] if new else told


def _old_and_new(report: RunReport, status: RowStatus) -> tuple[int, int]:
    """How many items with this status there were before, and how many were to be created."""
    rows = report.results.index[report.results["status"] == status]
    new = len(report.new_rows.intersection(rows))
    return len(rows) - new, new


def _undone(run: Run) -> str:
    """What this run did is no more."""
    these = "the item it changed holds" if run.updated == 1 else f"the {run.updated:,} items it changed hold"
    told = [f"{these} again what was there before"] if run.updated else []
    made = "the item it created is" if run.created == 1 else f"the {run.created:,} items it created are"
    told += [f"{made} archived"] if run.created else []
    return f"This run was undone: {', and '.join(told)}, unless somebody edited since."


def _left_out(rows: int, partial: int) -> str:
    """The rest of the file, and the way to mend it."""
    whole = f"{count(rows, 'row', 'rows')} of your file {_was(rows)} left out" if rows else ""
    cells = (
        f"{count(partial, 'row', 'rows')} went without {'its' if partial == 1 else 'their'} wrong cells"
        if partial
        else ""
    )
    return (
        f"{'; '.join(filter(None, (whole, cells)))}. To bring {'it' if rows + partial == 1 else 'them'} in too: "
        "download “Rows to fix” below, mend what its columns Problem and How to fix name, and import that file."
    )


def _all_is_well(report: RunReport) -> str:
    run, done = report.run, report.done
    if not run.landed:
        return "There was nothing left to do: the items hold these values already."
    same = run.counts[RowStatus.UNCHANGED]
    rest = f" {count(same, 'item', 'items')} held {'its' if same == 1 else 'their'} new values already." if same else ""
    if run.landed == 1:
        return f"The item is {any_of(done)}.{rest}"
    if len(done) == 1:
        return f"All {run.landed:,} items are {any_of(done)}.{rest}"
    (word, number), *others = done.items()
    also = "".join(f" and {more:,} {'is' if more == 1 else 'are'} {other}" for other, more in others)
    return f"{count(number, 'item', 'items')} {'is' if number == 1 else 'are'} {word}{also}.{rest}"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _s(number: int) -> str:
    return "s" if number == 1 else ""
