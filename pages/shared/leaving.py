"""Work that is not kept as a draft: the browser asks before it is lost, and whoever lost it reads what to choose."""

import streamlit as st

from lib.words.say import later, say
from pages.shared import steps, visit

TO_CHOOSE = {
    steps.UPLOAD.title: later("the collection"),
    steps.MATCH.title: later("the file"),
    steps.CHECK.title: later("how its columns are matched"),
    steps.PREVIEW.title: later("what to do with rows that have errors"),
    steps.SUBMIT.title: later("how the items are sent"),
}


def warn_before() -> None:
    """Have the browser ask before the tab is closed or loaded anew, as long as something would be lost."""
    state = visit.current()
    is_lost = state.journey.file is not None and state.run_id is None and state.kept is not state.journey
    _have_asked("(event) => { event.preventDefault(); event.returnValue = true; }" if is_lost else "null")


def warn_of_nothing() -> None:
    """Have the browser not ask: nothing is at hand here."""
    _have_asked("null")


def _have_asked(handler: str) -> None:
    with st.container(key="leaving"):
        st.html(f"<script>window.onbeforeunload = {handler};</script>", unsafe_allow_javascript=True)


def explain() -> None:
    """Say what has to be chosen again, to somebody whose page was loaded anew in the middle of an import."""
    lost = visit.current().turned_back_at
    if lost not in TO_CHOOSE or visit.current().wanted_draft:
        return
    road = list(TO_CHOOSE)
    parts = [say("the site"), *(say(TO_CHOOSE[step]) for step in road if road.index(step) <= road.index(lost))]
    st.info(
        say(
            "The page {page} goes on with an import, and this tab has none: it was loaded anew, or rested too long. "
            "Nothing was sent by that. Please choose again: {chosen} and {last}. A run that was started stands under "
            "Runs.",
            page=say(lost),
            chosen=", ".join(parts[:-1]),
            last=parts[-1],
        ),
        icon=":material/refresh:",
    )
