"""Show every problem with its address, and decide what happens to the rows that have one."""

import streamlit as st

from lib import workflow
from lib.errors import JournalUnavailable
from lib.fields import ReadContext, kind_of
from lib.fields.reference import separator_of
from lib.model.mapping import Role
from lib.model.problem import Severity, problem_table
from lib.model.stored_form import Memory
from lib.reports.files import csv_bytes
from lib.reports.results import with_item_ids
from lib.runs import reading
from lib.stages.check import check
from pages.shared import balance, column_options, damaged, steps, tables, waits
from pages.shared.plain import count
from pages.shared.records import journal, signed_in

state = steps.enter(steps.CHECK)


def run_check() -> None:
    """Read every matched value and hold it against the live collection."""
    fields = [state.collection.field(m.field_slug) for m in state.mapping.fields]
    with waits.saying("Reading the items that your references point to…") as hear:
        known = state.targets or {}
        state.targets = reading.load_targets(state.connection, fields, known, state.reading_locales, hear)
    with st.spinner(f"Checking {count(state.sheet.row_count, 'row')}…"):
        context = ReadContext(targets=state.targets, time_zone=state.site.time_zone)
        found = check(state.sheet, state.mapping, state.collection, state.items, context, state.locale_id, memory())
        state.keep(checked=found)


def memory() -> Memory:
    """What Webflow made of values sent before; nothing while the records are away, which costs no more than a guess."""
    try:
        return workflow.remembered(journal(), state.connection, state.collection, signed_in())
    except JournalUnavailable:
        return {}


def tiles() -> None:
    """Rows ready, rows with errors, warnings."""
    checked = state.checked
    bad = len(checked.error_rows)
    figures = {"Rows ready": state.sheet.row_count - bad, "Rows with errors": bad}
    balance.tiles(figures | {"Rows with warnings": len(checked.warning_rows)})


def problems() -> None:
    """The problem table with its filters."""
    if state.problems is None:
        state.keep(problems=problem_table(state.checked.problems))
    table = state.problems
    if (table["severity"] == Severity.FIXED).all():
        st.success("No problems. Every value fits the collection.", icon=":material/check_circle:")
    if table.empty:
        return
    levels, kinds = st.columns(2)
    level = levels.pills(
        "Level", list(Severity), selection_mode="multi", format_func=tables.SEVERITY_NAMES.get, key="level"
    )
    present = table["kind"].value_counts()
    kind = kinds.multiselect(
        "Problem",
        list(present.index),
        format_func=lambda k: f"{k} ({present[k]:,})",
        key="kind",
        placeholder="All problems",
    )
    chosen = table[table["severity"].isin(level or list(Severity)) & table["kind"].isin(kind or present.index)]
    tables.problem_grid(chosen, key="problems")
    st.download_button(
        "Download this list",
        lambda: csv_bytes(chosen),
        file_name="problems.csv",
        key="download_problems",
        icon=":material/download:",
        on_click="ignore",
    )


def item_ids() -> None:
    """The file with what was found, so that nobody has to look twice."""
    found = state.checked.item_ids
    if state.mapping.key.role is Role.ITEM_ID or not (found != "").any():
        return
    st.download_button(
        "My file with Item IDs filled in",
        lambda: csv_bytes(with_item_ids(state.sheet, found)),
        file_name=f"with-item-ids-{state.collection.slug}.csv",
        key="with_ids",
        icon=":material/download:",
        on_click="ignore",
        help="The Item ID finds an item even after its name or address changed.",
    )


def separators() -> None:
    """What parts the names in columns of several references; it can be changed where the column is matched."""
    context = ReadContext(targets=state.targets)
    for match in state.mapping.fields:
        field = state.collection.field(match.field_slug)
        texts = state.sheet.frame[match.column]
        if kind_of(field.type).choice == "separator" and (texts.str.strip() != "").any():
            word = column_options.SEPARATORS[separator_of(texts, field, match.choices, context)].lower()
            st.text(f"{match.column}: a {word} separates the names. Change it under Options on the Match page.")


def decide() -> None:
    """Go on with the good rows, or back to the file."""
    bad = len(state.checked.error_rows)
    good = state.sheet.row_count - bad
    if not good:
        st.error(
            "Every row has an error, so there is nothing to update. Fix the file and upload it again, "
            "or change how its columns are matched and read.",
            icon=":material/error:",
        )
    label = f"Leave out {count(bad, 'row')} with errors and preview" if bad else "Preview the changes"
    with st.container(horizontal=True):
        if good and st.button(label, key="next", type="primary"):
            state.keep(leave_out=bool(bad))
            st.switch_page(steps.PREVIEW.path)
        if bad and st.button("Upload a corrected file", key="again"):
            st.switch_page(steps.UPLOAD.path)
        if bad and st.button("Back to matching", key="match_again"):
            st.switch_page(steps.MATCH.path)


st.title("Do all values fit?")
if state.checked is None:
    run_check()
tiles()
damaged.choices(state)
problems()
separators()
item_ids()
decide()
