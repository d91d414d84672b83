"""Send the plan with one press."""

import secrets

import streamlit as st

from lib import workflow
from lib.errors import CollectionBusy
from pages.shared import frame, steps
from pages.shared.plain import count, plain
from pages.shared.records import journal, signed_in

state = steps.enter(steps.SUBMIT)
db = journal()
items = count(len(state.plan.changes), "item")


@frame.in_words()
def start() -> None:
    """Start the run of this plan; pressing twice starts one run."""
    state.run_key = state.run_key or secrets.token_urlsafe(16)
    order = workflow.order_import(
        site=state.site,
        collection=state.collection,
        plan=state.plan,
        choices=state.choices,
        read_back=state.read_back,
        read_on=state.read_on,
        sheet=state.sheet,
        content=state.upload.content,
        mapping=state.mapping,
        checked=state.checked,
    )
    try:
        state.run_id = workflow.start_run(db, state.connection, order, state.run_key, signed_in())
    except CollectionBusy as busy:
        state.notice = busy


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
        "Everything else on the site stays as it is; nothing is ever deleted, and the run can be undone."
    )
    st.caption("Items that somebody changes in Webflow before they are sent are held back, for you to decide.")
    sure = not state.choices.live or st.checkbox("I understand that visitors see these changes at once", key="sure")
    with st.container(horizontal=True):
        st.button(f"Update {items}", key="update", type="primary", on_click=start, disabled=not sure)
        if st.button("Back to the preview", key="back"):
            st.switch_page(steps.PREVIEW.path)
    if not sure:
        st.caption("Tick the box above to go on.")


if state.run_id is not None:
    st.switch_page(steps.RESULTS.path, query_params={"run": state.run_id})
st.title("Ready to update")
if state.notice:
    frame.busy(state.notice)
confirm()
