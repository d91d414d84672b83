"""How the items are sent: their status, staged or live, what happens to bad images, and whether to read back."""

from dataclasses import replace

import streamlit as st

from lib.model.plan import SendChoices, StatusChoice
from lib.words.say import later, say
from lib.workflow.checking import Checked
from pages.shared.visit import Visit

STATUS_WORDS = {
    StatusChoice.KEEP: later("Keep each item's status"),
    StatusChoice.DRAFT: later("Set them as draft"),
    StatusChoice.READY: later("Mark them ready to publish"),
}
LIVE_WORDS = {
    False: later("After the next publish: the published pages stay as they are until then"),
    True: later("At once: the published pages change too"),
}

NEW_WORDS = {
    True: later("Drafts: nobody sees them until somebody publishes them"),
    False: later("Ready to publish: they go out with the site's next publishing"),
}
NEW_STAY = later("New items are not published at once: they come as you choose here.")


def draw(state: Visit) -> None:
    """The choices, folded away; another one needs another plan."""
    kept = state.journey.choices
    with st.expander(say("How the items are sent"), icon=":material/tune:"):
        status = st.radio(
            say("Status of the changed items"),
            list(StatusChoice),
            format_func=lambda one: say(STATUS_WORDS[one]),
            index=list(StatusChoice).index(kept.status),
            key="status",
        )
        live = st.radio(
            say("When visitors see it"),
            list(LIVE_WORDS),
            index=int(kept.live),
            format_func=lambda one: say(LIVE_WORDS[one]),
            key="live",
        )
        drafts = _new_items(state, live=bool(live))
        without_files = _refused_files(kept)
        read_back = st.checkbox(
            say("Read back what Webflow stored, after the run"),
            value=state.journey.read_back,
            key="read_back",
            help=say(
                "Shows every cell that Webflow stored differently from what was sent. "
                "About one request more for each 100 items."
            ),
        )
    if read_back != state.journey.read_back:
        state.keep(replace(state.journey, read_back=read_back))
    choices = SendChoices(
        status=status or kept.status,
        live=bool(live),
        new_as_drafts=drafts,
        without_refused_files=without_files,
    )
    if choices != kept:
        state.keep(state.journey.send_as(choices))
        st.rerun()


def _new_items(state: Visit, *, live: bool) -> bool:
    """Whether new items come as drafts; asked where there are any."""
    as_drafts = state.journey.choices.new_as_drafts
    if not state.journey.at(Checked).created:
        return as_drafts
    chosen = st.radio(
        say("New items are"),
        list(NEW_WORDS),
        index=list(NEW_WORDS).index(as_drafts),
        format_func=lambda one: say(NEW_WORDS[one]),
        key="new_items",
        help=say("A column Draft or Status of your file says it for each row."),
    )
    if live:
        st.caption(say(NEW_STAY))
    return bool(chosen)


def _refused_files(kept: SendChoices) -> bool:
    """Whether rows go on without an image or file that is refused."""
    return st.checkbox(
        say("Where Webflow refuses only an image or file, send the rest of the row without it"),
        value=kept.without_refused_files,
        key="without_files",
        help=say(
            "On: the row is updated, keeps the image it has, and the results name what was refused. "
            "Off: nothing of such a row is sent until its image is mended."
        ),
    )
