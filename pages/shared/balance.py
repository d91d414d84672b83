"""The balance of rows: every row of the file in exactly one place, drawn the same way everywhere."""

from collections.abc import Mapping

import streamlit as st

from lib.words.say import figure


def tiles(parts: Mapping[str, int]) -> None:
    """Figures side by side, as many as fit; the labels are said already."""
    with st.container(horizontal=True, gap="small"):
        for label, number in parts.items():
            st.metric(label, figure(number), border=True)


def draw(parts: Mapping[str, int], whole: str) -> None:
    """Tiles for the parts, and that they add up to the `whole`, which is said already: `304 rows in the file`."""
    tiles(parts)
    st.markdown(f"{whole} = {' + '.join(f'{figure(number)} {amid(label)}' for label, number in parts.items())}")


def amid(label: str) -> str:
    """A label as it stands amid a sentence; none of them begins with a noun, which German writes large everywhere."""
    return label[:1].lower() + label[1:]
