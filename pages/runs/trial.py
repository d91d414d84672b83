"""After one item was sent to try it: the way back to the import, with the others, and with it if it did not land."""

import streamlit as st

from lib.model.plan import Change
from lib.model.row_status import LANDED, RowStatus
from lib.model.run import Run
from lib.words.say import count
from lib.workflow.planning import Planned
from pages.shared import steps
from pages.shared.own_runs import runs
from pages.shared.visit import Visit

THERE = (*LANDED, RowStatus.UNCHANGED)


def label(first: Change) -> str:
    """What the button says that sends this one alone."""
    one = "one translation" if first.is_variant else "one new item" if first.is_new else "the first item"
    return f"Try it with {one}"


def settle(state: Visit) -> None:
    """An item that did not land stays in the plan."""
    planned = state.journey.reached(Planned)
    if state.trial is None or state.run_id is not None or planned is None or not planned.before.tried:
        return
    run = runs().get(state.trial)
    if run is None or (not run.is_live and not has_landed(run)):
        state.keep(state.journey.choose_items(planned.without_trial()))


def has_landed(run: Run) -> bool:
    """Whether Webflow holds the item as it was sent."""
    return any(batch.counts[status] for batch in run.batches for status in THERE)


def draw(state: Visit, run: Run) -> None:
    """Only where the import of this visit still waits."""
    is_of_this_visit = run.id == state.trial and state.run_id is None
    settle(state)
    plan = state.journey.plan
    if not is_of_this_visit or plan is None or not plan.changes:
        return
    others = count(len(plan.changes), *(("other item", "other items") if has_landed(run) else ("item", "items")))
    waits = "waits" if len(plan.changes) == 1 else "wait"
    told = "Look at the item in Webflow" if has_landed(run) else "The item did not land, and stays in the plan"
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"This was a trial. {told}; {others} still {waits}.", width="stretch")
        if st.button(f"Go on with {others}", key="after_trial", type="primary"):
            steps.go(steps.SUBMIT)
