"""Every change, now → after, before anything is sent."""

import streamlit as st

from lib.model.row_status import RowStatus
from lib.words.say import count, say
from lib.workflow.background import Progress
from lib.workflow.destination import Uploaded
from lib.workflow.journey import Journey
from lib.workflow.planning import Planned
from pages.parts import (
    preview_absent,
    preview_changes,
    preview_choices,
    preview_left_out,
    preview_live,
    preview_verdict,
    preview_way_on,
)
from pages.shared import balance, steps, waits
from pages.shared.plain import plain

state = steps.enter(steps.PREVIEW)


def make_plan() -> None:
    """Compare every row with its live item."""
    journey = state.journey
    rows = count(journey.at(Uploaded).sheet.row_count, "row", "rows")
    what = say("Comparing {rows} with the live items", rows=rows)

    def made(work: Progress) -> Journey:
        def tell(done: int, total: int, field: str) -> None:
            name = plain(field)
            words = say("Comparing field {number} of {total}: {field}", number=done + 1, total=total, field=name)
            work.tell(done, total, words)

        work.tell(0, 1, what)
        found = journey.make_plan(tell)
        _ = found.at(Planned).changes  # worked out here, where it can be waited for
        return found

    state.keep(waits.do(made, waits.back_to(steps.CHECK.path), what))


st.title(say("What will change") if state.run_id is None else say("What this plan changed"))
if state.run_id is not None:
    steps.sent_already()
verdict = st.container()  # the first thing to read, known once there is a plan
preview_choices.draw(state)
if state.journey.plan is None:
    make_plan()
planned = state.journey.at(Planned)
counts = planned.counts
balance.draw(
    {
        say("Will update"): counts[RowStatus.WILL_UPDATE],
        **({say("Will create"): counts[RowStatus.WILL_CREATE]} if planned.new_rows else {}),
        say("Already up to date"): counts[RowStatus.UNCHANGED],
        say("Left out"): counts[RowStatus.LEFT_OUT],
        say("With errors"): counts[RowStatus.WITH_ERRORS],
    },
    say("{rows} in the file", rows=count(counts.total(), "row", "rows")),
)
preview_left_out.draw(state, planned)
if planned.plan.changes:
    with verdict:
        preview_verdict.draw(planned, is_sent=state.run_id is not None)
    preview_changes.draw(state, planned)
    preview_absent.draw(state, planned)
    if state.run_id is None:
        preview_way_on.draw(state, planned)
else:
    preview_way_on.elsewhere(state, planned)
    preview_changes.others(planned)
    preview_absent.draw(state, planned)
if state.run_id is None:
    with verdict:
        preview_live.draw(planned)
