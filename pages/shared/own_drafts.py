"""Imports that were begun: kept after every change, opened again with a token of the same site, led back to their page.

They belong to who is signed in, or to the browser (see `pages.shared.signed_in`); the address alone opens nothing.
"""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from lib import log
from lib.errors import FlowsheetError, JournalUnavailable
from lib.log import Event
from lib.model.draft import Draft
from lib.model.remembered import Remembered
from lib.runs.service.at_hand import demo_sites_of
from lib.runs.service.drafts import Drafts, new_id
from lib.webflow.connection import Connection
from lib.words.say import later, say
from lib.workflow import connect, drafting
from lib.workflow.destination import Connected, Uploaded
from lib.workflow.matching import Matched
from lib.workflow.upload import File
from pages.shared import browser, resting, signed_in, steps, waits
from pages.shared.own_runs import runs
from pages.shared.visit import Visit, current

ROAD = (steps.UPLOAD, steps.MATCH, steps.CHECK, steps.PREVIEW)  # as far as a draft is led back
NO_ROOM = ""  # instead of the id of a draft: not tried again with every change
NOT_KEPT = later(
    "This import is not kept as a draft: it is too large, or drafts take all the room they may. Finish it in this tab."
)
STEPS = {step.title for step in steps.STEPS if step is not steps.RESULTS}


def save(page_title: str) -> None:
    """Keep the import at hand if it changed since; a sent one stands under Runs, and is kept as a draft no longer."""
    state = current()
    if state.resuming or state.wanted_draft:
        return
    if state.has_rested:
        st.toast(say("You were away for a while, so your import was opened again. Nothing was sent by that."))
        state.has_rested = False
    with suppress(JournalUnavailable):
        if state.run_id is not None and state.draft:
            _forget(state.draft[1])
            state.draft = None
        elif state.run_id is None and page_title in STEPS and state.journey.reached(Uploaded):
            _save(state, page_title)


def _save(state: Visit, page_title: str) -> None:
    """The records are asked only where something changed: this is the end of every rerun."""
    journey = state.journey
    assert journey.file is not None, "what was uploaded comes from a file"
    has_room = state.draft != (journey.file.id, NO_ROOM)
    if state.kept is not journey and has_room and (mine := _mine()) is not None:
        _write(state, mine, journey.file, page_title)
    if state.draft == (journey.file.id, NO_ROOM):
        st.caption(say(NOT_KEPT))
    if state.kept is journey and state.draft is not None and page_title != steps.CONNECT.title:
        _show_address(state.draft[1])


def _write(state: Visit, mine: Drafts, file: File, page_title: str) -> None:
    if state.draft is None or state.draft[0] != file.id:
        state.draft = (file.id, new_id())
    about = drafting.about(state.journey, state.draft[1], page_title, is_demo=state.way_in.is_demo)
    if mine.save(about, drafting.work_of(state.journey), file.upload.content):
        state.kept = state.journey
    else:
        state.draft, state.kept = (file.id, NO_ROOM), None


def _show_address(id: str) -> None:
    """Have the browser show the address of a draft where it does not yet, as no new step of its history."""
    if st.query_params.get("draft") == id:
        return
    address = f"history.replaceState(history.state, '', location.pathname + '?draft={id}')"
    with st.container(key="draft_address"):
        st.html(f"<script>{address};</script>", unsafe_allow_javascript=True)


def all_but_this(state: Visit) -> Sequence[Draft]:
    """The drafts that can be opened, the latest first."""
    with suppress(JournalUnavailable):
        mine, this = _mine(), state.draft[1] if state.draft else None
        return [one for one in mine.all() if one.id != this] if mine else ()
    return ()


def delete(id: str) -> None:
    """Keep it no longer."""
    _forget(id)
    if current().wanted_draft == id:
        current().wanted_draft = None


