"""Send the plan with one press."""

import secrets
import time
from collections import Counter

import streamlit as st

from lib.errors import CollectionBusy
from lib.workflow.import_spec import import_spec
from pages.shared import cost, frame, starting, steps, visit
from pages.shared.own_runs import runs
from pages.shared.plain import count, plain

PLACE = "submit"
IMPATIENCE_SECONDS = 5.0  # a second click that arrives when the results are on their way leads there, too
PROMISES = ("Nothing is ever deleted.", "You can undo the run.", "You can close the tab: the run goes on.")

state = steps.enter(steps.SUBMIT)
own = runs()  # says at once when the records are away
items = count(len(state.plan.changes), "item")


@frame.in_words()
def start() -> None:
    """Start the run of this plan; pressing twice starts one run."""
    state.notice = None
    state.run_key = state.run_key or secrets.token_urlsafe(16)
    order = import_spec(
        site=state.site,
        collection=state.collection,
        plan=state.plan,
        choices=state.choices,
        read_back=state.read_back,
        read_on=state.read_on,
        since=state.since,
        sheet=state.sheet,
        content=state.upload.content,
        mapping=state.mapping,
        checked=state.checked,
    )
    try:
        state.run_id = own.start(state.connection, order, state.run_key)
    except CollectionBusy as error:
        state.notice = visit.Notice(error, PLACE)
    else:
        state.go_to, state.sent_at = state.run_id, time.monotonic()


def what() -> None:
    """What will be sent: items, fields, rows left out, requests."""
    st.markdown(
        f"Flowsheet will update **{items}** in **{plain(state.collection.display_name)}** on "
        f"**{plain(state.site.display_name)}**."
    )
    fields = Counter(slug for change in state.plan.changes for slug in change.after)
    names = [f"{plain(state.collection.field(slug).display_name)} ({number:,})" for slug, number in fields.items()]
    figures = state.plan.balance
    left = figures.left_out + figures.errors
    lines = [f"Fields that change: {', '.join(names) or 'the status only'}"]
    if left:
        lines.append(f"{count(left, 'row')} of the file {'is' if left == 1 else 'are'} left out")
    lines.append(cost.told(state.plan.changes, state.connection, read_back=state.read_back).removesuffix("."))
    st.markdown("\n".join(f"- {line}" for line in lines))


def promises() -> None:
    """What to rely on, and who will see it when."""
    if state.choices.live:
        st.warning("Visitors see these changes at once.", icon=":material/visibility:")
    else:
        st.markdown("Visitors see nothing until you publish.")
    st.markdown("  \n".join(f":material/check: {promise}" for promise in PROMISES))
    st.markdown("Items that somebody changes in Webflow before they are sent are held back, for you to decide.")


def confirm() -> None:
    """The button, and for live changes the box before it."""
    sure = not state.choices.live or st.checkbox("I understand that visitors see these changes at once", key="sure")
    with st.container(horizontal=True):
        st.button(f"Update {items}", key="update", type="primary", on_click=start, disabled=not sure)
        if st.button("Back to the preview", key="back"):
            st.switch_page(steps.PREVIEW.path)
    if not sure:
        st.markdown("Tick the box above to go on.")


starting.leave()
if state.run_id is not None and time.monotonic() - state.sent_at < IMPATIENCE_SECONDS:
    st.switch_page(steps.RESULTS.path, query_params={"run": state.run_id})
if state.run_id is not None:
    st.title("This plan was sent")
    steps.sent_already()
else:
    st.title("Ready to update")
    if starting.in_the_way(PLACE):
        start()
        st.rerun()
    what()
    promises()
    confirm()
