"""The frame around every page: who we are, where the visitor is, what stopped the work."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from lib.errors import CollectionBusy, FlowsheetError
from pages.shared import steps, visit
from pages.shared.plain import count, plain


def header(page_title: str) -> None:
    """The name, the context of the visit, and the steps."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown("### :material/table_convert: Flowsheet", width="content")
        st.caption(_context(visit.current()), width="content")
        st.page_link(steps.HISTORY.path, label="Runs", icon=":material/history:", width="content")
    if page_title in {step.title for step in steps.STEPS}:
        steps.draw(page_title)


def _context(state: visit.Visit) -> str:
    parts = [
        state.site.display_name if state.site else "",
        state.collection.display_name if state.collection else "",
        f"{state.sheet.source.file_name} ({count(state.sheet.row_count, 'row')})" if state.sheet else "",
    ]
    return "  ›  ".join(plain(part) for part in parts if part)


@contextmanager
def in_words() -> Iterator[None]:
    """Whatever stops the work is told in words, never as a traceback; for pages, fragments and callbacks alike."""
    try:
        yield
    except FlowsheetError as error:
        stopped(str(error))
    except Exception:
        logging.getLogger("flowsheet").exception("A page failed")
        fault()


def stopped(message: str) -> None:
    """The work cannot go on: say why, in the words of the error."""
    st.error(plain(message), icon=":material/error:")


def busy(error: CollectionBusy) -> None:
    """Another run works on the collection: say so, and lead there if it is one's own."""
    st.warning(plain(str(error)), icon=":material/lock:")
    if error.run_id and st.button("Open that run", key="open_other"):
        st.switch_page(steps.RESULTS.path, query_params={"run": error.run_id})


def fault() -> None:
    """A fault of ours: say so, and that nothing was sent by it."""
    st.error(
        "Flowsheet made a mistake on this page, and stopped here to be safe. Opening a page sends nothing to Webflow. "
        "Go back one step and try again; if it happens again, the person who runs this app finds the details in "
        "its log.",
        icon=":material/error:",
    )


def lost_run() -> None:
    """No such run is on record: say how to see where things stand."""
    st.error(
        "This run is not on record. Its address may be mistyped, or it was deleted with other old runs. "
        "Import the file again: what has landed counts as already up to date.",
        icon=":material/error:",
    )