def take_up(state: Visit, draft: Draft) -> None:
    """Open a draft again, as soon as there is a way in to its site.

    Raises `FlowsheetError` where this token opens another site, or the collection is gone.
    """
    if state.connection is None and draft.is_demo:
        _reconnect_demo(state, draft)
    if state.connection is None and (team := connect.connect_team(signed_in.person())):
        _reconnect(state, draft, [team])
    mine = _mine()
    if state.connection is None or mine is None:
        return
    state.wanted_draft = None
    kept = mine.opened(draft.id)
    site = next((one for one in state.journey.at(Connected).sites if one.id == draft.site_id), None)
    if kept is None:
        mine.forget(draft.id)  # another version of this app wrote it
        raise FlowsheetError(say("This draft cannot be opened any more. Choose the file again."))
    if site is None:
        raise FlowsheetError(
            say(
                "This token does not open {site}, the site of the draft. Connect with a token of that site.",
                site=draft.site_name,
            )
        )
    about, work, content = kept
    resting.make_room(state, len(content))
    with waits.saying(say("Opening the draft of {file}", file=about.file_name)) as hear:
        journey = state.journey.open_site(site, connect.collections(state.way_in, site, hear))
        locale = next((one for one in site.locales if one.cms_locale_id == work.locale_id), None)
        if work.locale_id and locale is None:
            raise FlowsheetError(say("The language of this draft is no longer one of {site}.", site=site.display_name))
        journey = journey.choose_locale(locale) if locale else journey
        told = connect.open_collection(state.way_in, about.collection_id, work.locale_id, hear)
    state.keep(drafting.taken_up(journey.choose(*told), about, work, content))
    log.tell(Event.DRAFT_OPENED, who=mine.person)
    state.resuming, state.draft = (about, work), (about.id, about.id)
    state.load_early()
    steps.go(steps.UPLOAD)


def read_anew(state: Visit, page_title: str) -> None:
    """Read, match and check the file at hand once more, and come back to this page: what was found is said anew."""
    journey = state.journey
    is_sent = state.run_id is not None or state.trial is not None
    if journey.file is None or journey.reached(Uploaded) is None or is_sent:
        return
    step = page_title if page_title in STEPS else (steps.furthest() or steps.UPLOAD).title
    about, work = state.resuming or (
        drafting.about(journey, journey.file.id, step, is_demo=state.way_in.is_demo),
        drafting.work_of(journey),
    )
    state.keep(drafting.taken_up(journey, about, work, journey.file.upload.content))
    state.resuming = (about, work)
    if page_title in STEPS:
        state.go_back = (steps.UPLOAD.path, {})


def remembered(state: Visit, known: Sequence[Remembered]) -> Sequence[Remembered]:
    """How the draft that is on its way back was matched, before all that is known of earlier files."""
    return (*drafting.remembered(*state.resuming, known), *known) if state.resuming else known


def leave(state: Visit) -> None:
    """Lead back no further. The draft stays on the list as it was, and what is done now is another one."""
    if state.resuming is not None:
        state.resuming = state.draft = None


def onward(state: Visit, here: steps.Step) -> None:
    """From this page, which has done its work, on to where the draft was left."""
    if state.resuming is None:
        return
    about, work = state.resuming
    left_at = next((place for place, step in enumerate(ROAD) if step.title == about.step), len(ROAD) - 1)
    matched, place = state.journey.reached(Matched), ROAD.index(here)
    is_there = place >= left_at or (matched is not None and not drafting.still_holds(matched, work))
    if is_there or (here is steps.CHECK and work.leave_out is None):
        state.resuming = None
        return
    if here is steps.CHECK and work.leave_out is not None:
        state.keep(state.journey.decide(work.leave_out))
        state.resuming = None
    steps.go(ROAD[place + 1])


def _reconnect_demo(state: Visit, draft: Draft) -> None:
    """The demo site that this visitor opened, if it is still there."""
    if not _reconnect(state, draft, demo_sites_of(signed_in.owner())):
        state.wanted_draft = None
        raise FlowsheetError(
            say("The demo site of this draft is gone: it lives no longer than this app runs. Open the demo site anew.")
        )


def _reconnect(state: Visit, draft: Draft, ways_in: Sequence[Connection]) -> bool:
    """By the first of these that opens the site of the draft; False where none does."""
    for connection in ways_in:
        with suppress(FlowsheetError):
            sites = connect.sites(connection)
            if draft.site_id in {site.id for site in sites}:
                state.connect(connection, sites)
                return True
    return False


def _mine() -> Drafts | None:
    return runs().drafts(browser.secret())


def _forget(id: str) -> None:
    if mine := _mine():
        mine.forget(id)
