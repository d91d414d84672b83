"""Take a run back: what would change, what is left alone and why, then one button."""

import streamlit as st

from lib import workflow
from lib.fields import Surroundings
from lib.model.plan import Fate
from lib.runs.follow_up import imports_files_again
from lib.stages.batch import batched
from lib.stages.cost import in_words, seconds_to_send
from lib.stages.diff import change_table
from pages.shared import balance, frame, run_next, steps, tables, visit
from pages.shared.plain import count, plain
from pages.shared.records import ask_for_token, connection_for, journal, run_at
from pages.shared.run_words import KINDS, moment

state = visit.current()
run_id = st.query_params.get("run")
db = journal()
run = run_at(db, run_id)
if run is None:
    frame.lost_run()
    st.stop()

st.title("Undo this run?")
st.markdown(
    f"{KINDS[run.kind]} of {plain(run.file_name or run.collection_name)}, {plain(moment(run.created_on))}: "
    f"{count(run.updated, 'item')} in **{plain(run.collection_name)}** on **{plain(run.site_name)}**."
)
connection = connection_for(run.id, run.is_demo)
if connection is None and not run.is_demo:
    connection = ask_for_token("Show what would change", f"undo_{run.id}")
if connection is None:
    if run.is_demo:
        st.info("The demo site of this run is gone: it lived in the app's memory.")
    st.stop()
if state.undo is None or state.undo.parent_id != run.id:
    with st.spinner("Reading the items as they are now…"):
        state.keep(undo=workflow.preview_undo(db, connection, run.id))
order = state.undo
figures = order.plan.balance
balance.draw(
    {
        "Will be brought back": figures.update,
        "As before already": figures.unchanged,
        "Left alone": figures.left_out,
    },
    figures.rows,
    "items that this run changed",
)
if imports_files_again(order):
    st.warning(
        "Images and files are brought back by their address, so Webflow will import them again.",
        icon=":material/image:",
    )
left = order.plan.fates != Fate.UPDATE
if left.any():
    with st.expander(f"{count(int(left.sum()), 'item')} will not change", expanded=True):
        names = {change.row: change.item_name for change in workflow.changes_of(db, run.id)}
        table = (
            order.plan.reasons[left].to_frame("Why").assign(Item=[names[row] for row in order.plan.fates.index[left]])
        )
        tables.grid(table.reset_index(names="Row")[["Row", "Item", "Why"]], alt="Items left alone", key="left_alone")
if figures.update:
    changes = change_table(order.plan, order.collection, Surroundings(time_zone=order.site.time_zone))
    names = {"row": "Row", "item": "Item", "field": "Field", "now": "Now", "after": "After"}
    tables.grid(changes.rename(columns=names), alt="Changes, one line per cell", key="undo_changes")
    requests = len(batched(order.plan.changes))
    st.caption(f"{count(requests, 'request')} to Webflow, {in_words(seconds_to_send(requests))}.")
with st.container(horizontal=True):
    if figures.update and st.button(f"Undo {count(figures.update, 'item')}", key="undo_now", type="primary"):
        run_next.start(db, connection, order)
    if st.button("Look again", key="look_again"):
        state.keep(undo=None)
        st.rerun()
    if st.button("Back to the run", key="back"):
        st.switch_page(steps.RESULTS.path, query_params={"run": run.id})
