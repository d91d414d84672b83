"""Every change, now → after, before anything is sent."""

import json

import streamlit as st

from lib.fields import ReadContext
from lib.model.plan import RowDecision, SendChoices, StatusChoice
from lib.reports.addresses import redirects
from lib.reports.files import csv_bytes
from lib.stages.batch import batched
from lib.stages.diff import change_table
from lib.stages.plan import plan_changes
from lib.webflow.wire import update_body
from pages.shared import balance, cost, steps, tables
from pages.shared.plain import count, plain

STATUS_WORDS = {
    StatusChoice.KEEP: "Keep each item's status",
    StatusChoice.DRAFT: "Set them as draft",
    StatusChoice.READY: "Mark them ready to publish",
}

state = steps.enter(steps.PREVIEW)


def choose() -> None:
    """Status, staged or live, and what happens to bad images."""
    with st.expander("How the items are sent", icon=":material/tune:"):
        status = st.radio(
            "Status of the changed items",
            list(StatusChoice),
            format_func=STATUS_WORDS.get,
            index=list(StatusChoice).index(state.choices.status),
            key="status",
        )
        live = st.radio(
            "When visitors see it",
            [False, True],
            index=int(state.choices.live),
            format_func=lambda v: (
                "At once: the published pages change too"
                if v
                else "After the next publish: the published pages stay as they are until then"
            ),
            key="live",
        )
        skip = st.checkbox(
            "Leave out images and files that Webflow cannot fetch, without telling",
            value=state.choices.skip_invalid_files,
            key="skip_files",
            help="Off: an item whose image cannot be fetched is refused and reported, so you can fix it. "
            "On: Webflow updates the rest of the item and drops the image without a word.",
        )
        state.read_back = st.checkbox(
            "Read back what Webflow stored, after the run",
            value=state.read_back,
            key="read_back",
            help="Shows every cell that Webflow stored differently from what was sent. "
            "One request more for each 100 items.",
        )
    choices = SendChoices(status=status, live=live, skip_invalid_files=skip)
    if choices != state.choices:
        state.keep(choices=choices)
        st.rerun()


def make_plan() -> None:
    """Compare every row with its live item."""
    with st.spinner(f"Comparing {count(state.sheet.row_count, 'row')} with the live items…"):
        state.keep(
            plan=plan_changes(
                state.checked,
                state.collection,
                state.choices,
                leave_out_errors=state.leave_out,
                secondary_locales=state.secondary_locales,
            )
        )


def context() -> ReadContext:
    return ReadContext(targets=state.targets, time_zone=state.site.time_zone)


def changes() -> None:
    """The table of changes with its filters."""
    if state.changes is None:
        state.keep(changes=change_table(state.plan, state.collection, context()))
    table = state.changes
    fields, search = st.columns(2)
    present = table["field"].value_counts()
    chosen = fields.multiselect(
        "Field",
        list(present.index),
        format_func=lambda f: f"{f} ({present[f]:,})",
        key="field",
        placeholder="All fields",
    )
    words = search.text_input("Search items", key="search", placeholder="Part of an item's name")
    shown = table[
        table["field"].isin(chosen or present.index) & table["item"].str.contains(words, case=False, regex=False)
    ]
    names = {"row": "Row", "item": "Item", "field": "Field", "now": "Now", "after": "After"}
    tables.grid(shown.rename(columns=names), alt="Changes, one line per changed cell", key="changes")


def addresses() -> None:
    """Pages that move, with a list for redirects."""
    moved = redirects(state.plan, state.collection)
    if moved.empty:
        return
    st.warning(
        f"{count(len(moved), 'page')} would get a new address. Links to the old one break; Webflow sets no redirects.",
        icon=":material/link_off:",
    )
    with st.expander("Old and new addresses"):
        tables.grid(moved, alt="Pages with a new address", key="addresses")
        st.download_button(
            "Redirect list (CSV)",
            lambda: csv_bytes(moved[["Old path", "New path"]]),
            file_name=f"{state.collection.slug}-redirects.csv",
            key="redirects",
            icon=":material/download:",
            on_click="ignore",
        )


def others() -> None:
    """The rows that change nothing, each with its reason."""
    rest = state.plan.decisions != RowDecision.UPDATE
    if not rest.any():
        return
    table = state.plan.decisions[rest].astype("str").to_frame("What happens").assign(Why=state.plan.reasons[rest])
    with st.expander(f"{count(int(rest.sum()), 'row')} will not change anything"):
        tables.grid(table.reset_index(names="Row"), alt="Rows that change nothing, with the reason", key="others")


def for_developers() -> None:
    """The exact requests."""
    batches = batched(state.plan.changes)
    with st.expander("For developers", icon=":material/code:"):
        number = st.selectbox(
            "Batch", [b.number for b in batches], key="batch", format_func=lambda n: f"Batch {n} of {len(batches)}"
        )
        address = f"PATCH /v2/collections/{state.collection.id}/items{'/live' if state.choices.live else ''}"
        st.code(f"{address}?skipInvalidFiles={str(state.choices.skip_invalid_files).lower()}", language=None)
        st.code(
            json.dumps(update_body(batches[number - 1].changes), indent=2, ensure_ascii=False),
            language="json",
            height=320,
        )


def go_on() -> None:
    """What it costs, and the button."""
    st.markdown(cost.told(state.plan.changes, state.connection, read_back=state.read_back))
    if st.button(f"Continue with {count(len(state.plan.changes), 'item')}", key="next", type="primary"):
        st.switch_page(steps.SUBMIT.path)


st.title("What will change" if state.run_id is None else "What this plan changed")
if state.run_id is not None:
    steps.sent_already()
choose()
if state.plan is None:
    make_plan()
figures = state.plan.balance
balance.draw(
    {
        "Will update": figures.update,
        "Already up to date": figures.unchanged,
        "Left out": figures.left_out,
        "With errors": figures.errors,
    },
    figures.rows,
)
if figures.update:
    addresses()
    changes()
    others()
    for_developers()
    if state.run_id is None:
        go_on()
else:
    st.success(
        f"Nothing to update: {plain(state.collection.display_name)} already holds what your file says.",
        icon=":material/check_circle:",
    )
    if st.button("Import another file", key="another_file", icon=":material/upload_file:"):
        state.keep(upload=None, file_id=None)
        st.switch_page(steps.UPLOAD.path)
    others()
