"""What Flowsheet does, in one picture: a sheet, and what becomes of it."""

import streamlit as st

SHEET = """
| Slug | Price | On sale |
|---|---:|---|
| oat-mug | 24.50 | yes |
| ink-bowl | 18.00 | no |
| rose-vase | 39.00 | |
"""
CHANGES = """
| Item | Field | Now | After |
|---|---|---:|---:|
| Oat Mug | Price | 22.00 | :green[**24.50**] |
| Oat Mug | On sale | no | :green[**yes**] |
| Rose Vase | Price | 42.00 | :green[**39.00**] |
"""
NEVER = (
    "Nothing is sent that you have not seen",
    "Nothing is created unasked, nothing is deleted",
    "Other fields and items stay as they are",
    "Every import can be undone",
)


def draw() -> None:
    """Before and after, side by side where there is room, and what never happens."""
    with st.container(horizontal=True, vertical_alignment="top", gap="medium", key="picture"):
        with st.container(width="content", gap="small"):
            st.markdown("**Your spreadsheet**")
            st.markdown(SHEET)
        with st.container(width="content", gap="small"):
            st.markdown("**:material/arrow_forward: What changes in Webflow**, once you say so")
            st.markdown(CHANGES)
            st.caption("3 rows in the file = 2 will update + 1 already up to date")
        st.markdown("  \n".join(f":material/check: {promise}" for promise in NEVER), width="content")
