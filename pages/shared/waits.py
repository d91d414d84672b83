"""Waiting for Webflow, with words: what is being asked, and why it stands still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from lib.runs.waits import Waits


@contextmanager
def saying(what: str) -> Iterator[Waits]:
    """A spinner that says what is being asked, and below it, second by second, why nothing comes."""
    with st.spinner(what):
        line = st.empty()
        yield Waits(lambda sentence: _say(line, sentence))
        line.empty()


@contextmanager
def counting(what: str, total: int) -> Iterator[tuple[Callable[[int], None], Waits]]:
    """A bar that says how many of `total` have come; yields what tells it, and the waits, which it says too."""
    bar, done = st.progress(0.0, text=f"{what}…"), 0

    def draw(number: int, waiting: str = "") -> None:
        nonlocal done
        done = number
        so_far = f"{what}: {done:,} of {total:,}" if total else f"{what}…"
        bar.progress(min(done / max(total, 1), 1.0), text=f"{so_far}. {waiting}" if waiting else so_far)

    yield draw, Waits(lambda sentence: draw(done, sentence))
    bar.empty()


def _say(line: st.delta_generator.DeltaGenerator, sentence: str) -> None:
    if sentence:
        line.markdown(f":material/hourglass_top: {sentence}.")
    else:
        line.empty()
