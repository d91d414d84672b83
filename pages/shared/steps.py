"""The steps of an import, in the order people walk them, and the line that shows where they are."""

from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from lib.words.say import later, say
from lib.workflow.destination import Chosen, Stage, Uploaded
from lib.workflow.matching import Matched
from lib.workflow.planning import Decided, Planned
from pages.shared import visit


@dataclass(frozen=True)
class Step:
    """One page of the road; `needs` is the stage of the journey without which it makes no sense.

    Its `title` is its name in addresses and comparisons, the same in every language until it is shown.
    """

    title: str
    path: str
    needs: type[Stage] | None = None


CONNECT = Step(later("Connect"), "pages/steps/connect.py")
UPLOAD = Step(later("Upload"), "pages/steps/upload.py", Chosen)
MATCH = Step(later("Match"), "pages/steps/match.py", Uploaded)
CHECK = Step(later("Check"), "pages/steps/check.py", Matched)
PREVIEW = Step(later("Preview"), "pages/steps/preview.py", Decided)
SUBMIT = Step(later("Submit"), "pages/steps/submit.py", Planned)
RESULTS = Step(later("Results"), "pages/runs/results.py")  # a run has an address and needs nothing but its id
STEPS = (CONNECT, UPLOAD, MATCH, CHECK, PREVIEW, SUBMIT, RESULTS)
HISTORY = Step(later("Runs"), "pages/runs/history.py")
UNDO = Step(later("Undo"), "pages/runs/undo.py")
PUBLISH = Step(later("Publish"), "pages/runs/publish.py")
RECORDS = (HISTORY, UNDO, PUBLISH)
HELP = Step(later("Help"), "pages/about/help.py")
PAGES = (*STEPS, *RECORDS, HELP)


def is_open(step: Step) -> bool:
    """Whether what this step needs is there."""
    state = visit.current()
    if step is RESULTS:
        return state.run_id is not None
    return step.needs is None or state.journey.reached(step.needs) is not None


def furthest() -> Step | None:
    """The last step that is open in an import that was begun and not sent; None while there is none."""
    state = visit.current()
    if state.journey.reached(Chosen) is None or state.run_id is not None:
        return None
    return next(step for step in reversed(STEPS) if is_open(step))


def enter(step: Step) -> visit.Visit:
    """The visit, for the page of `step`; sends the visitor to the first step still open if it is too early."""
    if not is_open(step):
        if visit.current().connection is None:
            visit.current().turned_back_at = step.title
            visit.current().wanted_draft = st.query_params.get("draft")
        st.switch_page(next(s for s in reversed(STEPS) if is_open(s)).path)
    return visit.current()


def go(step: Step) -> NoReturn:
    """To the page of this step."""
    st.switch_page(step.path, query_params=address(step))


def address(step: Step) -> dict[str, str]:
    """What stands in the address of this step beside its name: the draft that leads back to it.

    It goes along from page to page, since a page that sets it for itself makes another step of the browser's history,
    and its Back button would lead nowhere.
    """
    state = visit.current()
    is_on_the_road = step.needs is not None and state.run_id is None
    return {"draft": state.draft[1]} if is_on_the_road and state.draft and state.draft[1] else {}


def sent_already() -> None:
    """The plan of this visit was sent: the way to its results, and the way to a new one."""
    state = visit.current()
    st.info(say("This plan was sent already. What is shown here is how things stood before."), icon=":material/send:")
    with st.container(horizontal=True):
        if st.button(say("Open the results"), key="to_results", type="primary"):
            st.switch_page(RESULTS.path, query_params={"run": state.run_id or ""})
        if st.button(say("Compare again with the site as it is now"), key="compare_again"):
            state.keep(state.journey.forget_items())
            go(MATCH)


def draw(current: Step | None) -> None:
    """All steps: done, here, and not yet, those that are open as links; without a current one none is done or here."""
    here = STEPS.index(current) if current else -1
    with st.container(horizontal=True, gap="small", vertical_alignment="center", border=True, key="stepper"):
        for number, step in enumerate(STEPS):
            icon = ":material/check:" if number < here else None
            label = say(step.title) if icon else f"{number + 1} · {say(step.title)}"
            if number == here:
                st.markdown(f"**:green[{label}]**", width="content")
            elif is_open(step):
                st.page_link(step.path, label=label, icon=icon, width="content", query_params=address(step))
            else:  # no link that leads nowhere and takes the focus all the same
                st.caption(f"{icon} {label}" if icon else label, width="content")
