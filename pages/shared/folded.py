"""What most people never unfold: it is drawn, and sent to the browser, when somebody does."""

from collections.abc import Callable

import streamlit as st


def part(label: str, draw: Callable[[], None], *, key: str, icon: str | None = None) -> None:
    """A folded part of a page, with what `draw` draws in it."""
    box = st.expander(label, key=key, icon=icon, on_change="rerun")
    if box.open:
        with box:
            draw()
