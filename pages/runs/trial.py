"""After one item was sent to try it: the way back to the import, with the others, and with it if it did not land."""

import streamlit as st

from lib.model.plan import Change
from lib.model.row_status import LANDED, RowStatus
from lib.model.run import Run
from lib.words.say import say, say_many
from lib.workflow.planning import Planned
from pages.shared import steps
from pages.shared.own_runs import runs
from pages.shared.visit import Visit

THERE = (*LANDED, RowStatus.UNCHANGED)


def label(first: Change) -> str:
    """What the button says that sends this one alone."""
    if first.is_variant:
        return say("Try it with one translation")
    return say("Try it with one new item") if first.is_new else say("Try it with the first item")


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
    told, on = (_with_others if has_landed(run) else _with_all)(len(plan.changes))
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(told, width="stretch")
        if st.button(on, key="after_trial", type="primary"):
            steps.go(steps.SUBMIT)


def _with_others(waiting: int) -> tuple[str, str]:
    """What is said, and the button to go on, once the item has landed."""
    told = say_many(
        waiting,
        "This was a trial. Look at the item in Webflow; {number:,} other item still waits.",
        "This was a trial. Look at the item in Webflow; {number:,} other items still wait.",
    )
    return told, say_many(waiting, "Go on with {number:,} other item", "Go on with {number:,} other items")


def _with_all(waiting: int) -> tuple[str, str]:
    """The same where it has not landed, and is among those that wait."""
    told = say_many(
        waiting,
        "This was a trial. The item did not land, and stays in the plan; {number:,} item still waits.",
        "This was a trial. The item did not land, and stays in the plan; {number:,} items still wait.",
    )
    return told, say_many(waiting, "Go on with {number:,} item", "Go on with {number:,} items")
