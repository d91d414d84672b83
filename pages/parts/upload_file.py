"""The file of an import: the drop zone, the file that is there, and what the collection expects of one."""

from functools import partial

import streamlit as st

from lib.reports.export import export_csv, export_excel
from lib.stages.read import MAX_ROWS
from lib.words.say import count
from lib.workflow import live_items
from lib.workflow.destination import Chosen
from lib.workflow.open_files import OPEN_FILES
from lib.workflow.upload import File, Upload
from pages.shared import cost, tables, visit
from pages.shared.plain import plain

FILE_TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"]
MANY_ITEMS = 1_000  # more of them take long enough to say how long


def draw(state: visit.Visit) -> None:
    """The drop zone, and the fields this collection expects."""
    st.title("Which file brings the new values?")
    drop, expected = st.columns([3, 2], gap="large")
    with drop:
        if st.session_state.get("file") or state.journey.file is None:
            _choose(state)
        else:
            _kept(state.journey.file)
    chosen, is_new = state.journey.at(Chosen), state.journey.file is None
    with expected.expander(f"What {plain(chosen.collection.display_name)} expects", expanded=is_new):
        tables.expected_fields(chosen.collection)
    with expected.container(border=True):
        _current_items(state, chosen)


def _choose(state: visit.Visit) -> None:
    """The drop zone; its ✕ takes the file away again."""
    st.markdown("Drop a CSV or Excel file with one row per item. The first row names the columns.")
    file = st.file_uploader("Your spreadsheet", type=FILE_TYPES, key="file", on_change=_removed)
    st.caption(f"Up to {MAX_ROWS:,} rows. Nothing is sent to Webflow before you press Update.")
    known = state.journey.file
    if file is not None and (known is None or file.file_id != known.id):
        OPEN_FILES.check(state, file.size)
        upload = Upload(name=file.name, content=file.getvalue())
        state.keep(state.journey.bring(File(id=file.file_id, upload=upload)))


def _kept(file: File) -> None:
    """For people who come back to this page: the file that is there, and the way to another one."""
    st.markdown(f"**{plain(file.upload.name)}** is loaded, as shown below. Nothing is sent before you press Update.")
    st.button("Choose another file", key="another_file", icon=":material/upload_file:", on_click=_remove)


def _removed() -> None:
    """The ✕ was pressed."""
    if st.session_state["file"] is None:
        _remove()


def _remove() -> None:
    state = visit.current()
    state.keep(state.journey.bring(None))


def _current_items(state: visit.Visit, chosen: Chosen) -> None:
    st.markdown(
        "**Start from what is there:** download the current items, edit them, and bring the file back. "
        "What you do not change stays as it is."
    )
    with st.container(horizontal=True):
        for label, write, ending in (("CSV", export_csv, "csv"), ("Excel", export_excel, "xlsx")):
            make = partial(live_items.current, state.way_in, chosen, write)
            tables.download(
                f"Current items ({label})", make, f"{chosen.collection.slug}.{ending}", key=f"current_{ending}"
            )
    if chosen.item_count > MANY_ITEMS:
        st.caption(
            f"{count(chosen.item_count, 'item', 'items')} to read. {cost.to_read(chosen.item_count, state.way_in)}"
        )
