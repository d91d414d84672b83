"""The frame around every page: who we are, where the visitor is, what stopped the work."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from lib import log
from lib.errors import FlowsheetError, NotConnected, NotSignedIn, WebflowUnavailable
from lib.log import Event
from lib.model.run import Run, RunKind
from lib.words.say import count, say
from lib.workflow.destination import Chosen, Opened
from lib.workflow.journey import Journey
from pages.shared import languages, sign_out, signed_in, steps, visit
from pages.shared.own_runs import is_own, run_at, who
from pages.shared.plain import plain
from pages.shared.run_kinds import KINDS
from pages.shared.times import moment

# What the theme cannot say: less air above; no links on titles, each one more stop for the keyboard; and what is chosen
# among several, or pointed at, in the colour of text: a green that carries white text is too dark on a dark page.
STYLE = """<style>
.stMainBlockContainer { padding-top: 3.75rem; }
h1 [data-testid=stHeaderActionElements] { display: none; }
.stButton button[kind=tertiary]:is(:hover, :focus, :active) { color: CanvasText; text-decoration: underline; }
.stButtonGroup [data-selected=true] p, .stTabs [aria-selected=true] p { color: CanvasText; }
</style>"""
RUN_PAGES = (steps.RESULTS.title, steps.UNDO.title, steps.PUBLISH.title)
BESIDE_THE_ROAD = (*RUN_PAGES, steps.HISTORY.title, steps.HELP.title)


def header(page_title: str) -> None:
    """The name, the context of the run or of the visit, the steps, and which run it is where it is not the visit's."""
    st.html(STYLE)
    run = _run_at_hand() if page_title in RUN_PAGES else None
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
            st.page_link(steps.CONNECT.path, label="**Flowsheet**", icon=":material/table_convert:", width="content")
            st.page_link(steps.HISTORY.path, label=say("Runs"), icon=":material/history:", width="content")
            st.page_link(steps.HELP.path, label=say("Help"), icon=":material/help:", width="content")
            languages.others(page_title)
            if page_title in BESIDE_THE_ROAD and (step := steps.furthest()) is not None:
                label = say("Back to the import: {step}", step=say(step.title))
                st.page_link(
                    step.path,
                    label=label,
                    icon=":material/arrow_back:",
                    width="content",
                    query_params=steps.address(step),
                )
        with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
            if told := _context_of(run) if run else _context(visit.current().journey):
                st.caption(told, width="content")
            _who()
    steps.draw(_step_of(page_title, run))
    if run is not None and (page_title != steps.RESULTS.title or run.id != visit.current().run_id):
        with st.container(border=True):
            st.markdown(say("{kind} of {moment}", kind=say(KINDS[run.kind]), moment=moment(run.created_on)))


def _who() -> None:
    """Who is signed in, and the way out."""
    if person := signed_in.person():
        st.caption(f":material/person: {plain(person.name)}", width="content")
        st.button(say("Sign out"), key="sign_out", type="tertiary", on_click=sign_out.now)


def _step_of(page_title: str, run: Run | None) -> steps.Step | None:
    """The step that this page is; an import found by its address is at its end, unless another one is under way."""
    step = next((one for one in steps.STEPS if one.title == page_title), None)
    if step is not steps.RESULTS or (run is not None and run.id == visit.current().run_id):
        return step
    is_past_import = run is not None and run.kind is RunKind.IMPORT and steps.furthest() is None
    return step if is_past_import else None


def _run_at_hand() -> Run | None:
    """The run that the page is about; the page itself says why if it cannot be had."""
    run_id = st.query_params.get("run") or visit.current().run_id
    with contextlib.suppress(FlowsheetError):
        return run_at(run_id)
    return None


def _context_of(run: Run) -> str:
    """What the run is about; its address alone does not tell."""
    with contextlib.suppress(FlowsheetError):
        if is_own(run):
            return "  ›  ".join(plain(part) for part in (run.site_name, run.collection_name, run.file_name) if part)
    return ""


def _context(journey: Journey) -> str:
    opened, chosen = journey.reached(Opened), journey.reached(Chosen)
    sheet = journey.file.sheet if journey.file else None
    rows = count(sheet.row_count, "row", "rows") if sheet else ""
    parts = [
        opened.site.display_name if opened else "",
        chosen.collection.display_name if chosen else "",
        f"{sheet.source.file_name} ({rows})" if sheet else "",
    ]
    return "  ›  ".join(plain(part) for part in parts if part)


@contextmanager
def in_words() -> Iterator[None]:
    """Whatever stops the work is told in words, never as a traceback; for pages, fragments and callbacks alike.

    Callbacks run before app.py, and fragments without it: so who is there is asked here, too, before anything is done.
    """
    try:
        signed_in.person()
        yield
    except NotSignedIn:
        st.rerun()  # of the whole app, which shows the gate
    except FlowsheetError as error:
        stopped(str(error))
        if isinstance(error, NotConnected) and visit.current().connection is not None:
            st.button(say("Connect again"), key="connect_again", on_click=visit.current().disconnect)
        if isinstance(error, WebflowUnavailable):
            st.button(say("Try again"), key="once_more", icon=":material/refresh:")
    except Exception:
        log.tell_failure(Event.PAGE_FAILED, who=who())
        fault()


def stopped(message: str) -> None:
    """The work cannot go on: say why, in the words of the error."""
    st.error(plain(message), icon=":material/error:")


def fault() -> None:
    """A fault of ours: say so, and that nothing was sent by it."""
    st.error(
        say(
            "Flowsheet made a mistake on this page, and stopped here to be safe. Opening a page sends nothing to "
            "Webflow. Go back one step and try again; if it happens again, the person who runs this app finds the "
            "details in its log."
        ),
        icon=":material/error:",
    )


def lost_run() -> None:
    """No such run is on record: say how to see where things stand."""
    st.error(
        say(
            "This run is not on record. Its address may be mistyped, or it was deleted with other old runs. "
            "Import the file again: what has landed counts as already up to date."
        ),
        icon=":material/error:",
    )
    with st.container(horizontal=True):
        if st.button(say("See your runs"), key="to_runs"):
            st.switch_page(steps.HISTORY.path)
        if st.button(say("Start an import"), key="to_start"):
            st.switch_page(steps.CONNECT.path)
