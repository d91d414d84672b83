"""The button that goes on, at the lower edge of the screen while a long page above it is read."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

STYLE = "<style>div:has(>.st-key-way_on){position:sticky;bottom:1rem;z-index:9;align-self:flex-end}</style>"


@contextmanager
def kept() -> Iterator[None]:
    """A place for that button."""
    st.html(STYLE)
    with st.container(key="way_on", width="content"):
        yield
