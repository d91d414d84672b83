"""How a file was read, each choice changeable, and the way back from one that keeps it from being read."""

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.errors import ReadingCancelled, UnreadableFile
from lib.model.sheet import Source
from lib.stages.read import DELIMITERS, ENCODINGS, UnreadableTab
from lib.words.say import say, say_many
from lib.workflow.destination import Uploaded
from lib.workflow.upload import Upload
from pages.shared import frame
from pages.shared.plain import plain
from pages.shared.visit import Visit

READING_WIDTH = 280
MOST_IN_SIGHT = 8  # tabs


def draw(state: Visit, uploaded: Uploaded) -> None:
    """What was detected, each changeable; it stays open where something was guessed or chosen."""
    upload, source = uploaded.upload, uploaded.sheet.source
    tab = _tab(source) if len(source.tabs) > 1 else source.tab
    is_open = source.encoding_is_guess or upload != upload.as_detected
    with st.expander(_words(source), icon=":material/tune:", expanded=is_open):
        if made := len(uploaded.edits.done):
            st.text(
                say_many(
                    made,
                    "Reading it in another way takes back the {number:,} change made on the Check page.",
                    "Reading it in another way takes back the {number:,} changes made on the Check page.",
                )
            )
        _likely_encodings(state, upload, source)
        boxes = iter(st.columns(4))
        encoding, delimiter = source.encoding, source.delimiter
        if source.encoding:
            encoding = _choice(next(boxes), say("Encoding"), ENCODINGS, encoding)
            delimiter = _choice(next(boxes), say("Columns are separated by"), DELIMITERS, delimiter)
        header_row = int(next(boxes).number_input(say("Header is in row"), 1, value=source.header_row))
    changed = upload.chosen(source, tab=tab, header_row=header_row, encoding=encoding, delimiter=delimiter)
    if changed != upload:
        _read_as(state, changed)


def unreadable(state: Visit, upload: Upload, error: UnreadableFile) -> None:
    """Why the file was not read, and the ways on: another tab of a workbook, what had been detected, or once more."""
    if isinstance(error, ReadingCancelled):
        st.info(str(error), icon=":material/cancel:")
    else:
        frame.stopped(str(error))
    if isinstance(error, UnreadableTab) and len(error.source.tabs) > 1:
        tab = _tab(error.source)
        if tab != error.source.tab:
            _read_as(state, replace(upload, tab=tab, header_row=None))
    if upload != upload.as_detected and st.button(say("Read it as detected again"), key="read_again"):
        _read_as(state, upload.as_detected)
    if st.button(say("Read it now") if isinstance(error, ReadingCancelled) else say("Try again"), key="once_more"):
        _read_as(state, upload)


def _read_as(state: Visit, upload: Upload) -> None:
    state.keep(state.journey.read_as(upload))
    st.rerun()


def _likely_encodings(state: Visit, upload: Upload, source: Source) -> None:
    """What some words of the file are in each likely encoding, one click each."""
    if not source.readings:
        return
    if source.encoding_is_guess:
        st.markdown(say("This file does not say how its letters are written, so we guessed. Are these words right?"))
    for encoding, words in source.readings:
        is_current = encoding == source.encoding
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(
                say(ENCODINGS[encoding]),
                key=f"reading_{encoding}",
                icon=":material/check:" if is_current else ":material/translate:",
                disabled=is_current and not source.encoding_is_guess,
                help=say("The file is read this way now.") if is_current else None,
                width=READING_WIDTH,
            ):
                _read_as(state, replace(upload, encoding=encoding))
            st.text(words, width="stretch")


def _tab(source: Source) -> str:
    """The tabs with their sizes: all in sight where they are few."""
    sizes = dict(zip(source.tabs, source.tab_sizes, strict=True))

    def words(tab: str) -> str:
        return f"{tab} ({sizes[tab]})" if sizes[tab] else tab

    if len(source.tabs) > MOST_IN_SIGHT:
        place = source.tabs.index(source.tab)
        return st.selectbox(say("Which tab"), source.tabs, index=place, format_func=words)
    chosen = st.segmented_control(
        say("Which tab"), source.tabs, default=source.tab, format_func=lambda tab: plain(words(tab)), required=True
    )
    return chosen or source.tab


def _choice(box: DeltaGenerator, label: str, choices: dict[str, str], value: str) -> str:
    options = list(choices) if value in choices else [value, *choices]
    names = {option: say(choices[option]) if option in choices else option for option in options}
    return box.selectbox(label, options, index=options.index(value), format_func=names.__getitem__)


def _words(source: Source) -> str:
    parts = [say("header in row {row}", row=source.header_row)]
    if source.encoding:
        known = source.delimiter in DELIMITERS
        delimiter = say(DELIMITERS[source.delimiter]) if known else plain(source.delimiter)
        parts.insert(0, say("{delimiter} between columns", delimiter=delimiter))
        parts.insert(0, say(ENCODINGS.get(source.encoding, source.encoding)))
    if source.tab:
        parts.insert(0, say("tab {tab}", tab=plain(source.tab)))
    return say("How it was read: {ways}", ways=", ".join(parts))
