"""How a run went, in one or two sentences on top of its page."""

import streamlit as st

from lib.model.row_status import RowStatus
from lib.model.run import Run, RunKind
from lib.model.run_state import RunState, StopCause
from lib.model.words import NOTHING_TO_MEND, why_stopped
from lib.reports.follow_ups import FollowUps
from lib.reports.results import partial_rows
from lib.reports.run_report import RunReport
from pages.runs.words import DONE_WORDS
from pages.shared.plain import count, plain

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
    """What did not get its turn, as a sentence to follow another one."""
    number = report.counts[RowStatus.NOT_SENT]
    return f" {count(number, 'item')} {_was(number)} not sent and keep{_s(number)} the old values." if number else ""


def troubles(report: RunReport) -> list[str]:
    """A sentence for each kind of thing that somebody has to look at."""
    counts, done = report.counts, DONE_WORDS[report.run.kind]
    failed, held, in_doubt = (counts[status] for status in (RowStatus.FAILED, RowStatus.HELD_BACK, RowStatus.IN_DOUBT))
    told = []
    partial = len(partial_rows(report.spec.plan))
    is_left_out, reasons = report.results["status"] == RowStatus.LEFT_OUT, report.results["reason"]
    left_out = int((is_left_out & ~reasons.isin(NOTHING_TO_MEND)).sum())
    if (left_out or partial) and report.run.kind is RunKind.IMPORT:
        told.append(_left_out(left_out, partial))
    if failed:
        told.append(f"{count(failed, 'item')} could not be {done}; “Failed” below says why.")
    if held:
        told.append(
            f"{count(held, 'item')} {_was(held)} held back, since somebody changed "
            f"{'it' if held == 1 else 'them'} after the preview."
        )
    if in_doubt:
        told.append(
            f"{count(in_doubt, 'item')} {'is' if in_doubt == 1 else 'are'} in doubt: Webflow gave no "
            "clear answer, so the new values may or may not be there. Going on looks before it sends."
        )
    if report.differences:
        told.append(_differences(report, is_all=not told and report.run.state is RunState.DONE))
    return told


def _differences(report: RunReport, *, is_all: bool) -> str:
    cells, done = count(len(report.differences), "cell"), DONE_WORDS[report.run.kind]
    what = f"Webflow stored {cells} differently from {'your file' if report.spec.sheet else 'what was sent'}."
    return (f"All items were {done}, but {what}" if is_all else what) + " See “Stored differently” below."


def _undone(run: Run) -> str:
    """What this run did is no more."""
    these = "the item it changed holds" if run.updated == 1 else f"the {run.updated:,} items it changed hold"
    return f"This run was undone: {these} again what was there before, unless somebody edited since."


def _left_out(rows: int, partial: int) -> str:
    """The rest of the file, and the way to mend it."""
    whole = f"{count(rows, 'row')} of your file {_was(rows)} left out" if rows else ""
    cells = f"{count(partial, 'row')} went without {'its' if partial == 1 else 'their'} wrong cells" if partial else ""
    return (
        f"{'; '.join(filter(None, (whole, cells)))}. To bring {'it' if rows + partial == 1 else 'them'} in too: "
        "download “Rows to fix” below, mend what its columns Problem and How to fix name, and import that file."
    )


def _all_is_well(report: RunReport) -> str:
    run = report.run
    if not run.updated:
        return "There was nothing left to do: the items hold these values already."
    same = run.counts[RowStatus.UNCHANGED]
    rest = f" {count(same, 'item')} held {'its' if same == 1 else 'their'} new values already." if same else ""
    if run.updated == 1:
        return f"The item is {DONE_WORDS[run.kind]}.{rest}"
    return f"All {run.updated:,} items are {DONE_WORDS[run.kind]}.{rest}"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _s(number: int) -> str:
    return "s" if number == 1 else ""
