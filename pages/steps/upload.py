"""Take a file, show how it was read, and let the person change that."""

from collections.abc import Callable

import streamlit as st

from lib.errors import ReadingCancelled, UnreadableFile
from lib.model.problem import problem_table
from lib.model.sheet import Sheet
from lib.stages.read import get_ready, waiting_words
from lib.words.say import say
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
        size = len(upload.content) / 1e6
        what = say("Reading {file} ({size:,.1f} MB)", file=plain(upload.name), size=size)
        sheet = waits.do(work, cancel, what)
    except UnreadableFile as error:
        state.keep(state.journey.leave_unread(error))
    else:
        state.keep(state.journey.read(sheet))
        state.load_early()  # in case the file names more languages, or what was read is long ago


def cancel() -> None:
    """The file stays, unread, unless it was read just before the button was pressed."""
    own_drafts.leave(state)
    if (file := state.journey.file) is not None and file.sheet is None:
        why = ReadingCancelled(say("You cancelled the reading of this file."))
        state.keep(state.journey.leave_unread(why))


def show(uploaded: Uploaded) -> None:
    """File name, size, first rows, and what was noticed while reading."""
    sheet = uploaded.sheet
    upload_file.loaded(uploaded)
    upload_reading.draw(state, uploaded)
    tables.first_rows(sheet, FIRST_ROWS)
    if sheet.problems:
        st.markdown(say("**Noticed while reading the file**"))
        tables.problem_grid(problem_table(sheet.problems), key="reading")
    with in_reach.kept():
        if st.button(say("Continue to matching"), key="next", type="primary"):
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
