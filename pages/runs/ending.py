"""How a run went, in one or two sentences on top of its page."""

import streamlit as st

from lib.model.row_status import RowStatus
from lib.model.run import Run, RunKind
from lib.model.run_state import RunState, StopCause
from lib.model.words import NOTHING_TO_MEND, why_stopped
from lib.reports.follow_ups import FollowUps
from lib.reports.results import partial_rows
from lib.reports.run_report import RunReport
from lib.words.say import count, later, say, say_many
from pages.runs import refused
from pages.runs.words import all_of, any_of
from pages.shared.plain import plain

CALM_ENDS = {
    StopCause.BY_PERSON: later("You stopped this run."),
    StopCause.GIVEN_UP: later("This run was given up."),
    StopCause.ABANDONED: later("Nobody resumed this run for 15 minutes, so another one could begin."),
}


def draw(report: RunReport, after: FollowUps) -> None:
    """Calm where a person wanted it so or all is well, a warning where somebody has to look."""
    run = report.run
    rest = not_sent(report)
    if run.stop and run.stop.cause in CALM_ENDS:
        st.info(" ".join([say(CALM_ENDS[run.stop.cause]), *rest]), icon=":material/stop_circle:")
    elif run.stop:
        told_why = say("The run stopped early. {why}", why=plain(why_stopped(run.stop)))
        st.error(" ".join([told_why, *rest]), icon=":material/error:")
    told = troubles(report)
    if after.is_undone:
        st.info(_undone(run), icon=":material/undo:")
    elif told:
        st.warning(" ".join(told), icon=":material/warning:")
    elif run.state is RunState.DONE:
        st.success(_all_is_well(report), icon=":material/check_circle:")


def not_sent(report: RunReport) -> list[str]:
    """What did not get its turn, in sentences."""
    old, new = _old_and_new(report, RowStatus.NOT_SENT)
    told = say_many(
        old,
        "{number:,} item was not sent and keeps the old values.",
        "{number:,} items were not sent and keep the old values.",
    )
    created = say_many(new, "{number:,} new item was not created.", "{number:,} new items were not created.")
    return [sentence for number, sentence in ((old, told), (new, created)) if number]


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
        told.append(_failed(failed, any_of(report.meant)))
    told += [*_held(report), *filter(None, [refused.sentence(report)])]
    if in_doubt:
        told.append(_in_doubt(in_doubt))
    if report.differences:
        told.append(_differences(report, is_all=not told and report.run.state is RunState.DONE))
    return told


def _failed(number: int, done: str) -> str:
    return say_many(
        number,
        "{number:,} item could not be {done}; “Failed” below says why.",
        "{number:,} items could not be {done}; “Failed” below says why.",
        done=done,
    )


def _in_doubt(number: int) -> str:
    return say_many(
        number,
        "{number:,} item is in doubt: Webflow gave no clear answer, so the new values may or may not be there. Going "
        "on looks before it sends.",
        "{number:,} items are in doubt: Webflow gave no clear answer, so the new values may or may not be there. Going "
        "on looks before it sends.",
    )


def _differences(report: RunReport, *, is_all: bool) -> str:
    cells = count(len(report.differences), "cell", "cells")
    if report.spec.sheet:
        told = say("Webflow stored {cells} differently from your file.", cells=cells)
    else:
        told = say("Webflow stored {cells} differently from what was sent.", cells=cells)
    if is_all:
        told = say("All items were {done}, but {what}", done=any_of(report.meant), what=told)
    return " ".join([told, say("See “Stored differently” below.")])


def _held(report: RunReport) -> list[str]:
    old, new = _old_and_new(report, RowStatus.HELD_BACK)
    changed = say_many(
        old,
        "{number:,} item was held back, since somebody changed it after the preview.",
        "{number:,} items were held back, since somebody changed them after the preview.",
    )
    made = say_many(
        new,
        "{number:,} new item was held back, since there is an item like it in Webflow by now.",
        "{number:,} new items were held back, since there are items like them in Webflow by now.",
    )
    return [sentence for number, sentence in ((old, changed), (new, made)) if number]


def _old_and_new(report: RunReport, status: RowStatus) -> tuple[int, int]:
    """How many items with this status there were before, and how many were to be created."""
    rows = report.results.index[report.results["status"] == status]
    new = len(report.new_rows.intersection(rows))
    return len(rows) - new, new


def _undone(run: Run) -> str:
    """What this run did is no more."""
    changed = say_many(
        run.updated,
        "the item it changed holds again what was there before",
        "the {number:,} items it changed hold again what was there before",
    )
    made = say_many(run.created, "the item it created is archived", "the {number:,} items it created are archived")
    if run.updated and run.created:
        what = say("{changed}, and {made}", changed=changed, made=made)
    else:
        what = made if run.created else changed
    return say("This run was undone: {what}, unless somebody edited since.", what=what)


def _left_out(rows: int, partial: int) -> str:
    """The rest of the file, and the way to mend it."""
    whole = say_many(rows, "{number:,} row of your file was left out", "{number:,} rows of your file were left out")
    cells = say_many(
        partial, "{number:,} row went without its wrong cells", "{number:,} rows went without their wrong cells"
    )
    return say_many(
        rows + partial,
        "{what}. To bring it in too: download “Rows to fix” below, mend what its columns Problem and How to fix name, "
        "and import that file.",
        "{what}. To bring them in too: download “Rows to fix” below, mend what its columns Problem and How to fix "
        "name, and import that file.",
        what="; ".join(told for number, told in ((rows, whole), (partial, cells)) if number),
    )


def _all_is_well(report: RunReport) -> str:
    run, done = report.run, report.done
    if not run.landed:
        return say("There was nothing left to do: the items hold these values already.")
    if run.landed == 1:
        told = say("The item is {done}.", done=any_of(done))
    elif len(done) == 1:
        told = say("All {number:,} items are {done}.", number=run.landed, done=any_of(done))
    else:
        (word, number), *others = done.items()
        first = say_many(number, "{number:,} item is {done}", "{number:,} items are {done}", done=say(word))
        told = f"{all_of([first, *(_also(more, other) for other, more in others)])}."
    if same := run.counts[RowStatus.UNCHANGED]:
        held = say_many(
            same, "{number:,} item held its new values already.", "{number:,} items held their new values already."
        )
        return f"{told} {held}"
    return told


def _also(number: int, done: str) -> str:
    return say_many(number, "{number:,} is {done}", "{number:,} are {done}", done=say(done))
