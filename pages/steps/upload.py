"""Take a file, show how it was read, and let the person change that."""

from typing import Literal

import streamlit as st

from lib.errors import UnreadableFile
from lib.model.problem import problem_table
from lib.stages.read import get_ready, waiting_words
from lib.workflow.destination import Uploaded
from lib.workflow.upload import Upload
from pages.parts import upload_file, upload_reading
from pages.shared import steps, tables
from pages.shared.plain import count, plain

FIRST_ROWS = 10

state = steps.enter(steps.UPLOAD)


def read(upload: Upload) -> None:
    """Read the file; when a choice of the person keeps it from being read, offer the way back."""
    place = st.empty()

    def tell(ahead: int) -> None:
        place.caption(waiting_words(ahead))

    try:
        with st.spinner("Reading your file…"):
            sheet = upload.read(waiting=tell)
    except UnreadableFile as error:
        upload_reading.unreadable(state, upload, error)
    else:
        place.empty()
        state.keep(state.journey.read(sheet))


def show(uploaded: Uploaded) -> None:
    """File name, size, first rows, and what was noticed while reading."""
    sheet = uploaded.sheet
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(sheet.source.file_name)}**", width="content")
        color: Literal["gray", "green"] = "gray" if uploaded.is_note else "green"
        st.badge(count(sheet.row_count, "row"), color=color)
        st.badge(count(len(sheet.columns), "column"), color=color)
    if uploaded.is_note:
        where = "Choose another tab below" if len(sheet.source.tabs) > 1 else "Choose another file"
        st.warning(f"This does not look like a table: it has one column and one row. {where} if this is a note.")
    upload_reading.draw(state, uploaded)
    tables.first_rows(sheet, FIRST_ROWS)
    if sheet.problems:
        st.markdown("**Noticed while reading the file**")
        tables.problem_grid(problem_table(sheet.problems), key="reading")
    if st.button("Continue to matching", key="next", type="primary"):
        st.switch_page(steps.MATCH.path)


get_ready()
upload_file.draw(state)
if (file := state.journey.file) is not None and file.sheet is None:
    read(file.upload)
if (uploaded := state.journey.reached(Uploaded)) is not None:
    show(uploaded)
