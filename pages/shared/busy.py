"""Another run works on the collection: said where it came up, until it is dealt with or no longer true."""

import streamlit as st

from lib.runs import control
from pages.shared import steps, visit
from pages.shared.plain import plain
from pages.shared.records import journal


def draw(place: str) -> None:
    """The notice for this place, if there is one: what is in the way, the way there, and once more."""
    notice = visit.current().notice
    if notice is None or notice.place != place:
        return
    other = notice.error.run_id
    if other and not _is_live(other):
        visit.current().notice = None
        return
    st.warning(plain(str(notice.error)), icon=":material/lock:")
    with st.container(horizontal=True):
        if other and st.button("Open that run", key="open_other", type="primary"):
            visit.current().notice = None
            st.switch_page(steps.RESULTS.path, query_params={"run": other})
        if st.button("Try again", key="try_again"):
            visit.current().notice = None
            notice.again()


def _is_live(run_id: str) -> bool:
    run = control.run_of(journal(), run_id)
    return run is not None and run.is_live
