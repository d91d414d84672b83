"""The file of an import: the drop zone, the file that is there, and what the collection expects of one."""

from functools import partial

import streamlit as st

from lib.reports.export import export_csv, export_excel
from lib.stages.read import MAX_ROWS
from lib.words.say import count, say
from lib.workflow import live_items
from lib.workflow.destination import Chosen, Uploaded
from lib.workflow.upload import File, Upload
from pages.shared import cost, resting, tables, visit
from pages.shared.plain import plain

FILE_TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"]
MANY_ITEMS = 1_000  # more of them take long enough to say how long


def draw(state: visit.Visit) -> None:
    """The drop zone, and the fields this collection expects."""
    st.title(say("Which file brings the new values?"))
    drop, expected = st.columns([3, 2], gap="large")
    with drop:
        if st.session_state.get("file") or state.journey.file is None:
            _choose(state)
        else:
            _kept(state.journey.file)
    chosen, is_new = state.journey.at(Chosen), state.journey.file is None
    label = say("What {collection} expects", collection=plain(chosen.collection.display_name))
    with expected.expander(label, expanded=is_new):
        tables.expected_fields(chosen.collection)
    with expected.container(border=True):
        _current_items(state, chosen)


def loaded(uploaded: Uploaded) -> None:
    """Its name and size; and a doubt, where it seems to be no table."""
    sheet = uploaded.sheet
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(sheet.source.file_name)}**", width="content")
        for words in (count(sheet.row_count, "row", "rows"), count(len(sheet.columns), "column", "columns")):
            st.badge(words, color="gray" if uploaded.is_note else "green")
    if uploaded.is_note:
        what = say("This does not look like a table: it has one column and one row.")
        other_tab = say("Choose another tab below if this is a note.")
        way = other_tab if len(sheet.source.tabs) > 1 else say("Choose another file if this is a note.")
        st.warning(f"{what} {way}")


def _choose(state: visit.Visit) -> None:
    """The drop zone; its ✕ takes the file away again."""
    st.markdown(say("Drop a CSV or Excel file with one row per item. The first row names the columns."))
    file = st.file_uploader(say("Your spreadsheet"), type=FILE_TYPES, key="file", on_change=_removed)
    st.caption(say("Up to {rows:,} rows. Nothing is sent to Webflow before you press Update.", rows=MAX_ROWS))
    known = state.journey.file
    if file is not None and (known is None or file.file_id != known.id):
        resting.make_room(state, file.size)
        upload = Upload(name=file.name, content=file.getvalue())
        state.keep(state.journey.bring(File(id=file.file_id, upload=upload)))


def _kept(file: File) -> None:
    """For people who come back to this page: the file that is there, and the way to another one."""
    name = plain(file.upload.name)
    st.markdown(say("**{file}** is loaded, as shown below. Nothing is sent before you press Update.", file=name))
    st.button(say("Choose another file"), key="another_file", icon=":material/upload_file:", on_click=_remove)


def _removed() -> None:
    """The ✕ was pressed."""
    if st.session_state["file"] is None:
        _remove()


def _remove() -> None:
    state = visit.current()
    state.keep(state.journey.bring(None))


def _current_items(state: visit.Visit, chosen: Chosen) -> None:
    st.markdown(
        say(
            "**Start from what is there:** download the current items, edit them, and bring the file back. "
            "What you do not change stays as it is."
        )
    )
    with st.container(horizontal=True):
        for kind, write, ending in (("CSV", export_csv, "csv"), ("Excel", export_excel, "xlsx")):
            make = partial(live_items.current, state.way_in, chosen, write)
            label = say("Current items ({kind})", kind=kind)
            tables.download(label, make, f"{chosen.collection.slug}.{ending}", key=f"current_{ending}")
    if chosen.item_count > MANY_ITEMS:
        items = say("{items} to read.", items=count(chosen.item_count, "item", "items"))
        st.caption(f"{items} {cost.to_read(chosen.item_count, state.way_in)}")
