"""Take a file, show how it was read, and let the person change that."""

from collections.abc import Callable

import streamlit as st

from lib.errors import ReadingCancelled, UnreadableFile
from lib.model.problem import problem_table
from lib.model.sheet import Sheet
from lib.stages.read import get_ready, waiting_words
from lib.words.say import count
from lib.workflow.background import Progress
from lib.workflow.destination import Uploaded
from lib.workflow.upload import Upload
from pages.parts import upload_file, upload_reading
from pages.shared import in_reach, own_drafts, steps, tables, waits
from pages.shared.plain import plain

FIRST_ROWS = 10

state = steps.enter(steps.UPLOAD)


def read(upload: Upload) -> None:
    """Read the file; where that cannot be, it is kept why, since trying again would take as long."""

    def work(progress: Progress) -> Sheet:
        def waiting(ahead: int) -> None:
            progress.wait(waiting_words(ahead))

        def started(end: Callable[[], None]) -> None:
            progress.wait("")
            progress.ends_by(end)

        return upload.read(waiting, started)

    try:
        sheet = waits.do(work, cancel, f"Reading {plain(upload.name)} ({len(upload.content) / 1e6:,.1f} MB)")
    except UnreadableFile as error:
        state.keep(state.journey.leave_unread(error))
    else:
        state.keep(state.journey.read(sheet))
        state.load_early()  # in case the file names more languages, or what was read is long ago


def cancel() -> None:
    """The file stays, unread, unless it was read just before the button was pressed."""
    own_drafts.leave(state)
    if (file := state.journey.file) is not None and file.sheet is None:
        state.keep(state.journey.leave_unread(ReadingCancelled("You cancelled the reading of this file.")))


def show(uploaded: Uploaded) -> None:
    """File name, size, first rows, and what was noticed while reading."""
    sheet = uploaded.sheet
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(sheet.source.file_name)}**", width="content")
        for words in (count(sheet.row_count, "row", "rows"), count(len(sheet.columns), "column", "columns")):
            st.badge(words, color="gray" if uploaded.is_note else "green")
    if uploaded.is_note:
        where = "Choose another tab below" if len(sheet.source.tabs) > 1 else "Choose another file"
        st.warning(f"This does not look like a table: it has one column and one row. {where} if this is a note.")
    upload_reading.draw(state, uploaded)
    tables.first_rows(sheet, FIRST_ROWS)
    if sheet.problems:
        st.markdown("**Noticed while reading the file**")
        tables.problem_grid(problem_table(sheet.problems), key="reading")
    with in_reach.kept():
        if st.button("Continue to matching", key="next", type="primary"):
            steps.go(steps.MATCH)


get_ready()
upload_file.draw(state)
if (file := state.journey.file) is not None and file.sheet is None and file.unread is None:
    read(file.upload)
if (file := state.journey.file) is not None and file.unread is not None:
    upload_reading.unreadable(state, file.upload, file.unread)
if (uploaded := state.journey.reached(Uploaded)) is not None:
    own_drafts.onward(state, steps.UPLOAD)
    show(uploaded)
