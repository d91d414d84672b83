"""The balance of rows: every row of the file in exactly one place, drawn the same way everywhere."""

import streamlit as st


def draw(parts: dict[str, int], total: int) -> None:
    """Tiles for the parts and the sum that they add up to."""
    for place, (label, number) in zip(st.columns(len(parts)), parts.items(), strict=True):
        place.metric(label, f"{number:,}", border=True)
    terms = " + ".join(f"{number:,} {label.lower()}" for label, number in parts.items())
    st.caption(f"{total:,} rows in the file = {terms}")
