"""The balance of rows: every row of the file in exactly one place, drawn the same way everywhere."""

from collections.abc import Mapping

import streamlit as st

from lib.words.say import count


def tiles(parts: Mapping[str, int]) -> None:
    """Figures side by side, as many as fit."""
    with st.container(horizontal=True, gap="small"):
        for label, number in parts.items():
            st.metric(label, f"{number:,}", border=True)


def draw(parts: dict[str, int], total: int, noun: str = "row", where: str = " in the file") -> None:
    """Tiles for the parts and the sum that they add up to."""
    tiles(parts)
    terms = " + ".join(f"{number:,} {label.lower()}" for label, number in parts.items())
    st.markdown(f"{count(total, noun, noun + 's')}{where} = {terms}")
