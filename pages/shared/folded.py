"""What most people never unfold: it is drawn, and sent to the browser, when somebody does."""

from collections.abc import Callable

import streamlit as st


def part(label: str, draw: Callable[[], None], *, key: str, icon: str | None = None, is_open: bool = False) -> None:
    """A folded part of a page, or one that can be folded, with what `draw` draws in it."""
    box = st.expander(label, expanded=is_open, key=key, icon=icon, on_change="rerun")
    if box.open:
        with box:
            draw()
