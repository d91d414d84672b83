"""Waiting, with words: what is being done, how far it is, why it stands still, and a button that ends it.

Streamlit stops a script that somebody has left, or whose button was pressed, where it draws. So whatever takes long is
done in the background, while the script looks at it and draws.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.runs.waits import Waits
from lib.words.say import say
from lib.workflow.background import Background, Progress
from pages.shared import visit

A_MOMENT_SECONDS = 0.3  # what is over sooner is not worth a sign that flashes
LOOK_SECONDS = 0.1
Result = TypeVar("Result")


@contextmanager
def saying(what: str) -> Iterator[Waits]:
    """A spinner that says what is being asked, and below it, second by second, why nothing comes."""
    with st.spinner(what):
        line = st.empty()
        yield Waits(lambda sentence: _tell(line, sentence))
        line.empty()


def follow(
    work: Background[Result], cancel: Callable[[], None], what: str, total: int = 0, way_out: str = ""
) -> Result:
    """What comes of this work, which goes on when the visitor leaves; raises what it raises.

    Says `what` is being done and how much of `total`, where that is known, and offers to `cancel`, in the words of
    `way_out` if there are any.
    """
    place, began = st.empty(), time.monotonic()
    with ExitStack() as shown:
        draw: Callable[[], None] | None = None
        while not work.wait(LOOK_SECONDS):
            if draw is None and time.monotonic() - began < A_MOMENT_SECONDS:
                continue
            draw = draw or _signs(shown, place, work.progress, (way_out, cancel), what, total)
            draw()
    place.empty()
    return work.result()


def do(work: Callable[[Progress], Result], cancel: Callable[[], None], what: str, way_out: str = "") -> Result:
    """The same for work that is wanted here and now: it ends when the visitor leaves."""
    background = Background(work, name="step")
    try:
        return follow(background, cancel, what, way_out=way_out)
    finally:
        background.stop()


def back_to(path: str, **query: str) -> Callable[[], None]:
    """What to do when a step is cancelled: go to this page."""

    def cancel() -> None:
        visit.current().go_back = (path, query)

    return cancel


def go_back() -> None:
    """To where the step leads that was cancelled just now."""
    state = visit.current()
    back, state.go_back = state.go_back, None
    if back is not None:
        path, query = back
        st.switch_page(path, query_params=query)


def _signs(
    shown: ExitStack,
    place: DeltaGenerator,
    progress: Progress,
    way_out: tuple[str, Callable[[], None]],
    what: str,
    total: int,
) -> Callable[[], None]:
    """Draw the button and a line above it; what is returned draws the line, a bar where it is known how far it goes."""
    shown.enter_context(place.container())
    if not (total or progress.total):
        shown.enter_context(st.spinner(f"{what}…", show_time=True))
    line = st.empty()
    # Two waits of one script would have the same key if it did not say which of them it ends.
    label, cancel = way_out
    st.button(label or say("Cancel"), key=f"cancel {what}", icon=":material/close:", on_click=cancel)

    def draw() -> None:
        goal = total or progress.total
        number = min(progress.number, goal) if goal else progress.number
        words = progress.words or _far(what, number, goal)
        words = ". ".join(part for part in (words, progress.waiting) if part)
        if goal:
            line.progress(number / goal, text=words)
        else:
            _tell(line, words)

    return draw


def _far(what: str, number: int, goal: int) -> str:
    if goal:
        return say("{what}: {number:,} of {goal:,}", what=what, number=number, goal=goal)
    return say("{number:,} read", number=number) if number else ""


def _tell(line: DeltaGenerator, sentence: str) -> None:
    if sentence:
        line.markdown(f":material/hourglass_top: {sentence}.")
    else:
        line.empty()
