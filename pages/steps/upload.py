"""Take a file, show how it was read, and let the person change that."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from lib.errors import UnreadableFile
from lib.fields import ReadContext
from lib.reports.export import export_csv, export_excel
from lib.runs import reading
from lib.stages.read import DELIMITERS, ENCODINGS, MAX_ROWS, UnreadableTab, waiting_words
from lib.workflow.upload import Upload
from pages.shared import cost, frame, steps, tables
from pages.shared.plain import count, plain

FILE_TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"]
FIRST_ROWS = 10
READING_WIDTH = 280
MANY_ITEMS = 1_000  # more of them take long enough to say how long

state = steps.enter(steps.UPLOAD)


def take_file() -> None:
    """The drop zone, and the fields this collection expects."""
    st.title("Which file brings the new values?")
    drop, expected = st.columns([3, 2], gap="large")
    with drop:
        if st.session_state.get("file") or state.upload is None:
            choose_file()
        else:
            kept_file()
    with expected.expander(f"What {plain(state.collection.display_name)} expects", expanded=state.upload is None):
        tables.expected_fields(state.collection)
    with expected.container(border=True):
        st.markdown(
            "**Start from what is there:** download the current items, edit them, and bring the file back. "
            "What you do not change stays as it is."
        )
        with st.container(horizontal=True):
            for label, write, ending in (("CSV", export_csv, "csv"), ("Excel", export_excel, "xlsx")):
                st.download_button(
                    f"Current items ({label})",
                    partial(current_items, write),
                    file_name=f"{state.collection.slug}.{ending}",
                    key=f"current_{ending}",
                    icon=":material/download:",
                    on_click="ignore",
                )
        if (state.item_count or 0) > MANY_ITEMS:
            st.caption(f"{count(state.item_count, 'item')} to read. {cost.to_read(state.item_count, state.connection)}")


def choose_file() -> None:
    """The drop zone; its ✕ takes the file away again."""
    st.markdown("Drop a CSV or Excel file with one row per item. The first row names the columns.")
    file = st.file_uploader("Your spreadsheet", type=FILE_TYPES, key="file", on_change=removed)
    st.caption(f"Up to {MAX_ROWS:,} rows. Nothing is sent to Webflow before you press Update.")
    if file is not None and (state.upload is None or file.file_id != state.file_id):
        state.keep(upload=Upload(name=file.name, content=file.getvalue()), file_id=file.file_id)


def kept_file() -> None:
    """For people who come back to this page: the file that is there, and the way to another one."""
    st.markdown(f"**{plain(state.upload.name)}** is loaded, as shown below. Nothing is sent before you press Update.")
    st.button("Choose another file", key="another_file", icon=":material/upload_file:", on_click=remove)


def removed() -> None:
    """The ✕ was pressed."""
    if st.session_state["file"] is None:
        remove()


def remove() -> None:
    """Forget the file and everything that was made from it."""
    state.keep(upload=None, file_id=None)


def current_items(write: Callable[..., bytes]) -> bytes:
    """All items as they are now, as a file."""
    fields = state.collection.writable_fields
    targets = reading.load_targets(state.connection, fields, state.targets or {}, state.reading_locales)
    items = reading.load_items(state.connection, state.collection.id, locales=state.reading_locales)
    return write(state.collection, items, ReadContext(targets=targets, time_zone=state.site.time_zone))


def how_it_was_read() -> None:
    """What was detected, each changeable; it stays open where something was guessed or chosen."""
    source = state.sheet.source
    as_found = Upload(name=state.upload.name, content=state.upload.content)
    is_open = source.encoding_is_guess or state.upload != as_found
    with st.expander(_reading(source), icon=":material/tune:", expanded=is_open):
        _likely_encodings(source)
        boxes = iter(st.columns(4))
        chosen: dict[str, object] = {}
        if len(source.tabs) > 1:
            chosen["tab"] = _tab(next(boxes), source)
        if source.encoding:
            chosen["encoding"] = _choice(next(boxes), "Encoding", ENCODINGS, source.encoding)
            chosen["delimiter"] = _choice(next(boxes), "Columns are separated by", DELIMITERS, source.delimiter)
        chosen["header_row"] = int(next(boxes).number_input("Header is in row", 1, value=source.header_row))
    changed = {name: value for name, value in chosen.items() if value != getattr(source, name)}
    if "tab" in changed:
        changed["header_row"] = None  # another tab has its own
    if changed:
        state.keep(upload=replace(state.upload, **changed))
        st.rerun()


def _likely_encodings(source) -> None:
    """What some words of the file are in each likely encoding, one click each."""
    if not source.readings:
        return
    if source.encoding_is_guess:
        st.markdown("This file does not say how its letters are written, so we guessed. Are these words right?")
    for encoding, words in source.readings:
        is_current = encoding == source.encoding
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(
                ENCODINGS[encoding],
                key=f"reading_{encoding}",
                icon=":material/check:" if is_current else ":material/translate:",
                disabled=is_current and not source.encoding_is_guess,
                help="The file is read this way now." if is_current else None,
                width=READING_WIDTH,
            ):
                state.keep(upload=replace(state.upload, encoding=encoding))
                st.rerun()
            st.text(words, width="stretch")


def _tab(box, source) -> str:
    """The tabs with their sizes."""
    sizes = dict(zip(source.tabs, source.tab_sizes, strict=True))
    return box.selectbox(
        "Tab",
        source.tabs,
        index=source.tabs.index(source.tab),
        format_func=lambda tab: f"{tab} ({sizes[tab]})" if sizes[tab] else tab,
    )


def _choice(box, label: str, choices: dict[str, str], value: str) -> str:
    options = list(choices) if value in choices else [value, *choices]
    return box.selectbox(label, options, index=options.index(value), format_func=lambda v: choices.get(v, v))


def _reading(source) -> str:
    parts = [f"header in row {source.header_row}"]
    if source.encoding:
        parts = [
            ENCODINGS.get(source.encoding, source.encoding),
            f"{DELIMITERS.get(source.delimiter, plain(source.delimiter))} between columns",
            *parts,
        ]
    if source.tab:
        parts = [f"tab {plain(source.tab)}", *parts]
    return "How it was read: " + ", ".join(parts)


def read() -> None:
    """Read the file; when a choice of the person keeps it from being read, offer the way back."""
    place = st.empty()
    try:
        with st.spinner("Reading your file…"):
            state.keep(sheet=state.upload.read(waiting=lambda ahead: place.caption(waiting_words(ahead))))
        place.empty()
    except UnreadableFile as error:
        frame.stopped(str(error))
        if isinstance(error, UnreadableTab) and len(error.source.tabs) > 1:
            other_tabs(error.source)
        as_found = Upload(name=state.upload.name, content=state.upload.content)
        if as_found != state.upload and st.button("Read it as detected again", key="read_again"):
            state.keep(upload=as_found)
            st.rerun()


def other_tabs(source) -> None:
    """The way to another tab of a workbook, when this one is no table."""
    tab = _tab(st.columns([1, 2])[0], source)
    if tab != source.tab:
        state.keep(upload=replace(state.upload, tab=tab, header_row=None))
        st.rerun()


def is_note(sheet) -> bool:
    """Whether there is hardly a table: a single cell below a header, as in a tab with a note."""
    return sheet.row_count == 1 and len(sheet.columns) == 1


def show_sheet() -> None:
    """File name, size, first rows, and what was noticed while reading."""
    sheet = state.sheet
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(sheet.source.file_name)}**", width="content")
        color = "gray" if is_note(sheet) else "green"
        st.badge(count(sheet.row_count, "row"), color=color)
        st.badge(count(len(sheet.columns), "column"), color=color)
    if is_note(sheet):
        where = "Choose another tab below" if len(sheet.source.tabs) > 1 else "Choose another file"
        st.warning(f"This does not look like a table: it has one column and one row. {where} if this is a note.")
    how_it_was_read()
    tables.first_rows(sheet, FIRST_ROWS)
    if sheet.problems:
        st.markdown("**Noticed while reading the file**")
        tables.problems(sheet.problems, key="reading")
    if st.button("Continue to matching", key="next", type="primary"):
        st.switch_page(steps.MATCH.path)


take_file()
if state.upload is not None:
    if state.sheet is None:
        read()
    if state.sheet is not None:
        show_sheet()
