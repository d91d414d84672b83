"""Send the plan with one press, and watch it go."""

import secrets

import streamlit as st

from lib import workflow
from lib.model.run import OutcomeStatus, RunState
from lib.runs import runner
from lib.runs.progress import seconds_left
from lib.stages.cost import in_words
from pages.shared import steps
from pages.shared.plain import count, plain

REFRESH_SECONDS = 0.5

state = steps.enter(steps.SUBMIT)
items = count(len(state.plan.changes), "item")


def start() -> None:
    """Start the run of this plan; pressing twice starts one run."""
    state.run_key = state.run_key or secrets.token_urlsafe(16)
    state.run_id = workflow.start_run(state.connection, state.collection, state.plan, state.choices, state.run_key)


def confirm() -> None:
    """The sentence that sums it up, and the button."""
    where = (
        "and publish the change at once"
        if state.choices.live
        else "as staged content; visitors see it after the next publish"
    )
    st.markdown(
        f"Flowsheet will update **{items}** in **{plain(state.collection.display_name)}** on "
        f"**{plain(state.site.display_name)}** {where}. "
        "Everything else on the site stays as it is; nothing is ever deleted."
    )
    sure = not state.choices.live or st.checkbox("I understand that visitors see these changes at once", key="sure")
    with st.container(horizontal=True):
        st.button(f"Update {items}", key="update", type="primary", on_click=start, disabled=not sure)
        if st.button("Back to the preview", key="back"):
            st.switch_page(steps.PREVIEW.path)
    if not sure:
        st.caption("Tick the box above to go on.")


@st.fragment(run_every=REFRESH_SECONDS)
def progress() -> None:
    """How far the run is; opens the results when it is over."""
    run = runner.snapshot(state.run_id)
    if run is None or run.state is not RunState.RUNNING:
        st.switch_page(steps.RESULTS.path)
    done = len(run.outcomes)
    landed = sum(outcome.status is OutcomeStatus.UPDATED for outcome in run.outcomes)
    left = seconds_left(run)
    st.progress(done / run.change_count, text=f"{done:,} of {count(run.change_count, 'item')}")
    st.markdown(
        f"Batch {min(len(run.batches) + 1, run.batch_count)} of {run.batch_count}"
        + (f", {in_words(left)} left" if left else "")
    )
    if run.waiting:
        st.info(plain(run.waiting), icon=":material/hourglass_top:")
    if done > landed:
        st.caption(f"{count(done - landed, 'item')} could not be updated so far; the results page says why.")


if state.run_id is None:
    st.title("Ready to update")
    confirm()
else:
    st.title(f"Updating {items}")
    progress()
